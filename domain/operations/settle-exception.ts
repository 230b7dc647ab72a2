/** Settling an exception: by a person, by an operation, never silently. */
import { z } from 'zod'
import { patch } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { PlainText } from '../records.ts'
import type { LedgerException, Loan } from '../records.ts'
import type { BranchId, StaffId } from '../words/ids.ts'
import { ExceptionId } from '../words/ids.ts'

/**
 * `first-returned` the first reader had brought it back · `first-has-it` the first reader still has
 * it, the second loan was a slip of the scanner · `accepted` the fact stands as it is.
 */
export const Settlement = z.enum(['first-returned', 'first-has-it', 'accepted'])
export type Settlement = z.infer<typeof Settlement>

const Payload = z.strictObject({
  exception: ExceptionId,
  settlement: Settlement,
  comment: PlainText(500).nullable(),
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({ exceptionId: z.string(), settlement: Settlement })

export const settleException = defineOperation({
  kind: 'exception.settle',
  evidence: 'intent',
  permission: 'settle-exceptions',
  audit: 'exception',
  payload: Payload,
  summary: Summary,
  subject: ({ exception }) => aSubject({ exceptionId: exception }),
  decide(facts, payload, ctx) {
    const { exception } = facts
    const summary = { exceptionId: payload.exception as string, settlement: payload.settlement }
    const about = {
      itemId: exception?.itemId ?? null,
      readerId: exception?.readerId ?? null,
      loanId: exception?.loanId ?? null,
      otherLoanId: exception?.otherLoanId ?? null,
    }
    if (exception === null) {
      return { findings: [impossible('unknown-exception', 'E1')], changes: [], summary, about }
    }
    const settled = patch('exception', exception.id, {
      settledAt: ctx.at,
      settledBy: ctx.staff.id as StaffId,
      settlement: payload.settlement,
      comment: payload.comment,
    })
    return {
      findings: settleFindings(facts, exception, payload),
      changes: [...consequences(facts, exception, payload, ctx), settled],
      summary,
      about,
    }
  },
})

/** What a settlement is judged by: the item and whoever has it. */
export type ClashFacts = Pick<Facts, 'item' | 'openLoansOfItem'>

/** What fits this exception now; the first is the one the screen proposes. */
export function settlementsFor(
  exception: LedgerException,
  facts: ClashFacts,
): readonly Settlement[] {
  if (exception.kind !== 'open-loan-other') return ['accepted']
  // Returned, or lent on, since the second loan: the first reader cannot have it (I20).
  const { first, second } = clashing(facts, exception)
  const isWithSecond = second !== null && facts.item?.openLoanId === second.id
  return first !== null && isWithSecond ? ['first-returned', 'first-has-it'] : ['first-returned']
}

/** Of two loans of a clash: the disputed one was lent first; once it is settled only the time tells. */
export const isFirstLoan = (loan: Loan, other: Loan): boolean =>
  loan.isDisputed === other.isDisputed ? loan.lentAt < other.lentAt : loan.isDisputed

/**
 * The two loans of a clash that are still open, each perhaps closed since. Event time tells them
 * apart, not arrival: the disputed one was lent first.
 */
function clashing({ openLoansOfItem }: ClashFacts, { loanId, otherLoanId }: LedgerException) {
  const open = openLoansOfItem.filter(({ id }) => id === loanId || id === otherLoanId)
  return {
    first: open.find((loan) => loan.isDisputed) ?? null,
    second: open.find((loan) => !loan.isDisputed) ?? null,
  }
}

function settleFindings(
  facts: Facts,
  exception: LedgerException,
  { settlement }: Payload,
): Finding[] {
  if (exception.settledAt !== null) return [impossible('already-settled', 'E2')]
  const doesFit = settlementsFor(exception, facts).includes(settlement)
  return doesFit ? [] : [impossible('settlement-does-not-fit', 'E3')]
}

function consequences(
  facts: Facts,
  exception: LedgerException,
  { settlement }: Payload,
  ctx: Ctx,
): Change[] {
  const { first, second } = clashing(facts, exception)
  if (settlement === 'accepted' || first === null) return []
  const closed = { returnedAt: ctx.at, returnedBranchId: ctx.branchId as BranchId }
  if (settlement === 'first-returned') {
    return [
      patch('loan', first.id, { ...closed, isDisputed: false }),
      patch('reader', first.readerId, {}, { openLoansCount: -1 }),
    ]
  }
  if (second === null) return []
  return [
    patch('loan', first.id, { isDisputed: false }),
    patch('loan', second.id, closed),
    patch('reader', second.readerId, {}, { openLoansCount: -1 }),
    patch('item', first.itemId, { state: 'on-loan', openLoanId: first.id }),
  ]
}
