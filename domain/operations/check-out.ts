/** Lending an item to a card. Rules L1–L19 of docs/rules.md. */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { alert, defineOperation, impossible, isOverridden, note, override } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { openDayFrom } from '../policy/calendar.ts'
import { termsFor } from '../policy/loan-rules.ts'
import type { LoanTerms } from '../policy/loan-rules.ts'
import { PlainText } from '../words/plain-text.ts'
import type { Item, Loan, Reader } from '../records.ts'
import { activeAtAfter } from '../scopes.ts'
import { CalendarDate, addDays } from '../words/calendar-date.ts'
import type { EpochMs } from '../words/calendar-date.ts'
import { LoanId } from '../words/ids.ts'
import type { BranchId, StaffId } from '../words/ids.ts'
import { maskedName } from '../words/masked-name.ts'
import { closeLoan, endOfLoan, lateFindings } from './close-loan.ts'
import { isPlaceholderReader, placeholderItem, placeholderReader } from './placeholders.ts'
import { renewalFindings, renewedDueOn } from './renew.ts'

const Payload = z.strictObject({
  /** What the scanner read: the fact, whatever record it turns out to mean. */
  barcode: PlainText(64).min(1),
  card: PlainText(64).min(1),
  /** A special due date, or null for the policy's. */
  dueOn: CalendarDate.nullable(),
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
  subject: ({ barcode, card }) => aSubject({ barcode, card }),
  decide(facts, payload, ctx) {
    // First, and always: the loan has the same id where desk and server know different records.
    const loanId = LoanId.parse(ctx.newId())
    const reader = facts.reader ?? placeholderReader(payload.card, facts, ctx)
    const item = facts.item ?? placeholderItem(payload.barcode, facts, ctx)
    const terms = termsFor(facts.policy, {
      readerCategory: reader.category,
      itemType: item.itemType,
      ownerLibraryId: item.ownerLibraryId,
      lendingLibraryId: facts.library.id,
    })
    const claim = claimOf(facts, ctx)
    const due = dueDate(facts, payload, ctx, terms, claim)
    const findings = [
      ...readerFindings(facts, ctx),
      ...itemFindings(facts, ctx),
      ...claimFindings(facts, ctx, printedDueOn(facts, payload, ctx, terms)),
      ...(claim.is === 'same-reader' ? renewalInstead(facts, claim.loan, terms, ctx) : []),
      ...(claim.is === 'other-reader' && isOverridden(ctx, 'item-on-loan')
        ? lateFindings(endOfLoan(facts, item, claim.loan, ctx.at))
        : []),
      ...due.findings,
      ...ageFindings(facts, ctx),
    ]
    const lending = { facts, ctx, loanId, reader, item, claim, dueOn: due.on }
    const outcome =
      claim.is === 'same-reader'
        ? keepWithSameReader(facts, ctx, claim.loan, due.on)
        : lend({ ...lending, policyLine: terms.lines[0] ?? 'none' })
    return { findings, ...outcome }
  },
  promises: ({ dueOn }) => dueOn,
})

function readerFindings(facts: Facts, ctx: Ctx): Finding[] {
  const { reader, policy } = facts
  if (reader === null) return unknownCardFindings(facts, ctx)
  if (isPlaceholderReader(reader)) return [stillUnknown(ctx)]
  const found: Finding[] = []
  const blocked = { permission: 'override-blocks', exception: 'reader-blocked' } as const
  const category = policy.readerCategories.find((one) => one.id === reader.category)
  const limit = category?.itemsMax ?? 0
  if (reader.cardState === 'lost') found.push(impossible('card-lost', 'L5', blocked))
  if (reader.cardState === 'closed') found.push(impossible('card-closed', 'L5', blocked))
  if (reader.expiresOn < ctx.today) {
    const params = { expiresOn: reader.expiresOn }
    found.push(override('card-expired', 'L3', { params, permission: 'override-limits' }))
  }
  if (reader.blockedUntilOn !== null && reader.blockedUntilOn >= ctx.today) {
    const params = { until: reader.blockedUntilOn, reason: reader.blockReason ?? '' }
    const exception = isOverridden(ctx, 'reader-blocked') ? null : blocked.exception
    found.push(override('reader-blocked', 'L4', { ...blocked, params, exception }))
  }
  if (reader.feesOwedFen > policy.debtMaxFen) {
    const params = { owedFen: reader.feesOwedFen, limitFen: policy.debtMaxFen }
    found.push(override('debt-above-limit', 'L13', { params, permission: 'override-limits' }))
  }
  if (reader.openLoansCount >= limit && facts.loan?.readerId !== reader.id) {
    const params = { count: reader.openLoansCount, limit }
    const exception = isOverridden(ctx, 'item-limit-reached') ? null : 'limit-exceeded'
    found.push(
      override('item-limit-reached', 'L6', { params, permission: 'override-limits', exception }),
    )
  }
  const earliest = facts.earliestDueLoan
  if (earliest !== null && earliest.dueOn < ctx.today) {
    found.push(alert('reader-has-overdue', 'L14', { params: { dueOn: earliest.dueOn } }))
  }
  if (category?.isJuvenile === true && facts.item?.audience === 'adult') {
    found.push(alert('adult-item-for-juvenile', 'L18'))
  }
  return found
}

/**
 * L2: a desk holds the readers of its own service point, so a card it does not know may be good.
 * The city tells every desk which cards are not, by their hashes.
 */
function unknownCardFindings({ unknownCardBlockedUntilOn: until }: Facts, ctx: Ctx): Finding[] {
  const exception = 'unknown-reader'
  const found = [override('unknown-reader', 'L2', { permission: 'override-limits', exception })]
  if (until !== null && until >= ctx.today) {
    found.push(impossible('card-blocked-in-city', 'L20', { params: { until } }))
  }
  return found
}

/** L2: nothing is known of the reader yet, so no limit or date of theirs speaks; one exception is enough. */
const stillUnknown = (ctx: Ctx): Finding =>
  override('unknown-reader', 'L2', {
    permission: 'override-limits',
    exception: isOverridden(ctx, 'unknown-reader') ? null : 'unknown-reader',
  })

function itemFindings(facts: Facts, ctx: Ctx): Finding[] {
  const { item } = facts
  if (item === null) {
    return [override('unknown-item', 'L1', { permission: 'circulate', exception: 'unknown-item' })]
  }
  const found: Finding[] = []
  if (facts.isBarcodeAmbiguous) found.push(impossible('barcode-ambiguous', 'L1'))
  if (item.state === 'withdrawn') {
    found.push(impossible('item-withdrawn', 'L10', { exception: 'item-lost-or-withdrawn' }))
  }
  if (!item.isForLoan) {
    const exception = isOverridden(ctx, 'item-not-for-loan') ? null : 'rule-broken'
    found.push(override('item-not-for-loan', 'L9', { permission: 'override-limits', exception }))
  }
  if (item.state === 'lost') found.push(alert('item-was-lost', 'L11'))
  if (item.state === 'in-transit') found.push(alert('item-in-transit', 'L17'))
  if (item.condition === 'damaged') {
    found.push(note('item-damaged', 'L12', { params: { note: item.conditionNote ?? '' } }))
  }
  return found
}

/** Whose the item is at the time of the event, whatever arrived here first. */
type Claim =
  | { readonly is: 'none' }
  | { readonly is: 'same-reader' | 'other-reader'; readonly loan: Loan }
  /** This lending arrives late: the item was lent to another afterwards, with no return between. */
  | { readonly is: 'later-reader'; readonly loan: Loan }
  /** This lending arrives late: its return is recorded already. */
  | { readonly is: 'returned-since'; readonly at: EpochMs }

function claimOf({ item, reader, loan }: Facts, ctx: Ctx): Claim {
  const returnedAt = item?.lastCheckInAt ?? 0
  if (returnedAt > ctx.at) return { is: 'returned-since', at: returnedAt }
  if (loan === null || loan.returnedAt !== null) return { is: 'none' }
  if (loan.readerId === reader?.id) return { is: 'same-reader', loan }
  return { is: loan.lentAt > ctx.at ? 'later-reader' : 'other-reader', loan }
}

/** Who else has a claim: another reader's loan, another reader's hold. */
function claimFindings(facts: Facts, ctx: Ctx, printedOn: CalendarDate): Finding[] {
  const { item, reader } = facts
  if (item === null) return []
  const found: Finding[] = []
  const claim = claimOf(facts, ctx)
  const permission = 'circulate'
  if (claim.is === 'same-reader') {
    const reader = maskedName(facts.loanReader?.name ?? '')
    const params = { dueOn: claim.loan.dueOn, reader, printedOn }
    const exception = isOverridden(ctx, 'already-on-loan-to-reader') ? null : 'open-loan-same'
    found.push(override('already-on-loan-to-reader', 'L8', { params, permission, exception }))
  }
  if (claim.is === 'other-reader' || claim.is === 'later-reader') {
    const params = { dueOn: claim.loan.dueOn, reader: maskedName(facts.loanReader?.name ?? '') }
    // Nobody could answer for a loan that did not exist yet.
    const isAnswered = claim.is === 'other-reader' && isOverridden(ctx, 'item-on-loan')
    const exception = isAnswered ? null : 'open-loan-other'
    found.push(override('item-on-loan', 'L7', { params, permission, exception }))
  }
  if (isLentElsewhere(facts)) found.push(override('item-on-loan-elsewhere', 'L21', { permission }))
  if (item.heldForReaderId !== null && item.heldForReaderId !== reader?.id) {
    const params = { reader: maskedName(facts.heldForReader?.name ?? '') }
    const exception = isOverridden(ctx, 'item-held-for-another') ? null : 'hold-bypassed'
    found.push(
      override('item-held-for-another', 'L16', {
        params,
        permission: 'override-limits',
        exception,
      }),
    )
  }
  return found
}

/** The date on the slip of a desk that did not know of the loan: the reader goes by it (I28). */
const printedDueOn = (facts: Facts, payload: Payload, ctx: Ctx, terms: LoanTerms): CalendarDate =>
  ctx.promisedDueOn ??
  payload.dueOn ??
  openDayFrom(facts.calendar, addDays(ctx.today, terms.loanDays ?? 0))

/** L21: the city says that it is out; the loan itself is of desks that serve its reader. */
export const isLentElsewhere = ({ item, loan }: Facts): boolean =>
  item !== null && item.openLoanId !== null && loan === null

/** L8 renews, so the rules of a renewal speak; a clash that is merely recorded renews nothing. */
function renewalInstead(facts: Facts, loan: Loan, terms: LoanTerms, ctx: Ctx): Finding[] {
  if (ctx.mode === 'record' && !isOverridden(ctx, 'already-on-loan-to-reader')) return []
  // L16 has asked already.
  return renewalFindings(facts, loan, terms, ctx).filter(
    (finding) => finding.code !== 'item-held-for-another',
  )
}

function ageFindings(facts: Facts, ctx: Ctx): Finding[] {
  if (ctx.factsAgeMs <= facts.policy.factsFreshMs) return []
  return [note('facts-old', 'L19', { params: { hours: Math.floor(ctx.factsAgeMs / 3_600_000) } })]
}

function dueDate(facts: Facts, payload: Payload, ctx: Ctx, terms: LoanTerms, claim: Claim) {
  if (terms.loanDays === null) {
    const on = ctx.promisedDueOn ?? ctx.today
    return { on, findings: [impossible('no-loan-rule', 'P1')] }
  }
  if (payload.dueOn !== null) {
    const findings =
      payload.dueOn < ctx.today ? [impossible('due-date-in-past', 'L15')] : ([] as Finding[])
    return { on: payload.dueOn, findings }
  }
  if (claim.is === 'same-reader') {
    return { on: renewedDueOn(facts, claim.loan, terms, ctx), findings: [] }
  }
  if (ctx.promisedDueOn !== null) return { on: ctx.promisedDueOn, findings: [] }
  const wanted = addDays(ctx.today, terms.loanDays)
  const on = openDayFrom(facts.calendar, wanted)
  const moved =
    on === wanted ? [] : [note('due-date-moved', 'L15', { params: { from: wanted, to: on } })]
  return { on, findings: moved }
}

interface Lending {
  readonly facts: Facts
  readonly ctx: Ctx
  readonly loanId: LoanId
  readonly reader: Reader
  readonly item: Item
  readonly claim: Claim
  readonly dueOn: CalendarDate
  readonly policyLine: string
}

function lend({ facts, ctx, loanId, reader, item, claim, dueOn, policyLine }: Lending) {
  const isOver = claim.is === 'returned-since'
  const loan: Loan = {
    id: loanId,
    itemId: item.id,
    readerId: reader.id,
    lentAt: ctx.at,
    lentBranchId: ctx.branchId as BranchId,
    dueOn,
    renewalsCount: 0,
    returnedAt: isOver ? claim.at : null,
    returnedBranchId: isOver ? item.atBranchId : null,
    // The later loan has the item; this one waits until a person has asked (I20).
    isDisputed: claim.is === 'later-reader',
    policyLine,
  }
  const changes: Change[] = []
  if (facts.reader === null) changes.push(put('reader', reader))
  if (facts.item === null) changes.push(put('item', item))
  changes.push(put('loan', loan))
  if (claim.is === 'other-reader') changes.push(...closeOrDispute(facts, item, claim.loan, ctx))
  if (!isOver) changes.push(patch('reader', reader.id, {}, { openLoansCount: 1 }))
  const activeAt = activeAtAfter(reader, ctx.branchId, ctx.today)
  if (activeAt !== null) changes.push(patch('reader', reader.id, { activeAt }))
  if (!isOver && claim.is !== 'later-reader') changes.push(itemLent(item, loan))
  if (isOver) changes.push(...riddleSolved(facts, claim.at, ctx))
  return {
    changes,
    summary: {
      loanId: loan.id as string,
      itemId: item.id as string,
      titleId: item.titleId as string | null,
      readerId: reader.id as string,
      dueOn,
      isRenewal: false,
      openLoansCount: reader.openLoansCount + (isOver ? 0 : 1),
    },
    about: {
      itemId: item.id,
      readerId: reader.id,
      loanId: loan.id,
      otherLoanId: 'loan' in claim ? claim.loan.id : null,
    },
  }
}

/** R10: the lending that was missing when the item came back has arrived, and names its staff. */
const riddleSolved = (facts: Facts, returnedAt: EpochMs, ctx: Ctx): Change[] =>
  facts.openExceptionsOfItem
    .filter(
      ({ kind, happenedAt }) =>
        (kind === 'return-not-on-loan' || kind === 'route-item') && happenedAt === returnedAt,
    )
    .map(({ id }) =>
      patch('exception', id, {
        settledAt: ctx.at,
        settledBy: ctx.staff.id as StaffId,
        settlement: 'lending-found',
      }),
    )

const itemLent = (item: Item, { id, readerId, lentBranchId }: Loan): Change =>
  patch('item', item.id, {
    state: 'on-loan',
    openLoanId: id,
    atBranchId: lentBranchId,
    // Another's hold outlives the loan that went before it: the item goes to its shelf on return.
    heldForReaderId: item.heldForReaderId === readerId ? null : item.heldForReaderId,
    transitToBranchId: null,
  })

/** L7: with the override the other loan is returned first; a recorded clash disputes it instead. */
function closeOrDispute(facts: Facts, item: Item, current: Loan, ctx: Ctx): Change[] {
  if (!isOverridden(ctx, 'item-on-loan')) return [patch('loan', current.id, { isDisputed: true })]
  return closeLoan(endOfLoan(facts, item, current, ctx.at), ctx)
}

/** L8: already with this reader. Confirmed, it is a renewal; merely recorded, it changes nothing. */
function keepWithSameReader(facts: Facts, ctx: Ctx, loan: Loan, dueOn: CalendarDate) {
  const isRenewal = isOverridden(ctx, 'already-on-loan-to-reader')
  const later = dueOn > loan.dueOn ? dueOn : loan.dueOn
  const changes: Change[] = isRenewal
    ? [patch('loan', loan.id, { dueOn: later, renewalsCount: loan.renewalsCount + 1 })]
    : []
  return {
    changes,
    summary: {
      loanId: loan.id as string,
      itemId: loan.itemId as string,
      titleId: (facts.item?.titleId ?? null) as string | null,
      readerId: loan.readerId as string,
      dueOn: isRenewal ? later : loan.dueOn,
      isRenewal,
      openLoansCount: facts.reader?.openLoansCount ?? 0,
    },
    about: { itemId: loan.itemId, readerId: loan.readerId, loanId: loan.id, otherLoanId: null },
  }
}
