/** Rows of titles that may answer, and the weighing of them. */
import type { Title } from '../../domain/records.ts'
import { weigh } from '../../domain/search/re-rank.ts'
import type { CandidateTexts, PreparedQuery } from '../../domain/search/re-rank.ts'
import { SUBJECTS_MATCHED_MAX, foldField } from '../../domain/search/tokens.ts'
import { asText, kindOf, readRest } from './title-columns.ts'
import type { TitleColumns } from './title-columns.ts'
import type { Asking } from './title-ranks.ts'

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
  readonly row: TitleLine
  readonly columns: CandidateColumns
}

export type CandidateColumns = Pick<TitleColumns, 'folding' | 'publisher' | 'subjects' | 'rest'>

/** Ranks as one parameter: a statement a row costs five times as much (measured). */
const OF_RANKS = 'FROM (SELECT value AS wanted FROM json_each(?)) CROSS JOIN title ON rank = wanted'

type RawCandidate = [
  rank: number,
  id: string,
  title: string,
  author: string | null,
  publisher: number | null,
  year: string | number | null,
  isbn: string | number | null,
  clc: string | null,
  kind: number,
  folding: number,
  subjects: string | null,
  rest: string | null,
]

/**
 * One fetch serves the weighing and the list. Arrays, not objects: half the time of a fetch is
 * making the latter.
 */
export function readCandidates({ sql, phrases }: Asking, wanted: readonly number[]): Candidate[] {
  if (wanted.length === 0) return []
  const rows = sql(
    `SELECT rank, id, title, author, publisher, year, isbn, clc, kind, folding, subjects, rest
     ${OF_RANKS}`,
  )
    .raw()
    .all(JSON.stringify(wanted)) as RawCandidate[]
  return rows.map(
    ([rank, id, title, author, publisher, year, isbn, clc, kind, folding, subjects, rest]) => ({
      rank,
      row: {
        id,
        title,
        author,
        publisher: phrases.textOf(publisher),
        year: asText(year),
        isbn: asText(isbn),
        clc,
        kind: kindOf(kind),
      },
      columns: { folding, publisher, subjects, rest },
    }),
  )
}

function textsOf({ row, columns }: Candidate, { tables, phrases }: Asking): CandidateTexts {
  const { folding, publisher, subjects, rest } = columns
  const { title, author } = row
  const authorCut = folding >> 1
  return {
    first: [
      folding % 2 === 1 ? title : foldField.title(title, tables),
      // What begins with a zero has no other title.
      rest === null || rest.startsWith('[0')
        ? ''
        : foldField.title(readRest(rest)[0] || null, tables),
      authorCut === 0
        ? foldField.author(author, tables)
        : (author ?? '').slice(0, (author ?? '').length - authorCut + 1),
    ],
    others: () => {
      const series = readRest(rest)[4]
      const numbers = subjects === null ? [] : subjects.split(',').slice(0, SUBJECTS_MATCHED_MAX)
      return [
        publisher === null ? '' : phrases.publisher(publisher),
        series === 0 ? '' : phrases.rest(series),
        ...numbers.map((number) => phrases.rest(Number(number))),
      ]
    },
  }
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
    const weight = weigh(query, textsOf(candidate, asking), asking.tables)
    if (weight !== null) weighed.push({ candidate, weight })
  }
  return weighed
    .toSorted((a, b) => b.weight - a.weight || a.candidate.rank - b.candidate.rank)
    .map(({ candidate }) => candidate)
}
