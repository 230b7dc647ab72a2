/** Renewing a loan. Rules N1–N9 of docs/rules.md. */
import { z } from 'zod'
import { patch } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { aboutHolds } from '../hold-facts.ts'
import { defineOperation, impossible, override } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { dueAfter } from '../policy/due-date.ts'
import { blockedUntil } from '../policy/blocked-for.ts'
import { neededForHolds } from '../policy/hold-queue.ts'
import { caseOf, termsFor } from '../policy/loan-rules.ts'
import type { LoanTerms } from '../policy/loan-rules.ts'
import type { Item, Loan, Reader } from '../records.ts'
import { CalendarDate } from '../words/calendar-date.ts'
import { LoanId } from '../words/ids.ts'
import { maskedName } from '../words/masked-name.ts'
import { heldForReaderId } from './trap-hold.ts'

const Payload = z.strictObject({ loan: LoanId })

const Summary = z.strictObject({
  loanId: z.string(),
  dueOn: CalendarDate,
  renewalsCount: z.int(),
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
      const summary = { loanId: payload.loan as string, dueOn: ctx.today, renewalsCount: 0 }
      return { findings: [impossible('unknown-loan', 'N1')], changes: [], summary, about }
    }
    const terms = termsFor(facts.policy, caseOf(item, reader, facts.library.id, true), ctx.today)
    const dueOn = renewedDueOn(facts, loan, terms, ctx)
    const renewalsCount = loan.renewalsCount + 1
    const changes: Change[] = [patch('loan', loan.id, { dueOn, renewalsCount })]
    const summary = { loanId: loan.id as string, dueOn, renewalsCount }
    return { findings: renewalFindings(facts, loan, terms, ctx), changes, summary, about }
  },
  promises: ({ dueOn }) => ({ dueOn }),
})

/**
 * N2: counted from the day of renewal; a renewal never shortens a loan. What the reader was told
 * stands, under whatever policy it is decided again (I28).
 */
export function renewedDueOn(facts: Facts, loan: Loan, terms: LoanTerms, ctx: Ctx): CalendarDate {
  const counted =
    ctx.promised.dueOn ??
    dueAfter(terms.renewalDays, terms, {
      at: ctx.at,
      calendar: facts.calendar,
      expiresOn: facts.reader?.expiresOn ?? null,
    }).on
  return counted > loan.dueOn ? counted : loan.dueOn
}

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
    const params = { line: terms.lines[0] ?? '' }
    found.push(override('renewal-not-allowed', 'N6', { params, permission }))
  } else if (loan.renewalsCount >= terms.renewalsMax) {
    const params = { count: loan.renewalsCount, limit: terms.renewalsMax }
    found.push(override('renewals-used-up', 'N1', { params, permission }))
  }
  if (loan.dueOn < ctx.today) {
    found.push(override('loan-overdue', 'N3', { params: { dueOn: loan.dueOn }, permission }))
  }
  const until = blockedUntil(reader, 'renew', ctx.today)
  if (until !== null) {
    const params = { until, reason: reader.blockReason ?? '' }
    found.push(override('renewal-blocked', 'N9', { params, permission: 'override-blocks' }))
  }
  const earliest = facts.earliestDueLoan
  if (earliest !== null && earliest.dueOn < ctx.today) {
    const params = { dueOn: earliest.dueOn }
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
