/**
 * Drives synchronisation: push what is unsent, pull what is new, listen, wait; again and again.
 * Offline is only a longer gap between pulls.
 */
import type { SyncStatus } from '../../contract/topics.ts'
import { PULL_ENTRIES_MAX, PUSH_BATCH_MAX } from '../../contract/sync-protocol.ts'
import { openExceptionsCount } from '../../db/queries/exceptions.ts'
import type { StoredOperation } from '../../db/outbox/outbox.ts'
import type { Announcer } from '../engine/announce.ts'
import type { Clock } from '../engine/clock.ts'
import { catchUp } from '../engine/replay.ts'
import type { Stores } from '../engine/stores.ts'
import type { SyncPort } from '../engine/sync-port.ts'
import { applyEntries, settleRefused } from './apply-entries.ts'
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

/** The first of `unsent` that fit one request; always at least one. */
function withinBytes(unsent: readonly StoredOperation[]): readonly StoredOperation[] {
  let bytes = 0
  const end = unsent.findIndex(({ body }) => {
    bytes += JSON.stringify(body).length
    return bytes > PUSH_BYTES_MAX
  })
  return end === -1 ? unsent : unsent.slice(0, Math.max(1, end))
}

export function startSync(deps: SyncDeps): SyncPort {
  return new SyncLoop(deps)
}

class SyncLoop implements SyncPort {
  readonly #deps: SyncDeps
  #connection: Connection = 'offline'
  #reason: string | null = 'starting'
  #isUnplugged = false
  #isClosed = false
  #isFilling = true
  #failures = 0
  #clockOffsetMs: number | null = null
  #hasGreeted = false
  #live: { close: () => void } | null = null
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
    if (this.#isUnplugged) {
      this.#set('unplugged', null)
      return POLL_MS
    }
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
      this.#failures = 0
      this.#set('online', null)
      this.#listen(this.#transport)
      return POLL_MS
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error
      return this.#failed(error)
    }
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
      throw new TransportFailure('bad-request', 'desk-behind-server')
    }
    this.#hasGreeted = true
  }

  async #push(transport: Transport): Promise<void> {
    const { outbox } = this.#deps.stores
    while (!this.#isClosed && !this.#isUnplugged) {
      const unsent = outbox.unsent(PUSH_BATCH_MAX)
      if (unsent.length === 0) return
      const operations = withinBytes(unsent).map(({ body, hash }) => ({
        body: body as never,
        hash,
      }))
      const answer = await transport.send('push', { operations })
      if (answer.isFork) throw new TransportFailure('bad-request', 'device-fork')
      if (answer.outcomes.length === 0) throw new TransportFailure('bad-request', 'nothing-taken')
      outbox.saveOutcomes(answer.outcomes)
      settleRefused(this.#deps.stores, this.#deps.announcer)
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
      applyEntries(stores, announcer, answer.entries)
      this.#isFilling = !answer.isComplete
      if (answer.isComplete) {
        catchUp(stores)
        stores.outbox.saveSetting('last-pull-at', String(clock.now()))
        return
      }
      this.#tell()
      // Lets a loan at the desk in between two pages.
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  #listen(transport: Transport): void {
    if (this.#live !== null || this.#isClosed || this.#isUnplugged) return
    const line = transport.live(
      () => this.poke(),
      () => {
        if (this.#live !== line) return
        this.#live = null
        this.#hasGreeted = false
        this.poke()
      },
    )
    this.#live = line
  }

  #disconnect(connection: Connection, reason: string | null): void {
    const line = this.#live
    this.#live = null
    line?.close()
    this.#hasGreeted = false
    this.#set(connection, reason)
  }

  #set(connection: Connection, reason: string | null): void {
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
