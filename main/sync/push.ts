/** Sends what the city has not answered yet, in order, batch by batch. */
import { PUSH_BATCH_MAX } from '../../contract/sync-protocol.ts'
import type { StoredOperation } from '../../db/outbox/outbox.ts'
import type { Announcer } from '../engine/announce.ts'
import type { Clock } from '../engine/clock.ts'
import type { RecordStores } from '../engine/stores.ts'
import { settleRefused } from './apply-entries.ts'
import { openLinePace } from './line-pace.ts'
import type { LinePace } from './line-pace.ts'
import { TransportFailure } from './transport.ts'
import type { Transport } from './transport.ts'

/** The server takes 8 MiB; an import's operations are large, and hanzi are three bytes each. */
export const PUSH_BYTES_MAX = 2_000_000

export interface Pushing {
  /** Asked before each batch. */
  readonly mayGoOn: () => boolean
  /** Told of each batch that was answered. */
  readonly onBatch: () => void
  readonly pace: LinePace
}

/** For all pushes of one line: how much goes at once is learnt from the last ones. */
export const openPushing = (
  clock: Pick<Clock, 'monotonic'>,
  mayGoOn: () => boolean,
  onBatch: () => void,
): Pushing => ({
  mayGoOn,
  onBatch,
  pace: openLinePace(clock, { min: 32_768, first: 262_144, max: PUSH_BYTES_MAX }),
})

/**
 * Null where everything was answered, or nothing more may be sent; else the epoch in which the city
 * has another history than this log: meet it (recover.ts) and push again. Throws TransportFailure.
 */
export async function pushUnsent(
  stores: RecordStores,
  announcer: Announcer,
  transport: Transport,
  { mayGoOn, onBatch, pace }: Pushing,
): Promise<number | null> {
  const { outbox } = stores
  // A refusal whose effect was not taken back before the last stop.
  settleRefused(stores, announcer)
  while (mayGoOn()) {
    const unsent = outbox.unsent(PUSH_BATCH_MAX, pace.bytes())
    const [first] = unsent
    if (first === undefined) return null
    const answer = await sendUnsent(transport, pace, outbox.pendingCount(), unsent)
    const sent = new Set(unsent.map(({ id }) => id))
    const outcomes = answer.outcomes.filter(({ id }) => sent.has(id))
    outbox.saveOutcomes(outcomes, undefined, first.epoch)
    settleRefused(stores, announcer)
    if (answer.isFork || (answer.wants !== null && answer.wants < first.seq)) return first.epoch
    // Without an answer for the first one the next push would be this one again, at once.
    if (!outcomes.some(({ id }) => id === first.id)) {
      throw new TransportFailure('nothing-taken', `at ${first.seq}`)
    }
    onBatch()
  }
  return null
}

/** More wait than went: the batch was as large as the line is thought to bear. */
export const sendUnsent = (
  transport: Transport,
  pace: LinePace,
  pendingCount: number,
  unsent: readonly StoredOperation[],
) =>
  pace.timed(pendingCount > unsent.length, () =>
    transport.send('push', { operations: unsent.map(asPushed) }),
  )

export const asPushed = ({ body, hash }: StoredOperation) => ({ body: body as never, hash })
