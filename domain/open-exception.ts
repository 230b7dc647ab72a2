/** An exception as it is opened: the same for a broken rule, a quarantine and a fork. */
import type { About, Finding } from './operation.ts'
import { EVIDENCE_FINDINGS_MAX } from './evidence.ts'
import type { Evidence } from './evidence.ts'
import type { ExceptionKind, LedgerException } from './records.ts'
import type { EpochMs } from './words/calendar-date.ts'
import type { BranchId, DeviceId, ExceptionId, ItemId } from './words/ids.ts'
import type { LoanId, OperationId, ReaderId } from './words/ids.ts'

/** What the operation says about the desk that made it. */
export type Knew = Omit<Evidence, 'findings' | 'other'>

export interface Opening {
  readonly kind: ExceptionKind
  readonly operationId: string
  readonly operationKind: string
  readonly deviceId: string
  readonly branchId: string
  /** Null where the operation could not be decided. */
  readonly about: About | null
  /** The other service point that has to do with it. */
  readonly otherBranchId: string | null
  readonly happenedAt: EpochMs
  readonly openedAt: EpochMs
  /** Those that led to it; the exception quotes their rules. */
  readonly findings: readonly Finding[]
  readonly knew: Knew
  readonly other: Evidence['other']
  readonly comment: string | null
}

/** Not from ctx.newId: the desk, which opens no exceptions, must count the same ids. */
export const exceptionIdOf = (operationId: string, kind: ExceptionKind): string =>
  `${operationId}.x-${kind}`

export function openedException(opening: Opening): LedgerException {
  const { kind, operationId, about, findings } = opening
  return {
    id: exceptionIdOf(operationId, kind) as ExceptionId,
    kind,
    operationId: operationId as OperationId,
    operationKind: opening.operationKind,
    deviceId: opening.deviceId as DeviceId,
    branchId: opening.branchId as BranchId,
    itemId: (about?.itemId ?? null) as ItemId | null,
    readerId: (about?.readerId ?? null) as ReaderId | null,
    loanId: (about?.loanId ?? null) as LoanId | null,
    otherLoanId: (about?.otherLoanId ?? null) as LoanId | null,
    otherBranchId: opening.otherBranchId as BranchId | null,
    rules: findings.map(({ rule }) => rule),
    happenedAt: opening.happenedAt,
    openedAt: opening.openedAt,
    settledAt: null,
    settledBy: null,
    settlement: null,
    comment: opening.comment,
    assignedTo: null,
    comments: [],
    evidence: {
      ...opening.knew,
      findings: findings
        .slice(0, EVIDENCE_FINDINGS_MAX)
        .map(({ code, rule, params }) => ({ code, rule, params: bounded(params) })),
      other: opening.other,
    },
  }
}

const TEXT_MAX = 500
const bounded = (params: Finding['params']): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.slice(0, TEXT_MAX).toWellFormed() : value,
    ]),
  )
