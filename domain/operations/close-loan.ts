/** What ending a loan does: the same at a return and where a return precedes the next lending. */
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import type { Facts } from '../facts.ts'
import { alert, note } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { countedLoan } from '../policy/loan-class.ts'
import { caseOf, termsFor } from '../policy/loan-rules.ts'
import { overdueFeeFen } from '../policy/overdue-fee.ts'
import type { Item, Loan } from '../records.ts'
import { standingDueOn } from '../refused-request.ts'
import { dateAt, daysBetween } from '../words/calendar-date.ts'
import type { EpochMs } from '../words/calendar-date.ts'
import type { BranchId, FeeId } from '../words/ids.ts'
import { foundLoss, lossChanges, lossFindings } from './loss-found.ts'
import type { FoundLoss } from './loss-found.ts'

export interface LoanEnd {
  readonly loan: Loan
  readonly item: Item
  readonly returnedAt: EpochMs
  readonly overdueDays: number
  readonly feeFen: number
  readonly loss: FoundLoss
}

/** `loan` is the facts' own loan, or a disputed one: that is never charged (its clock stood still). */
export function endOfLoan(facts: Facts, item: Item, loan: Loan, returnedAt: EpochMs): LoanEnd {
  // R16: from the reader's word on the clock stood still, whoever turned out to be right.
  const returnedOn = dateAt(Math.min(returnedAt, loan.claimedReturnedAt ?? returnedAt))
  const dueOn = standingDueOn(loan, facts.openExceptionsOfItem)
  const overdueDays = Math.max(0, daysBetween(dueOn, returnedOn))
  const loss = foundLoss(facts, loan)
  // A clock that is behind counts the days by its own date, and ends no loan before it began.
  const endedAt = Math.max(returnedAt, loan.lentAt)
  if (loan.isDisputed) return { loan, item, returnedAt: endedAt, overdueDays, feeFen: 0, loss }
  const isRenewal = loan.renewalsCount > 0
  const on = caseOf(item, facts.loanReader, facts.library.id, isRenewal)
  const terms = termsFor(facts.policy, on, returnedOn)
  const feeFen = overdueFeeFen(terms, facts.calendar, dueOn, returnedOn)
  return { loan, item, returnedAt: endedAt, overdueDays, feeFen, loss }
}

export const lateFindings = ({
  overdueDays,
  feeFen,
  loss,
  loan,
  returnedAt,
}: LoanEnd): Finding[] => [
  ...(overdueDays > 0
    ? [alert('returned-late', 'R3', { params: { days: overdueDays, feeFen } })]
    : []),
  ...(loan.claimedReturnedAt === null
    ? []
    : [note('claim-resolved', 'R16', { params: { date: dateAt(loan.claimedReturnedAt) } })]),
  ...lossFindings(loss, dateAt(returnedAt)),
]

export function closeLoan({ loan, item, returnedAt, feeFen, loss }: LoanEnd, ctx: Ctx): Change[] {
  const changes = [
    patch('loan', loan.id, { returnedAt, returnedBranchId: ctx.branchId as BranchId }),
    patch('reader', loan.readerId, {}, { ...countedLoan(loan, -1), feesOwedFen: feeFen }),
    ...lossChanges(loss, loan, ctx),
  ]
  if (feeFen === 0) return changes
  const fee = put('fee', {
    id: ctx.newId() as FeeId,
    readerId: loan.readerId,
    loanId: loan.id,
    itemId: item.id,
    cause: 'overdue',
    amountFen: feeFen,
    paidFen: 0,
    waivedFen: 0,
    lastWaiver: null,
    openedAt: returnedAt,
    settledAt: null,
    note: null,
  })
  return [...changes, fee]
}
