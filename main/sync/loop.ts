/**
 * Drives synchronisation: push what is unsent, pull what is new, listen, wait; again and again.
 * Offline is only a longer gap between pulls.
 */
import type { SyncReason, SyncStatus } from '../../contract/topics.ts'
import { PULL_ENTRIES_MAX, PUSH_BATCH_MAX } from '../../contract/sync-protocol.ts'
import { openExceptionsCount } from '../../db/queries/exceptions.ts'
import { StorageFailure } from '../../db/open.ts'
import { ReplicaGap } from '../../db/replica/rebase.ts'
import type { Announcer } from '../engine/announce.ts'
import type { Clock } from '../engine/clock.ts'
import { catchUp } from '../engine/replay.ts'
import type { Stores } from '../engine/stores.ts'
import type { SyncPort } from '../engine/sync-port.ts'
import { applyEntries, applyTitles, settleRefused } from './apply-entries.ts'
import type { DeviceKey } from './device-key.ts'
import { TransportFailure, createTransport } from './transport.ts'
import type { Transport } from './transport.ts'

/** With a live line this is only the safety net; without one it is how often we ask. */
const POLL_MS = 30_000
const BACKOFF_FIRST_MS = 500
const BACKOFF_MAX_MS = 15_000
/** News often comes in bursts; one pull answers them all. */
const GATHER_MS = 2
/** The server takes 8 MiB; an import's operations are large, and hanzi are three bytes each. */
const PUSH_BYTES_MAX = 2_000_000

export interface SyncDeps {
  readonly stores: Stores
  readonly announcer: Announcer
  readonly clock: Clock
  readonly key: DeviceKey
  readonly appVersion: string
  /** 0 … 1, for jitter. */
  readonly random: () => number
}

type Connection = SyncStatus['connection']

/** Lets a loan at the desk in between. */
const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })

/** A line that lived this long worked; its end means that the server went, or the network. */
const LIVE_STEADY_MS = 10_000
/** Below this the two clocks agree well enough for a signature. */
const SKEW_MS = 60_000

/** What can be waited out; null for a defect. */
function waitedOut(error: unknown): TransportFailure | null {
  if (error instanceof TransportFailure) return error
  if (error instanceof ReplicaGap) return new TransportFailure('not-our-server', error.message)
  const isFull = error instanceof StorageFailure && error.code === 'disk-full'
  return isFull ? new TransportFailure('disk-full', '') : null
}

export function startSync(deps: SyncDeps): SyncPort {
  return new SyncLoop(deps)
}

class SyncLoop implements SyncPort {
  readonly #deps: SyncDeps
  #connection: Connection = 'offline'
  #reason: SyncReason | null = 'starting'
  #isUnplugged = false
  #isClosed = false
  #isFilling = true
  #failures = 0
  #clockOffsetMs: number | null = null
  #hasGreeted = false
  #live: { close: () => void } | null = null
  /** Lines in a row that died young: a proxy that breaks WebSockets, a server that drops them. */
  #liveFailures = 0
  #liveTimer: ReturnType<typeof setTimeout> | null = null
  #wake: (() => void) | null = null
  #hasWork = true
  #running: Promise<void>
  #transport: Transport | null = null

  constructor(deps: SyncDeps) {
    this.#deps = deps
    const stored = deps.stores.outbox.setting('clock-offset-ms')
    this.#clockOffsetMs = stored === null ? null : Number(stored)
    this.#running = this.#run()
  }

  status = (): SyncStatus => {
    const { outbox, replica } = this.#deps.stores
    return {
      connection: this.#connection,
      reason: this.#reason,
      pendingCount: outbox.pendingCount(),
      lastPullAt: this.#lastPullAt(),
      factsAgeMs: this.factsAgeMs(),
      openExceptionsCount: openExceptionsCount(replica.rows),
      isFilling: this.#isFilling,
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

  clockOffsetMs = (): number | null => this.#clockOffsetMs

  factsAgeMs = (): number | null => {
    const at = this.#lastPullAt()
    return at === null ? null : Math.max(0, this.#deps.clock.now() - at)
  }

  close = async (): Promise<void> => {
    this.#isClosed = true
    if (this.#liveTimer !== null) clearTimeout(this.#liveTimer)
    this.#live?.close()
    this.#wake?.()
    await this.#running
  }

  #lastPullAt(): number | null {
    const text = this.#deps.stores.outbox.setting('last-pull-at')
    return text === null ? null : Number(text)
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
    this.#hasWork = false
    if (identity === null || identity.serverUrl === null) {
      this.#set('not-enrolled', null)
      return POLL_MS
    }
    if (this.#isUnplugged) return this.#stayUnplugged()
    try {
      this.#transport ??= createTransport({
        serverUrl: identity.serverUrl,
        deviceId: identity.deviceId,
        key: this.#deps.key,
        clock: this.#deps.clock,
        clockOffsetMs: () => this.#clockOffsetMs ?? 0,
      })
      if (!this.#hasGreeted) await this.#greet(this.#transport)
      await this.#push(this.#transport)
      await this.#pull(this.#transport)
      // The plug may have been pulled while an answer was on its way.
      if (this.#isUnplugged) return this.#stayUnplugged()
      this.#failures = 0
      this.#set('online', null)
      this.#listen(this.#transport)
      return POLL_MS
    } catch (error) {
      const failure = waitedOut(error)
      if (failure === null) throw error
      this.#takeServersClock(failure)
      return this.#failed(failure)
    }
  }

  #stayUnplugged(): number {
    this.#set('unplugged', null)
    return POLL_MS
  }

  /**
   * A desk whose clock is wrong by more than a signature may be off could never say hello, and so
   * never measure by how much. The refusal's own date is good enough to sign the next hello by.
   */
  #takeServersClock({ reason, serverMs }: TransportFailure): void {
    if (reason !== 'bad-signature' || serverMs === null) return
    const offset = serverMs - this.#deps.clock.now()
    if (Math.abs(offset - (this.#clockOffsetMs ?? 0)) > SKEW_MS) this.#clockOffsetMs = offset
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
    return full * (0.5 + this.#deps.random() / 2)
  }

  async #greet(transport: Transport): Promise<void> {
    const { outbox } = this.#deps.stores
    const sentAt = this.#deps.clock.now()
    const answer = await transport.send('hello', {
      appVersion: this.#deps.appVersion,
      epoch: outbox.identity()?.epoch ?? 1,
      lastSeq: outbox.lastSeq(),
      headHash: outbox.headHash(),
      wallMs: sentAt,
    })
    const receivedAt = this.#deps.clock.now()
    this.#clockOffsetMs = Math.round(answer.serverMs - (sentAt + receivedAt) / 2)
    outbox.saveSetting('clock-offset-ms', String(this.#clockOffsetMs))
    if (answer.lastSeq > outbox.lastSeq()) {
      // The server knows operations of this desk that the desk does not: a copied or restored disk.
      throw new TransportFailure('desk-behind-server', `city at ${answer.lastSeq}`)
    }
    this.#hasGreeted = true
  }

  async #push(transport: Transport): Promise<void> {
    const { stores, announcer } = this.#deps
    const { outbox } = stores
    // A refusal whose effect was not taken back before the last stop.
    settleRefused(stores, announcer)
    while (!this.#isClosed && !this.#isUnplugged) {
      const unsent = outbox.unsent(PUSH_BATCH_MAX, PUSH_BYTES_MAX)
      const [first] = unsent
      if (first === undefined) return
      const operations = unsent.map(({ body, hash }) => ({ body: body as never, hash }))
      const answer = await transport.send('push', { operations })
      const sent = new Set(unsent.map(({ seq }) => seq))
      const outcomes = answer.outcomes.filter(({ seq }) => sent.has(seq))
      outbox.saveOutcomes(outcomes)
      if (answer.isFork) throw new TransportFailure('device-fork', `at ${first.seq}`)
      // Without an answer for the first one the next push would be this one again, at once.
      if (!outcomes.some(({ seq }) => seq === first.seq)) {
        throw new TransportFailure('nothing-taken', `at ${first.seq}`)
      }
      settleRefused(stores, announcer)
      this.#tell()
    }
  }

  async #pull(transport: Transport): Promise<void> {
    const { stores, announcer, clock } = this.#deps
    while (!this.#isClosed && !this.#isUnplugged) {
      const cursors = {
        ...stores.replica.cursors(),
        catalogue: stores.catalogue.cursor(),
      }
      const answer = await transport.send('pull', { cursors, limit: PULL_ENTRIES_MAX })
      await applyTitles(stores, announcer, answer.entries, nextTurn)
      applyEntries(stores, announcer, answer.entries)
      const hasMoved =
        stores.catalogue.cursor() > cursors.catalogue ||
        stores.replica.cursors().city > cursors.city ||
        stores.replica.cursors().circulation > cursors.circulation
      if (!answer.isComplete && !hasMoved) {
        throw new TransportFailure('not-our-server', 'a page that leads nowhere')
      }
      this.#isFilling = !answer.isComplete
      if (answer.isComplete) {
        catchUp(stores)
        stores.outbox.saveSetting('last-pull-at', String(clock.now()))
        return
      }
      this.#tell()
      await nextTurn()
    }
  }

  #listen(transport: Transport): void {
    if (this.#live !== null || this.#isClosed || this.#isUnplugged) return
    if (this.#liveTimer !== null) return
    const { clock } = this.#deps
    const openedAt = clock.monotonic()
    const line = transport.live(
      () => this.poke(),
      () => {
        if (this.#live !== line) return
        this.#live = null
        this.#hasGreeted = false
        this.#lineEnded(clock.monotonic() - openedAt)
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
    this.#liveTimer = setTimeout(() => {
      this.#liveTimer = null
      this.poke()
    }, waitMs)
  }

  #disconnect(connection: Connection, reason: SyncReason | null): void {
    const line = this.#live
    this.#live = null
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
      const timer = setTimeout(done, ms)
      function done(): void {
        clearTimeout(timer)
        resolve()
      }
      this.#wake = done
    })
  }
}
