/** Rows of titles that may answer, and the weighing of them. */
import type { Title } from '../../domain/records.ts'
import { weigh } from '../../domain/search/re-rank.ts'
import type { PreparedQuery } from '../../domain/search/re-rank.ts'
import type { Asking } from './title-ranks.ts'
import { unpackFolded } from './title-rows.ts'

/** A title as a row of a list. */
export interface TitleLine {
  readonly id: string
  readonly title: string
  readonly author: string | null
  readonly publisher: string | null
  readonly year: string | null
  readonly isbn: string | null
  readonly clc: string | null
  readonly kind: Title['kind']
}

export interface Candidate {
  readonly rank: number
  readonly folded: string
  readonly row: TitleLine
}

/** Ranks as one parameter: a statement a row costs five times as much (measured). */
const OF_RANKS = 'FROM (SELECT value AS wanted FROM json_each(?)) CROSS JOIN title ON rank = wanted'

type RawCandidate = [
  rank: number,
  folded: string,
  id: string,
  title: string,
  author: string | null,
  publisher: string | null,
  year: string | null,
  isbn: string | null,
  clc: string | null,
  kind: Title['kind'],
]

/**
 * One fetch serves the weighing and the list. Arrays, not objects: half the time of a fetch is
 * making the latter.
 */
export function readCandidates({ sql }: Asking, wanted: readonly number[]): Candidate[] {
  if (wanted.length === 0) return []
  const rows = sql(
    `SELECT rank, folded, id, title, author, publisher, year, isbn, clc, kind ${OF_RANKS}`,
  )
    .raw()
    .all(JSON.stringify(wanted)) as RawCandidate[]
  return rows.map(([rank, folded, id, title, author, publisher, year, isbn, clc, kind]) => ({
    rank,
    folded,
    row: { id, title, author, publisher, year, isbn, clc, kind },
  }))
}

/** Those that answer, best first. */
export function weighAll(
  asking: Asking,
  query: PreparedQuery,
  ranks: readonly number[],
): Candidate[] {
  if (ranks.length === 0) return []
  const weighed: { candidate: Candidate; weight: number }[] = []
  for (const candidate of readCandidates(asking, [...new Set(ranks)])) {
    const { title, author, publisher } = candidate.row
    const fields = unpackFolded(candidate.folded, [title, null, author, publisher])
    const weight = weigh(query, fields, asking.tables)
    if (weight !== null) weighed.push({ candidate, weight })
  }
  return weighed
    .toSorted((a, b) => b.weight - a.weight || a.candidate.rank - b.candidate.rank)
    .map(({ candidate }) => candidate)
}
