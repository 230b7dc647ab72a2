/** Lending an item to a card. Rules L1–L19, L32 of docs/rules.md. */
import { z } from 'zod'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { aboutHolds } from '../hold-facts.ts'
import { defineOperation, isOverridden } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { caseOf, termsFor } from '../policy/loan-rules.ts'
import type { LoanTerms } from '../policy/loan-rules.ts'
import { PlainText } from '../words/plain-text.ts'
import type { Loan } from '../records.ts'
import { CalendarDate, EpochMs } from '../words/calendar-date.ts'
import { LoanId } from '../words/ids.ts'
import { dueDate, printedDue } from './lending-due.ts'
import { Elsewhere, fromElsewhere } from './from-elsewhere.ts'
import { endOfLoan, lateFindings } from './close-loan.ts'
import { fillFindings } from './fill-hold.ts'
import { itemNotes } from './item-notes.ts'
import { keepWithSameReader, lend } from './lend-item.ts'
import { claimFindings, claimOf } from './lending-claim.ts'
import { itemFindings, readerFindings } from './lending-findings.ts'
import { placeholderItem, placeholderReader } from './placeholders.ts'
import { inReadingRoom } from './reading-room.ts'
import { renewalFindings, renewalTerms } from './renew.ts'

const Payload = z.strictObject({
  /** What the scanner read: the fact, whatever record it turns out to mean. */
  barcode: PlainText(64).min(1),
  card: PlainText(64).min(1),
  /** A special due date, or null for the policy's. */
  dueOn: CalendarDate.nullable(),
  /** In the building until closing, counted apart (L24). */
  readingRoom: z.boolean().optional(),
  /** Another system renewed it for who has it: asked about no more (X5). */
  wasRenewed: z.boolean().optional(),
  elsewhere: Elsewhere.optional(),
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({
  loanId: z.string(),
  itemId: z.string(),
  titleId: z.string().nullable(),
  readerId: z.string(),
  dueOn: CalendarDate,
  /** Of a loan of hours. */
  dueAt: EpochMs.nullable(),
  /** Which line set the due date (P3). */
  policyLine: z.string(),
  /** The item was already with this reader: the loan was renewed. */
  isRenewal: z.boolean(),
  /** Loans on the card, this one counted. */
  openLoansCount: z.int(),
  /** Of the policy, the one of the period first (P3); absent in logs of older programs. */
  policyLines: z.array(z.string()).optional(),
})

export const checkOut = defineOperation({
  kind: 'loan.check-out',
  evidence: 'physical',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: Summary,
  subject: ({ barcode, card, elsewhere }) =>
    aSubject({
      barcode,
      card,
      holds: aboutHolds({ ofItem: true, ofReader: true }),
      offlineLineId: elsewhere?.line ?? null,
    }),
  decide: (facts, payload, given) =>
    fromElsewhere(payload.elsewhere, facts, given, (ctx) => lentOrRenewed(facts, payload, ctx)),
  promises: ({ dueOn, dueAt }) => ({ dueOn, dueAt }),
})

/** X5: a renewal of another system's is one here, with no question whether it is. */
function lentOrRenewed(facts: Facts, payload: Payload, asked: Ctx) {
  if (payload.wasRenewed !== true) return lent(facts, payload, asked)
  const code = 'already-on-loan-to-reader'
  const given = { code, reason: 'loan.renew', approvedBy: null }
  const done = lent(facts, payload, { ...asked, overrides: [...asked.overrides, given] })
  return { ...done, findings: done.findings.filter((finding) => finding.code !== code) }
}

function lent(facts: Facts, payload: Payload, ctx: Ctx) {
  // First, and always: the loan has the same id where desk and server know different records.
  const loanId = LoanId.parse(ctx.newId())
  const reader = facts.reader ?? placeholderReader(payload.card, facts, ctx)
  const item = facts.item ?? placeholderItem(payload.barcode, facts, ctx)
  const claim = claimOf(facts, ctx)
  const terms =
    claim.is === 'same-reader'
      ? renewalTerms(facts, item, claim.loan, ctx)
      : termsFor(facts.policy, caseOf(item, reader, facts.library.id, false), ctx.today)
  const period = { facts, payload, ctx, terms, reader }
  const { due, findings: dueFindings } = dueDate({ ...period, claim })
  const isReadingRoom = payload.readingRoom === true
  const toLend = [...readerFindings(facts, item, ctx), ...itemFindings(facts, ctx)]
  const findings = [
    ...(isReadingRoom ? inReadingRoom(toLend, facts, ctx) : toLend),
    ...claimFindings(facts, ctx, printedDue(period).on),
    ...(claim.is === 'same-reader' ? renewalInstead(facts, claim.loan, terms, ctx) : []),
    ...(claim.is === 'other-reader' && isOverridden(ctx, 'item-on-loan')
      ? lateFindings(endOfLoan(facts, item, claim.loan, ctx.at))
      : []),
    ...dueFindings,
    ...fillFindings(facts, item, claim, ctx),
    ...itemNotes(facts.item),
  ]
  const lending = { facts, ctx, loanId, reader, item, claim, due, isReadingRoom }
  const outcome =
    claim.is === 'same-reader'
      ? keepWithSameReader(facts, ctx, claim.loan, due)
      : lend({ ...lending, policyLine: terms.lines[0] ?? 'none' })
  const summary = { ...outcome.summary, policyLines: [...terms.lines] }
  return { findings, ...outcome, summary }
}

/** L8 renews, so the rules of a renewal speak; a clash that is merely recorded renews nothing. */
function renewalInstead(facts: Facts, loan: Loan, terms: LoanTerms, ctx: Ctx): Finding[] {
  if (ctx.mode === 'record' && !isOverridden(ctx, 'already-on-loan-to-reader')) return []
  // L16 has asked already.
  return renewalFindings(facts, loan, terms, ctx).filter(
    (finding) => finding.code !== 'item-held-for-another' && finding.code !== 'title-waited-for',
  )
}
