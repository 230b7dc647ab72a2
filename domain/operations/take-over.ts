/**
 * A reader hands an item to another, face to face (转借): a return and a loan in one, with which the
 * liability passes. Rules V1–V4 of docs/rules.md.
 */
import { z } from 'zod'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { aboutHolds } from '../hold-facts.ts'
import { inItems } from '../item-facts.ts'
import { dueOf, isLate } from '../lender-facts.ts'
import { defineOperation, impossible, override } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import type { EffectiveDue } from '../policy/effective-due.ts'
import { dueAfter } from '../policy/due-date.ts'
import type { Due } from '../policy/due-date.ts'
import { neededForHolds } from '../policy/hold-queue.ts'
import { caseOf, termsFor } from '../policy/loan-rules.ts'
import type { LoanTerms } from '../policy/loan-rules.ts'
import type { Item, Loan } from '../records.ts'
import { CalendarDate, EpochMs } from '../words/calendar-date.ts'
import { LoanId } from '../words/ids.ts'
import { dueText } from '../words/due-date.ts'
import { maskedName } from '../words/masked-name.ts'
import { PlainText } from '../words/plain-text.ts'
import { endOfLoan, lateFindings } from './close-loan.ts'
import { fillFindings } from './fill-hold.ts'
import { itemNotes } from './item-notes.ts'
import { keepWithSameReader, lend } from './lend-item.ts'
import { claimFindings, claimOf, isLentElsewhere } from './lending-claim.ts'
import type { Claim } from './lending-claim.ts'
import { itemFindings, readerFindings } from './lending-findings.ts'
import { isPlaceholderReader, placeholderItem, placeholderReader } from './placeholders.ts'
import { promisedDue } from './promised-due.ts'
import { heldForReaderId } from './trap-hold.ts'

const Payload = z.strictObject({
  barcode: PlainText(64).min(1),
  /** Whoever has it from now on. */
  card: PlainText(64).min(1),
})

const Summary = z.strictObject({
  loanId: z.string(),
  itemId: z.string(),
  titleId: z.string().nullable(),
  readerId: z.string(),
  /** Who had it. */
  fromReaderId: z.string().nullable(),
  dueOn: CalendarDate,
  dueAt: EpochMs.nullable(),
  policyLine: z.string(),
})

const YEAR_MS = 365 * 86_400_000

export const takeOver = defineOperation({
  kind: 'loan.take-over',
  evidence: 'physical',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: Summary,
  subject: ({ barcode, card }) => {
    const asked = { ofItem: true, ofReader: true, queue: true, copies: true }
    return aSubject({
      barcode,
      card,
      items: inItems({ wantsPair: true }),
      holds: aboutHolds(asked),
    })
  },
  decide(facts, payload, asked) {
    const ctx = closingTheFirst(asked)
    const loanId = LoanId.parse(ctx.newId())
    const reader = facts.reader ?? placeholderReader(payload.card, facts, ctx)
    const item = facts.item ?? placeholderItem(payload.barcode, facts, ctx)
    const claim = claimOf(facts, ctx)
    const terms = termsFor(facts.policy, caseOf(item, reader, facts.library.id, false), ctx.today)
    const due = dueFor(facts, terms, ctx)
    const first = claim.is === 'other-reader' ? claim.loan : null
    const findings = [
      ...takingFindings(facts, claim, ctx),
      ...readerFindings(facts, item, ctx).map(notByBlocked),
      ...itemFindings(facts, ctx),
      ...claimFindings(facts, ctx, due.on).filter(({ code }) => isSaid(code, claim)),
      ...(first === null ? [] : lateFindings(endOfLoan(facts, item, first, ctx.at))),
      ...(terms.loanDays === null ? [impossible('no-loan-rule', 'P1')] : []),
      ...fillFindings(facts, item, claim, ctx),
      ...itemNotes(facts.item),
    ]
    const takenOverFromId = first?.id ?? (isLentElsewhere(facts) ? item.openLoanId : null)
    const policyLine = terms.lines[0] ?? 'none'
    const lending = { facts, ctx, loanId, reader, item, claim, due, policyLine, takenOverFromId }
    const { changes, summary, about } =
      claim.is === 'same-reader'
        ? keepWithSameReader(facts, asked, claim.loan, loanDue(claim.loan))
        : lend(lending)
    const { titleId, readerId, dueOn, dueAt } = summary
    return {
      findings,
      changes,
      summary: {
        loanId: summary.loanId,
        itemId: summary.itemId,
        titleId,
        readerId,
        fromReaderId: first?.readerId ?? null,
        dueOn,
        dueAt,
        policyLine: summary.policyLine,
      },
      about,
    }
  },
  promises: ({ dueOn, dueAt }) => ({ dueOn, dueAt }),
})

/** L7 asks whether the first loan is ended: that is what is being done here. */
const closingTheFirst = (ctx: Ctx): Ctx => ({
  ...ctx,
  overrides: [
    ...ctx.overrides,
    { code: 'item-on-loan', reason: 'loan.take-over', approvedBy: null },
  ],
})

const loanDue = ({ dueOn, dueAt }: Loan): EffectiveDue => ({ on: dueOn, at: dueAt })

function dueFor(facts: Facts, terms: LoanTerms, ctx: Ctx): Due {
  const { calendar, reader } = facts
  const expiresOn = reader === null || isPlaceholderReader(reader) ? null : reader.expiresOn
  const due = dueAfter(terms.loanDays ?? 0, terms, { at: ctx.at, calendar, expiresOn })
  return { ...due, ...promisedDue(ctx) }
}

/** Said in the words of taking over, below; only a loan that began later is a clash as ever. */
function isSaid(code: Finding['code'], claim: Claim): boolean {
  if (code === 'item-on-loan') return claim.is === 'later-reader'
  return code !== 'already-on-loan-to-reader' && code !== 'item-held-for-another'
}

/** V2: nobody answers for a block where nobody lends. */
const notByBlocked = (found: Finding): Finding =>
  found.code === 'reader-blocked'
    ? impossible('not-taken-over-blocked', 'V2', {
        params: found.params,
        exception: found.exception,
      })
    : found

function takingFindings(facts: Facts, claim: Claim, ctx: Ctx): Finding[] {
  const { item, reader } = facts
  const found: Finding[] = []
  if (claim.is === 'other-reader') found.push(...loanFindings(facts, claim.loan, ctx))
  const isNobodys = claim.is === 'none' || claim.is === 'returned-since'
  if (claim.is === 'same-reader' || (isNobodys && item !== null && !isLentElsewhere(facts))) {
    found.push(impossible('nothing-to-take-over', 'V4'))
  }
  const heldFor = item === null ? null : heldForReaderId(facts, item)
  if (heldFor !== null && heldFor !== reader?.id) {
    const params = { reader: maskedName(facts.heldForReader?.name ?? '') }
    found.push(impossible('not-taken-over-held', 'V1', { params, exception: 'hold-bypassed' }))
  } else if (item !== null && countOfWaiting(facts, item, ctx) > 0) {
    const params = { count: countOfWaiting(facts, item, ctx) }
    found.push(impossible('title-waited-for', 'V1', { params }))
  }
  return [...found, ...yearlyFindings(facts, ctx)]
}

/** As a renewal sees it (N7): who else waits, and has no other copy to expect. */
function countOfWaiting({ holds, reader }: Facts, item: Item, ctx: Ctx): number {
  const others = holds.waiting.filter(({ readerId }) => readerId !== reader?.id)
  return neededForHolds(item, others, holds.copies, ctx.today).length
}

function loanFindings(facts: Facts, loan: Loan, ctx: Ctx): Finding[] {
  const { claimedReturnedAt, lostAt } = loan
  const found: Finding[] = []
  if (isLate(facts, loan, ctx.at)) {
    const params = { dueOn: dueText(dueOf(facts, loan)) }
    found.push(impossible('not-taken-over-overdue', 'V1', { params }))
  }
  if (claimedReturnedAt !== null) found.push(impossible('loan-claimed', 'V1'))
  if (lostAt !== null) found.push(impossible('loan-lost', 'V1'))
  return found
}

/** V3: this item to this reader, within a year. */
function yearlyFindings({ items, policy }: Facts, ctx: Ctx): Finding[] {
  const limit = policy.itemRules.takeOversPerYear
  const count = items.loansOfPair.filter(
    ({ takenOverFromId, lentAt }) =>
      takenOverFromId !== null && lentAt < ctx.at && lentAt > ctx.at - YEAR_MS,
  ).length
  if (count < limit) return []
  const params = { count, limit }
  return [override('take-overs-used-up', 'V3', { params, permission: 'override-limits' })]
}
