/** Titles ⇄ rows. */
import { textHash } from '../../domain/search/fold.ts'
import type { SearchTables } from '../../domain/search/search-tables.ts'
import { foldTitle, longWordsOf, matchText, tokensOf } from '../../domain/search/tokens.ts'
import type { Title } from '../../domain/records.ts'
import { classSortKey } from '../../domain/words/call-number.ts'
import { normaliseIsbn } from '../../domain/words/isbn.ts'
import type { Database, Statement } from '../open.ts'
import { statementCache } from '../open.ts'

interface TitleColumns {
  rank: number
  id: string
  title: string
  author: string | null
  publisher: string | null
  year: string | null
  isbn: string | null
  clc: string | null
  kind: Title['kind']
}

/** 0 stands for null, which JSON spells out; the first ISBN has its own column. */
type Rest = [
  controlNumber: string | 0,
  otherTitle: string | 0,
  otherIsbns: string[] | 0,
  issn: string | 0,
  language: string | 0,
  subjects: string[] | 0,
  series: string | 0,
  pinyin: string | 0,
  audience: Title['audience'] | 0,
  loansCount: number,
]

const orZero = <T>(list: readonly T[]): T[] | 0 => (list.length === 0 ? 0 : [...list])

const restOf = (title: Title): Rest => [
  title.controlNumber ?? 0,
  title.otherTitle ?? 0,
  orZero(title.isbns.slice(1)),
  title.issn ?? 0,
  title.language ?? 0,
  orZero(title.subjects),
  title.series ?? 0,
  title.pinyin ?? 0,
  title.audience === 'general' ? 0 : title.audience,
  title.loansCount,
]

export function rowToTitle(row: TitleColumns & { body: string }): Title {
  const [
    controlNumber,
    otherTitle,
    otherIsbns,
    issn,
    language,
    subjects,
    series,
    pinyin,
    audience,
    loansCount,
  ] = JSON.parse(row.body) as Rest
  return {
    id: row.id as Title['id'],
    controlNumber: controlNumber === 0 ? null : controlNumber,
    title: row.title,
    otherTitle: otherTitle === 0 ? null : otherTitle,
    author: row.author,
    publisher: row.publisher,
    year: row.year,
    isbns: row.isbn === null ? [] : [row.isbn, ...(otherIsbns === 0 ? [] : otherIsbns)],
    issn: issn === 0 ? null : issn,
    clc: row.clc,
    language: language === 0 ? null : language,
    subjects: subjects === 0 ? [] : subjects,
    series: series === 0 ? null : series,
    pinyin: pinyin === 0 ? null : pinyin,
    kind: row.kind,
    audience: audience === 0 ? 'general' : audience,
    loansCount,
  }
}

/** Columns by line of the folded text; most Chinese texts fold to themselves or to their beginning. */
type LineColumns = readonly [
  title: string,
  otherTitle: null,
  author: string | null,
  publisher: string | null,
]

/**
 * What a row keeps of `matchText`. `=` stands for what the line's column says, `=3` for all of it
 * but its last three letters (出版社). Folding leaves no `=` in a text.
 */
function packFolded(folded: string, { title, author, publisher }: Title): string {
  const columns: LineColumns = [title, null, author, publisher]
  return folded
    .split('\n')
    .map((line, index) => {
      const column = columns[index] ?? null
      if (column === null || line === '' || !column.startsWith(line)) return line
      return line.length === column.length ? '=' : `=${column.length - line.length}`
    })
    .join('\n')
    .trimEnd()
}

/** The lines of `matchText`; at the end there may be fewer of them. */
export function unpackFolded(packed: string, columns: LineColumns): string[] {
  const lines = packed.split('\n')
  for (let index = 0; index < columns.length; index += 1) {
    const line = lines[index]
    if (line?.charCodeAt(0) !== EQUALS) continue
    const column = columns[index] ?? ''
    lines[index] = line.length === 1 ? column : column.slice(0, -Number(line.slice(1)))
  }
  return lines
}

const EQUALS = 0x3d

/** Of the class alone, so that what begins alike is read off in shelf order; null where it has none. */
export const classKeyOf = (clc: string | null): string | null =>
  classSortKey(clc?.normalize('NFKC').split('/')[0] ?? '') || null

/** The keys under which a title can be looked up; `hash` is of the folded title. */
export interface LookupKeys {
  /** 13 digits as a number: six bytes. */
  readonly isbns: readonly number[]
  readonly issn: string | null
  readonly controlNumber: string | null
  /** A shelf key. */
  readonly clc: string | null
  readonly hash: number
}

/** What the index holds of a title. */
export interface Indexed {
  readonly folded: string
  /** Blanks between them. */
  readonly tokens: string
  readonly longWords: readonly string[]
  readonly keys: LookupKeys
}

export function indexTitle(title: Title, tables: SearchTables): Indexed {
  const texts = foldTitle(title, tables)
  const tokens = tokensOf(texts, tables)
  return {
    folded: matchText(texts),
    tokens: [...tokens].join(' '),
    longWords: longWordsOf(tokens),
    keys: {
      isbns: [
        ...new Set(title.isbns.flatMap((isbn) => Number(normaliseIsbn(isbn) ?? Number.NaN))),
      ].filter(Number.isInteger),
      issn: title.issn,
      controlNumber: title.controlNumber,
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
  readonly rewrite: (title: Title, rank: number, folded: string) => void
}

type LookupRow = readonly [table: string, column: string, key: string | number]

const lookupsOf = ({ isbns, issn, controlNumber, clc, hash }: LookupKeys): LookupRow[] => {
  const rows = isbns.map((isbn): LookupRow => ['titleByIsbn', 'isbn', isbn])
  if (issn !== null) rows.push(['titleByIssn', 'issn', issn])
  if (controlNumber !== null) {
    rows.push(['titleByControlNumber', 'controlNumber', controlNumber])
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

export function openTitleWriter(db: Database, bulk: BulkSinks | null): TitleWriter {
  const sql: (text: string) => Statement = statementCache(db)
  const lookupSql = bulk === null ? sql : statementCache(bulk.lookups)

  const writeRow = (verb: 'INSERT' | 'REPLACE', title: Title, rank: number, folded: string) => {
    sql(`${verb} INTO title VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(
      rank,
      title.id,
      title.title,
      title.author,
      title.publisher,
      title.year,
      title.isbns[0] ?? null,
      title.clc,
      title.kind,
      packFolded(folded, title),
    )
    sql(`${verb} INTO titleRest VALUES (?, ?)`).run(rank, JSON.stringify(restOf(title)))
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
      sql('DELETE FROM titleRest WHERE rank = ?').run(rank)
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
