/**
 * One narrow row a title, publishers, series and subjects written once, control numbers looked up by
 * their hash: 476 bytes a title, index included, became 340 (docs/decisions/0024).
 */
import type { Title } from '../../domain/records.ts'
import { textHash } from '../../domain/search/fold.ts'
import { foldField } from '../../domain/search/tokens.ts'
import type { Migration } from '../migrate.ts'
import { statementCache } from '../open.ts'
import type { Database } from '../open.ts'
import { TITLE_ID_INDEX, lookupTables as lookupTablesBefore } from './0010-titles.ts'
import type { LookupTable } from './0010-titles.ts'
import { openPhrases } from './phrases.ts'
import { openSearchTables } from './search-tables.ts'
import { TITLE_COLUMNS, titleToColumns } from './title-columns.ts'

/** Key → rank. */
export const lookupTables: readonly LookupTable[] = lookupTablesBefore.map((table) =>
  table.name === 'titleByControlNumber' ? { ...table, column: 'hash', type: 'INTEGER' } : table,
)

/** The columns are those of title-columns.ts. */
export const narrowTitles: Migration = {
  version: 35,
  up: (db) => {
    db.exec(`
DROP INDEX title_id;
ALTER TABLE title RENAME TO wideTitle;
CREATE TABLE phrase (number INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE title (
  rank INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  author TEXT,
  publisher INTEGER,
  year ANY,
  isbn ANY,
  clc TEXT,
  kind INTEGER NOT NULL,
  folding INTEGER NOT NULL,
  subjects TEXT,
  controlNumber TEXT,
  loansCount INTEGER NOT NULL,
  rest TEXT
) STRICT;
DROP TABLE titleByControlNumber;
CREATE TABLE titleByControlNumber (
  hash INTEGER NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (hash, rank)
) STRICT, WITHOUT ROWID;
`)
    narrowAll(db)
    db.exec('DROP TABLE wideTitle; DROP TABLE titleRest;')
    db.exec(TITLE_ID_INDEX)
  },
}

const PORTION = 5_000

function narrowAll(db: Database): void {
  const phrases = openPhrases(statementCache(db), true)
  const tables = openSearchTables()
  const read = db.prepare(`SELECT wideTitle.*, body FROM wideTitle JOIN titleRest USING (rank)
    WHERE rank > ? ORDER BY rank LIMIT ${PORTION}`)
  const places = TITLE_COLUMNS.split(', ').map((name) => `:${name}`)
  const insert = db.prepare(`INSERT INTO title VALUES (${places.join(', ')})`)
  const addNumber = db.prepare('INSERT INTO titleByControlNumber VALUES (?, ?)')
  let rank = 0
  for (;;) {
    const rows = read.all(rank) as WideRow[]
    for (const row of rows) {
      const title = wideToTitle(row)
      const folded = {
        title: foldField.title(title.title, tables),
        author: foldField.author(title.author, tables),
      }
      insert.run(titleToColumns(title, row.rank, phrases, folded))
      if (title.controlNumber !== null) addNumber.run(textHash(title.controlNumber), row.rank)
      rank = row.rank
    }
    if (rows.length < PORTION) return
  }
}

interface WideRow {
  rank: number
  id: string
  title: string
  author: string | null
  publisher: string | null
  year: string | null
  isbn: string | null
  clc: string | null
  kind: Title['kind']
  body: string
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

function wideToTitle(row: WideRow): Title {
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
