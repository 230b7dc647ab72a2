/**
 * Opening a database of the desk: key, pragmas, checks (reference/security-reliability.md 3, 4).
 * The only import of better-sqlite3, which is the build with ciphers.
 */
import { existsSync } from 'node:fs'

import SqliteDatabase from 'better-sqlite3'

export type Database = SqliteDatabase.Database
export type Statement = SqliteDatabase.Statement

export type StorageFailureCode =
  | 'locked'
  | 'damaged'
  | 'wrong-key'
  | 'key-exposed'
  | 'disk-full'
  | 'from-the-future'
  | 'io'
  /** It was damaged under a running desk, was put aside and begun anew: ask once more. */
  | 'rebuilt'

/** What a disk does to us: expected, typed here, shown as status. Anything else is a defect. */
export class StorageFailure extends Error {
  readonly code: StorageFailureCode
  /** The program that holds the lock, where it is known; for `locked` only. */
  readonly holderPid: number | null
  /** The database it happened to; null where it was none, or where nobody said. */
  readonly file: string | null

  constructor(
    code: StorageFailureCode,
    says: string,
    parts: { cause?: unknown; holderPid?: number | null; file?: string } = {},
  ) {
    super(`${code}: ${says}`, parts.cause === undefined ? {} : { cause: parts.cause })
    this.name = 'StorageFailure'
    this.code = code
    this.holderPid = parts.holderPid ?? null
    this.file = parts.file ?? null
  }
}

export interface OpenOptions {
  /** A file, or `:memory:` (never encrypted, no WAL). */
  readonly path: string
  /** 32 bytes, or null for a plain file. */
  readonly key: Uint8Array | null
  /** Written into a new file and demanded of an old one. */
  readonly applicationId: number
  /** `exclusive`: one connection of one program, no shared-memory file. */
  readonly access: 'exclusive' | 'shared' | 'shared-read-only'
  /** `never`: for reading what a damaged file still gives. By default after an unclean stop. */
  readonly check?: 'after-crash' | 'never'
}

/** The default of 5000 ms would freeze the event loop for as long (measured in the reference). */
const BUSY_TIMEOUT_MS = 250
/** The WAL-reset bug of 3.7.0–3.51.2 loses commits; two connections suffice. */
const SQLITE_VERSION_MIN = [3, 51, 3] as const
const JOURNAL_SIZE_LIMIT_BYTES = 64 * 1024 * 1024
/**
 * 16 MB, for work that never lets anybody in between; a desk carries its logs over before, when
 * nobody waits (wal-pages.ts). A batch of an import writes 2 MB, much of it over and over.
 */
export const LOG_PAGES_MAX = 4_000
const FULL = 2

/** Throws StorageFailure; a pragma that did not take is a defect and throws Error. */
export function openDatabase(options: OpenOptions): Database {
  const { path } = options
  const isFile = path !== ':memory:'
  const isReadOnly = options.access === 'shared-read-only'
  // A write-ahead log beside a closed database means that its program did not close it.
  const wasCut =
    isFile &&
    options.access === 'exclusive' &&
    options.check !== 'never' &&
    existsSync(`${path}-wal`)
  const db = failing(
    path,
    () => new SqliteDatabase(path, { timeout: BUSY_TIMEOUT_MS, readonly: isReadOnly }),
  )
  try {
    return failing(path, () => {
      if (isFile) unlock(db, options.key)
      if (options.access === 'exclusive') db.pragma('locking_mode = EXCLUSIVE')
      setPragmas(db, { isFile, isReadOnly })
      claim(db, options)
      assertVersion(db)
      if (wasCut) assertIntact(db, path)
      return db
    })
  } catch (error) {
    db.close()
    throw error
  }
}

/** Must come before anything else that touches the file. */
function unlock(db: Database, key: Uint8Array | null): void {
  if (key === null) return
  // aegis authenticates every page and is as fast as no cipher on processors with AES.
  db.pragma(`cipher = 'aegis'`)
  db.pragma(`key = ${keyLiteral(key)}`)
}

function keyLiteral(key: Uint8Array): string {
  if (key.length !== 32) throw new Error(`a key has 32 bytes, not ${key.length}`)
  return `"x'${Buffer.from(key).toString('hex')}'"`
}

/** Rewrites every page of a plain file: 46 MB in 0.8 s, safe against a kill (measured). */
export function encryptInPlace(db: Database, key: Uint8Array): void {
  db.pragma(`cipher = 'aegis'`)
  db.pragma(`rekey = ${keyLiteral(key)}`)
}

function setPragmas(db: Database, on: { isFile: boolean; isReadOnly: boolean }): void {
  if (on.isFile) {
    const mode = on.isReadOnly
      ? db.pragma('journal_mode', { simple: true })
      : db.pragma('journal_mode = WAL', { simple: true })
    if (mode !== 'wal') throw new Error(`journal_mode is ${String(mode)}, not wal`)
  }
  // A reopened WAL database comes back at NORMAL, which loses commits at a power cut (measured).
  db.pragma(`synchronous = ${FULL}`)
  if (db.pragma('synchronous', { simple: true }) !== FULL) throw new Error('synchronous not FULL')
  for (const pragma of [
    'foreign_keys = ON',
    'trusted_schema = OFF',
    'cell_size_check = ON',
    // Sorts that spill would be plain files beside an encrypted database.
    'temp_store = MEMORY',
    `journal_size_limit = ${JOURNAL_SIZE_LIMIT_BYTES}`,
    `wal_autocheckpoint = ${LOG_PAGES_MAX}`,
    'secure_delete = FAST',
    'mmap_size = 0',
  ]) {
    db.pragma(pragma)
  }
  if (process.platform === 'darwin') db.pragma('fullfsync = 1')
}

/** Reads the first page: a wrong key shows here at the latest. */
function claim(db: Database, { applicationId, path, access }: OpenOptions): void {
  const found = db.pragma('application_id', { simple: true })
  if (found === applicationId) return
  const isNew = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0
  if (found !== 0 || !isNew) {
    throw new StorageFailure('damaged', `${path} has application id ${String(found)}`, {
      file: path,
    })
  }
  if (access !== 'shared-read-only') db.pragma(`application_id = ${applicationId}`)
}

/** About 2 s for a GB, and only after a crash. */
function assertIntact(db: Database, path: string): void {
  if (!isWhole(db)) throw new StorageFailure('damaged', `${path}: a page is broken`, { file: path })
}

/** Reads every page: about 2 s for a GB. Throws what SQLite throws of a page it cannot read. */
export const isWhole = (db: Database): boolean =>
  db.pragma('quick_check(1)', { simple: true }) === 'ok'

function assertVersion(db: Database): void {
  const version = String(db.prepare('SELECT sqlite_version()').pluck().get())
  const numbers = version.split('.').map(Number)
  for (const [index, least] of SQLITE_VERSION_MIN.entries()) {
    const number = numbers[index] ?? 0
    if (number > least) return
    if (number < least) throw new Error(`SQLite ${version} is older than 3.51.3`)
  }
}

const codes: readonly (readonly [prefix: string, code: StorageFailureCode])[] = [
  ['SQLITE_BUSY', 'locked'],
  ['SQLITE_LOCKED', 'locked'],
  ['SQLITE_CORRUPT', 'damaged'],
  // Also what a file says that is no database at all: under a cipher the two look the same.
  ['SQLITE_NOTADB', 'wrong-key'],
  ['SQLITE_FULL', 'disk-full'],
  ['SQLITE_IOERR', 'io'],
  ['SQLITE_CANTOPEN', 'io'],
  ['SQLITE_READONLY', 'io'],
]

/** Runs `work` on a database; what the disk did becomes a StorageFailure. */
export function failing<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof SqliteDatabase.SqliteError)) throw error
    const code = codes.find(([prefix]) => error.code.startsWith(prefix))?.[1]
    if (code === undefined) throw error
    throw new StorageFailure(code, `${path}: ${error.message}`, { cause: error, file: path })
  }
}

/** The same port, of which every method throws a StorageFailure for what the disk did. */
export function guarded<T extends object>(path: string, port: T): T {
  const methods = Object.entries(port).map(([name, method]: [string, unknown]) => [
    name,
    typeof method === 'function'
      ? (...given: unknown[]) => failing(path, () => method(...given) as unknown)
      : method,
  ])
  return Object.fromEntries(methods) as T
}

/** One transaction, rolled back where `work` throws. Throws StorageFailure for the disk's part. */
export function inTransaction<T>(db: Database, work: () => T): T {
  return failing(db.name, () => db.transaction(work).immediate())
}

/** Statements by their text, prepared once. Not for text that grows with its input. */
export function statementCache(db: Database): (sql: string) => Statement {
  const bySql = new Map<string, Statement>()
  return (sql) => {
    const known = bySql.get(sql)
    if (known !== undefined) return known
    const made = db.prepare(sql)
    bySql.set(sql, made)
    return made
  }
}
