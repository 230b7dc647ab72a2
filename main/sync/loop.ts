/**
 * Drives synchronisation: push what is unsent, pull what is new, listen, wait; again and again.
 * Offline is only a longer gap between pulls.
 */
import type { Cursors, LiveNews } from '../../contract/sync-protocol.ts'
import type { FactsClass, SyncReason, SyncStatus } from '../../contract/topics.ts'
import type { RecordKind } from '../../domain/records.ts'
import type { Scope } from '../../domain/scopes.ts'
import { openExceptionsCount } from '../../db/queries/exceptions.ts'
import type { Announcer } from '../engine/announce.ts'
import type { Clock } from '../engine/clock.ts'
import { openDeskClock } from '../engine/desk-clock.ts'
import type { DeskClock } from '../engine/desk-clock.ts'
import type { Stores } from '../engine/stores.ts'
import type { SyncPort } from '../engine/sync-port.ts'
import type { DeviceKey } from './device-key.ts'
import { greet } from './greet.ts'
import { openFilling } from './filling.ts'
import type { Filling } from './filling.ts'
import { systemGround, waitedOut } from './loop-ground.ts'
import type { LoopGround } from './loop-ground.ts'
import { measuring } from './measuring.ts'
import { pullNews, takeNews } from './pull.ts'
import { handOver, pushAll } from './push-all.ts'
import { openPushing } from './push.ts'
import type { Pushing } from './push.ts'
import { isVoid, renewVoid } from './recover.ts'
import type { Meeting } from './recover.ts'
import { openRightOfWay } from './right-of-way.ts'
import { sameServer } from './same-server.ts'
import { openToldAt } from './told-at.ts'
import type { ToldAt } from './told-at.ts'
import type { Transport, TransportFailure } from './transport.ts'

/** With a live line this is only the safety net; without one it is how often we ask. */
const POLL_MS = 30_000
const BACKOFF_FIRST_MS = 500
const BACKOFF_MAX_MS = 15_000
/** News often comes in bursts; one pull answers them all. */
const GATHER_MS = 2

export interface SyncDeps {
  readonly stores: Stores
  readonly announcer: Announcer
  readonly clock: Clock
  readonly key: DeviceKey
  readonly appVersion: string
  /** 0 … 1, for jitter. */
  readonly random: () => number
  /** False on a short disk: the city's titles and items elsewhere wait, the own branch does not. */
  readonly hasRoomToSpare?: () => boolean
  /** Where snapshots are taken in; without it every record comes by a page. */
  readonly snapshots?: { readonly folder: string; readonly key: Uint8Array | null }
  readonly ground?: LoopGround
  /** This desk was revoked, and the city has all that it did. */
  readonly onHandedOver?: () => void
}

type Connection = SyncStatus['connection']

/** A line that lived this long worked; its end means that the server went, or the network. */
const LIVE_STEADY_MS = 10_000
/** More than a desk falls behind by while it works; beyond it, it pulls. */
const NEWS_WAITING_MAX = 64

export function startSync(deps: SyncDeps): SyncPort {
  return new SyncLoop(deps)
}

class SyncLoop implements SyncPort {
  readonly #deps: SyncDeps
  readonly #ground: LoopGround
  readonly #toldAt: ToldAt
  /** What came on the live line and was not looked at yet. */
  #news: LiveNews[] = []
  /** Nothing but news since the last complete pull. */
  #isInStep = false
  #connection: Connection = 'offline'
  #reason: SyncReason | null = 'starting'
  #isUnplugged = false
  #isClosed = false
  readonly #line = openRightOfWay()
  readonly #pushing: Pushing
  readonly #filling: Filling | null
  #isFilling = true
  #failures = 0
  readonly #deskClock: DeskClock
  #hasGreeted = false
  #live: { close: () => void } | null = null
  /** Lines in a row that died young: a proxy that breaks WebSockets, a server that drops them. */
  #liveFailures = 0
  #callOffLive: (() => void) | null = null
  #wake: (() => void) | null = null
  #hasWork = true
  #running: Promise<void>
  #transport: Transport | null = null

  constructor(deps: SyncDeps) {
    this.#deps = deps
    this.#ground = deps.ground ?? systemGround
    this.#toldAt = openToldAt(deps.stores.outbox)
    this.#pushing = openPushing(deps.clock, this.#mayGoOn, () => this.#tell())
    this.#filling =
      deps.snapshots === undefined
        ? null
        : openFilling({
            stores: deps.stores,
            place: {
              ...deps.snapshots,
              mayGoOn: () => this.#mayGoOn() && this.#hasRoom(),
              pause: this.#ground.nextTurn,
              lineIsFree: this.#line.isFree,
              clock: deps.clock,
            },
            onMoved: this.#onFilled,
            onDefect: this.#ground.onDefect,
          })
    this.#deskClock = openDeskClock(deps.stores.outbox, deps.clock)
    renewVoid(deps.stores)
    this.#running = this.#run().catch(this.#ground.onDefect)
  }

  status = (): SyncStatus => {
    const { outbox, replica } = this.#deps.stores
    return {
      connection: this.#connection,
      reason: this.#reason,
      pendingCount: outbox.pendingCount(),
      lastPullAt: this.#toldAt.at('branch'),
      factsAgeMs: this.factsAgeMs('branch'),
      agesMs: {
        branch: this.factsAgeMs('branch'),
        brief: this.factsAgeMs('brief'),
        catalogue: this.factsAgeMs('catalogue'),
      },
      openExceptionsCount: openExceptionsCount(replica.rows),
      isFilling: this.#isFilling,
      clockOffsetMs: this.clockOffsetMs(),
    }
  }

  poke = (): void => {
    this.#hasWork = true
    this.#wake?.()
    this.#tell()
  }

  setUnplugged = (isUnplugged: boolean): void => {
    this.#isUnplugged = isUnplugged
    if (isUnplugged) this.#disconnect('unplugged', null)
    this.#failures = 0
    this.poke()
  }

  clockOffsetMs = (): number | null => this.#deskClock.offsetMs()

  measurementsCount = (): number => this.#deskClock.measurementsCount()

  factsAgeMs = (of: FactsClass): number | null => {
    const at = this.#toldAt.at(of)
    return at === null ? null : Math.max(0, this.#deskClock.latest() - at)
  }

  close = async (): Promise<void> => {
    this.#isClosed = true
    this.#callOffLive?.()
    this.#live?.close()
    this.#wake?.()
    await this.#running
    await this.#filling?.settled()
  }

  async #run(): Promise<void> {
    while (!this.#isClosed) {
      const waitMs = await this.#turn()
      if (this.#hasWork && this.#failures === 0 && !this.#isUnplugged && waitMs > 0) {
        await this.#sleep(GATHER_MS)
        continue
      }
      await this.#sleep(waitMs)
    }
  }

  /** One round; answers how long to wait before the next. */
  async #turn(): Promise<number> {
    const identity = this.#deps.stores.outbox.identity()
    const isPoked = this.#hasWork
    this.#hasWork = false
    if (identity === null || identity.serverUrl === null) {
      this.#set('not-enrolled', null)
      return POLL_MS
    }
    if (this.#isUnplugged) return this.#stayUnplugged()
    try {
      const transport = (this.#transport ??= this.#connect(identity.serverUrl, identity.deviceId))
      if (!this.#hasGreeted) await this.#greet(transport)
      await this.#line.first(async () => {
        await this.#push(transport)
        await this.#pull(transport, isPoked)
      })
      // The plug may have been pulled while an answer was on its way.
      if (this.#isUnplugged) return this.#stayUnplugged()
      this.#failures = 0
      this.#filling?.goOn(transport)
      this.#set('online', null)
      this.#listen(transport)
      return POLL_MS
    } catch (error) {
      const failure = waitedOut(error)
      if (failure === null) throw error
      const { reason, serverMs } = failure
      if (reason === 'bad-signature' && serverMs !== null) this.#deskClock.refused(serverMs)
      const waitMs = this.#failed(failure)
      await this.#handOver(reason)
      return waitMs
    }
  }

  #connect(serverUrl: string, deviceId: string): Transport {
    const { key, clock, stores } = this.#deps
    const clockOffsetMs = (): number => this.#deskClock.offsetMs() ?? 0
    const transport = this.#ground.connect({ serverUrl, deviceId, key, clock, clockOffsetMs })
    return sameServer(measuring(transport, clock, this.#deskClock), stores.outbox)
  }

  /** A refused desk is told nothing any more; what it did is taken all the same. */
  async #handOver(reason: SyncReason): Promise<void> {
    const transport = this.#transport
    if (transport === null || !this.#mayGoOn()) return
    if (reason !== 'device-revoked' && reason !== 'desk-too-old') return
    try {
      const isDone = await handOver(this.#meeting(transport), reason, this.#pushing)
      if (isDone && reason === 'device-revoked') this.#deps.onHandedOver?.()
    } catch (error) {
      if (waitedOut(error) === null) throw error
    }
    this.#tell()
  }

  #stayUnplugged(): number {
    this.#set('unplugged', null)
    return POLL_MS
  }

  #failed(failure: TransportFailure): number {
    this.#failures += 1
    const connection: Connection =
      failure.reason === 'device-revoked'
        ? 'revoked'
        : failure.reason === 'desk-too-old'
          ? 'too-old'
          : 'offline'
    if (!this.#isUnplugged) this.#disconnect(connection, failure.reason)
    const full = Math.min(BACKOFF_FIRST_MS * 2 ** (this.#failures - 1), BACKOFF_MAX_MS)
    // Spread, so that a city that heard the same "come again" does not come in the same second.
    return Math.max(full, failure.waitMs ?? 0) * (0.5 + this.#deps.random() / 2)
  }

  async #greet(transport: Transport): Promise<void> {
    const hello = await greet(this.#meeting(transport))
    this.#filling?.offer(hello.snapshots, hello.serverKey)
    this.#hasGreeted = true
  }

  #meeting(transport: Transport): Meeting {
    const { stores, announcer, clock, appVersion } = this.#deps
    return { stores, transport, announcer, clock, appVersion }
  }

  readonly #mayGoOn = (): boolean => !this.#isClosed && !this.#isUnplugged

  async #push(transport: Transport): Promise<void> {
    const { stores } = this.#deps
    const epoch = stores.outbox.identity()?.epoch
    await pushAll(this.#meeting(transport), this.#pushing)
    // News followed on what is thrown away now.
    if (isVoid(stores.outbox) || epoch !== stores.outbox.identity()?.epoch) this.#isInStep = false
    renewVoid(stores)
  }

  /** `isPoked`: there was work or news; else the safety net asks. */
  async #pull(transport: Transport, isPoked: boolean): Promise<void> {
    const { stores, announcer } = this.#deps
    const news = this.#news.splice(0)
    const taking = { onReached: this.#onReached, pause: this.#ground.nextTurn }
    if (this.#isInStep && news.length > 0) {
      let isTaken = true
      for (const one of news) isTaken &&= await takeNews(stores, announcer, one, taking)
      if (isTaken) return
    }
    // What this desk sent comes back on the live line.
    if (this.#isInStep && this.#live !== null && isPoked && news.length === 0) return
    this.#isInStep = false
    const isComplete = await pullNews(stores, announcer, transport, {
      ...taking,
      mayGoOn: this.#mayGoOn,
      except: this.#leftOut,
      onPage: () => {
        this.#isFilling = true
        this.#tell()
      },
    })
    if (!isComplete) return
    this.#isFilling = (this.#filling?.awaited().length ?? 0) > 0
    this.#isInStep = !this.#isFilling
  }

  readonly #leftOut = (): readonly Scope[] =>
    this.#hasRoom() ? (this.#filling?.awaited() ?? []) : ['brief', 'catalogue']

  readonly #hasRoom = (): boolean => this.#deps.hasRoomToSpare?.() ?? true

  /** Titles and items are there that no page told of. */
  readonly #onFilled = (): void => {
    const kinds: RecordKind[] = ['item', 'title', 'bib']
    this.#deps.announcer.announce('changed', { kinds, ids: [], operations: false })
    this.poke()
  }

  readonly #onReached = (cursors: Cursors, heads: Cursors): void =>
    this.#toldAt.note(cursors, heads, this.#deskClock.latest())

  #listen(transport: Transport): void {
    if (this.#live !== null || this.#isClosed || this.#isUnplugged) return
    if (this.#callOffLive !== null) return
    const openedAt = this.#deps.clock.monotonic()
    const line = transport.live(
      (news) => {
        const known = this.#deps.stores.outbox.identity()?.serverEpoch ?? news.serverEpoch
        // What is pulled measures.
        if (this.#deskClock.isContradictedBy(news.serverMs)) this.#isInStep = false
        if (news.serverEpoch !== known) this.#hasGreeted = false
        else if (this.#news.push(news) > NEWS_WAITING_MAX) {
          this.#news = []
          this.#isInStep = false
        }
        this.poke()
      },
      () => {
        if (this.#live !== line) return
        this.#isInStep = false
        this.#live = null
        this.#hasGreeted = false
        this.#lineEnded(this.#deps.clock.monotonic() - openedAt)
      },
    )
    this.#live = line
  }

  /** A line that dies young must not be the reason for the next: that would never rest. */
  #lineEnded(livedMs: number): void {
    if (livedMs > LIVE_STEADY_MS) {
      this.#liveFailures = 0
      this.poke()
      return
    }
    const waitMs = Math.min(BACKOFF_FIRST_MS * 2 ** this.#liveFailures, POLL_MS)
    this.#liveFailures += 1
    this.#callOffLive = this.#ground.after(waitMs, () => {
      this.#callOffLive = null
      this.poke()
    })
  }

  #disconnect(connection: Connection, reason: SyncReason | null): void {
    const line = this.#live
    this.#live = null
    this.#isInStep = false
    line?.close()
    this.#hasGreeted = false
    this.#set(connection, reason)
  }

  #set(connection: Connection, reason: SyncReason | null): void {
    this.#connection = connection
    this.#reason = reason
    this.#tell()
  }

  #tell(): void {
    if (!this.#isClosed) this.#deps.announcer.announce('sync-status', this.status())
  }

  #sleep(ms: number): Promise<void> {
    if (this.#isClosed) return Promise.resolve()
    return new Promise((resolve) => {
      const callOff = this.#ground.after(ms, done)
      function done(): void {
        callOff()
        resolve()
      }
      this.#wake = done
    })
  }
}
