/** What the engine knows of synchronisation; main/sync drives it. */
import type { FactsClass, SyncStatus } from '../../contract/topics.ts'

export interface SyncPort {
  readonly status: () => SyncStatus
  /** There is something to send. */
  readonly poke: () => void
  /** Sample city: take the desk off the network and back. */
  readonly setUnplugged: (isUnplugged: boolean) => void
  /** To be added to the machine's clock at this moment; null before the first contact. */
  readonly clockOffsetMs: () => number | null
  /** How often the city measured the clock in this run. */
  readonly measurementsCount: () => number
  /** Ms since the last complete telling of that class; null before the first. */
  readonly factsAgeMs: (of: FactsClass) => number | null
  readonly close: () => Promise<void>
}
