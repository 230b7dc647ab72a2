/**
 * outbox.db: what this desk did (design/sync.md, Files on the desk). Every commit is at
 * synchronous=FULL: "done" is shown after it.
 */
import type { Change } from '../../domain/change.ts'
import type { About, Finding } from '../../domain/operation.ts'
import type { Scope } from '../../domain/records.ts'
import { migrate } from '../migrate.ts'
import { guarded, inTransaction, isWhole, openDatabase } from '../open.ts'
import type { Database } from '../open.ts'
import { operations } from './0010-operations.ts'
import { auditTrail } from './audit.ts'
import type { AuditEntry, AuditLine } from './audit.ts'

/** `CDob` in ASCII. */
export const OUTBOX_APPLICATION_ID = 0x43_44_6f_62
export const outboxMigrations = [operations]

const FIRST_HASH = '0'.repeat(64)

export interface DeskIdentity {
  readonly deviceId: string
  /** Rises when the log starts anew (a clone, a restored disk). */
  readonly epoch: number
  readonly branchId: string
  readonly libraryId: string
  readonly deskName: string
  readonly isSampleCity: boolean
  readonly serverUrl: string | null
  readonly serverEpoch: string | null
}

export type OutcomeName =
  | 'pending'
  | 'applied'
  | 'applied-with-exception'
  | 'refused'
  | 'quarantined'

export interface StoredOperation {
  readonly seq: number
  readonly epoch: number
  readonly id: string
  readonly requestId: string
  readonly kind: string
  /** The body that was hashed, as it goes to the server. */
  readonly body: unknown
  readonly hash: string
  readonly at: number
  readonly staffId: string
  readonly branchId: string
  readonly changes: readonly Change[]
  readonly inverse: readonly Change[]
  readonly findings: readonly Finding[]
  readonly summary: unknown
  readonly about: About
  readonly factsAgeMs: number | null
  readonly outcome: OutcomeName
  /** Where its changes stand in each scope's feed. */
  readonly positions: Partial<Record<Scope, number>>
  readonly outcomeFindings: readonly unknown[]
  /** Answered, and the answer's changes are in the rows this desk holds. */
  readonly isSettled: boolean
  readonly undoneBy: string | null
}

export type NewOperation = Omit<
  StoredOperation,
  'outcome' | 'positions' | 'outcomeFindings' | 'isSettled' | 'undoneBy'
>

export type Answered = Pick<StoredOperation, 'seq' | 'outcome' | 'positions'>

export interface OutcomeOf {
  readonly seq: number
  readonly outcome: Exclude<OutcomeName, 'pending'>
  readonly positions: Partial<Record<Scope, number>>
  readonly findings: readonly unknown[]
}

/** Sequence numbers are of the present epoch throughout. */
export interface Outbox {
  readonly identity: () => DeskIdentity | null
  readonly saveIdentity: (identity: DeskIdentity) => void
  /** 0 before the first. */
  readonly lastSeq: () => number
  /** 64 zeros before the first. */
  readonly headHash: () => string
  /** Durable when it returns. `undoes`: the id of the operation that this one takes back. */
  readonly append: (operation: NewOperation, undoes: string | null) => void
  readonly byRequestId: (requestId: string) => StoredOperation | null
  readonly byId: (id: string) => StoredOperation | null
  readonly bySeq: (seq: number) => StoredOperation | null
  /** In order; of more than one only what fits `bytesMax` of bodies. */
  readonly unsent: (limit: number, bytesMax?: number) => StoredOperation[]
  /** Whole operations, all of them: an import's are 1 MB each. */
  readonly unsettled: () => StoredOperation[]
  /** Unsettled ones after `seq`, in order, by number: a long queue of imports fits no memory. */
  readonly unsettledSeqs: (after: number) => number[]
  /** Answered and not settled. */
  readonly answered: () => Answered[]
  /** Idempotent; another outcome for an answered operation throws (I9). */
  readonly saveOutcomes: (outcomes: readonly OutcomeOf[]) => void
  readonly settle: (seqs: readonly number[]) => void
  /** Done at or after `at`, newest first. */
  readonly since: (at: number, limit: number) => StoredOperation[]
  /** How many of each kind were done at or after `at`, the undone and the refused left out. */
  readonly countsSince: (at: number) => ReadonlyMap<string, number>
  readonly pendingCount: () => number
  readonly audit: (entry: AuditEntry) => void
  readonly auditTail: (limit: number) => AuditLine[]
  /** The number of the first audit line that was tampered with, or null. */
  readonly auditFirstBroken: () => number | null
  readonly setting: (name: string) => string | null
  readonly saveSetting: (name: string, value: string | null) => void
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
    return guarded(path, {
      ...identity,
      ...operationReads(db, epoch),
      ...operationWrites(db, epoch),
      ...settings(db),
      audit: trail.add,
      auditTail: trail.tail,
      auditFirstBroken: trail.firstBroken,
      isWhole: () => isWhole(db),
      close: () => {
        db.close()
      },
    })
  } catch (error) {
    db.close()
    throw error
  }
}

function identityStore(db: Database): Pick<Outbox, 'identity' | 'saveIdentity'> {
  const columns = [
    'deviceId',
    'epoch',
    'branchId',
    'libraryId',
    'deskName',
    'isSampleCity',
    'serverUrl',
    'serverEpoch',
  ]
  const select = db.prepare(`SELECT ${columns.join(', ')} FROM desk`)
  const save = db.prepare(
    `INSERT OR REPLACE INTO desk (id, ${columns.join(', ')})
     VALUES (1, ${columns.map((name) => `:${name}`).join(', ')})`,
  )
  const read = (): DeskIdentity | null => {
    const row = select.get() as (Omit<DeskIdentity, 'isSampleCity'> & object) | undefined
    if (row === undefined) return null
    return { ...row, isSampleCity: (row as { isSampleCity?: unknown }).isSampleCity === 1 }
  }
  // Asked for the epoch with every operation.
  let known = read()
  return {
    identity: () => known,
    saveIdentity(identity) {
      inTransaction(db, () =>
        save.run({ ...identity, isSampleCity: identity.isSampleCity ? 1 : 0 }),
      )
      known = read()
    },
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
  | 'headHash'
  | 'byRequestId'
  | 'byId'
  | 'bySeq'
  | 'unsent'
  | 'unsettled'
  | 'unsettledSeqs'
  | 'answered'
  | 'since'
  | 'countsSince'
  | 'pendingCount'

function operationReads(db: Database, epoch: () => number): Pick<Outbox, Reads> {
  const select = (tail: string) => db.prepare(`SELECT * FROM operation ${tail}`)
  const head = db.prepare(
    'SELECT seq, hash FROM operation WHERE epoch = ? ORDER BY seq DESC LIMIT 1',
  )
  const byRequestId = select('WHERE requestId = ?')
  const byId = select('WHERE id = ?')
  const bySeq = select('WHERE epoch = ? AND seq = ?')
  const unsent = select(`WHERE outcome = 'pending' AND epoch = ? ORDER BY seq LIMIT ?`)
  const unsettled = select('WHERE isSettled = 0 AND epoch = ? ORDER BY seq')
  const unsettledSeqs = db
    .prepare('SELECT seq FROM operation WHERE isSettled = 0 AND epoch = ? AND seq > ? ORDER BY seq')
    .pluck()
  const answered = db.prepare(
    `SELECT seq, outcome, positions FROM operation
     WHERE isSettled = 0 AND epoch = ? AND outcome <> 'pending' ORDER BY seq`,
  )
  const since = select('WHERE at >= ? ORDER BY at DESC, epoch DESC, seq DESC LIMIT ?')
  const pending = db
    .prepare(`SELECT count(*) FROM operation WHERE outcome = 'pending' AND epoch = ?`)
    .pluck()
  const counts = db.prepare(
    `SELECT kind, count(*) AS count FROM operation
     WHERE at >= ? AND undoneBy IS NULL AND outcome <> 'refused' GROUP BY kind`,
  )
  const one = (row: unknown) => (row === undefined ? null : rowToOperation(row as Row))
  const all = (rows: unknown[]) => rows.map((row) => rowToOperation(row as Row))
  const headRow = () => head.get(epoch()) as { seq: number; hash: string } | undefined
  return {
    lastSeq: () => headRow()?.seq ?? 0,
    headHash: () => headRow()?.hash ?? FIRST_HASH,
    byRequestId: (requestId) => one(byRequestId.get(requestId)),
    byId: (id) => one(byId.get(id)),
    bySeq: (seq) => one(bySeq.get(epoch(), seq)),
    unsent: (limit, bytesMax = Number.POSITIVE_INFINITY) =>
      all(withinBytes(unsent.iterate(epoch(), limit) as Iterable<Row>, bytesMax)),
    unsettled: () => all(unsettled.all(epoch())),
    unsettledSeqs: (after) => unsettledSeqs.all(epoch(), after) as number[],
    answered: () =>
      (answered.all(epoch()) as { seq: number; outcome: OutcomeName; positions: string }[]).map(
        (row) => ({ ...row, positions: JSON.parse(row.positions) as Answered['positions'] }),
      ),
    since: (at, limit) => all(since.all(at, limit)),
    countsSince: (at) =>
      new Map((counts.all(at) as { kind: string; count: number }[]).map((r) => [r.kind, r.count])),
    pendingCount: () => pending.get(epoch()) as number,
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

const insertColumns = [
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

const isJson = (column: string): boolean => (jsonColumns as readonly string[]).includes(column)

function operationWrites(
  db: Database,
  epoch: () => number,
): Pick<Outbox, 'append' | 'saveOutcomes' | 'settle'> {
  const head = db
    .prepare('SELECT hash FROM operation WHERE epoch = ? ORDER BY seq DESC LIMIT 1')
    .pluck()
  const insert = db.prepare(
    `INSERT INTO operation (${insertColumns.join(', ')})
     VALUES (${insertColumns.map((name) => `:${name}`).join(', ')})`,
  )
  const markUndone = db.prepare('UPDATE operation SET undoneBy = ? WHERE id = ?')
  const unmarkUndone = db.prepare(
    `UPDATE operation SET undoneBy = NULL
     WHERE undoneBy = (SELECT id FROM operation WHERE epoch = ? AND seq = ?)`,
  )
  const answer = db.prepare(
    `UPDATE operation SET outcome = ?, positions = ?, outcomeFindings = ?
     WHERE epoch = ? AND seq = ?`,
  )
  const settle = db.prepare('UPDATE operation SET isSettled = 1 WHERE epoch = ? AND seq = ?')
  return {
    append(operation, undoes) {
      inTransaction(db, () => {
        assertChained(operation, (head.get(operation.epoch) as string | undefined) ?? FIRST_HASH)
        insert.run(
          Object.fromEntries(
            insertColumns.map((name) => [
              name,
              isJson(name) ? JSON.stringify(operation[name] ?? null) : operation[name],
            ]),
          ),
        )
        if (undoes !== null) markUndone.run(operation.id, undoes)
      })
    },
    saveOutcomes(outcomes) {
      inTransaction(db, () => {
        for (const { seq, outcome, positions, findings } of outcomes) {
          answer.run(outcome, JSON.stringify(positions), JSON.stringify(findings), epoch(), seq)
          // An undo that the server did not apply took nothing back.
          if (outcome === 'refused' || outcome === 'quarantined') unmarkUndone.run(epoch(), seq)
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
function assertChained({ body, seq }: NewOperation, head: string): void {
  const previous = (body as { prevHash?: unknown } | null)?.prevHash
  if (previous !== head) throw new Error(`operation ${seq} does not follow ${head.slice(0, 8)}`)
}

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
