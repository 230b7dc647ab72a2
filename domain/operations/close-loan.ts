/** What ending a loan does: the same at a return and where a return precedes the next lending. */
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import type { Facts } from '../facts.ts'
import { dueOf, lenderOf } from '../lender-facts.ts'
import { alert, note } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { countedLoan } from '../policy/loan-class.ts'
import { caseOf, termsFor } from '../policy/loan-rules.ts'
import { latenessOf } from '../policy/overdue-fee.ts'
import type { LoanTerms } from '../policy/loan-rules.ts'
import type { Lateness } from '../policy/overdue-fee.ts'
import type { Item, Loan } from '../records.ts'
import { dateAt } from '../words/calendar-date.ts'
import { standingDueOn } from '../refused-request.ts'
import type { EpochMs } from '../words/calendar-date.ts'
import type { BranchId, FeeId } from '../words/ids.ts'
import { foundLoss, lossChanges, lossFindings } from './loss-found.ts'
import type { FoundLoss } from './loss-found.ts'

export interface LoanEnd {
  readonly loan: Loan
  readonly item: Item
  readonly returnedAt: EpochMs
  readonly late: Lateness
  /** Nothing of a disputed loan. */
  readonly feeFen: number
  /** The policy line that set the charge (P3). */
  readonly feeLine: string
  readonly loss: FoundLoss
}

/** `loan` is the facts' own loan, or a disputed one: that is never charged (its clock stood still). */
export function endOfLoan(facts: Facts, item: Item, loan: Loan, returnedAt: EpochMs): LoanEnd {
  // R16: from the reader's word on the clock stood still, whoever turned out to be right.
  const stoodStillAt = Math.min(returnedAt, loan.claimedReturnedAt ?? returnedAt)
  const { libraryId, calendar } = lenderOf(facts, loan)
  const isRenewal = loan.renewalsCount > 0
  const on = caseOf(item, facts.loanReader, libraryId, isRenewal)
  const terms = termsFor(facts.policy, on, dateAt(stoodStillAt))
  const late = latenessOf(terms, calendar, dueOf(facts, asTold(facts, loan)), stoodStillAt)
  const feeFen = loan.isDisputed ? 0 : late.feeFen
  const feeLine = late.hours === null ? terms.lineOf.overdueFenPerDay : feeLineOfHours(terms)
  // A clock that is behind counts the days by its own date, and ends no loan before it began.
  const endedAt = Math.max(returnedAt, loan.lentAt)
  return { loan, item, returnedAt: endedAt, late, feeFen, feeLine, loss: foundLoss(facts, loan) }
}

/** I28: a later date that a refused renewal told counts, to the end of its day. */
function asTold(facts: Facts, loan: Loan): Loan {
  const dueOn = standingDueOn(loan, facts.openExceptionsOfItem)
  return dueOn === loan.dueOn ? loan : { ...loan, dueOn, dueAt: null }
}

export const lateFindings = ({
  late,
  feeFen,
  feeLine: line,
  loss,
  loan,
  returnedAt,
}: LoanEnd): Finding[] => [
  ...lateFinding(late, { feeFen, line }),
  ...(loan.claimedReturnedAt === null
    ? []
    : [note('claim-resolved', 'R16', { params: { date: dateAt(loan.claimedReturnedAt) } })]),
  ...lossFindings(loss, dateAt(returnedAt)),
]

function lateFinding({ days, hours }: Lateness, fee: { feeFen: number; line: string }): Finding[] {
  if (hours !== null && hours > 0) {
    return [alert('returned-late-hours', 'R23', { params: { hours, ...fee } })]
  }
  return days > 0 ? [alert('returned-late', 'R3', { params: { days, ...fee } })] : []
}

const feeLineOfHours = ({ overdueFenPerHour, lineOf }: LoanTerms): string =>
  overdueFenPerHour > 0 ? lineOf.overdueFenPerHour : lineOf.overdueFenPerDay

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
