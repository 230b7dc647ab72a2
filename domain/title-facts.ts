/** Which record stands for a title now, and what hangs on one that is to become part of another. */
import type { Draft } from './cataloguing-records.ts'
import { find, finders, get, known, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import type { Hold } from './hold-records.ts'
import type { Bib, Item, Title } from './records.ts'
import type { Subscription } from './serial-records.ts'
import type { BookNumber } from './shelf-records.ts'
import type { TitleRedirect, TitleSuppression } from './title-records.ts'

/**
 * A redirect leads to a title, not to another redirect (Q5). A desk may see two in a row until the
 * city has put its own merge and another's in order; a chain of more is a defect of the rows.
 */
const REDIRECTS_MAX = 8

/** Null where there is no such title, nor what it became part of. */
export const standingTitle = (id: string | null): Gathering<Title | null> =>
  id === null ? known(null) : gatherStanding(id)

function* gatherStanding(id: string): Gathering<Title | null> {
  let now: string = id
  for (let steps = 0; steps < REDIRECTS_MAX; steps += 1) {
    const title = yield* get('title', now)
    if (title !== null) return title
    const redirect = yield* get('title-redirect', now)
    if (redirect === null) return null
    now = redirect.intoId
  }
  return null
}

/** Subscriptions are found by their year; no city has orders of before, or so far ahead. */
const ORDERED_YEARS: readonly number[] = Array.from({ length: 60 }, (_, at) => 1990 + at)

export interface MergedTitles {
  readonly keepId: string
  readonly mergeId: string
}

export interface TitleMergeFacts {
  /** What stands for the two that were named. */
  readonly kept: Title | null
  readonly keptBib: Bib | null
  readonly merged: Title | null
  readonly mergedBib: Bib | null
  /** Of the one that goes. */
  readonly items: readonly Item[]
  readonly openHolds: readonly Hold[]
  readonly openDrafts: readonly Draft[]
  readonly redirects: readonly TitleRedirect[]
  /** Numbers of classes, of the one that goes and of the one that stays. */
  readonly bookNumbers: readonly BookNumber[]
  readonly keptBookNumbers: readonly BookNumber[]
  /** Of a serial that goes, of every year that anybody could have ordered. */
  readonly subscriptions: readonly Subscription[]
  readonly suppression: TitleSuppression | null
  readonly keptSuppression: TitleSuppression | null
  /** More hangs on it than one operation moves. */
  readonly isTooLarge: boolean
}

export const gatherTitleMerge = (named: MergedTitles | null): Gathering<TitleMergeFacts | null> =>
  named === null ? known(null) : gatherMerge(named)

function* gatherMerge({ keepId, mergeId }: MergedTitles): Gathering<TitleMergeFacts> {
  const [kept, merged] = yield* together(standingTitle(keepId), standingTitle(mergeId))
  // What left this desk's catalogue with its own merge hangs on the name still (replay.ts).
  const id = merged?.id ?? mergeId
  const of = [id]
  const inState = (state: Draft['state']) => find('draftsOfTitle', id === null ? null : [id, state])
  const [bookNumbers, keptBookNumbers, ordered] = yield* together(
    find('bookNumbersOfTitle', of),
    find('bookNumbersOfTitle', kept === null ? null : [kept.id]),
    together(
      ...(merged?.kind === 'book' ? [] : ORDERED_YEARS).map((year) =>
        find('subscriptionsOfTitle', [id, year]),
      ),
    ),
  )
  const [suppression, keptSuppression] = yield* together(
    get('title-suppression', id),
    get('title-suppression', kept?.id ?? null),
  )
  const [keptBib, mergedBib, items, openHolds, drafted, submitted, returned, redirects] =
    yield* together(
      get('bib', kept?.id ?? null),
      get('bib', id),
      find('allItemsOfTitle', of),
      find('openHoldsOfTitle', [id, null]),
      inState('drafted'),
      inState('submitted'),
      inState('returned'),
      find('redirectsInto', of),
    )
  const { allItemsOfTitle, openHoldsOfTitle, redirectsInto } = finders
  return {
    kept,
    keptBib,
    merged,
    mergedBib,
    items,
    openHolds,
    openDrafts: [...drafted, ...submitted, ...returned],
    redirects,
    bookNumbers,
    keptBookNumbers,
    subscriptions: ordered.flat(),
    suppression,
    keptSuppression,
    isTooLarge:
      items.length >= allItemsOfTitle.limit ||
      openHolds.length >= openHoldsOfTitle.limit ||
      redirects.length >= redirectsInto.limit,
  }
}

/** A title whose record is to be corrected. */
export interface CorrectedTitle {
  readonly title: Title
  readonly bib: Bib
}

const noneCorrected = known<readonly CorrectedTitle[]>([])

/** Those that are there with a full record. */
export const gatherCorrected = (ids: readonly string[]): Gathering<readonly CorrectedTitle[]> =>
  ids.length === 0 ? noneCorrected : gatherEach(ids)

function* gatherEach(ids: readonly string[]): Gathering<readonly CorrectedTitle[]> {
  const [titles, bibs] = yield* together(
    together(...ids.map((id) => get('title', id))),
    together(...ids.map((id) => get('bib', id))),
  )
  return titles.flatMap((title, at) => {
    const bib = bibs[at] ?? null
    return title === null || bib === null ? [] : [{ title, bib }]
  })
}
