/**
 * What the desk did and the server has not answered yet, and the server's rows beneath it:
 * `pending_operation` and `base_row`.
 */
import { keyOfChange, kindOfChange } from '../../domain/change.ts'
import type { Change, RecordKey } from '../../domain/change.ts'
import type { RecordKind, RecordOf } from '../../domain/records.ts'
import type { Pending } from '../../domain/sync/replica.ts'
import type { Database } from '../open.ts'
import { jsonOnce } from '../json-once.ts'
import { isReplicaKind } from './tables.ts'

export interface PendingChanges {
  /** Of the replica's own kinds. */
  readonly changes: readonly Change[]
  readonly inverse: readonly Change[]
}

type BaseRow = { readonly row: RecordOf<RecordKind> | null }

export interface PendingOperations {
  /** In order. Kept in memory: each page asks which operations share its keys. */
  readonly list: () => readonly Pending[]
  readonly changesOf: (seq: number) => PendingChanges | null
  readonly save: (operation: { seq: number; id: string }, done: PendingChanges) => void
  readonly replace: (seq: number, done: PendingChanges) => void
  readonly drop: (seq: number) => void
  /** Null where no pending operation changed this key. */
  readonly base: (key: RecordKey) => BaseRow | null
  /** Keeps the row as the server gave it, unless one is kept already. */
  readonly keepBase: (key: RecordKey, row: RecordOf<RecordKind> | null) => void
  readonly dropBase: (key: RecordKey) => void
  /** After a rollback. */
  readonly reload: () => void
}

/** Keys of the replica's tables that these changes touch, each once. */
export const keysOf = (changes: readonly Change[]): readonly RecordKey[] => [
  ...new Set(changes.filter((change) => isReplicaKind(kindOfChange(change))).map(keyOfChange)),
]

/** Titles are the catalogue's, and the outbox has what was done to them: nine tenths of an import. */
const ofReplica = (changes: readonly Change[]): string => {
  const isOwn = (change: Change): boolean => isReplicaKind(kindOfChange(change))
  return changes.every(isOwn) ? jsonOnce(changes) : JSON.stringify(changes.filter(isOwn))
}

/** Ids may hold a colon; kinds do not. */
export function partsOfKey(key: RecordKey): { kind: RecordKind; id: string } {
  const colon = key.indexOf(':')
  return { kind: key.slice(0, colon) as RecordKind, id: key.slice(colon + 1) }
}

export function pendingOperations(db: Database): PendingOperations {
  const all = db.prepare('SELECT seq, changes FROM pending_operation ORDER BY seq')
  const one = db.prepare('SELECT changes, inverse FROM pending_operation WHERE seq = ?')
  const insert = db.prepare(
    'INSERT INTO pending_operation (seq, id, changes, inverse) VALUES (?, ?, ?, ?)',
  )
  const update = db.prepare('UPDATE pending_operation SET changes = ?, inverse = ? WHERE seq = ?')
  const erase = db.prepare('DELETE FROM pending_operation WHERE seq = ?')
  const readBase = db.prepare('SELECT row FROM base_row WHERE key = ?')
  const insertBase = db.prepare(
    'INSERT INTO base_row (key, row) VALUES (?, ?) ON CONFLICT (key) DO NOTHING',
  )
  const eraseBase = db.prepare('DELETE FROM base_row WHERE key = ?')

  const load = (): Map<number, Pending> =>
    new Map(
      (all.all() as { seq: number; changes: string }[]).map(({ seq, changes }) => [
        seq,
        { seq, keys: keysOf(JSON.parse(changes) as Change[]) },
      ]),
    )
  let bySeq = load()
  return {
    list: () => [...bySeq.values()],
    changesOf(seq) {
      const row = one.get(seq) as { changes: string; inverse: string } | undefined
      if (row === undefined) return null
      return {
        changes: JSON.parse(row.changes) as Change[],
        inverse: JSON.parse(row.inverse) as Change[],
      }
    },
    save({ seq, id }, { changes, inverse }) {
      insert.run(seq, id, ofReplica(changes), jsonOnce(inverse))
      bySeq.set(seq, { seq, keys: keysOf(changes) })
    },
    replace(seq, { changes, inverse }) {
      update.run(ofReplica(changes), jsonOnce(inverse), seq)
      bySeq.set(seq, { seq, keys: keysOf(changes) })
    },
    drop(seq) {
      erase.run(seq)
      bySeq.delete(seq)
    },
    base(key) {
      const kept = readBase.get(key) as { row: string | null } | undefined
      if (kept === undefined) return null
      return { row: kept.row === null ? null : (JSON.parse(kept.row) as RecordOf<RecordKind>) }
    },
    keepBase(key, row) {
      insertBase.run(key, row === null ? null : JSON.stringify(row))
    },
    dropBase(key) {
      eraseBase.run(key)
    },
    reload() {
      bySeq = load()
    },
  }
}
