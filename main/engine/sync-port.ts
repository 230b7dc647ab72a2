/** What the engine knows of synchronisation; main/sync drives it. */
import type { FactsClass, SyncStatus } from '../../contract/topics.ts'

export interface SyncPort {
  readonly status: () => SyncStatus
  /** There is something to send. */
  readonly poke: () => void
  /** Sample city: take the desk off the network and back. */
  readonly setUnplugged: (isUnplugged: boolean) => void
  readonly clockOffsetMs: () => number | null
  /** Ms since the last complete telling of that class; null before the first. */
  readonly factsAgeMs: (of: FactsClass) => number | null
  readonly close: () => Promise<void>
}
