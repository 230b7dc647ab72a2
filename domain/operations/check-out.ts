/** Lending an item to a card. Rules L1–L19 of docs/rules.md. */
import { z } from 'zod'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { aboutHolds } from '../hold-facts.ts'
import { defineOperation, impossible, isOverridden, note } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { dueAfter } from '../policy/due-date.ts'
import type { Due } from '../policy/due-date.ts'
import { caseOf, termsFor } from '../policy/loan-rules.ts'
import type { LoanTerms } from '../policy/loan-rules.ts'
import { PlainText } from '../words/plain-text.ts'
import type { Loan, Reader } from '../records.ts'
import { CalendarDate } from '../words/calendar-date.ts'
import { LoanId } from '../words/ids.ts'
import { Elsewhere, fromElsewhere } from './from-elsewhere.ts'
import { endOfLoan, lateFindings } from './close-loan.ts'
import { fillFindings } from './fill-hold.ts'
import { itemNotes } from './item-notes.ts'
import { keepWithSameReader, lend } from './lend-item.ts'
import { claimFindings, claimOf } from './lending-claim.ts'
import type { Claim } from './lending-claim.ts'
import { itemFindings, readerFindings } from './lending-findings.ts'
import { isPlaceholderReader, placeholderItem, placeholderReader } from './placeholders.ts'
import { inReadingRoom, roomDue } from './reading-room.ts'
import { renewalFindings, renewedDueOn } from './renew.ts'

const Payload = z.strictObject({
  /** What the scanner read: the fact, whatever record it turns out to mean. */
  barcode: PlainText(64).min(1),
  card: PlainText(64).min(1),
  /** A special due date, or null for the policy's. */
  dueOn: CalendarDate.nullable(),
  /** In the building until closing, counted apart (L24). */
  readingRoom: z.boolean().optional(),
  elsewhere: Elsewhere.optional(),
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({
  loanId: z.string(),
  itemId: z.string(),
  titleId: z.string().nullable(),
  readerId: z.string(),
  dueOn: CalendarDate,
  /** The item was already with this reader: the loan was renewed. */
  isRenewal: z.boolean(),
  /** Loans on the card, this one counted. */
  openLoansCount: z.int(),
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
    fromElsewhere(payload.elsewhere, facts, given, (ctx) => lent(facts, payload, ctx)),
  promises: ({ dueOn }) => ({ dueOn }),
})

function lent(facts: Facts, payload: Payload, ctx: Ctx) {
  // First, and always: the loan has the same id where desk and server know different records.
  const loanId = LoanId.parse(ctx.newId())
  const reader = facts.reader ?? placeholderReader(payload.card, facts, ctx)
  const item = facts.item ?? placeholderItem(payload.barcode, facts, ctx)
  const claim = claimOf(facts, ctx)
  const isRenewal = claim.is === 'same-reader'
  const terms = termsFor(facts.policy, caseOf(item, reader, facts.library.id, isRenewal), ctx.today)
  const period = { facts, payload, ctx, terms, reader }
  const { due, findings: dueFindings } = dueDate({ ...period, claim })
  const isReadingRoom = payload.readingRoom === true
  const toLend = [...readerFindings(facts, item, ctx), ...itemFindings(facts, ctx)]
  const findings = [
    ...(isReadingRoom ? inReadingRoom(toLend, facts, ctx) : toLend),
    ...claimFindings(facts, ctx, printedDueOn(period)),
    ...(claim.is === 'same-reader' ? renewalInstead(facts, claim.loan, terms, ctx) : []),
    ...(claim.is === 'other-reader' && isOverridden(ctx, 'item-on-loan')
      ? lateFindings(endOfLoan(facts, item, claim.loan, ctx.at))
      : []),
    ...dueFindings,
    ...fillFindings(facts, item, claim, ctx),
    ...ageFindings(facts, ctx),
    ...itemNotes(facts.item),
  ]
  const lending = { facts, ctx, loanId, reader, item, claim, due, isReadingRoom }
  const outcome =
    claim.is === 'same-reader'
      ? keepWithSameReader(facts, ctx, claim.loan, due.on)
      : lend({ ...lending, policyLine: terms.lines[0] ?? 'none' })
  return { findings, ...outcome }
}

/** L8 renews, so the rules of a renewal speak; a clash that is merely recorded renews nothing. */
function renewalInstead(facts: Facts, loan: Loan, terms: LoanTerms, ctx: Ctx): Finding[] {
  if (ctx.mode === 'record' && !isOverridden(ctx, 'already-on-loan-to-reader')) return []
  // L16 has asked already.
  return renewalFindings(facts, loan, terms, ctx).filter(
    (finding) => finding.code !== 'item-held-for-another' && finding.code !== 'title-waited-for',
  )
}

function ageFindings(facts: Facts, ctx: Ctx): Finding[] {
  if (ctx.factsAgeMs <= facts.policy.factsFreshMs) return []
  return [note('facts-old', 'L19', { params: { hours: Math.floor(ctx.factsAgeMs / 3_600_000) } })]
}

interface Period {
  readonly facts: Facts
  readonly payload: Payload
  readonly ctx: Ctx
  readonly terms: LoanTerms
  readonly reader: Reader
  readonly claim: Claim
}

function dueDate(period: Period): { readonly due: Due; readonly findings: readonly Finding[] } {
  const { facts, payload, ctx, terms, claim } = period
  const chosen = (on: CalendarDate): Due => ({ on, at: null, wanted: on })
  if (payload.readingRoom === true && claim.is !== 'same-reader') {
    return { due: roomDue(facts.calendar, ctx), findings: [] }
  }
  if (terms.loanDays === null) {
    const due = chosen(ctx.promised.dueOn ?? ctx.today)
    return { due, findings: [impossible('no-loan-rule', 'P1')] }
  }
  if (payload.dueOn !== null) {
    const isPast = payload.dueOn < ctx.today
    const findings = isPast ? [impossible('due-date-in-past', 'L15')] : []
    return { due: chosen(payload.dueOn), findings }
  }
  if (claim.is === 'same-reader') {
    return { due: chosen(renewedDueOn(facts, claim.loan, terms, ctx)), findings: [] }
  }
  const due = dueByTerms(period)
  const { dueOn: promisedOn } = ctx.promised
  if (promisedOn !== undefined) return { due: { ...due, on: promisedOn }, findings: [] }
  if (due.on === due.wanted) return { due, findings: [] }
  const params = { from: due.wanted, to: due.on }
  return { due, findings: [note('due-date-moved', 'L15', { params })] }
}

const dueByTerms = ({ facts, ctx, terms, reader }: Omit<Period, 'claim' | 'payload'>): Due =>
  dueAfter(terms.loanDays ?? 0, terms, {
    at: ctx.at,
    calendar: facts.calendar,
    expiresOn: isPlaceholderReader(reader) ? null : reader.expiresOn,
  })

/** The date on the slip of a desk that did not know of the loan: the reader goes by it (I28). */
const printedDueOn = (period: Omit<Period, 'claim'>): CalendarDate => {
  const { ctx, payload, facts } = period
  if (payload.readingRoom === true) return roomDue(facts.calendar, ctx).on
  return ctx.promised.dueOn ?? payload.dueOn ?? dueByTerms(period).on
}
