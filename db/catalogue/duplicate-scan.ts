/**
 * Titles that might be one, in the order of their ISBN and then of their words: the look-ups lie in
 * that order already, so that a scan reads each key once and no title that stands alone.
 */
import { alikeAmong } from '../../domain/search/same-title.ts'
import type { AlikeTitles, ComparedTitle } from '../../domain/search/same-title.ts'
import type { SearchTables } from '../../domain/search/search-tables.ts'
import { foldTitle } from '../../domain/search/tokens.ts'
import type { Statement } from '../open.ts'
import { openPhrases } from './phrases.ts'
import { TITLE_COLUMNS, columnsToTitle } from './title-columns.ts'
import type { TitleColumns } from './title-columns.ts'

export interface ScanPlace {
  readonly by: 'isbn' | 'words'
  /** The last key that was looked at. */
  readonly key: number
}

export interface ScanAnswer {
  readonly groups: readonly (AlikeTitles & { readonly by: ScanPlace['by'] })[]
  /** Null at the end. */
  readonly next: ScanPlace | null
}

/** 语文 is a hundred titles of a hundred grades: with more nobody can say which two are one. */
const ALIKE_MAX = 60
/** Keys that more than one title has; each costs its titles' rows. */
const KEYS_A_PIECE = 2_000

type Sql = (text: string) => Statement

const scans = {
  isbn: { table: 'titleByIsbn', column: 'isbn' },
  words: { table: 'titleByHash', column: 'hash' },
} as const

/** At most `limit` groups and one piece of keys: a piece is 0.1 s, and others wait behind it. */
export function scanDuplicates(
  sql: Sql,
  tables: SearchTables,
  after: ScanPlace | null,
  limit: number,
): ScanAnswer {
  const by = after?.by ?? 'isbn'
  const groups: (AlikeTitles & { readonly by: ScanPlace['by'] })[] = []
  const keys = sharedKeys(sql, by, after?.key ?? FIRST)
  for (const { key, ranks } of keys) {
    const shared = ranks.split(',').map(Number)
    if (shared.length <= ALIKE_MAX) {
      const titles = titlesOf(sql, tables, shared)
      // What shares a number was found by it.
      const alike = alikeAmong(titles).filter(
        ({ ids }) => by === 'isbn' || !sharesIsbn(titles, ids),
      )
      groups.push(...alike.map((group) => ({ ...group, by })))
    }
    if (groups.length >= limit) return { groups, next: { by, key } }
  }
  const last = keys.at(-1)
  if (last !== undefined && keys.length === KEYS_A_PIECE)
    return { groups, next: { by, key: last.key } }
  return { groups, next: by === 'isbn' ? { by: 'words', key: FIRST } : null }
}

const FIRST = Number.MIN_SAFE_INTEGER

interface SharedKey {
  readonly key: number
  /** Commas between them. */
  readonly ranks: string
}

function sharedKeys(sql: Sql, by: ScanPlace['by'], after: number): readonly SharedKey[] {
  const { table, column } = scans[by]
  return sql(
    `SELECT ${column} AS key, group_concat(rank) AS ranks FROM ${table} WHERE ${column} > ?
     GROUP BY ${column} HAVING count(*) > 1 ORDER BY ${column} LIMIT ?`,
  ).all(after, KEYS_A_PIECE) as SharedKey[]
}

/** Only those with a full record: what was typed at a counter stands for a book in a hand (Q2). */
const OF_RANKS = `SELECT ${TITLE_COLUMNS} FROM title
  WHERE rank IN (SELECT value FROM json_each(?)) AND EXISTS (SELECT 1 FROM bib WHERE bib.id = title.id)
  ORDER BY rank`

function titlesOf(sql: Sql, tables: SearchTables, ranks: readonly number[]): ComparedTitle[] {
  const phrases = openPhrases(sql, false)
  const rows = sql(OF_RANKS).all(JSON.stringify(ranks)) as TitleColumns[]
  return rows
    .map((row) => columnsToTitle(row, phrases))
    .map((title) => ({ title, folded: foldTitle(title, tables) }))
}

function sharesIsbn(titles: readonly ComparedTitle[], ids: readonly string[]): boolean {
  const seen = new Set<string>()
  for (const { title } of titles) {
    if (!ids.includes(title.id)) continue
    for (const isbn of title.isbns) {
      if (seen.has(isbn)) return true
      seen.add(isbn)
    }
  }
  return false
}
