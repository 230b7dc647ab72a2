/** Query text → rows, on one connection: look-ups, candidates from the index, then the re-ranking. */
import { textHash } from '../../domain/search/fold.ts'
import { hitsIn } from '../../domain/search/hits.ts'
import type { Hits } from '../../domain/search/hits.ts'
import { planQuery } from '../../domain/search/query-plan.ts'
import type { Expression, QueryPlan } from '../../domain/search/query-plan.ts'
import { prepareQuery } from '../../domain/search/re-rank.ts'
import type { PreparedQuery } from '../../domain/search/re-rank.ts'
import { respellings } from '../../domain/search/respellings.ts'
import type { SearchTables } from '../../domain/search/search-tables.ts'
import { facetsOf } from '../../domain/search/title-facets.ts'
import type { TitleFacets } from '../../domain/search/title-facets.ts'
import { openFoldedPhrases } from './folded-phrases.ts'
import { describedBy } from './title-columns.ts'
import { readCandidates, weighAll } from './candidates.ts'
import type { Candidate, TitleLine } from './candidates.ts'
import { fewByRarest } from './rarest-tokens.ts'
import { matchText, ranksByMatch, ranksByNumber, ranksByPrefix, ranksOf } from './title-ranks.ts'
import type { Asking, Bounds } from './title-ranks.ts'
import type { Database } from '../open.ts'
import { failing, statementCache } from '../open.ts'

/** Where its texts answer. */
export interface RowHits {
  readonly title: Hits
  readonly author: Hits
  readonly publisher: Hits
}

export type FoundTitle = TitleLine & { readonly hits: RowHits }

export interface FoundTitles {
  readonly rows: readonly FoundTitle[]
  /**
   * Counted up to 1,000; up to 200 where several words must meet, to 100 where characters may stand
   * apart.
   */
  readonly total: number
  readonly isTotalExact: boolean
  /** The pinyin that found these, where what was typed found nothing; else null. */
  readonly spelledAs: string | null
}

/** A title that answers, with what a list of them is narrowed by. */
export interface BrowsedTitle {
  readonly row: FoundTitle
  readonly facets: TitleFacets
}

export interface BrowsedTitles {
  readonly titles: readonly BrowsedTitle[]
  /** False where more answer than are here. */
  readonly isWhole: boolean
  readonly spelledAs: string | null
}

const BROWSED_MAX = 1000

const EXPANSIONS_MAX = 24
const WHILE_TYPING: Omit<Bounds, 'looseBytes'> = {
  candidates: 100,
  lookups: 100,
  expansions: EXPANSIONS_MAX,
  count: 1000,
  jointCount: 200,
}
const WHILE_BROWSING: Bounds = {
  candidates: 1000,
  lookups: 1000,
  expansions: EXPANSIONS_MAX,
  count: 1000,
  jointCount: 1000,
  looseBytes: Infinity,
}
const START_CANDIDATES_MAX = 30
/** Into a search; no other spelling is made after it: a miss must not hold up the next letter. */
const RESPELLING_MS = 2

interface Searching extends Asking {
  /** Milliseconds that only rise. */
  readonly clock: () => number
}

export interface TitleSearch {
  readonly search: (text: string, limit: number) => FoundTitles
  /** All that answer, best first, up to 1,000, with what they can be narrowed by. */
  readonly browse: (text: string) => BrowsedTitles
}

/** A catalogue of about half a million titles. */
const LOOSE_BYTES_MAX = 2 ** 28

/** Throws StorageFailure. Never throws for what a person typed. */
export function openTitleSearch(
  db: Database,
  tables: SearchTables,
  clock: () => number = () => performance.now(),
  looseBytes = LOOSE_BYTES_MAX,
): TitleSearch {
  const sql = statementCache(db)
  const phrases = openFoldedPhrases(sql, tables)
  const bounds = { ...WHILE_TYPING, looseBytes }
  const typing: Searching = { sql, tables, phrases, bounds, clock }
  const browsing = { ...typing, bounds: WHILE_BROWSING }
  // One snapshot for all statements of a search, and one lock: taking it anew costs more than a row.
  const search = db.transaction((text: string, limit: number): FoundTitles => {
    const { candidates, query, ...found } = searchAnySpelling(typing, text, limit)
    return { rows: candidates.map(({ row }) => withHits(row, query, tables)), ...found }
  })
  const browse = db.transaction((text: string): BrowsedTitles => {
    const found = searchAnySpelling(browsing, text, BROWSED_MAX)
    const { isTotalExact, spelledAs } = found
    return { titles: withFacets(browsing, found), isWhole: isTotalExact, spelledAs }
  })
  return {
    search: (text, limit) => failing(db.name, () => search(text, limit)),
    browse: (text) => failing(db.name, () => browse(text)),
  }
}

/** Only where nothing answers is the pinyin respelled: what was typed always stands first. */
function searchAnySpelling(asking: Searching, text: string, limit: number): Found {
  const until = asking.clock() + RESPELLING_MS
  const plan = planQuery(text, asking.tables)
  const found = searchTitles(asking, plan, limit)
  if (found.candidates.length > 0 || limit === 0) return found
  const isSpent = (): boolean => asking.clock() > until
  for (const spelling of respellings(plan.folded, { isSpent })) {
    const meant = searchTitles(asking, planQuery(spelling, asking.tables), limit)
    if (meant.candidates.length > 0) return { ...meant, spelledAs: spelling }
  }
  return found
}

function searchTitles(asking: Asking, plan: QueryPlan, limit: number): Found {
  const query = prepareQuery(plan, true)
  const byNumber = ranksByNumber(asking, plan)
  if (plan.isbn !== null && byNumber.length > 0) {
    return exactly(asking, query, readCandidates(asking, byNumber), limit)
  }
  const byHash =
    plan.folded === ''
      ? []
      : ranksOf(
          asking,
          'SELECT rank FROM titleByHash WHERE hash = ? LIMIT ?',
          textHash(plan.folded),
        )
  const match = plan.match === null ? null : matchText(asking, plan.match)
  // One pass counts and gives the candidates: for several terms, a second one costs as much again.
  const countMax = countMaxOf(asking, plan.match)
  const few = plan.match === null ? null : fewByRarest(asking, plan.match)
  const matched = few ?? (match === null ? [] : ranksByMatch(asking, match, countMax + 1))
  const isCommon = matched.length > countMax
  // With several terms, hardly a title starts with the first: that search would read whole lists.
  const isStartAsked = isCommon && plan.terms.length === 1
  const started = match === null || !isStartAsked ? [] : ranksAtStart(asking, plan, match)
  const candidates = [...byHash, ...started, ...matched.slice(0, asking.bounds.candidates)]
  const weighed = weighAll(asking, query, candidates)
  const first = [...byNumber, ...ranksByPrefix(asking, plan)]
  const found = first.length === 0 ? weighed : withFirst(asking, first, weighed, limit)
  if (found.length === 0) return searchFurther(asking, plan, limit)
  return matched.length <= asking.bounds.candidates
    ? exactly(asking, query, found, limit)
    : counted(query, found, { count: matched.length, countMax }, limit)
}

const countMaxOf = ({ bounds }: Asking, match: Expression | null): number =>
  match !== null && isJoint(match) ? bounds.jointCount : bounds.count

const isJoint = (expression: Expression): boolean =>
  'all' in expression || ('any' in expression && expression.any.some(isJoint))

/** Titles beyond the candidates are counted as they stand in the index. */
const counted = (
  query: PreparedQuery,
  found: readonly Candidate[],
  { count, countMax }: { count: number; countMax: number },
  limit: number,
): Found => ({
  candidates: found.slice(0, limit),
  query,
  total: Math.max(Math.min(count, countMax), Math.min(found.length, limit)),
  isTotalExact: count <= countMax,
  spelledAs: null,
})

/** A class or ISBN that is typed in full or in part stands before its accidental words. */
function withFirst(
  asking: Asking,
  first: readonly number[],
  weighed: readonly Candidate[],
  limit: number,
): Candidate[] {
  const distinct = new Set(first)
  return [
    ...readCandidates(asking, [...distinct].slice(0, Math.max(limit, asking.bounds.lookups))),
    ...weighed.filter(({ rank }) => !distinct.has(rank)),
  ]
}

function searchFurther(asking: Asking, plan: QueryPlan, limit: number): Found {
  if (plan.cutText !== null) {
    const found = searchTitles(asking, planQuery(plan.cutText, asking.tables), limit)
    if (found.candidates.length > 0) return found
  }
  return searchLoosely(asking, plan, limit)
}

function searchLoosely(asking: Asking, plan: QueryPlan, limit: number): Found {
  const { candidates, looseBytes } = asking.bounds
  const query = prepareQuery(plan, false)
  if (plan.loose !== null && sizeOf(asking) > looseBytes) return unsought(query)
  const match = plan.loose === null ? null : matchText(asking, plan.loose)
  const matched = match === null ? [] : ranksByMatch(asking, match, candidates + 1)
  const found = weighAll(asking, query, matched.slice(0, candidates))
  return matched.length <= candidates
    ? exactly(asking, query, found, limit)
    : counted(query, found, { count: matched.length, countMax: candidates }, limit)
}

const sizeOf = ({ sql }: Asking): number =>
  sql('SELECT page_count * page_size FROM pragma_page_count, pragma_page_size')
    .pluck()
    .get() as number

/** Nothing was found so far; there may be some, and browsing finds them. */
const unsought = (query: PreparedQuery): Found => ({
  candidates: [],
  query,
  total: 0,
  isTotalExact: false,
  spelledAs: null,
})

const exactly = (
  { bounds }: Asking,
  query: PreparedQuery,
  found: readonly Candidate[],
  limit: number,
): Found => ({
  candidates: found.slice(0, limit),
  query,
  total: found.length,
  isTotalExact: found.length < bounds.lookups,
  spelledAs: null,
})

function ranksAtStart(asking: Asking, plan: QueryPlan, match: string): number[] {
  const start = plan.start === null ? null : matchText(asking, plan.start)
  if (start === null) return []
  const isOfHanzi = plan.terms[0]?.kind === 'hanzi'
  return ranksByMatch(asking, isOfHanzi ? start : `${start} AND ${match}`, START_CANDIDATES_MAX)
}

interface Found {
  readonly candidates: readonly Candidate[]
  /** What they answer. */
  readonly query: PreparedQuery
  readonly total: number
  readonly isTotalExact: boolean
  readonly spelledAs: string | null
}

const withHits = (row: TitleLine, query: PreparedQuery, tables: SearchTables): FoundTitle => ({
  ...row,
  hits: {
    title: hitsIn(query, row.title, true, tables),
    author: hitsIn(query, row.author, true, tables),
    publisher: hitsIn(query, row.publisher, false, tables),
  },
})

const withFacets = ({ tables }: Asking, { candidates, query }: Found): BrowsedTitle[] =>
  candidates.map(({ row, columns }) => ({
    row: withHits(row, query, tables),
    facets: facetsOf({ kind: row.kind, year: row.year, ...describedBy(columns.rest) }),
  }))
