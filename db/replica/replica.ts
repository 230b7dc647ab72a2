/**
 * replica.db: what the server can send again, and what the desk did since (design/sync.md).
 * Disposable: a file with another schema or a damaged one is replaced by an empty one, never migrated.
 */
import { createHash } from 'node:crypto'
import { existsSync, renameSync, rmSync } from 'node:fs'

import { applyChange, inverseOf, keyOfChange } from '../../domain/change.ts'
import type { Change, RecordKey } from '../../domain/change.ts'
import type { Facts, Subject } from '../../domain/facts.ts'
import type { LoggedOperation } from '../../domain/gathering.ts'
import type { RecordKind, RecordOf } from '../../domain/records.ts'
import type { Scope, ScopeNumbers } from '../../domain/scopes.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { committer } from '../commit-at.ts'
import type { Durability } from '../commit-at.ts'
import { StorageFailure, failing, guarded, isWhole, inTransaction, openDatabase } from '../open.ts'
import type { Database } from '../open.ts'
import { withWideCache } from '../wide-cache.ts'
import { logCarrier } from '../wal-pages.ts'
import type { CarriesLog } from '../wal-pages.ts'
import { changeWriter } from './apply-changes.ts'
import type { ChangeWriter } from './apply-changes.ts'
import { copyBrief } from './copy-brief.ts'
import { loadFacts } from './load-facts.ts'
import { keysOf, partsOfKey, pendingOperations } from './pending-operations.ts'
import type { PendingChanges, PendingOperations } from './pending-operations.ts'
import { entriesBeyond, rebase } from './rebase.ts'
import type { Changed, Page } from './rebase.ts'
import { openRows } from './rows.ts'
import type { EssentialRows, Rows } from './rows.ts'
import { replicaSchemaSql } from './tables.ts'

/** `CDrp` in ASCII. */
export const REPLICA_APPLICATION_ID = 0x43_44_72_70

/** A page may lead to all of them being decided again. */
const PENDING_MANY = 500

export interface ReplicaSources {
  readonly catalogue: Catalogue
  /** The desk's own log: what `operation.undo` is about. */
  readonly logged: (id: string) => LoggedOperation | null
  /** Where this desk stands; null before it is known to the city. */
  readonly ownBranchId: () => string | null
  /** Absent where nothing stands in for records that were lost. */
  readonly essentials?: EssentialRows
}

export interface Replica extends CarriesLog {
  /** What became of the file that was there. After the last two the cursors start from 0. */
  readonly opened: 'as-it-was' | 'new' | 'schema-changed' | 'was-damaged'
  /** Throws where the city's own records are missing. */
  readonly gather: (subject: Subject, branchId: string) => Facts
  readonly row: Rows['row']
  readonly find: Rows['find']
  /** For the questions of db/queries. */
  readonly rows: Rows
  /** One for each change, in the same order; later changes of a key see the earlier ones. */
  readonly inverseOf: (changes: readonly Change[]) => Change[]
  /** The newest own operation in the rows; 0 before the first. */
  readonly localSeq: () => number
  /** Durable only with the next page: what a power cut takes is applied again from the outbox. */
  readonly applyLocal: (
    operation: { readonly seq: number; readonly id: string },
    changes: readonly Change[],
  ) => void
  /** As last applied or replayed; null once settled. */
  readonly pendingChanges: (seq: number) => PendingChanges | null
  /** Own operations that the rows still hold above the server's. */
  readonly pendingSeqs: () => readonly number[]
  /** A scope that is not named stands at 0. */
  readonly cursors: () => ScopeNumbers
  /** The feed of a scope of which nothing is here yet no longer begins at 1. */
  readonly beginAt: (scope: Scope, number: number) => void
  /** Throws ReplicaGap; all or nothing, durable when it returns. */
  readonly applyPage: (page: Page) => Changed
  /**
   * Takes the brief facts from a snapshot's file, where this replica has none of them yet; `pause`
   * lets the desk work between two slices. Durable when it returns; broken off, it starts again.
   */
  readonly importBrief: (
    file: { readonly path: string; readonly cursor: number },
    redecide: Page['redecide'],
    pause: () => Promise<void>,
  ) => Promise<void>
  /** Reads every page. */
  readonly isWhole: () => boolean
  readonly close: () => void
}

/** Throws StorageFailure. */
export function openReplica(
  path: string,
  key: Uint8Array | null,
  sources: ReplicaSources,
): Replica {
  const { db, opened } = openFile(path, key)
  try {
    return {
      opened,
      ...guarded(
        path,
        failing(path, () => replicaOver(db, sources)),
      ),
    }
  } catch (error) {
    // Windows moves no open file aside.
    db.close()
    throw error
  }
}

/** Throws the file away; it must be closed. The next opening starts from nothing. */
export function discardReplica(path: string): void {
  setAside(path, 'schema-changed')
}

type AnyRow = RecordOf<RecordKind>

function replicaOver(db: Database, sources: ReplicaSources): Omit<Replica, 'opened'> {
  const rows = openRows(db, sources.catalogue, sources.essentials ?? null)
  const parts: Parts = {
    db,
    commit: committer(db),
    rows,
    images: imagesOver(rows),
    writer: changeWriter(db, rows),
    pending: pendingOperations(db),
    progress: progressStore(db),
    ownBranchId: sources.ownBranchId,
  }
  return {
    gather: (subject, branchId) => loadFacts(rows, sources.logged, subject, branchId),
    row: rows.row,
    find: rows.find,
    rows,
    inverseOf: (changes) => [...parts.images.of(changes).inverse],
    localSeq: parts.progress.localSeq,
    applyLocal: (operation, changes) => {
      applyLocal(parts, operation, changes)
    },
    pendingChanges: parts.pending.changesOf,
    pendingSeqs: () => parts.pending.list().map((one) => one.seq),
    cursors: parts.progress.cursors,
    beginAt(scope, number) {
      const at = parts.progress.cursors()[scope] ?? 0
      if (at > 0) throw new Error(`${scope} is at ${at} already`)
      inTransaction(db, () => parts.progress.saveCursors({ [scope]: number }))
    },
    applyPage: (page) =>
      withWideCache(db, parts.pending.list().length > PENDING_MANY, () => applyPage(parts, page)),
    importBrief: (file, redecide, pause) => importBrief(parts, file, redecide, pause),
    isWhole: () => isWhole(db),
    ...logCarrier(db),
    close: () => {
      db.close()
    },
  }
}

interface Parts {
  readonly db: Database
  readonly commit: ReturnType<typeof committer>
  readonly rows: Rows
  readonly images: Images
  readonly writer: ChangeWriter
  readonly pending: PendingOperations
  readonly progress: ReturnType<typeof progressStore>
  readonly ownBranchId: ReplicaSources['ownBranchId']
}

function applyLocal(
  parts: Parts,
  operation: { readonly seq: number; readonly id: string },
  changes: readonly Change[],
): void {
  const { writer, pending, progress } = parts
  if (operation.seq <= progress.localSeq()) {
    throw new Error(`operation ${operation.seq} is in the rows already`)
  }
  const { before, inverse } = parts.images.of(changes)
  atomically(parts, 'NORMAL', () => {
    for (const key of keysOf(changes)) pending.keepBase(key, before.get(key) ?? null)
    writer.apply(changes)
    pending.save(operation, { changes, inverse })
    progress.saveLocalSeq(operation.seq)
  })
}

async function importBrief(
  parts: Parts,
  { path, cursor }: { readonly path: string; readonly cursor: number },
  redecide: Page['redecide'],
  pause: () => Promise<void>,
): Promise<void> {
  if ((parts.progress.cursors().brief ?? 0) > 0) throw new Error('the brief facts are here already')
  const waiting = await copyBrief(parts.db, path, parts.ownBranchId(), pause)
  parts.images.forget()
  const entry = { scope: 'brief' as const, number: cursor, changes: waiting }
  const inverse = (changes: readonly Change[]) =>
    inverseOver(changes, beforeImages(parts.rows, changes))
  const tried = (attempt: () => boolean) => inSavepoint(parts, attempt)
  atomically(parts, 'FULL', () => {
    rebase({ ...parts, inverseOf: inverse, tried }, [entry], { entries: [], settled: [], redecide })
    parts.progress.saveCursors({ brief: cursor })
  })
}

function applyPage(parts: Parts, page: Page): Changed {
  const { rows, progress } = parts
  const { fresh, reached } = entriesBeyond(progress.cursors(), page.entries)
  const inverse = (changes: readonly Change[]) => inverseOver(changes, beforeImages(rows, changes))
  const tried = (attempt: () => boolean) => inSavepoint(parts, attempt)
  // The outbox forgets what this page settles: the page must not be lost after it.
  return atomically(parts, 'FULL', () => {
    const changed = rebase({ ...parts, inverseOf: inverse, tried }, fresh, page)
    progress.saveCursors(reached)
    return changed
  })
}

/** What is kept in memory follows a rollback. */
function atomically<T>(parts: Parts, level: Durability, work: () => T): T {
  try {
    return parts.commit(level, work)
  } catch (error) {
    forgetUnwritten(parts)
    throw error
  } finally {
    parts.images.forget()
  }
}

function inSavepoint(parts: Parts, attempt: () => boolean): boolean {
  parts.db.exec('SAVEPOINT attempt')
  const isKept = attempt()
  if (!isKept) {
    parts.db.exec('ROLLBACK TO attempt')
    forgetUnwritten(parts)
  }
  parts.db.exec('RELEASE attempt')
  return isKept
}

function forgetUnwritten({ rows, pending }: Parts): void {
  rows.forgetCity()
  rows.kept.forget()
  pending.reload()
}

/** Of the rows as they are: the records before `changes`, and what takes these back. */
interface Looked {
  readonly changes: readonly Change[]
  readonly before: ReadonlyMap<RecordKey, AnyRow | null>
  readonly inverse: readonly Change[]
}

interface Images {
  readonly of: (changes: readonly Change[]) => Looked
  /** To be called whenever rows were written. */
  readonly forget: () => void
}

/** The outbox asks for what takes an operation back; the rows, a moment later, for the same again. */
function imagesOver(rows: Rows): Images {
  let last: Looked | null = null
  return {
    of(changes) {
      if (last?.changes === changes) return last
      const before = beforeImages(rows, changes)
      last = { changes, before, inverse: inverseOver(changes, before) }
      return last
    },
    forget() {
      last = null
    },
  }
}

function beforeImages(rows: Rows, changes: readonly Change[]): Map<RecordKey, AnyRow | null> {
  const images = new Map<RecordKey, AnyRow | null>()
  for (const key of new Set(changes.map(keyOfChange))) {
    const { kind, id } = partsOfKey(key)
    images.set(key, rows.storedRow(kind, id))
  }
  return images
}

function inverseOver(
  changes: readonly Change[],
  before: ReadonlyMap<RecordKey, AnyRow | null>,
): Change[] {
  const now = new Map(before)
  return changes.map((change) => {
    const key = keyOfChange(change)
    const row = now.get(key) ?? null
    now.set(key, applyChange(row, change))
    return inverseOf(change, row)
  })
}

function progressStore(db: Database) {
  const localSeq = db.prepare('SELECT localSeq FROM progress').pluck()
  const saveLocalSeq = db.prepare('UPDATE progress SET localSeq = ?')
  const cursors = db.prepare('SELECT scope, number FROM cursor')
  const saveCursor = db.prepare('INSERT OR REPLACE INTO cursor (scope, number) VALUES (?, ?)')
  return {
    localSeq: () => localSeq.get() as number,
    cursors: (): ScopeNumbers => {
      const rows = cursors.all() as { scope: Scope; number: number }[]
      return Object.fromEntries(rows.map(({ scope, number }) => [scope, number]))
    },
    saveLocalSeq: (seq: number) => {
      saveLocalSeq.run(seq)
    },
    saveCursors: (reached: ScopeNumbers) => {
      for (const [scope, number] of Object.entries(reached)) saveCursor.run(scope, number)
    },
  }
}

type Opened = { readonly db: Database; readonly opened: Replica['opened'] }

function openFile(path: string, key: Uint8Array | null): Opened {
  const isNew = path === ':memory:' || !existsSync(path)
  let found: 'as-it-was' | 'schema-changed' | 'was-damaged'
  try {
    const db = openDatabase({
      path,
      key,
      applicationId: REPLICA_APPLICATION_ID,
      access: 'exclusive',
    })
    const fits = ensureSchema(db)
    if (fits) return { db, opened: isNew ? 'new' : 'as-it-was' }
    db.close()
    found = 'schema-changed'
  } catch (error) {
    if (!(error instanceof StorageFailure) || error.code !== 'damaged') throw error
    found = 'was-damaged'
  }
  setAside(path, found)
  return { db: openFile(path, key).db, opened: found }
}

/** False where the file has another program's schema. */
function ensureSchema(db: Database): boolean {
  const sql = replicaSchemaSql()
  const fingerprint = createHash('sha256').update(sql).digest('hex')
  const hasTables = db
    .prepare(`SELECT count(*) FROM sqlite_schema WHERE name = 'progress'`)
    .pluck()
    .get()
  if (hasTables === 1) {
    return db.prepare('SELECT fingerprint FROM progress').pluck().get() === fingerprint
  }
  inTransaction(db, () => {
    db.exec(sql)
    db.prepare('INSERT INTO progress (id, fingerprint) VALUES (1, ?)').run(fingerprint)
  })
  return true
}

/** A damaged file is kept once, for whoever looks into why; its log is half of it and moves along. */
function setAside(path: string, found: 'schema-changed' | 'was-damaged'): void {
  for (const part of ['', '-wal', '-shm']) {
    rmSync(`${path}.damaged${part}`, { force: true })
    if (found === 'schema-changed') rmSync(`${path}${part}`, { force: true })
    else if (existsSync(`${path}${part}`)) renameSync(`${path}${part}`, `${path}.damaged${part}`)
  }
}
