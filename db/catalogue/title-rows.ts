/** Titles → rows, tokens and look-ups. */
import { textHash } from '../../domain/search/fold.ts'
import type { SearchTables } from '../../domain/search/search-tables.ts'
import { foldTitle, longWordsOf, tokensOf } from '../../domain/search/tokens.ts'
import type { FoldedTitle } from '../../domain/search/tokens.ts'
import type { Title } from '../../domain/records.ts'
import { classSortKey } from '../../domain/words/call-number.ts'
import { normaliseIsbn } from '../../domain/words/isbn.ts'
import type { Database, Statement } from '../open.ts'
import { statementCache } from '../open.ts'
import { openPhrases } from './phrases.ts'
import { TITLE_COLUMNS, titleToColumns } from './title-columns.ts'

/** Of the class alone, so that what begins alike is read off in shelf order; null where it has none. */
export const classKeyOf = (clc: string | null): string | null =>
  classSortKey(clc?.normalize('NFKC').split('/')[0] ?? '') || null

/** The keys under which a title can be looked up; `hash` is of the folded title. */
export interface LookupKeys {
  /** 13 digits as a number: six bytes. */
  readonly isbns: readonly number[]
  readonly issn: string | null
  /** Its hash: four bytes. */
  readonly controlNumber: number | null
  /** A shelf key. */
  readonly clc: string | null
  readonly hash: number
}

/** What the index holds of a title. */
export interface Indexed {
  readonly folded: Pick<FoldedTitle, 'title' | 'author'>
  /** Blanks between them. */
  readonly tokens: string
  readonly longWords: readonly string[]
  readonly keys: LookupKeys
}

export function indexTitle(title: Title, tables: SearchTables): Indexed {
  const texts = foldTitle(title, tables)
  const tokens = tokensOf(texts, tables)
  return {
    folded: { title: texts.title, author: texts.author },
    tokens: [...tokens].join(' '),
    longWords: longWordsOf(tokens),
    keys: {
      isbns: [
        ...new Set(title.isbns.flatMap((isbn) => Number(normaliseIsbn(isbn) ?? Number.NaN))),
      ].filter(Number.isInteger),
      issn: title.issn,
      controlNumber: title.controlNumber === null ? null : textHash(title.controlNumber),
      clc: classKeyOf(title.clc),
      hash: textHash(texts.title),
    },
  }
}

/** The statements of one connection. Ranks are given by the caller; FTS wants them rising. */
export interface TitleWriter {
  readonly insert: (title: Title, rank: number, indexed: Indexed) => void
  /** All but the index. */
  readonly removeRow: (rank: number, indexed: Indexed) => void
  readonly removeTokens: (rank: number) => void
  /** Fields changed that neither the index nor a look-up holds. */
  readonly rewrite: (title: Title, rank: number, folded: Indexed['folded']) => void
}

type LookupRow = readonly [table: string, column: string, key: string | number]

const lookupsOf = ({ isbns, issn, controlNumber, clc, hash }: LookupKeys): LookupRow[] => {
  const rows = isbns.map((isbn): LookupRow => ['titleByIsbn', 'isbn', isbn])
  if (issn !== null) rows.push(['titleByIssn', 'issn', issn])
  if (controlNumber !== null) {
    rows.push(['titleByControlNumber', 'hash', controlNumber])
  }
  if (clc !== null) rows.push(['titleByClc', 'clc', clc])
  rows.push(['titleByHash', 'hash', hash])
  return rows
}

/** Where keys and words go while a catalogue is built in one go. */
export interface BulkSinks {
  /** Holds tables of the look-ups' names, without their B-trees. */
  readonly lookups: Database
  readonly titlesByWord: Map<string, number>
}

/** By their names, in the order of the table. */
const TITLE_PLACES = TITLE_COLUMNS.split(', ')
  .map((name) => `:${name}`)
  .join(', ')

export function openTitleWriter(db: Database, bulk: BulkSinks | null): TitleWriter {
  const sql: (text: string) => Statement = statementCache(db)
  const lookupSql = bulk === null ? sql : statementCache(bulk.lookups)

  const phrases = openPhrases(sql, bulk !== null)

  const writeRow = (
    verb: 'INSERT' | 'REPLACE',
    title: Title,
    rank: number,
    folded: Indexed['folded'],
  ): void => {
    const columns = titleToColumns(title, rank, phrases, folded)
    sql(`${verb} INTO title VALUES (${TITLE_PLACES})`).run(columns)
  }

  const countWord = (word: string): void => {
    if (bulk !== null) {
      bulk.titlesByWord.set(word, (bulk.titlesByWord.get(word) ?? 0) + 1)
      return
    }
    sql(
      'INSERT INTO vocabulary VALUES (?, 1) ON CONFLICT DO UPDATE SET titlesCount = titlesCount + 1',
    ).run(word)
  }

  return {
    insert: (title, rank, indexed) => {
      writeRow('INSERT', title, rank, indexed.folded)
      sql('INSERT INTO titleIndex (rowid, tokens) VALUES (?, ?)').run(rank, indexed.tokens)
      indexed.longWords.forEach(countWord)
      for (const [table, , key] of lookupsOf(indexed.keys)) {
        lookupSql(`INSERT INTO ${table} VALUES (?, ?)`).run(key, rank)
      }
    },
    removeRow: (rank, indexed) => {
      sql('DELETE FROM title WHERE rank = ?').run(rank)
      for (const word of indexed.longWords) {
        sql('UPDATE vocabulary SET titlesCount = titlesCount - 1 WHERE word = ?').run(word)
        sql('DELETE FROM vocabulary WHERE word = ? AND titlesCount = 0').run(word)
      }
      for (const [table, column, key] of lookupsOf(indexed.keys)) {
        sql(`DELETE FROM ${table} WHERE ${column} = ? AND rank = ?`).run(key, rank)
      }
    },
    removeTokens: (rank) => {
      sql('DELETE FROM titleIndex WHERE rowid = ?').run(rank)
    },
    rewrite: (title, rank, folded) => writeRow('REPLACE', title, rank, folded),
  }
}
