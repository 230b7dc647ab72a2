/** Which ways out an exception has, and how soon a person should take one. */
import { z } from 'zod'
import { editOf } from './edit-conflict.ts'
import type { Facts } from './facts.ts'
import type { ExceptionKind, LedgerException, Loan } from './records.ts'
import { refusedRequest } from './refused-request.ts'

/**
 * `first-returned` the first reader had brought it back · `first-has-it` the first reader still has
 * it, the second loan was a slip of the scanner · `later-date` the reader holds a slip with the later
 * due date, which counts · `waiting-reader-first` the hold stands, the item goes to its shelf when it
 * comes back · `hold-released` whoever waited has another copy, or waits no more · `withdrawn-again`
 * the item leaves the collection for good · `keep-theirs`, `keep-mine` the value of the city, or of
 * the desk whose edit came later · `bound` the record behind the scan was found (exception.bind) ·
 * `lending-found` the missing lending arrived by itself · `excess-returned` the reader has the money
 * back (payment.return) · `shelved-again` the item that waits for nobody went back to its shelf, or home ·
 * `given-to-next` it is kept for the next of the queue · `placed-anyway`, `waived-anyway` the hold, the
 * waiver stands although a limit was reached · `message-left` whoever serves the reader next is to tell
 * what was said · `accepted` the fact stands as it is. The others record what a person did outside of the
 * program.
 */
export const Settlement = z.enum([
  'first-returned',
  'first-has-it',
  'wrong-barcode',
  'later-date',
  'waiting-reader-first',
  'hold-released',
  'withdrawn-again',
  'item-forwarded',
  'lending-found',
  'keep-both',
  'keep-theirs',
  'keep-mine',
  'reader-contacted',
  'desk-checked',
  'entered-again',
  'bound',
  'accepted',
  'excess-returned',
  'shelved-again',
  'given-to-next',
  'placed-anyway',
  'waived-anyway',
  'message-left',
  'done-by-hand',
])
export type Settlement = z.infer<typeof Settlement>

/** Done by an operation of their own, which asks for more than a choice. */
export const boundSettlements = ['bound', 'wrong-barcode'] as const satisfies readonly Settlement[]
export const isBinding = (
  settlement: Settlement,
): settlement is (typeof boundSettlements)[number] =>
  (boundSettlements as readonly Settlement[]).includes(settlement)
export const ownSettlements = [
  ...boundSettlements,
  'excess-returned',
] as const satisfies readonly Settlement[]

/** What a settlement is judged by: the item and whoever has it. */
export type ClashFacts = Pick<Facts, 'item' | 'openLoansOfItem'>

/** What fits this exception now; the first is the one the screen proposes. */
export function settlementsFor(
  exception: LedgerException,
  facts: ClashFacts,
): readonly Settlement[] {
  switch (exception.kind) {
    case 'open-loan-other':
      return clashSettlements(exception, facts)
    case 'open-loan-same':
      return laterDueOn(exception, facts) === null ? ['accepted'] : ['later-date', 'accepted']
    case 'hold-bypassed':
      return (facts.item?.heldForReaderId ?? null) === null
        ? ['accepted']
        : ['waiting-reader-first', 'hold-released']
    case 'hold-clash':
      return isKeptForNobody(facts) ? ['given-to-next', 'shelved-again', 'accepted'] : ['accepted']
    case 'item-lost-or-withdrawn':
      return facts.item?.openLoanId === null && facts.item.state !== 'withdrawn'
        ? ['accepted', 'withdrawn-again']
        : ['accepted', 'reader-contacted']
    case 'unknown-item':
      return facts.item?.isPlaceholder === true ? ['bound', 'accepted'] : ['accepted']
    case 'unknown-reader':
      return exception.readerId === null ? ['accepted'] : ['bound', 'accepted']
    case 'route-item':
      return ['item-forwarded', 'accepted']
    case 'edit-conflict':
      return editOf(exception) === null ? ['accepted'] : ['keep-theirs', 'keep-mine']
    case 'duplicate-registration':
      return ['keep-both']
    case 'device-fork':
      return ['desk-checked']
    case 'quarantined':
      return ['entered-again', 'accepted']
    case 'fee-settled-twice':
      return ['excess-returned', 'accepted']
    case 'request-refused':
      return refusedSettlements(exception, laterDueOn(exception, facts) !== null)
    case 'return-not-on-loan':
      return ['accepted']
    case 'reader-blocked':
    case 'limit-exceeded':
    case 'double-spend':
    case 'lease-expired':
    case 'rule-broken':
    case 'clock-suspect':
      return ['accepted', 'reader-contacted']
  }
}

/** It still lies where it was put for a hold that was filled meanwhile. */
const isKeptForNobody = ({ item }: ClashFacts): boolean =>
  item !== null &&
  item.holdId === null &&
  (item.state === 'on-hold-shelf' || item.state === 'in-transit')

function clashSettlements(exception: LedgerException, facts: ClashFacts): readonly Settlement[] {
  // Returned, or lent on, since the second loan: the first reader cannot have it (I20).
  const { first, second } = clashing(facts, exception)
  const isWithSecond = second !== null && facts.item?.openLoanId === second.id
  return first !== null && isWithSecond
    ? ['first-returned', 'first-has-it', 'wrong-barcode']
    : ['first-returned']
}

/**
 * The two loans of a clash that are still open, each perhaps closed since. Event time tells them
 * apart, not arrival: the disputed one was lent first.
 */
export function clashing(
  { openLoansOfItem }: ClashFacts,
  { loanId, otherLoanId }: LedgerException,
): { readonly first: Loan | null; readonly second: Loan | null } {
  const open = openLoansOfItem.filter(({ id }) => id === loanId || id === otherLoanId)
  return {
    first: open.find((loan) => loan.isDisputed) ?? null,
    second: open.find((loan) => !loan.isDisputed) ?? null,
  }
}

/** Of two loans of a clash: the disputed one was lent first; once it is settled only the time tells. */
export const isFirstLoan = (loan: Loan, other: Loan): boolean =>
  loan.isDisputed === other.isDisputed ? loan.lentAt < other.lentAt : loan.isDisputed

/** The due date on the slip that the city did not follow, where it is the later one. */
export function laterDueOn(
  exception: LedgerException,
  { openLoansOfItem }: ClashFacts,
): string | null {
  const loan = openLoansOfItem.find(({ id }) => id === exception.loanId)
  const told = exception.evidence?.findings.find(({ params }) => 'printedOn' in params)
  const printedOn = told?.params['printedOn']
  if (loan === undefined || typeof printedOn !== 'string') return null
  return printedOn > loan.dueOn ? printedOn : null
}

/** `isLater`: the date on the slip is later than the loan's own, and the loan still runs. */
function refusedSettlements(exception: LedgerException, isLater: boolean): readonly Settlement[] {
  const tells: readonly Settlement[] = exception.readerId === null ? [] : ['message-left']
  const request = refusedRequest(exception)
  if (isLater) return ['later-date', ...tells, 'accepted']
  if (request?.isFinal === false && request.hold !== null) {
    return ['placed-anyway', ...tells, 'accepted']
  }
  if (request?.isFinal === false && request.waiver !== null) {
    return ['waived-anyway', ...tells, 'accepted']
  }
  return byHand.has(exception.operationKind)
    ? ['done-by-hand', ...tells, 'accepted']
    : ['accepted', ...tells, 'done-by-hand']
}

/** Those that leave work to be done at the shelf or the till. */
const byHand: ReadonlySet<string> = new Set(['operation.undo', 'item.mark-lost'])

export const Severity = z.enum(['urgent', 'soon', 'whenever'])
export type Severity = z.infer<typeof Severity>

/** `urgent`: somebody is wronged meanwhile, or work is not on record. */
export const severityByKind = {
  'open-loan-other': 'urgent',
  quarantined: 'urgent',
  'device-fork': 'urgent',
  'double-spend': 'urgent',
  'hold-bypassed': 'urgent',
  'hold-clash': 'urgent',
  'request-refused': 'urgent',
  'unknown-item': 'soon',
  'unknown-reader': 'soon',
  'edit-conflict': 'soon',
  'duplicate-registration': 'soon',
  'clock-suspect': 'soon',
  'reader-blocked': 'soon',
  'return-not-on-loan': 'soon',
  'route-item': 'soon',
  'lease-expired': 'soon',
  'item-lost-or-withdrawn': 'soon',
  'fee-settled-twice': 'soon',
  'open-loan-same': 'whenever',
  'limit-exceeded': 'whenever',
  'rule-broken': 'whenever',
} as const satisfies Record<ExceptionKind, Severity>
