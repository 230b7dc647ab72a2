/**
 * What no desk does on a normal day: the log starts anew under the next epoch, answers of a server
 * that was restored are void, operations come back that this disk no longer has. Each is one
 * transaction (docs/decisions/0011).
 */
import { inTransaction } from '../open.ts'
import type { Database } from '../open.ts'
import type { DeskIdentity } from './identity.ts'
import type { NewOperation, OutcomeOf, StoredOperation } from './stored-operation.ts'

/** What the city can send again is of another history, and to be thrown away before the next page. */
export const VOID_REPLICA_SETTING = 'void-replica'
export const VOID_ROWS = 'rows'
export const VOID_ROWS_AND_TITLES = 'rows-and-titles'
/** The catalogue is being begun anew, for the same reason. */
export const VOID_TITLES_SETTING = 'void-titles'
/** The epoch whose superseded operations may have left titles in the catalogue. */
export const SUPERSEDED_TITLES_SETTING = 'superseded-titles'

export const RECOVERED_PREFIX = 'recovered:'

/** An operation under a new number, with all that it was. */
export interface Reissue {
  readonly operation: NewOperation
  readonly undoes: string | null
  /** The id it had. */
  readonly supersedes: string
}

export interface LogTurn {
  /** As it is from now on. */
  readonly identity: DeskIdentity
  readonly endedEpoch: number
  /** What comes after it in that epoch is superseded, whether or not it is among the reissues. */
  readonly keptThrough: number
  readonly reissues: readonly Reissue[]
}

/** How far one epoch of the log goes. */
export interface EpochHead {
  readonly epoch: number
  /** The oldest that is kept. */
  readonly firstSeq: number
  readonly lastSeq: number
  readonly headHash: string
  /** The newest that the server answered; 0 where it answered none. */
  readonly answeredSeq: number
}

/** What the server has no more of an epoch. */
export interface LostAnswers {
  readonly epoch: number
  readonly afterSeq: number
}

export interface RecoveredRow {
  readonly operation: NewOperation
  readonly outcome: OutcomeOf
}

/** A link of the chain, without what hangs on it. */
export interface Link {
  readonly seq: number
  readonly hash: string
}

export interface LogTurns {
  /** Each epoch that has operations here, in order. */
  readonly epochs: () => EpochHead[]
  readonly hashAt: (epoch: number, seq: number) => string | null
  /** In order, after `seq`. */
  readonly linksAfter: (epoch: number, seq: number) => Link[]
  /**
   * What comes after `seq` can be sent as it is: numbers without gaps, the first of them upon `hash`
   * (null: not known). That each follows on the one before was seen when it was appended.
   */
  readonly followsOn: (epoch: number, seq: number, hash: string | null) => boolean
  /** In order, after `seq`; whole. */
  readonly tailOf: (epoch: number, seq: number) => StoredOperation[]
  /** Begins the epoch of `turn.identity`. What is superseded is kept aside, for ever. */
  readonly turn: (turn: LogTurn) => void
  /**
   * The server no longer has what comes after `afterSeq` of an epoch: it is pending again, and what
   * it still has is settled, since the rows are thrown away. Answers how many.
   */
  readonly voidAnswers: (lost: readonly LostAnswers[], identity: DeskIdentity) => number
  /** Rows that only the server had; each follows on the one before. Answered and settled. */
  readonly addRecovered: (rows: readonly RecoveredRow[], at: number) => void
  /** Those of an epoch that were superseded, newest first. */
  readonly supersededOf: (
    epoch: number,
  ) => { readonly id: string; readonly changes: string; readonly inverse: string }[]
}

interface Parts {
  readonly db: Database
  readonly read: (row: unknown) => StoredOperation
  readonly append: (operation: NewOperation, undoes: string | null) => void
  readonly insert: (operation: NewOperation) => void
  readonly saveIdentity: (identity: DeskIdentity) => void
}

export function logTurnsOf(parts: Parts): LogTurns {
  const { db, read } = parts
  const epochs = db.prepare(
    `SELECT epoch, min(seq) AS firstSeq, max(seq) AS lastSeq,
       coalesce((SELECT max(seq) FROM operation AS answered
         WHERE answered.epoch = operation.epoch AND outcome <> 'pending'), 0) AS answeredSeq
     FROM operation GROUP BY epoch ORDER BY epoch`,
  )
  const hashAt = db.prepare('SELECT hash FROM operation WHERE epoch = ? AND seq = ?').pluck()
  const links = db.prepare(
    'SELECT seq, hash FROM operation WHERE epoch = ? AND seq > ? ORDER BY seq',
  )
  // Of the index alone: bodies of an import are large.
  const extent = db.prepare(
    'SELECT count(*) AS count, max(seq) AS last FROM operation WHERE epoch = ? AND seq > ?',
  )
  const prevHashAt = db
    .prepare(`SELECT body ->> 'prevHash' FROM operation WHERE epoch = ? AND seq = ?`)
    .pluck()
  const tail = db.prepare('SELECT * FROM operation WHERE epoch = ? AND seq > ? ORDER BY seq')
  const superseded = db.prepare(
    'SELECT id, changes, inverse FROM superseded WHERE epoch = ? ORDER BY seq DESC',
  )
  return {
    epochs: () =>
      (epochs.all() as Omit<EpochHead, 'headHash'>[]).map((one) => ({
        ...one,
        headHash: hashAt.get(one.epoch, one.lastSeq) as string,
      })),
    hashAt: (epoch, seq) => (hashAt.get(epoch, seq) as string | undefined) ?? null,
    linksAfter: (epoch, seq) => links.all(epoch, seq) as Link[],
    followsOn: (epoch, seq, hash) => {
      const { count, last } = extent.get(epoch, seq) as { count: number; last: number | null }
      if (last === null) return true
      const isWhole = last - seq === count
      return isWhole && (hash === null || prevHashAt.get(epoch, seq + 1) === hash)
    },
    tailOf: (epoch, seq) => tail.all(epoch, seq).map(read),
    turn: turner(parts),
    voidAnswers: voider(parts),
    addRecovered: recoverer(parts),
    supersededOf: (epoch) => superseded.all(epoch) as ReturnType<LogTurns['supersededOf']>,
  }
}

/** Moves aside what comes after `keptThrough`. The numbers are free, and so are the requests. */
function supersede(db: Database, turn: Omit<LogTurn, 'identity'>): void {
  const { endedEpoch, keptThrough, reissues } = turn
  const newIds = new Map(
    reissues.map(({ supersedes, operation }) => [supersedes, operation.id] as const),
  )
  const copy = db.prepare(
    `INSERT OR IGNORE INTO superseded
       (id, hash, epoch, seq, requestId, body, changes, inverse, outcome, reissuedAs)
     SELECT id, hash, epoch, seq, requestId, body, changes, inverse, 'quarantined', ?
     FROM operation WHERE id = ?`,
  )
  const rename = db.prepare('UPDATE operation SET undoneBy = ? WHERE undoneBy = ?')
  const erase = db.prepare('DELETE FROM operation WHERE id = ?')
  const ids = db
    .prepare('SELECT id FROM operation WHERE epoch = ? AND seq > ? ORDER BY seq DESC')
    .pluck()
    .all(endedEpoch, keptThrough) as string[]
  for (const id of ids) {
    const newId = newIds.get(id) ?? null
    copy.run(newId, id)
    rename.run(newId, id)
    erase.run(id)
  }
}

function turner({ db, append, saveIdentity }: Parts): LogTurns['turn'] {
  const settleEnded = db.prepare(
    `UPDATE operation SET isSettled = 1 WHERE epoch < ? AND outcome <> 'pending'`,
  )
  const undone = db.prepare('UPDATE operation SET undoneBy = ? WHERE id = ?')
  const undoneIn = db
    .prepare('SELECT undoneBy FROM operation WHERE id = ? AND undoneBy IS NOT NULL')
    .pluck()
  const save = db.prepare('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)')
  const saveFirst = db.prepare('INSERT OR IGNORE INTO setting (name, value) VALUES (?, ?)')
  return (turn) => {
    inTransaction(db, () => {
      const { identity, endedEpoch, reissues } = turn
      // Who took back what, under the ids that they have from now on.
      const newIds = new Map(
        reissues.map(({ supersedes, operation }) => [supersedes, operation.id] as const),
      )
      const undoers = reissues.flatMap(({ supersedes, operation }) => {
        const by = undoneIn.get(supersedes) as string | undefined
        return by === undefined ? [] : [{ id: operation.id, by: newIds.get(by) ?? by }]
      })
      supersede(db, turn)
      for (const { operation, undoes } of reissues) append(operation, undoes)
      for (const { id, by } of undoers) undone.run(by, id)
      if (identity.epoch !== endedEpoch) {
        settleEnded.run(identity.epoch)
        // The rows number this desk's operations without their epoch.
        saveFirst.run(VOID_REPLICA_SETTING, VOID_ROWS)
      }
      save.run(SUPERSEDED_TITLES_SETTING, String(endedEpoch))
      saveIdentity(identity)
    })
  }
}

function voider({ db, saveIdentity }: Parts): LogTurns['voidAnswers'] {
  const settle = db.prepare(
    `UPDATE operation SET isSettled = 1
     WHERE epoch = ? AND seq <= ? AND isSettled = 0 AND outcome <> 'pending'`,
  )
  const note = db.prepare(
    `INSERT OR REPLACE INTO voidedAnswer (epoch, seq, outcome, positions, answeredAt, serverEpoch)
     SELECT epoch, seq, outcome, positions, answeredAt, ? FROM operation
     WHERE epoch = ? AND seq > ? AND outcome <> 'pending'`,
  )
  const reset = db.prepare(
    `UPDATE operation SET outcome = 'pending', positions = '{}', outcomeFindings = '[]',
       isSettled = 0, answeredAt = NULL
     WHERE epoch = ? AND seq > ? AND outcome <> 'pending'`,
  )
  const save = db.prepare('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)')
  return (lost, identity) =>
    inTransaction(db, () => {
      let voided = 0
      for (const { epoch, afterSeq } of lost) {
        settle.run(epoch, afterSeq)
        note.run(identity.serverEpoch ?? '', epoch, afterSeq)
        voided += reset.run(epoch, afterSeq).changes
      }
      save.run(VOID_REPLICA_SETTING, VOID_ROWS_AND_TITLES)
      saveIdentity(identity)
      return voided
    })
}

function recoverer({ db, insert }: Parts): LogTurns['addRecovered'] {
  const answer = db.prepare(
    `UPDATE operation SET outcome = ?, positions = ?, outcomeFindings = ?, answeredAt = ?,
       isSettled = 1
     WHERE id = ?`,
  )
  return (rows, at) => {
    inTransaction(db, () => {
      for (const { operation, outcome } of rows) {
        insert(operation)
        const texts = [JSON.stringify(outcome.positions), JSON.stringify(outcome.findings)]
        answer.run(outcome.outcome, ...texts, at, operation.id)
      }
    })
  }
}
