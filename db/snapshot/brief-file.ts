/** The city's brief facts as one plain database file: what a new desk begins with. */
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'

import { failing, inTransaction, openDatabase } from '../open.ts'
import type { Database } from '../open.ts'
import { putSqlOf, recordToSql } from '../replica/apply-changes.ts'
import { tableSql } from '../replica/tables.ts'
import type { BlockedCard } from '../../domain/ledger-records.ts'
import type { Item } from '../../domain/records.ts'

/** `CDbr` in ASCII. */
export const BRIEF_APPLICATION_ID = 0x43_44_62_72
export const briefKinds = ['item', 'blocked-card'] as const
type BriefRow = readonly ['item', Item] | readonly ['blocked-card', BlockedCard]

const schemaSql = briefKinds.map(tableSql).join('\n')
/** Another program's file has another one. */
export const briefSchema = createHash('sha256').update(schemaSql).digest('hex')

const TRANSACTION_ROWS = 20_000

/** Writes `path` anew. It holds nothing personal: no key. Throws StorageFailure. */
export function writeBriefFile(path: string, rows: Iterable<BriefRow>): number {
  rmSync(path, { force: true })
  const db = openDatabase({
    path,
    key: null,
    applicationId: BRIEF_APPLICATION_ID,
    access: 'exclusive',
  })
  try {
    return failing(path, () => {
      db.exec(schemaSql)
      const count = writeRows(db, rows)
      db.pragma('wal_checkpoint(TRUNCATE)')
      // One file, without a log beside it.
      db.pragma('journal_mode = DELETE')
      return count
    })
  } finally {
    db.close()
  }
}

function writeRows(db: Database, rows: Iterable<BriefRow>): number {
  const insert = new Map(briefKinds.map((kind) => [kind, db.prepare(putSqlOf(kind))]))
  let count = 0
  let waiting: BriefRow[] = []
  const flush = (): void =>
    inTransaction(db, () => {
      for (const [kind, row] of waiting) insert.get(kind)?.run(...recordToSql(kind, row))
      waiting = []
    })
  for (const row of rows) {
    waiting.push(row)
    count += 1
    if (waiting.length === TRANSACTION_ROWS) flush()
  }
  flush()
  return count
}

/** Throws StorageFailure `damaged` where the file is none of ours or broken. */
export function assertBriefFile(path: string): void {
  const db = openDatabase({
    path,
    key: null,
    applicationId: BRIEF_APPLICATION_ID,
    access: 'exclusive',
  })
  try {
    const sql = db
      .prepare(`SELECT sql FROM sqlite_schema WHERE type <> 'index' ORDER BY rowid`)
      .pluck()
      .all()
    const isOurs = sql.length === briefKinds.length && sql.join(';\n') + ';' === schemaSql
    if (!isOurs) throw new Error('the tables are not those of the brief facts')
    db.pragma('journal_mode = DELETE')
  } finally {
    db.close()
  }
}
