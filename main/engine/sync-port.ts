/** What the engine knows of synchronisation; main/sync drives it. */
import type { SyncStatus } from '../../contract/topics.ts'

export interface SyncPort {
  readonly status: () => SyncStatus
  /** There is something to send. */
  readonly poke: () => void
  /** Sample city: take the desk off the network and back. */
  readonly setUnplugged: (isUnplugged: boolean) => void
  readonly clockOffsetMs: () => number | null
  readonly factsAgeMs: () => number | null
  readonly close: () => Promise<void>
}
