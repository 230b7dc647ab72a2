/**
 * Two records of one work in one edition become one: items, holds and drafts follow, and the numbers
 * of the one that goes lead to the one that stays. Rules Q3 to Q7.
 */
import { z } from 'zod'
import { BibContent } from '../cataloguing-records.ts'
import { patch, put, remove } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import { bibToMarcRecord } from '../marc/bib-fields.ts'
import { recordToBrief } from '../marc/brief.ts'
import { OWN_TAGS, joinRecords, ofTag } from '../marc/join-records.ts'
import { titleOfBrief } from '../marc/title-of-brief.ts'
import { alert, defineOperation, impossible, note } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import type { Bib, Title } from '../records.ts'
import type { TitleMergeFacts } from '../title-facts.ts'
import { TitleRedirect } from '../title-records.ts'
import type { BranchId, StaffId } from '../words/ids.ts'
import { TitleId } from '../words/ids.ts'
import { aboutNobody } from './about-draft.ts'

const Payload = z.strictObject({
  /** Stays. */
  keep: TitleId,
  /** Becomes part of it. */
  merge: TitleId,
  /**
   * The one that goes, as it stood on the screen: a desk that decides again after a crash, or when the
   * city's rows move, has let it go from its catalogue already.
   */
  went: TitleRedirect.pick({ controlNumber: true, isbns: true, title: true }),
  /** Tags that the record which stays takes over; of all others it keeps its own. */
  choices: z
    .array(
      z.strictObject({
        tag: z.string().length(3),
        take: z.enum(['other', 'both']),
        /** What stood there on the screen. */
        seen: BibContent.shape.fields,
      }),
    )
    .max(200),
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({
  titleId: z.string().nullable(),
  mergedId: z.string(),
  itemsMoved: z.int(),
  holdsMoved: z.int(),
  draftsMoved: z.int(),
})

export const mergeTitles = defineOperation({
  kind: 'title.merge',
  evidence: 'intent',
  permission: 'review-records',
  audit: 'catalogue',
  payload: Payload,
  summary: Summary,
  subject: ({ keep, merge }) => aSubject({ titleMerge: { keepId: keep, mergeId: merge } }),
  decide({ titleMerge }, payload, ctx) {
    const pair = pairOf(titleMerge)
    const summary = {
      titleId: (titleMerge?.kept?.id ?? null) as string | null,
      mergedId: payload.merge as string,
      itemsMoved: titleMerge?.items.length ?? 0,
      holdsMoved: titleMerge?.openHolds.length ?? 0,
      draftsMoved: titleMerge?.openDrafts.length ?? 0,
    }
    const none = { changes: [], summary, about: aboutNobody }
    if (titleMerge?.kept && titleMerge.merged === null && ctx.mode === 'record' && !ctx.isCity) {
      const merged = { id: payload.merge, ...payload.went }
      return {
        findings: [],
        ...none,
        changes: movedChanges(titleMerge, titleMerge.kept, merged, ctx),
      }
    }
    if (titleMerge === null || titleMerge.kept === null || titleMerge.merged === null) {
      return { findings: [impossible('unknown-title', 'Q3')], ...none }
    }
    if (titleMerge.kept.id === titleMerge.merged.id) {
      // Two desks merged the same two, each the other way: the first one counts, and it is done.
      const isSoAlready = payload.keep !== payload.merge
      const code = isSoAlready ? 'titles-merged-already' : 'same-title'
      return { findings: [impossible(code, 'Q5')], ...none, isSoAlready }
    }
    // A record of a few words that was made at the counter stands for one book in a hand.
    if (pair === null) return { findings: [impossible('title-without-record', 'Q2')], ...none }
    const { findings, content } = joined(pair, payload)
    const record = { ...pair.keptBib, ...content }
    const title = content === null ? pair.kept : titleIn(record, pair.kept)
    if (title === null) findings.push(impossible('record-without-title', 'C22'))
    if (titleMerge.isTooLarge) findings.push(impossible('title-too-large', 'Q4'))
    if (pair.kept.kind !== pair.merged.kind) findings.push(alert('title-kinds-differ', 'Q3'))
    findings.push(...suppressionFindings(titleMerge))
    const changed = content === null || title === null ? null : { title, bib: record }
    const standing = changed?.title ?? pair.kept
    const changes = [
      ...keptChanges(pair, changed),
      ...movedChanges(titleMerge, standing, pair.merged, ctx),
    ]
    return { findings, changes, summary, about: aboutNobody }
  },
})

interface Pair {
  readonly kept: Title
  readonly keptBib: Bib
  readonly merged: Title
  readonly mergedBib: Bib
}

function pairOf(facts: TitleMergeFacts | null): Pair | null {
  if (facts === null) return null
  const { kept, keptBib, merged, mergedBib } = facts
  const isWhole = kept !== null && keptBib !== null && merged !== null && mergedBib !== null
  return isWhole ? { kept, keptBib, merged, mergedBib } : null
}

/** Null where the record that stays stays as it is. */
function joined(
  { kept, keptBib, merged, mergedBib }: Pair,
  { keep, merge, choices }: Payload,
): { readonly findings: Finding[]; readonly content: BibContent | null } {
  if (choices.length === 0) return { findings: [], content: null }
  if (kept.id !== keep || merged.id !== merge) {
    // Nobody has seen these two side by side: neither takes anything of the other (Q6).
    return { findings: [note('merge-choices-dropped', 'Q6')], content: null }
  }
  if (keptBib.profile !== mergedBib.profile) {
    return { findings: [impossible('profiles-differ', 'Q6')], content: null }
  }
  const moved = choices.filter(
    ({ tag, seen }) =>
      tag !== 'LDR' && JSON.stringify(ofTag(keptBib, tag)) !== JSON.stringify(seen),
  )
  if (moved.length > 0) {
    const params = { count: moved.length, tags: moved.map(({ tag }) => tag).join(' ') }
    return { findings: [impossible('record-changed-elsewhere', 'C25', { params })], content: null }
  }
  const taken = choices.filter(({ tag }) => !OWN_TAGS.includes(tag))
  return { findings: [], content: joinRecords(keptBib, mergedBib, taken) }
}

/** Null where the record says no title. */
function titleIn(bib: Bib, { id, loansCount }: Title): Title | null {
  const title = titleOfBrief(recordToBrief(bibToMarcRecord(bib), bib.profile), () => {})
  return title === null ? null : { ...title, id, loansCount }
}

/** Loans of both are loans of the one work. */
function keptChanges(
  { kept, merged }: Pair,
  changed: { readonly title: Title; readonly bib: Bib } | null,
): Change[] {
  const loansCount = merged.loansCount
  if (changed === null) return [patch('title', kept.id, {}, { loansCount })]
  const title = { ...changed.title, loansCount: kept.loansCount + loansCount }
  return [put('title', title), put('bib', changed.bib)]
}

/** The one that stays is shown or hidden as it was: who merges is told where the other was not (Q14). */
const suppressionFindings = ({ suppression, keptSuppression }: TitleMergeFacts): Finding[] =>
  (suppression === null) === (keptSuppression === null) ? [] : [alert('one-is-suppressed', 'Q14')]

type Gone = Pick<Title, 'id' | 'controlNumber' | 'isbns' | 'title'>

function movedChanges(facts: TitleMergeFacts, kept: Title, merged: Gone, ctx: Ctx): Change[] {
  const titleId = kept.id
  return [
    ...facts.items.map(({ id }) => patch('item', id, { titleId })),
    // Named as they stand: kept for a copy of the other since, or gone on since, no undo fits (U4).
    ...facts.openHolds.map(({ id, closedAt, trappedItemId }) =>
      patch('hold', id, { titleId, closedAt, trappedItemId }),
    ),
    ...facts.openDrafts.map(({ id, state }) => patch('draft', id, { titleId, state })),
    ...facts.redirects.map(({ id }) => patch('title-redirect', id, { intoId: titleId })),
    ...facts.subscriptions.map(({ id }) => patch('subscription', id, { titleId })),
    ...movedNumbers(facts).map(({ id }) => patch('book-number', id, { titleId })),
    remove('bib', merged.id),
    remove('title', merged.id),
    ...(facts.suppression === null ? [] : [remove('title-suppression', merged.id)]),
    put('title-redirect', {
      id: merged.id,
      intoId: titleId,
      controlNumber: merged.controlNumber,
      isbns: merged.isbns.filter((isbn) => !kept.isbns.includes(isbn)),
      title: merged.title,
      mergedAt: ctx.at,
      staffId: ctx.staff.id as StaffId,
      branchId: ctx.branchId as BranchId,
    }),
  ]
}

/**
 * A title has one number in a class (C40): where the one that stays has one, the other's stays spent,
 * and its items keep what is printed on them.
 */
const movedNumbers = ({ bookNumbers, keptBookNumbers }: TitleMergeFacts) =>
  bookNumbers.filter(({ schemeId, classNumber }) =>
    keptBookNumbers.every((kept) => kept.schemeId !== schemeId || kept.classNumber !== classNumber),
  )
