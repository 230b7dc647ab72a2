/** Renewing a loan. Rules N1–N9 of docs/rules.md. */
import { z } from 'zod'
import { patch } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { aboutHolds } from '../hold-facts.ts'
import { dueOf, isLate, lenderOf } from '../lender-facts.ts'
import { defineOperation, impossible, override } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { dueAfter } from '../policy/due-date.ts'
import { endOfDue } from '../policy/effective-due.ts'
import type { EffectiveDue } from '../policy/effective-due.ts'
import { promisedDue } from './promised-due.ts'
import { blockedUntil } from '../policy/blocked-for.ts'
import { neededForHolds } from '../policy/hold-queue.ts'
import { caseOf, termsFor } from '../policy/loan-rules.ts'
import type { LoanTerms } from '../policy/loan-rules.ts'
import type { Item, Loan, Reader } from '../records.ts'
import { CalendarDate, EpochMs } from '../words/calendar-date.ts'
import { LoanId } from '../words/ids.ts'
import { dueText } from '../words/due-date.ts'
import { maskedName } from '../words/masked-name.ts'
import { heldForReaderId } from './trap-hold.ts'

const Payload = z.strictObject({ loan: LoanId })

const Summary = z.strictObject({
  loanId: z.string(),
  dueOn: CalendarDate,
  /** Of a loan of hours. */
  dueAt: EpochMs.nullable(),
  renewalsCount: z.int(),
  /** Of the policy, the one of the period first (P3); absent in logs of older programs. */
  policyLines: z.array(z.string()).optional(),
})

export const renew = defineOperation({
  kind: 'loan.renew',
  evidence: 'intent',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: Summary,
  subject: ({ loan }) =>
    aSubject({ loanId: loan, holds: aboutHolds({ ofItem: true, queue: true, copies: true }) }),
  decide(facts, payload, ctx) {
    const { loan, item, reader } = facts
    const about = {
      itemId: item?.id ?? null,
      readerId: reader?.id ?? null,
      loanId: loan?.id ?? null,
      otherLoanId: null,
    }
    if (loan === null || item === null || reader === null) {
      const none = { dueOn: ctx.today, dueAt: null, renewalsCount: 0 }
      const summary = { loanId: payload.loan as string, ...none }
      return { findings: [impossible('unknown-loan', 'N1')], changes: [], summary, about }
    }
    const terms = renewalTerms(facts, item, loan, ctx)
    const due = renewedDue(facts, loan, terms, ctx)
    const renewed = renewedTo(loan, due)
    const { renewalsCount } = renewed
    const changes: Change[] = [patch('loan', loan.id, renewed)]
    const policyLines = [...terms.lines]
    const { on: dueOn, at: dueAt } = due
    const summary = { loanId: loan.id as string, dueOn, dueAt, renewalsCount, policyLines }
    const findings = renewalFindings(facts, loan, terms, ctx)
    return { findings, changes, summary, about }
  },
  promises: ({ dueOn, dueAt }) => ({ dueOn, dueAt }),
})

/**
 * N2: counted from the day of renewal; a renewal never shortens a loan. What the reader was told
 * stands, under whatever policy it is decided again (I28).
 */
export function renewedDue(facts: Facts, loan: Loan, terms: LoanTerms, ctx: Ctx): EffectiveDue {
  const { dueOn, dueAt } = loan
  const counted =
    promisedDue(ctx) ??
    dueAfter(terms.renewalDays, terms, {
      at: ctx.at,
      calendar: lenderOf(facts, loan).calendar,
      expiresOn: facts.reader?.expiresOn ?? null,
    })
  const isLonger = endOfDue(counted) > endOfDue({ on: dueOn, at: dueAt })
  return isLonger ? { on: counted.on, at: counted.at } : { on: dueOn, at: dueAt }
}

/** R22: the rules of the library that lent it, wherever it is renewed. */
export const renewalTerms = (facts: Facts, item: Item, loan: Loan, ctx: Ctx): LoanTerms =>
  termsFor(
    facts.policy,
    caseOf(item, facts.reader, lenderOf(facts, loan).libraryId, true),
    ctx.today,
  )

export const renewedTo = ({ renewalsCount, dueAt }: Loan, { on, at }: EffectiveDue) => ({
  dueOn: on,
  ...(at === dueAt ? {} : { dueAt: at }),
  renewalsCount: renewalsCount + 1,
})

/** N1, N3–N9 for the loan of these facts: also where lending to the same reader renews (L8). */
export function renewalFindings(facts: Facts, loan: Loan, terms: LoanTerms, ctx: Ctx): Finding[] {
  const { item, reader } = facts
  if (item === null || reader === null) return []
  const found: Finding[] = []
  const permission = 'override-limits'
  if (loan.returnedAt !== null) found.push(impossible('loan-closed', 'N1'))
  if (loan.isDisputed) found.push(impossible('loan-disputed', 'N1'))
  if (loan.claimedReturnedAt !== null) found.push(impossible('loan-claimed', 'N8'))
  if (loan.lostAt !== null) found.push(impossible('loan-lost', 'N8'))
  if (loan.countsAs === 'reading-room') found.push(impossible('renewal-in-reading-room', 'N8'))
  if (terms.renewalsMax === 0) {
    const params = { line: terms.lineOf.renewalsMax }
    found.push(override('renewal-not-allowed', 'N6', { params, permission }))
  } else if (loan.renewalsCount >= terms.renewalsMax) {
    const line = terms.lineOf.renewalsMax
    const params = { count: loan.renewalsCount, limit: terms.renewalsMax, line }
    found.push(override('renewals-used-up', 'N1', { params, permission }))
  }
  if (isLate(facts, loan, ctx.at)) {
    const params = { dueOn: dueText(dueOf(facts, loan)) }
    found.push(override('loan-overdue', 'N3', { params, permission }))
  }
  const until = blockedUntil(reader, 'renew', ctx.today)
  if (until !== null) {
    const params = { until, reason: reader.blockReason ?? '' }
    found.push(override('renewal-blocked', 'N9', { params, permission: 'override-blocks' }))
  }
  const earliest = facts.earliestDueLoan
  if (earliest !== null && isLate(facts, earliest, ctx.at)) {
    const params = { dueOn: dueText(dueOf(facts, earliest)) }
    found.push(override('other-loan-overdue', 'N5', { params, permission }))
  }
  if (reader.feesOwedFen > 0) {
    const params = { owedFen: reader.feesOwedFen }
    found.push(override('fees-owed', 'N4', { params, permission }))
  }
  return [...found, ...claimsOfOthers(facts, item, reader, ctx)]
}

/** N7: kept for another, or waited for while no other copy could be given instead. */
function claimsOfOthers(facts: Facts, item: Item, reader: Reader, ctx: Ctx): Finding[] {
  const permission = 'override-limits'
  const heldFor = heldForReaderId(facts, item)
  if (heldFor !== null && heldFor !== reader.id) {
    const params = { reader: maskedName(facts.heldForReader?.name ?? '') }
    return [override('item-held-for-another', 'N7', { params, permission })]
  }
  const { waiting, copies } = facts.holds
  const others = waiting.filter(({ readerId }) => readerId !== reader.id)
  const count = neededForHolds(item, others, copies, ctx.today).length
  if (count === 0) return []
  return [override('title-waited-for', 'N7', { params: { count }, permission })]
}
