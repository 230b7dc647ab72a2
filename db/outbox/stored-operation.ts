/** An operation as the outbox keeps it. */
import type { Change } from '../../domain/change.ts'
import type { About, Finding } from '../../domain/operation.ts'
import type { ScopeNumbers } from '../../domain/scopes.ts'

export type OutcomeName =
  | 'pending'
  | 'applied'
  | 'applied-with-exception'
  | 'refused'
  | 'quarantined'

export interface StoredOperation {
  readonly seq: number
  readonly epoch: number
  readonly id: string
  readonly requestId: string
  readonly kind: string
  /** The body that was hashed, as it goes to the server. */
  readonly body: unknown
  readonly hash: string
  readonly at: number
  readonly staffId: string
  readonly branchId: string
  readonly changes: readonly Change[]
  readonly inverse: readonly Change[]
  readonly findings: readonly Finding[]
  readonly summary: unknown
  readonly about: About
  readonly factsAgeMs: number | null
  readonly outcome: OutcomeName
  /** Where its changes stand in each scope's feed. */
  readonly positions: ScopeNumbers
  readonly outcomeFindings: readonly unknown[]
  /** Answered, and the answer's changes are in the rows this desk holds. */
  readonly isSettled: boolean
  readonly undoneBy: string | null
  /** When the server's durable answer came; null before. */
  readonly answeredAt: number | null
}

export type NewOperation = Omit<
  StoredOperation,
  'outcome' | 'positions' | 'outcomeFindings' | 'isSettled' | 'undoneBy' | 'answeredAt'
>

export type Answered = Pick<StoredOperation, 'seq' | 'outcome' | 'positions'>

export interface OutcomeOf {
  readonly seq: number
  readonly outcome: Exclude<OutcomeName, 'pending'>
  readonly positions: ScopeNumbers
  readonly findings: readonly unknown[]
}
