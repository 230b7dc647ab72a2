/**
 * outbox.db: what this desk did (design/sync.md, Files on the desk). Every commit is at
 * synchronous=FULL: "done" is shown after it.
 */
import { jsonOnce } from '../json-once.ts'
import { migrate } from '../migrate.ts'
import { guarded, inTransaction, isWhole, openDatabase } from '../open.ts'
import type { Database } from '../open.ts'
import { logCarrier } from '../wal-pages.ts'
import type { CarriesLog } from '../wal-pages.ts'
import { operations } from './0010-operations.ts'
import { answeredAt } from './0020-answered-at.ts'
import { logTurns } from './0030-log-turns.ts'
import { auditTrail } from './audit.ts'
import type { AuditEntry, AuditLine } from './audit.ts'
import { identityStore } from './identity.ts'
import type { DeskIdentity } from './identity.ts'
import { logTurnsOf } from './log-turns.ts'
import type { LogTurns } from './log-turns.ts'
import { pruner } from './prune.ts'
import type {
  OutcomeName,
  StoredOperation,
  NewOperation,
  Answered,
  OutcomeOf,
} from './stored-operation.ts'

/** `CDob` in ASCII. */
export const OUTBOX_APPLICATION_ID = 0x43_44_6f_62
export const outboxMigrations = [operations, answeredAt, logTurns]

const FIRST_HASH = '0'.repeat(64)

export type { DeskIdentity } from './identity.ts'
export type {
  OutcomeName,
  StoredOperation,
  NewOperation,
  Answered,
  OutcomeOf,
} from './stored-operation.ts'

/** Sequence numbers are of the present epoch, unless one is named. */
export interface Outbox extends LogTurns, CarriesLog {
  readonly identity: () => DeskIdentity | null
  readonly saveIdentity: (identity: DeskIdentity) => void
  /** 0 before the first. */
  readonly lastSeq: () => number
  /** The oldest that is kept: those before it were pruned. 0 where there is none. */
  readonly firstSeq: () => number
  /** 64 zeros before the first. */
  readonly headHash: () => string
  /** Durable when it returns. `undoes`: the id of the operation that this one takes back. */
  readonly append: (operation: NewOperation, undoes: string | null) => void
  /** It has the next number of its epoch and follows on. */
  readonly fits: (operation: NewOperation) => boolean
  readonly byRequestId: (requestId: string) => StoredOperation | null
  /** The id of the operation that `id` took back, or null. */
  readonly undoneWith: (id: string) => string | null
  readonly byId: (id: string) => StoredOperation | null
  readonly bySeq: (seq: number) => StoredOperation | null
  /** What is needed to decide it again: the rest is three times as much to read. */
  readonly bodyOf: (seq: number) => Pick<StoredOperation, 'id' | 'body'> | null
  /** In order, of one epoch, the oldest; of more than one only what fits `bytesMax` of bodies. */
  readonly unsent: (limit: number, bytesMax?: number) => StoredOperation[]
  /** Whole operations, all of them: an import's are 1 MB each. */
  readonly unsettled: () => StoredOperation[]
  /** Unsettled ones after `seq`, in order, by number: a long queue of imports fits no memory. */
  readonly unsettledSeqs: (after: number) => number[]
  /** Answered and not settled. */
  readonly answered: () => Answered[]
  /**
   * Idempotent; another outcome for an answered operation throws (I9). `at`: now, unless told. Those
   * of an ended `epoch` are settled with it: the rows hold nothing of it.
   */
  readonly saveOutcomes: (outcomes: readonly OutcomeOf[], at?: number, epoch?: number) => void
  readonly settle: (seqs: readonly number[]) => void
  /** Done at or after `at`, newest first. */
  readonly since: (at: number, limit: number) => StoredOperation[]
  /** From `from`, before `until`; the newest first, `skip` of them passed over. */
  readonly between: (from: number, until: number, limit: number, skip: number) => StoredOperation[]
  /** Null where nothing was done yet, or all of it was pruned. */
  readonly firstAt: () => number | null
  /** How many of each kind were done at or after `at`, the undone and the refused left out. */
  readonly countsBetween: (from: number, until: number) => ReadonlyMap<string, number>
  readonly pendingCount: () => number
  readonly audit: (entry: AuditEntry) => void
  readonly auditTail: (limit: number) => AuditLine[]
  /** The number of the first audit line that was tampered with, or null. */
  readonly auditFirstBroken: () => number | null
  readonly setting: (name: string) => string | null
  readonly saveSetting: (name: string, value: string | null) => void
  /**
   * Forgets, oldest first and of each epoch only what leaves no gap, operations that are settled and
   * were answered before `answeredBefore`. The newest of an epoch stays: it is the chain's head.
   * At most `limit` at once; answers how many.
   */
  readonly prune: (answeredBefore: number, limit: number) => number
  /** Writes a whole copy under the same key to a file that is not there yet. Never copy files. */
  readonly copyInto: (path: string) => void
  /** Reads every page. */
  readonly isWhole: () => boolean
  readonly close: () => void
}

/** Throws StorageFailure. */
export function openOutbox(path: string, key: Uint8Array | null): Outbox {
  const db = openDatabase({ path, key, applicationId: OUTBOX_APPLICATION_ID, access: 'exclusive' })
  try {
    migrate(db, outboxMigrations)
    const identity = identityStore(db)
    const trail = auditTrail(db)
    const epoch = (): number => identity.identity()?.epoch ?? 1
    const writes = operationWrites(db, epoch)
    return guarded(path, {
      ...identity,
      ...operationReads(db, epoch),
      ...bodyReads(db, epoch),
      ...writes,
      ...logTurnsOf({
        db,
        read: (row) => rowToOperation(row as Row),
        append: writes.append,
        insert: (operation) => insertOperation(db, operation),
        saveIdentity: identity.saveIdentity,
      }),
      ...settings(db),
      prune: pruner(db),
      copyInto: (into) => {
        db.prepare('VACUUM INTO ?').run(into)
      },
      audit: trail.add,
      auditTail: trail.tail,
      auditFirstBroken: trail.firstBroken,
      isWhole: () => isWhole(db),
      ...logCarrier(db),
      close: () => {
        db.close()
      },
    })
  } catch (error) {
    db.close()
    throw error
  }
}

/** A row as SQLite gives it: JSON columns still text. */
type Row = Record<keyof StoredOperation, string | number | null>

const jsonColumns = [
  'body',
  'changes',
  'inverse',
  'findings',
  'summary',
  'about',
  'positions',
  'outcomeFindings',
] as const

function rowToOperation(row: Row): StoredOperation {
  const parsed = Object.fromEntries(
    jsonColumns.map((name) => [name, JSON.parse(row[name] as string)]),
  )
  return { ...row, ...parsed, isSettled: row.isSettled === 1 } as unknown as StoredOperation
}

type Reads =
  | 'lastSeq'
  | 'firstSeq'
  | 'fits'
  | 'undoneWith'
  | 'headHash'
  | 'byRequestId'
  | 'byId'
  | 'bySeq'
  | 'unsent'
  | 'unsettled'
  | 'unsettledSeqs'
  | 'answered'
  | 'since'
  | 'between'
  | 'firstAt'
  | 'countsBetween'
  | 'pendingCount'

function operationReads(db: Database, epoch: () => number): Pick<Outbox, Reads> {
  const select = (tail: string) => db.prepare(`SELECT * FROM operation ${tail}`)
  const head = db.prepare(
    'SELECT seq, hash FROM operation WHERE epoch = ? ORDER BY seq DESC LIMIT 1',
  )
  const first = db.prepare('SELECT min(seq) FROM operation WHERE epoch = ?').pluck()
  const undoneWith = db.prepare('SELECT id FROM operation WHERE undoneBy = ?').pluck()
  const byRequestId = select('WHERE requestId = ?')
  const byId = select('WHERE id = ?')
  const bySeq = select('WHERE epoch = ? AND seq = ?')
  // The indexes are named: left to itself SQLite looks for the answered through all that was ever
  // answered, which after 100,000 operations takes 0.4 s for each page.
  const unsent = select(
    `INDEXED BY operation_unsent WHERE outcome = 'pending' AND epoch =
       (SELECT min(epoch) FROM operation INDEXED BY operation_unsent WHERE outcome = 'pending')
     ORDER BY seq LIMIT ?`,
  )
  const unsettled = select(
    'INDEXED BY operation_unsettled WHERE isSettled = 0 AND epoch = ? ORDER BY seq',
  )
  const unsettledSeqs = db
    .prepare(
      `SELECT seq FROM operation INDEXED BY operation_unsettled
       WHERE isSettled = 0 AND epoch = ? AND seq > ? ORDER BY seq`,
    )
    .pluck()
  const answered = db.prepare(
    `SELECT seq, outcome, positions FROM operation INDEXED BY operation_unsettled
     WHERE isSettled = 0 AND epoch = :epoch AND outcome <> 'pending' AND seq <=
       (SELECT max(seq) FROM operation WHERE epoch = :epoch AND outcome <> 'pending')
     ORDER BY seq`,
  )
  const since = select('WHERE at >= ? ORDER BY at DESC, epoch DESC, seq DESC LIMIT ?')
  const pending = db.prepare(`SELECT count(*) FROM operation WHERE outcome = 'pending'`).pluck()
  const one = (row: unknown) => (row === undefined ? null : rowToOperation(row as Row))
  const all = (rows: unknown[]) => rows.map((row) => rowToOperation(row as Row))
  const headOf = (of: number) => head.get(of) as { seq: number; hash: string } | undefined
  const headRow = () => headOf(epoch())
  return {
    lastSeq: () => headRow()?.seq ?? 0,
    firstSeq: () => (first.get(epoch()) as number | null) ?? 0,
    headHash: () => headRow()?.hash ?? FIRST_HASH,
    fits: (operation) => {
      const last = headOf(operation.epoch)
      return operation.seq === (last?.seq ?? 0) + 1 && follows(operation, last?.hash ?? FIRST_HASH)
    },
    undoneWith: (id) => (undoneWith.get(id) as string | undefined) ?? null,
    byRequestId: (requestId) => one(byRequestId.get(requestId)),
    byId: (id) => one(byId.get(id)),
    bySeq: (seq) => one(bySeq.get(epoch(), seq)),
    unsent: (limit, bytesMax = Number.POSITIVE_INFINITY) =>
      all(withinBytes(unsent.iterate(limit) as Iterable<Row>, bytesMax)),
    unsettled: () => all(unsettled.all(epoch())),
    unsettledSeqs: (after) => unsettledSeqs.all(epoch(), after) as number[],
    answered: () =>
      (
        answered.all({ epoch: epoch() }) as {
          seq: number
          outcome: OutcomeName
          positions: string
        }[]
      ).map((row) => ({ ...row, positions: JSON.parse(row.positions) as Answered['positions'] })),
    since: (at, limit) => all(since.all(at, limit)),
    ...ofDays(db),
    pendingCount: () => pending.get() as number,
  }
}

/** What the list of a day asks. */
function ofDays(db: Database): Pick<Outbox, 'between' | 'firstAt' | 'countsBetween'> {
  const between = db.prepare(
    'SELECT * FROM operation WHERE at >= ? AND at < ? ORDER BY at DESC, epoch DESC, seq DESC LIMIT ? OFFSET ?',
  )
  const firstAt = db.prepare('SELECT min(at) FROM operation').pluck()
  const counts = db.prepare(
    `SELECT kind, count(*) AS count FROM operation
     WHERE at >= ? AND at < ? AND undoneBy IS NULL AND outcome <> 'refused' GROUP BY kind`,
  )
  counts.raw()
  return {
    between: (from, until, limit, skip) =>
      between.all(from, until, limit, skip).map((row) => rowToOperation(row as Row)),
    firstAt: () => firstAt.get() as number | null,
    countsBetween: (from, until) => new Map(counts.all(from, until) as [string, number][]),
  }
}

function bodyReads(db: Database, epoch: () => number): Pick<Outbox, 'bodyOf'> {
  const read = db.prepare('SELECT id, body FROM operation WHERE epoch = ? AND seq = ?')
  return {
    bodyOf(seq) {
      const row = read.get(epoch(), seq) as { id: string; body: string } | undefined
      return row === undefined ? null : { id: row.id, body: JSON.parse(row.body) as unknown }
    },
  }
}

/** The first of `rows` whose bodies fit; always at least one. Reads no row beyond. */
function withinBytes(rows: Iterable<Row>, bytesMax: number): Row[] {
  const fitting: Row[] = []
  let bytes = 0
  for (const row of rows) {
    bytes += Buffer.byteLength(row.body as string)
    if (fitting.length > 0 && bytes > bytesMax) break
    fitting.push(row)
  }
  return fitting
}

export const insertColumns = [
  'epoch',
  'seq',
  'id',
  'requestId',
  'kind',
  'body',
  'hash',
  'at',
  'staffId',
  'branchId',
  'changes',
  'inverse',
  'findings',
  'summary',
  'about',
  'factsAgeMs',
] as const satisfies readonly (keyof NewOperation)[]

const INSERT_OPERATION = `INSERT INTO operation (${insertColumns.join(', ')})
  VALUES (${insertColumns.map((name) => `:${name}`).join(', ')})`

const operationToRow = (operation: NewOperation): object =>
  Object.fromEntries(
    insertColumns.map((name) => [
      name,
      isJson(name) ? jsonOnce(operation[name] ?? null) : operation[name],
    ]),
  )

/** Where no number is checked: into an outbox that is being rebuilt. */
export function insertOperation(db: Database, operation: NewOperation): void {
  db.prepare(INSERT_OPERATION).run(operationToRow(operation))
}

const isJson = (column: string): boolean => (jsonColumns as readonly string[]).includes(column)

function operationWrites(
  db: Database,
  epoch: () => number,
): Pick<Outbox, 'append' | 'saveOutcomes' | 'settle'> {
  const head = db
    .prepare('SELECT hash FROM operation WHERE epoch = ? ORDER BY seq DESC LIMIT 1')
    .pluck()
  const insert = db.prepare(INSERT_OPERATION)
  const markUndone = db.prepare('UPDATE operation SET undoneBy = ? WHERE id = ?')
  const unmarkUndone = db.prepare(
    `UPDATE operation SET undoneBy = NULL
     WHERE undoneBy = (SELECT id FROM operation WHERE epoch = ? AND seq = ?)`,
  )
  const answer = db.prepare(
    `UPDATE operation SET outcome = ?, positions = ?, outcomeFindings = ?,
       answeredAt = coalesce(answeredAt, ?)
     WHERE epoch = ? AND seq = ?`,
  )
  const settle = db.prepare('UPDATE operation SET isSettled = 1 WHERE epoch = ? AND seq = ?')
  return {
    append(operation, undoes) {
      inTransaction(db, () => {
        assertChained(operation, (head.get(operation.epoch) as string | undefined) ?? FIRST_HASH)
        insert.run(operationToRow(operation))
        if (undoes !== null) markUndone.run(operation.id, undoes)
      })
    },
    saveOutcomes(outcomes, at = Date.now(), of = epoch()) {
      inTransaction(db, () => {
        for (const { seq, outcome, positions, findings } of outcomes) {
          const texts = [JSON.stringify(positions), JSON.stringify(findings)]
          answer.run(outcome, ...texts, at, of, seq)
          // An undo that the server did not apply took nothing back.
          if (outcome === 'refused' || outcome === 'quarantined') unmarkUndone.run(of, seq)
          if (of !== epoch()) settle.run(of, seq)
        }
      })
    },
    settle(seqs) {
      if (seqs.length === 0) return
      inTransaction(db, () => {
        for (const seq of seqs) settle.run(epoch(), seq)
      })
    },
  }
}

/** The chain is the proof that nothing was left out: it is checked before it is made longer. */
function assertChained(operation: NewOperation, head: string): void {
  if (follows(operation, head)) return
  throw new Error(`operation ${operation.seq} does not follow ${head.slice(0, 8)}`)
}

const follows = ({ body }: NewOperation, head: string): boolean =>
  (body as { prevHash?: unknown } | null)?.prevHash === head

function settings(db: Database): Pick<Outbox, 'setting' | 'saveSetting'> {
  const read = db.prepare('SELECT value FROM setting WHERE name = ?').pluck()
  const save = db.prepare('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)')
  const erase = db.prepare('DELETE FROM setting WHERE name = ?')
  return {
    setting: (name) => (read.get(name) as string | undefined) ?? null,
    saveSetting(name, value) {
      inTransaction(db, () => (value === null ? erase.run(name) : save.run(name, value)))
    },
  }
}
