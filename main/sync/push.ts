/** Sends what the city has not answered yet, in order, batch by batch. */
import { PUSH_BATCH_MAX } from '../../contract/sync-protocol.ts'
import type { StoredOperation } from '../../db/outbox/outbox.ts'
import type { Announcer } from '../engine/announce.ts'
import type { RecordStores } from '../engine/stores.ts'
import { settleRefused } from './apply-entries.ts'
import { TransportFailure } from './transport.ts'
import type { Transport } from './transport.ts'

/** The server takes 8 MiB; an import's operations are large, and hanzi are three bytes each. */
export const PUSH_BYTES_MAX = 2_000_000

export interface Pushing {
  /** Asked before each batch. */
  readonly mayGoOn: () => boolean
  /** Told of each batch that was answered. */
  readonly onBatch: () => void
}

/**
 * Null where everything was answered, or nothing more may be sent; else the epoch in which the city
 * has another history than this log: meet it (recover.ts) and push again. Throws TransportFailure.
 */
export async function pushUnsent(
  stores: RecordStores,
  announcer: Announcer,
  transport: Transport,
  { mayGoOn, onBatch }: Pushing,
): Promise<number | null> {
  const { outbox } = stores
  // A refusal whose effect was not taken back before the last stop.
  settleRefused(stores, announcer)
  while (mayGoOn()) {
    const unsent = outbox.unsent(PUSH_BATCH_MAX, PUSH_BYTES_MAX)
    const [first] = unsent
    if (first === undefined) return null
    const answer = await transport.send('push', { operations: unsent.map(asPushed) })
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

export const asPushed = ({ body, hash }: StoredOperation) => ({ body: body as never, hash })
