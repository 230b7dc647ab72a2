/** A fresh catalogue in one go: rows and index in the order of rank, then the look-ups. */
import { rmSync } from 'node:fs'

import type { Bib, Title } from '../../domain/records.ts'
import { bucketOf, firstRankOf } from '../../domain/search/rank.ts'
import { recordNumbersOf } from '../../domain/search/record-numbers.ts'
import { migrate } from '../migrate.ts'
import { failing, openDatabase } from '../open.ts'
import type { Database } from '../open.ts'
import { TITLE_ID_INDEX } from './0010-titles.ts'
import { lookupTables } from './0035-narrow-titles.ts'
import { CATALOGUE_APPLICATION_ID, catalogueMigrations } from './catalogue.ts'
import { openSearchTables } from './search-tables.ts'
import { packBib } from './bib-rows.ts'
import { indexTitle, openTitleWriter } from './title-rows.ts'

/** 'CDst' */
const STAGING_APPLICATION_ID = 0x43447374
const TRANSACTION_TITLES = 20_000
/** Words kept in memory before FTS5 writes a segment: fewer segments, less merging. */
const HASH_BYTES = 64 * 1024 * 1024
const HASH_BYTES_DEFAULT = 1024 * 1024

export interface BulkLoaded {
  readonly titlesCount: number
  readonly ms: number
}

interface BulkParts {
  /** The feed entry up to which the titles have everything. */
  readonly cursor: number
  /** Full records, in any order; their ids must differ. */
  readonly bibs: Iterable<Bib>
}

/**
 * Builds the catalogue at `path`, which must not exist. Titles may come in any order and need not
 * fit in memory; their ids must differ. Throws StorageFailure; then nothing is left at `path`.
 */
export function bulkLoad(
  path: string,
  key: Uint8Array | null,
  titles: Iterable<Title>,
  { cursor, bibs }: BulkParts = { cursor: 0, bibs: [] },
): BulkLoaded {
  const began = performance.now()
  const stagingPath = `${path}.staging`
  removeDatabase(stagingPath)
  const open = (path: string, applicationId: number): Database => {
    const db = openDatabase({ path, key, applicationId, access: 'exclusive' })
    // Nothing here is worth a flush before the end: a half-built catalogue is thrown away.
    db.pragma('synchronous = OFF')
    db.pragma('wal_autocheckpoint = 16000')
    db.pragma('cache_size = -131072')
    return db
  }
  let isDone = false
  const staging = open(stagingPath, STAGING_APPLICATION_ID)
  try {
    const db = open(path, CATALOGUE_APPLICATION_ID)
    try {
      return failing(path, () => {
        migrate(db, catalogueMigrations)
        const places = stage(staging, titles)
        build(db, staging, places)
        loadBibs(db, bibs)
        finish(db, staging, { titles: places.length, cursor })
        isDone = true
        return { titlesCount: places.length, ms: performance.now() - began }
      })
    } finally {
      db.close()
      if (!isDone) removeDatabase(path)
    }
  } finally {
    staging.close()
    removeDatabase(stagingPath)
  }
}

function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
}

interface Place {
  readonly number: number
  readonly bucket: number
}

/** Writes the titles down as they come; the answer is their order by bucket. */
function stage(staging: Database, titles: Iterable<Title>): Place[] {
  staging.exec('CREATE TABLE staged (number INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT')
  const insert = staging.prepare('INSERT INTO staged VALUES (?, ?)')
  const places: Place[] = []
  inPortions(staging, titles, (title) => {
    insert.run(places.length, JSON.stringify(title))
    places.push({ number: places.length, bucket: bucketOf(title) })
  })
  return places.toSorted((a, b) => a.bucket - b.bucket || a.number - b.number)
}

function inPortions<T>(db: Database, entries: Iterable<T>, write: (entry: T) => void): void {
  let count = 0
  db.exec('BEGIN')
  for (const entry of entries) {
    write(entry)
    count += 1
    if (count % TRANSACTION_TITLES === 0) db.exec('COMMIT; BEGIN')
  }
  db.exec('COMMIT')
}

/** Keys wait in plain tables of the staging file: sorted once, they are written in order. */
function build(db: Database, staging: Database, places: readonly Place[]): void {
  const setting = db.prepare('INSERT INTO titleIndex (titleIndex, rank) VALUES (?, ?)')
  // A setting must be an integer; a number would be bound as a real.
  setting.run('automerge', 0n)
  setting.run('hashsize', BigInt(HASH_BYTES))
  db.exec('DROP INDEX title_id')
  for (const { name, column, type } of lookupTables) {
    staging.exec(`CREATE TABLE ${name} (${column} ${type} NOT NULL, rank INTEGER NOT NULL) STRICT`)
  }
  const titlesByWord = new Map<string, number>()
  const writer = openTitleWriter(db, { lookups: staging, titlesByWord })
  const tables = openSearchTables()
  const read = staging.prepare('SELECT body FROM staged WHERE number = ?').pluck()
  let bucket = -1
  let rank = 0
  staging.exec('BEGIN')
  inPortions(db, places, (place) => {
    rank = place.bucket === bucket ? rank + 1 : firstRankOf(place.bucket)
    bucket = place.bucket
    if (rank >= firstRankOf(bucket + 1)) throw new Error(`bucket ${bucket} is full`)
    const title = JSON.parse(read.get(place.number) as string) as Title
    writer.insert(title, rank, indexTitle(title, tables))
  })
  staging.exec('COMMIT')
  const addWord = db.prepare('INSERT INTO vocabulary VALUES (?, ?)')
  const words = [...titlesByWord].toSorted(([a], [b]) => (a < b ? -1 : 1))
  inPortions(db, words, ([word, count]) => addWord.run(word, count))
}

function loadBibs(db: Database, bibs: Iterable<Bib>): void {
  const insert = db.prepare('INSERT INTO bib (id, body) VALUES (?, ?)')
  const addNumber = db.prepare('INSERT INTO bibByNumber VALUES (?, ?)')
  inPortions(db, bibs, (bib) => {
    const number = insert.run(bib.id, packBib(bib)).lastInsertRowid
    for (const key of recordNumbersOf(bib)) addNumber.run(key, number)
  })
}

function finish(db: Database, staging: Database, counts: { titles: number; cursor: number }): void {
  const setting = db.prepare('INSERT INTO titleIndex (titleIndex, rank) VALUES (?, ?)')
  // First of all: what merging frees, a fifth of the file, is filled by what follows.
  db.prepare("INSERT INTO titleIndex (titleIndex) VALUES ('optimize')").run()
  setting.run('hashsize', BigInt(HASH_BYTES_DEFAULT))
  setting.run('automerge', 16n)
  db.exec(TITLE_ID_INDEX)
  for (const { name, column } of lookupTables) {
    const sorted = staging
      .prepare(`SELECT ${column}, rank FROM ${name} ORDER BY ${column}, rank`)
      .raw()
      .iterate() as IterableIterator<[string | number, number]>
    const insert = db.prepare(`INSERT INTO ${name} VALUES (?, ?)`)
    inPortions(db, sorted, ([key, rank]) => insert.run(key, rank))
  }
  const save = db.prepare('INSERT OR REPLACE INTO progress VALUES (?, ?)')
  save.run('titlesCount', counts.titles)
  save.run('cursor', counts.cursor)
  // Its records have no times: what changes from now on will have one.
  save.run('changesSince', Date.now())
  db.pragma('synchronous = FULL')
  db.pragma('wal_checkpoint(TRUNCATE)')
}
