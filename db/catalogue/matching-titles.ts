/**
 * All titles that answer a query, for what takes every one of them; search.ts stops at a list's
 * length. A slip of the finger is not forgiven here: an export holds what was asked for.
 */
import { textHash } from '../../domain/search/fold.ts'
import { planQuery } from '../../domain/search/query-plan.ts'
import type { QueryPlan } from '../../domain/search/query-plan.ts'
import { prepareQuery } from '../../domain/search/re-rank.ts'
import type { SearchTables } from '../../domain/search/search-tables.ts'
import type { Statement } from '../open.ts'
import { weighAll } from './candidates.ts'
import { openFoldedPhrases } from './folded-phrases.ts'
import { matchText, ranksByMatch, ranksByNumber, ranksByPrefix } from './title-ranks.ts'
import type { Asking, Bounds } from './title-ranks.ts'

/** SQLite's word for no limit. */
const ALL = -1
const UNBOUNDED: Bounds = {
  candidates: ALL,
  lookups: ALL,
  expansions: ALL,
  count: ALL,
  jointCount: ALL,
  looseBytes: ALL,
}
/** Weighed at a time: the index gives ranks alone, 8 bytes each; the texts of a slice are let go. */
const SLICE = 500

/**
 * Ids by slices, each title once; empty where nothing answers. A title that changes its rank between
 * two slices may be missed: ask where nothing writes, or ask for what changed afterwards.
 */
export function* matchingTitles(
  sql: (text: string) => Statement,
  tables: SearchTables,
  text: string,
): Generator<readonly string[]> {
  yield* matchingAnyWay(
    { sql, tables, phrases: openFoldedPhrases(sql, tables), bounds: UNBOUNDED },
    planQuery(text, tables),
  )
}

/** Answers whether any title was found. */
function* matchingAnyWay(asking: Asking, plan: QueryPlan): Generator<readonly string[], boolean> {
  const { sql, tables } = asking
  const byNumber = ranksByNumber(asking, plan)
  if (plan.isbn !== null && byNumber.length > 0) {
    yield* idsOfRanks(sql, byNumber)
    return true
  }
  const first = new Set([...byNumber, ...ranksByPrefix(asking, plan)])
  yield* idsOfRanks(sql, [...first])
  const isFound = yield* answering(asking, plan, first, true)
  if (first.size > 0 || isFound) return true
  if (plan.cutText !== null) {
    const isCutFound = yield* matchingAnyWay(asking, planQuery(plan.cutText, tables))
    if (isCutFound) return true
  }
  return yield* answering(asking, plan, first, false)
}

function* answering(
  asking: Asking,
  plan: QueryPlan,
  without: ReadonlySet<number>,
  isStrict: boolean,
): Generator<readonly string[], boolean> {
  const expression = isStrict ? plan.match : plan.loose
  const match = expression === null ? null : matchText(asking, expression)
  const matched = match === null ? [] : ranksByMatch(asking, match, ALL)
  const byHash = isStrict ? ranksByHash(asking, plan) : []
  const wanted = [...new Set([...byHash, ...matched])].filter((rank) => !without.has(rank))
  let isFound = false
  const query = prepareQuery(plan, isStrict)
  for (const slice of slices(wanted)) {
    const ids = weighAll(asking, query, slice).map(({ row }) => row.id)
    if (ids.length === 0) continue
    isFound = true
    yield ids
  }
  return isFound
}

const ranksByHash = ({ sql }: Asking, { folded }: QueryPlan): number[] =>
  folded === ''
    ? []
    : (sql('SELECT rank FROM titleByHash WHERE hash = ?').pluck().all(textHash(folded)) as number[])

function* idsOfRanks(
  sql: (text: string) => Statement,
  ranks: readonly number[],
): Generator<readonly string[]> {
  for (const slice of slices([...new Set(ranks)])) {
    yield sql('SELECT id FROM title WHERE rank IN (SELECT value FROM json_each(?)) ORDER BY rank')
      .pluck()
      .all(JSON.stringify(slice)) as string[]
  }
}

function* slices(ranks: readonly number[]): Generator<readonly number[]> {
  for (let at = 0; at < ranks.length; at += SLICE) yield ranks.slice(at, at + SLICE)
}
