import type { Outcome } from '../../contract/sync-protocol.ts'
import type { Change } from '../../domain/change.ts'

/** An operation as the ledger keeps it. */
export interface LedgerOperation {
  readonly id: string
  readonly epoch: number
  readonly seq: number
  readonly hash: string
  readonly kind: string
  readonly staffId: string
  readonly branchId: string
  /** Event time: the desk's clock, corrected by the offset it measured. */
  readonly at: number
  readonly receivedAt: number
  /** Canonical JSON of the body: what the hash is of. */
  readonly body: string
  readonly outcome: Outcome['outcome']
  readonly findings: Outcome['findings']
  readonly positions: Outcome['positions']
  readonly changes: readonly Change[]
  readonly inverse: readonly Change[]
}
