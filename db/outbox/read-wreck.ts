/**
 * What a damaged outbox.db still gives. A page that is gone takes its rows with it and no others:
 * rows are read by ranges of their number, halved around what cannot be read (no recovery extension
 * is in this build of SQLite).
 */
import { StorageFailure, failing, openDatabase } from '../open.ts'
import type { Database } from '../open.ts'
import type { AuditLine } from './audit.ts'
import { OUTBOX_APPLICATION_ID } from './outbox.ts'
import type { DeskIdentity } from './outbox.ts'

/** A row of `operation` as SQLite gives it: JSON columns still text. */
export type OperationRow = Readonly<Record<string, string | number | null>> & {
  readonly epoch: number
  readonly seq: number
  readonly id: string
  readonly body: string
  readonly hash: string
}

export interface Wreck {
  readonly identity: () => DeskIdentity | null
  /** In the order of their numbers, as far as they can be read. */
  readonly operations: (visit: (row: OperationRow) => void) => void
  readonly audit: (visit: (line: AuditLine) => void) => void
  readonly settings: (visit: (name: string, value: string) => void) => void
  readonly close: () => void
}

const ROWS_AT_ONCE = 128
/** Where not even the number of the last row can be read: so many in vain are the end. */
const ROWS_IN_VAIN = 64 * ROWS_AT_ONCE

/** Null where not even the schema can be read, or the key does not fit. */
export function openWreck(path: string, key: Uint8Array | null): Wreck | null {
  const applicationId = OUTBOX_APPLICATION_ID
  const db = unlessUnreadable(() =>
    openDatabase({ path, key, applicationId, access: 'exclusive', check: 'never' }),
  )
  if (db === null) return null
  const rowsOf = (table: string, visit: (row: unknown) => void): void => {
    unlessUnreadable(() => {
      const range = db.prepare(`SELECT * FROM ${table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid`)
      const last = lastRowId(db, table)
      const read = (from: number, to: number) =>
        unlessUnreadable(() => failing(path, () => range.all(from, to)))
      let lastFound = 0
      const found = (row: unknown, from: number): void => {
        lastFound = Math.max(lastFound, from)
        visit(row)
      }
      for (let from = 1; from <= (last ?? lastFound + ROWS_IN_VAIN); from += ROWS_AT_ONCE) {
        readHalving(read, from, from + ROWS_AT_ONCE - 1, (row) => found(row, from))
      }
    })
  }
  return {
    identity: () => identityIn(db),
    operations: (visit) => rowsOf('operation', (row) => visit(row as OperationRow)),
    audit: (visit) => rowsOf('audit', (row) => visit(row as AuditLine)),
    settings: (visit) => {
      const found = unlessUnreadable(() =>
        failing(path, () => db.prepare('SELECT name, value FROM setting').all()),
      )
      for (const row of (found ?? []) as { name: string; value: string }[]) {
        visit(row.name, row.value)
      }
    },
    close: () => {
      unlessUnreadable(() => failing(path, () => db.close()))
    },
  }
}

function readHalving(
  read: (from: number, to: number) => unknown[] | null,
  from: number,
  to: number,
  visit: (row: unknown) => void,
): void {
  const rows = read(from, to)
  if (rows !== null) {
    for (const row of rows) visit(row)
    return
  }
  if (from === to) return
  const middle = Math.floor((from + to) / 2)
  readHalving(read, from, middle, visit)
  readHalving(read, middle + 1, to, visit)
}

function lastRowId(db: Database, table: string): number | null {
  return unlessUnreadable(() =>
    failing(db.name, () =>
      Number(db.prepare(`SELECT max(rowid) FROM ${table}`).pluck().get() ?? 0),
    ),
  )
}

function identityIn(db: Database): DeskIdentity | null {
  const row = unlessUnreadable(() =>
    failing(db.name, () => db.prepare('SELECT * FROM desk').get()),
  ) as (Record<string, unknown> & { id: number }) | null | undefined
  if (row === null || row === undefined) return null
  const { id: _one, ...identity } = row
  return { ...identity, isSampleCity: identity['isSampleCity'] === 1 } as unknown as DeskIdentity
}

/** Null for what a damaged file says; anything else is thrown on. */
export function unlessUnreadable<T>(work: () => T): T | null {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof StorageFailure) || !isUnreadable(error)) throw error
    return null
  }
}

const isUnreadable = ({ code }: StorageFailure): boolean =>
  code === 'damaged' || code === 'wrong-key' || code === 'io'
