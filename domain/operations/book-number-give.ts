/**
 * The book number of a title within its class: drawn from a block of this desk, given by the city, or
 * typed by whoever looked the author up. Rules C40–C45 of docs/rules.md.
 */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { inLedger } from '../ledger-facts.ts'
import { alert, defineOperation, impossible, note } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { branchesOf, numberOnShelves } from '../policy/number-schemes.ts'
import { onShelves } from '../shelf-facts.ts'
import type { BookNumber, NumberScheme } from '../shelf-records.ts'
import { bookSeries } from '../words/book-number.ts'
import { classNumberFault } from '../words/call-number.ts'
import { LeaseId, SchemeId, TitleId } from '../words/ids.ts'
import type { BookNumberId, BranchId, StaffId } from '../words/ids.ts'
import { PlainText } from '../words/plain-text.ts'
import { drawn, numberFindings } from './leased-number.ts'

const Number = z.int().min(1).max(9_999_999)

const Given = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('block'), lease: LeaseId, number: Number }),
  /** `above`: the highest number that the desk sees on its own shelves; 0 where it sees none. */
  z.strictObject({ by: z.literal('city'), above: z.int().min(0).max(9_999_999) }),
  z.strictObject({ by: z.literal('hand'), text: PlainText(40).min(1) }),
])

const Payload = z.strictObject({
  title: TitleId,
  scheme: SchemeId,
  classNumber: PlainText(60).min(1),
  given: Given,
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({
  bookNumberId: z.string(),
  titleId: z.string(),
  classNumber: z.string(),
  /** Null while it is provisional. */
  text: z.string().nullable(),
})

export const giveBookNumber = defineOperation({
  kind: 'number.give',
  // It may be on a spine already: what another room did meanwhile takes it from nobody.
  evidence: 'physical',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: Payload,
  summary: Summary,
  subject: (payload) =>
    aSubject({
      shelf: onShelves({
        titleId: payload.title,
        number: namedNumber(payload),
        next: nextAsked(payload),
      }),
      ledger: inLedger({
        leaseIds: payload.given.by === 'block' ? [payload.given.lease] : [],
        series: seriesOf(payload),
      }),
    }),
  decide(facts, payload, ctx) {
    const id = ctx.newId() as BookNumberId
    const scheme = schemeOf(facts, payload)
    const kept = keptNumber(facts, payload, id)
    const { text, changes } = numbered(facts, payload, kept, ctx)
    const row: BookNumber = {
      id,
      schemeId: payload.scheme,
      classNumber: payload.classNumber,
      titleId: payload.title,
      text,
      wasProvisional: payload.given.by === 'city' && !isGivenAtOnce(ctx),
      branchIds: [
        ...new Set([...(scheme === null ? [] : branchesOf(scheme)), ctx.branchId as BranchId]),
      ].toSorted(),
      branchId: ctx.branchId as BranchId,
      staffId: ctx.staff.id as StaffId,
      askedAt: ctx.at,
    }
    return {
      findings: [
        ...placeFindings(facts, payload),
        ...twiceFindings(facts, payload, kept, ctx),
        ...givenFindings(facts, payload, ctx),
      ],
      changes: [put('book-number', row), ...changes],
      summary: { bookNumberId: id, titleId: payload.title, classNumber: payload.classNumber, text },
      about: { itemId: null, readerId: null, loanId: null, otherLoanId: null },
    }
  },
})

/** With a line the city's number is there before the book is put down: nobody waited for it. */
const AT_ONCE_MS = 60_000
const isGivenAtOnce = (ctx: Ctx): boolean => ctx.isCity && ctx.clock.now - ctx.at < AT_ONCE_MS

const seriesOf = ({ scheme, classNumber }: Payload): string => bookSeries(scheme, classNumber)

const typedText = ({ given }: Payload): string | null => {
  if (given.by === 'city') return null
  return given.by === 'block' ? String(given.number) : given.text
}

function namedNumber(payload: Payload) {
  const text = typedText(payload)
  const { scheme: schemeId, classNumber } = payload
  return text === null ? null : { schemeId, classNumber, text }
}

function nextAsked({ given, scheme: schemeId, classNumber }: Payload) {
  return given.by === 'city' ? { schemeId, classNumber, above: given.above } : null
}

const schemeOf = ({ shelf }: Facts, { scheme }: Payload): NumberScheme | null =>
  shelf.schemes.find(({ id }) => id === scheme) ?? null

type Kept = Pick<BookNumber, 'text'>

/** C40: what the title has already in this class of the scheme, its own row aside. */
function keptNumber(facts: Facts, payload: Payload, id: string): Kept | null {
  const { numbersOfTitle, copies } = facts.shelf
  const known = numbersOfTitle.filter(
    ({ schemeId, classNumber }) =>
      schemeId === payload.scheme && classNumber === payload.classNumber,
  )
  const other = known.find((one) => one.id !== id)
  // Decided again, its copies have the number that it gave.
  if (other !== undefined || known.length > 0) return other ?? null
  const scheme = schemeOf(facts, payload)
  const text = scheme && numberOnShelves(copies, scheme, payload.classNumber)
  return text === null ? null : { text }
}

interface Numbered {
  readonly text: string | null
  readonly changes: readonly Change[]
}

function numbered(facts: Facts, payload: Payload, kept: Kept | null, ctx: Ctx): Numbered {
  const { given } = payload
  if (given.by === 'block') {
    const drawing = { lease: given.lease, series: seriesOf(payload), number: given.number }
    return { text: String(given.number), changes: drawn(facts, drawing, ctx) }
  }
  if (given.by === 'hand') {
    const counts = /^\d{1,7}$/.test(given.text) ? parseInt(given.text, 10) : 0
    return { text: given.text, changes: counts === 0 ? [] : moved(facts, payload, counts + 1, ctx) }
  }
  if (!ctx.isCity) return { text: kept?.text ?? null, changes: [] }
  // Decided twice at the city, the row has its number.
  const keptText = kept?.text ?? null
  if (keptText !== null) return { text: keptText, changes: [] }
  const asked = Math.max(facts.ledger.series?.nextNumber ?? 1, given.above + 1)
  const number = facts.shelf.freeNumber ?? asked
  return { text: String(number), changes: moved(facts, payload, number + 1, ctx) }
}

/** The city's sequence goes on behind what is in use; no desk holds it. */
function moved(facts: Facts, payload: Payload, next: number, ctx: Ctx): Change[] {
  if (!ctx.isCity) return []
  const { series } = facts.ledger
  if (series === null) {
    return [put('number-series', { id: seriesOf(payload), nextNumber: next })]
  }
  const by = next - series.nextNumber
  return by > 0 ? [patch('number-series', series.id, {}, { nextNumber: by })] : []
}

function placeFindings(facts: Facts, payload: Payload): Finding[] {
  const { classNumber } = payload
  return [
    ...(facts.shelf.title === null ? [impossible('unknown-title', 'C31')] : []),
    ...(schemeOf(facts, payload) === null ? [impossible('unknown-scheme', 'C41')] : []),
    ...(classNumberFault(classNumber) === null
      ? []
      : [impossible('class-not-well-formed', 'C41', { params: { class: classNumber } })]),
  ]
}

function twiceFindings({ shelf }: Facts, payload: Payload, kept: Kept | null, ctx: Ctx): Finding[] {
  const text = typedText(payload)
  const found: Finding[] = []
  // Asked of the city without a number, it is given the same one.
  if (kept !== null && (ctx.mode === 'propose' || (text !== null && text !== kept.text))) {
    const params = { number: kept.text ?? '' }
    found.push(impossible('title-has-book-number', 'C40', { params }))
  }
  const isOther = ({ titleId }: { readonly titleId: TitleId | null }): boolean =>
    titleId !== payload.title
  // The number of a block is behind what its desk sees: the city, which sees all, tells the rest.
  const isSeen = payload.given.by === 'hand' || ctx.isCity
  const isTaken = shelf.numbersAlike.some(isOther) || (isSeen && shelf.carriers.some(isOther))
  if (isTaken) {
    const params = { class: payload.classNumber, number: text ?? '' }
    found.push(impossible('book-number-taken', 'C43', { params }))
  }
  return found
}

function givenFindings(facts: Facts, payload: Payload, ctx: Ctx): Finding[] {
  const { given } = payload
  if (given.by === 'block') {
    const drawing = { lease: given.lease, series: seriesOf(payload), number: given.number }
    return numberFindings(facts, drawing, ctx)
  }
  if (given.by === 'city') return ctx.isCity ? [] : [note('book-number-provisional', 'C42')]
  const isCounted = schemeOf(facts, payload)?.numbersBy === 'sequence'
  return isCounted ? [alert('numbered-by-hand', 'C45')] : []
}
