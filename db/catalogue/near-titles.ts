/**
 * Titles that a record might be about: by the numbers that they share with it, or because they read
 * the same. A record being written asks whether it is there already, a link what it leads to.
 */
import type { Title } from '../../domain/records.ts'
import { likenessOf } from '../../domain/search/same-title.ts'
import type { Likeness } from '../../domain/search/same-title.ts'
import type { SearchTables } from '../../domain/search/search-tables.ts'
import { foldTitle } from '../../domain/search/tokens.ts'
import type { Statement } from '../open.ts'
import { openPhrases } from './phrases.ts'
import { TITLE_COLUMNS, columnsToTitle } from './title-columns.ts'
import type { TitleColumns } from './title-columns.ts'
import { indexTitle } from './title-rows.ts'

/** The surest first. */
const nearBy = ['control-number', 'isbn', 'words'] as const

export interface NearTitle {
  readonly id: string
  readonly by: (typeof nearBy)[number]
  /** Null where they are two works, two editions, or two parts of one set. */
  readonly likeness: Likeness | null
}

/** Of a hundred 语文 the first are as good as the others: nobody reads on. */
const RANKS_MAX = 60

type Sql = (text: string) => Statement

export function nearTitles(sql: Sql, tables: SearchTables, title: Title): NearTitle[] {
  const { keys } = indexTitle(title, tables)
  const ranksOf = (table: string, column: string, key: string | number): number[] =>
    sql(`SELECT rank FROM ${table} WHERE ${column} = ? ORDER BY rank LIMIT ${RANKS_MAX}`)
      .pluck()
      .all(key) as number[]
  const { controlNumber, isbns, issn, hash } = keys
  const ranks = new Set([
    ...(controlNumber === null ? [] : ranksOf('titleByControlNumber', 'hash', controlNumber)),
    ...isbns.flatMap((isbn) => ranksOf('titleByIsbn', 'isbn', isbn)),
    ...(issn === null ? [] : ranksOf('titleByIssn', 'issn', issn)),
    ...ranksOf('titleByHash', 'hash', hash),
  ])
  const phrases = openPhrases(sql, false)
  const rows = sql(
    `SELECT ${TITLE_COLUMNS} FROM title WHERE rank IN (SELECT value FROM json_each(?)) ORDER BY rank`,
  ).all(JSON.stringify([...ranks])) as TitleColumns[]
  const compared = { title, folded: foldTitle(title, tables) }
  return rows
    .map((row) => columnsToTitle(row, phrases))
    .filter(({ id }) => id !== title.id)
    .map((other) => ({
      id: other.id,
      by: sharedWith(title, other),
      likeness: likenessOf(compared, { title: other, folded: foldTitle(other, tables) }),
    }))
    .toSorted((a, b) => sureness(a) - sureness(b))
}

/** Lower is surer. */
const sureness = ({ by, likeness }: NearTitle): number =>
  nearBy.indexOf(by) * 3 + ['certain', 'likely', null].indexOf(likeness)

/** Hashes meet by chance: the number itself is compared. */
function sharedWith(title: Title, other: Title): NearTitle['by'] {
  const { controlNumber, isbns, issn } = title
  if (controlNumber !== null && controlNumber === other.controlNumber) return 'control-number'
  const sharesNumber =
    isbns.some((isbn) => other.isbns.includes(isbn)) || (issn !== null && issn === other.issn)
  return sharesNumber ? 'isbn' : 'words'
}
