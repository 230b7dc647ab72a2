/** The city's catalogue with its search index as one plain database file. */
import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync } from 'node:fs'

import type { Bib, Title } from '../../domain/records.ts'
import { bulkLoad } from '../catalogue/bulk-load.ts'
import { CATALOGUE_APPLICATION_ID, catalogueMigrations } from '../catalogue/catalogue.ts'
import { migrate } from '../migrate.ts'
import { StorageFailure, encryptInPlace, failing, isWhole, openDatabase } from '../open.ts'
import type { Database } from '../open.ts'

/** Shadow tables of the index are made by SQLite, and named by it. */
function schemaOf(db: Database): string {
  const rows = db
    .prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name')
    .raw()
    .all()
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex')
}

let schema: string | null = null
/** Another program's file has another one: its own index rules included in the version number. */
export function catalogueSchema(): string {
  if (schema !== null) return schema
  const db = openDatabase({
    path: ':memory:',
    key: null,
    applicationId: CATALOGUE_APPLICATION_ID,
    access: 'exclusive',
  })
  migrate(db, catalogueMigrations)
  schema = schemaOf(db)
  db.close()
  return schema
}

/** Writes `path`, which must not exist. Answers the number of titles. Throws StorageFailure. */
export function writeCatalogueFile(
  path: string,
  cursor: number,
  titles: Iterable<Title>,
  bibs: Iterable<Bib>,
): number {
  return bulkLoad(path, null, titles, { cursor, bibs }).titlesCount
}

/**
 * Makes a file that came from elsewhere one of this desk's: its tables are compared, its pages are
 * read, then it is encrypted (46 MB in 0.8 s). Throws StorageFailure `damaged`.
 */
export function adoptCatalogueFile(path: string, key: Uint8Array | null): void {
  const db = openDatabase({
    path,
    key: null,
    applicationId: CATALOGUE_APPLICATION_ID,
    access: 'exclusive',
  })
  try {
    failing(path, () => {
      if (schemaOf(db) !== catalogueSchema() || !isWhole(db)) {
        throw new StorageFailure('damaged', `${path} is not a catalogue of this program`)
      }
      // No log, which a rekey does not take: a copy that a power cut tears is made again.
      db.pragma('journal_mode = DELETE')
      db.pragma('journal_mode = OFF')
      if (key !== null) encryptInPlace(db, key)
    })
  } finally {
    db.close()
  }
  const file = openSync(path, 'r')
  fsyncSync(file)
  closeSync(file)
}
