/** Titles in the order of their rank, their look-ups, and the index of domain/search. */
import type { Migration } from '../migrate.ts'

/**
 * `title` is narrow on purpose: most of a search is fetching its rows. `folded` is matchText() of
 * domain/search/tokens.ts. The index holds no text and no positions; its row id is the rank.
 * The default automerge stalls a transaction for seconds; 16 and 64 do not (reference/search.md).
 */
export const titles: Migration = {
  version: 10,
  up: (db) => {
    db.exec(`
CREATE TABLE title (
  rank INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  author TEXT,
  publisher TEXT,
  year TEXT,
  isbn TEXT,
  clc TEXT,
  kind TEXT NOT NULL,
  folded TEXT NOT NULL
) STRICT;
CREATE TABLE titleRest (rank INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE bib (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL) STRICT;
CREATE TABLE progress (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE titleIndex USING fts5(
  tokens, tokenize = 'ascii', content = '', contentless_delete = 1, detail = none
);
INSERT INTO titleIndex (titleIndex, rank) VALUES ('automerge', 16);
INSERT INTO titleIndex (titleIndex, rank) VALUES ('crisismerge', 64);
CREATE TABLE vocabulary (
  word TEXT PRIMARY KEY, titlesCount INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`)
    db.exec(lookupTables.map(createLookup).join(''))
    db.exec(TITLE_ID_INDEX)
  },
}

export const TITLE_ID_INDEX = 'CREATE UNIQUE INDEX title_id ON title (id)'

export interface LookupTable {
  readonly name: string
  readonly column: string
  readonly type: 'TEXT' | 'INTEGER'
}

/** Key → rank. */
export const lookupTables: readonly LookupTable[] = [
  { name: 'titleByIsbn', column: 'isbn', type: 'INTEGER' },
  { name: 'titleByIssn', column: 'issn', type: 'TEXT' },
  { name: 'titleByControlNumber', column: 'controlNumber', type: 'TEXT' },
  { name: 'titleByClc', column: 'clc', type: 'TEXT' },
  { name: 'titleByHash', column: 'hash', type: 'INTEGER' },
]

const createLookup = ({ name, column, type }: LookupTable): string => `
CREATE TABLE ${name} (
  ${column} ${type} NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (${column}, rank)
) STRICT, WITHOUT ROWID;
`
