/**
 * A new outbox.db made of what was found of the old one: in the damaged file, in a backup, in the
 * journal. Sources are added in the order of how much they know; the first that has an operation
 * whose hash is right is believed.
 */
import { rmSync } from 'node:fs'

import { migrate } from '../migrate.ts'
import { inTransaction, isWhole, openDatabase } from '../open.ts'
import type { Database } from '../open.ts'
import { auditTrail } from './audit.ts'
import type { AuditLine } from './audit.ts'
import type { JournalEntry } from './journal-lines.ts'
import { saveDesk } from './identity.ts'
import { VOID_REPLICA_SETTING, VOID_ROWS_AND_TITLES } from './log-turns.ts'
import type { LostAnswers } from './log-turns.ts'
import { OUTBOX_APPLICATION_ID, insertOperation, outboxMigrations } from './outbox.ts'
import type { DeskIdentity } from './outbox.ts'
import type { OperationRow, Wreck } from './read-wreck.ts'

export type SalvageSource = 'file' | 'backup' | 'journal'

/** Operations of an epoch that nobody has here; the server may. Both ends included. */
export interface MissingOperations {
  readonly epoch: number
  readonly from: number
  readonly to: number
}

export interface Rebuilt {
  readonly operations: Readonly<Record<SalvageSource, number>>
  readonly unsent: number
  readonly missing: readonly MissingOperations[]
  /** Operations that do not follow on the one before, though that one is there. */
  readonly unchained: readonly { readonly epoch: number; readonly seq: number }[]
  /** Found, and not what their hash says: left out. */
  readonly falsified: number
  readonly audit: AuditSalvage
}

export interface AuditSalvage {
  readonly kept: number
  /** Numbers that no source had. */
  readonly lost: number
  /** Lines after a hole: kept with their words, chained anew. */
  readonly chainedAnew: number
}

export interface Rebuild {
  readonly identity: () => DeskIdentity | null
  readonly addWreck: (wreck: Wreck, source: 'file' | 'backup') => void
  readonly addJournal: (entry: JournalEntry) => void
  readonly finish: (at: number) => Rebuilt
  /** Gives it up. */
  readonly abandon: () => void
}

/** Whether a body hashes to `hash`; canonical JSON is no matter of the storage. */
export type IsHashOf = (body: unknown, hash: string) => boolean

/** Throws StorageFailure. A file that is there is begun anew. */
export function beginRebuild(path: string, key: Uint8Array | null, isHashOf: IsHashOf): Rebuild {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
  const db = openDatabase({ path, key, applicationId: OUTBOX_APPLICATION_ID, access: 'exclusive' })
  migrate(db, outboxMigrations)
  return new OpenRebuild(db, isHashOf)
}

class OpenRebuild implements Rebuild {
  readonly #db: Database
  readonly #isHashOf: IsHashOf
  readonly #triggers: readonly string[]
  readonly #taken = { file: 0, backup: 0, journal: 0 }
  #falsified = 0
  #identity: DeskIdentity | null = null
  /** Rows come in any order, with holes and with their later states. */
  constructor(db: Database, isHashOf: IsHashOf) {
    this.#db = db
    this.#isHashOf = isHashOf
    const triggers = db
      .prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`)
      .all() as { name: string; sql: string }[]
    this.#triggers = triggers.map(({ sql }) => sql)
    for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`)
    db.exec('CREATE TEMP TABLE ofJournal (epoch INTEGER, seq INTEGER, PRIMARY KEY (epoch, seq))')
  }

  identity = (): DeskIdentity | null => this.#identity

  addWreck = (wreck: Wreck, source: 'file' | 'backup'): void => {
    this.#takeIdentity(wreck.identity())
    inTransaction(this.#db, () => {
      wreck.operations((row) => {
        if (!this.#has(row) && this.#isTrue(row.body, row.hash)) {
          insertRow(this.#db, row)
          this.#taken[source] += 1
        }
      })
      const setting = this.#db.prepare('INSERT OR IGNORE INTO setting (name, value) VALUES (?, ?)')
      wreck.settings((name, value) => setting.run(name, value))
      wreck.audit((line) => keepAudit(this.#db, line))
    })
  }

  addJournal = (entry: JournalEntry): void => {
    switch (entry.line) {
      case 'identity':
        this.#takeIdentity(entry.identity)
        return
      case 'operation':
        this.#addOperation(entry)
        return
      case 'outcomes':
        this.#addOutcomes(entry)
        return
      case 'turn':
        // What came back from the city afterwards is its own.
        this.#run(
          `DELETE FROM operation WHERE epoch = ? AND seq > ? AND requestId NOT LIKE 'recovered:%'`,
          entry.endedEpoch,
          entry.keptThrough,
        )
        return
      case 'voided':
        for (const lost of entry.lost) this.#voidAnswers(lost)
        return
      case 'settled':
        for (const seq of entry.seqs) {
          this.#run(
            `UPDATE operation SET isSettled = 1
             WHERE epoch = ? AND seq = ? AND outcome <> 'pending'`,
            entry.epoch,
            seq,
          )
        }
    }
  }

  #takeIdentity(found: DeskIdentity | null): void {
    // The file's own row first; a journal that began a later epoch knows better.
    if (found === null || found.epoch <= (this.#identity?.epoch ?? 0)) return
    this.#identity = found
  }

  /** A request went on under another number: the first that is found is the newer. */
  #has(one: { epoch: number; seq: number; id: string; requestId?: unknown }): boolean {
    return (
      this.#db
        .prepare('SELECT 1 FROM operation WHERE (epoch = ? AND seq = ?) OR id = ? OR requestId = ?')
        .get(one.epoch, one.seq, one.id, one.requestId ?? null) !== undefined
    )
  }

  #isTrue(body: string, hash: string): boolean {
    const isTrue = isJson(body) && this.#isHashOf(JSON.parse(body), hash)
    if (!isTrue) this.#falsified += 1
    return isTrue
  }

  #addOperation({ operation, undoes }: JournalEntry & { line: 'operation' }): void {
    const { epoch, seq } = operation
    if (this.#has(operation)) {
      // Written twice under one number: the first never came to the database.
      const isOfJournal =
        this.#db.prepare('SELECT 1 FROM ofJournal WHERE epoch = ? AND seq = ?').get(epoch, seq) !==
        undefined
      if (!isOfJournal) return
      this.#run('DELETE FROM operation WHERE epoch = ? AND seq = ?', epoch, seq)
      this.#taken.journal -= 1
    }
    if (!this.#isTrue(JSON.stringify(operation.body), operation.hash)) return
    insertOperation(this.#db, operation)
    this.#run('INSERT OR IGNORE INTO ofJournal VALUES (?, ?)', epoch, seq)
    if (undoes !== null) {
      this.#run('UPDATE operation SET undoneBy = ? WHERE id = ?', operation.id, undoes)
    }
    this.#taken.journal += 1
  }

  #addOutcomes({ epoch, at, outcomes }: JournalEntry & { line: 'outcomes' }): void {
    for (const { seq, outcome, positions, findings } of outcomes) {
      const isNews = this.#run(
        `UPDATE operation SET outcome = ?, positions = ?, outcomeFindings = ?, answeredAt = ?
         WHERE epoch = ? AND seq = ? AND outcome IN ('pending', 'quarantined')`,
        outcome,
        JSON.stringify(positions),
        JSON.stringify(findings),
        at,
        epoch,
        seq,
      )
      if (!isNews || (outcome !== 'refused' && outcome !== 'quarantined')) continue
      this.#run(
        `UPDATE operation SET undoneBy = NULL
         WHERE undoneBy = (SELECT id FROM operation WHERE epoch = ? AND seq = ?)`,
        epoch,
        seq,
      )
    }
  }

  /** Whether its rows were thrown away by then is not known any more. */
  #voidAnswers({ epoch, afterSeq }: LostAnswers): void {
    this.#run(
      `UPDATE operation SET outcome = 'pending', positions = '{}', outcomeFindings = '[]',
         isSettled = 0, answeredAt = NULL
       WHERE epoch = ? AND seq > ?`,
      epoch,
      afterSeq,
    )
    this.#run(
      'INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)',
      VOID_REPLICA_SETTING,
      VOID_ROWS_AND_TITLES,
    )
  }

  #run(sql: string, ...values: (string | number)[]): boolean {
    return this.#db.prepare(sql).run(...values).changes > 0
  }

  finish = (at: number): Rebuilt => {
    const db = this.#db
    if (this.#identity === null) throw new Error('a desk without a name cannot go on')
    saveDesk(db, this.#identity)
    const audit = chainAudit(db, at)
    const chain = checkChain(db, this.#identity.epoch)
    for (const sql of this.#triggers) db.exec(sql)
    if (!isWhole(db)) throw new Error('the rebuilt outbox is not whole')
    db.pragma('wal_checkpoint(TRUNCATE)')
    const unsent = db
      .prepare(`SELECT count(*) FROM operation WHERE outcome = 'pending' AND epoch = ?`)
      .pluck()
      .get(this.#identity.epoch) as number
    db.close()
    return { operations: this.#taken, falsified: this.#falsified, unsent, ...chain, audit }
  }

  abandon = (): void => {
    const { name } = this.#db
    this.#db.close()
    for (const suffix of ['', '-wal', '-shm']) rmSync(name + suffix, { force: true })
  }
}

function isJson(text: unknown): text is string {
  if (typeof text !== 'string') return false
  try {
    JSON.parse(text)
    return true
  } catch {
    // Only a plain file gives altered text: a cipher with tags gives the row or nothing.
    return false
  }
}

const columnsByCount = new Map<string, string>()

/** A column that the old file does not have yet gets its default. */
function insertRow(db: Database, row: OperationRow): void {
  const names = Object.keys(row)
  const key = names.join(', ')
  let sql = columnsByCount.get(key)
  if (sql === undefined) {
    sql = `INSERT INTO operation (${key}) VALUES (${names.map((name) => `:${name}`).join(', ')})`
    columnsByCount.set(key, sql)
  }
  db.prepare(sql).run(row)
}

function keepAudit(db: Database, line: AuditLine): void {
  db.prepare(
    `INSERT OR IGNORE INTO audit (number, at, staffId, action, subject, result, hash)
     VALUES (:number, :at, :staffId, :action, :subject, :result, :hash)`,
  ).run(line)
}

/**
 * The trail up to its first hole stays as it was. What comes after is kept with its words and
 * chained anew behind a line that says so: the old hashes would hang in the air.
 */
function chainAudit(db: Database, at: number): AuditSalvage {
  const trail = auditTrail(db)
  const broken = trail.firstBroken()
  const count = db.prepare('SELECT count(*) FROM audit').pluck()
  const last = (db.prepare('SELECT max(number) FROM audit').pluck().get() as number | null) ?? 0
  const kept = count.get() as number
  const lost = last - kept
  let chainedAnew = 0
  if (broken !== null) {
    db.exec(`CREATE TEMP TABLE lateAudit AS SELECT * FROM audit WHERE number >= ${broken}`)
    db.exec(`DELETE FROM audit WHERE number >= ${broken}`)
  }
  const result = `from ${broken ?? last + 1}: ${lost} lost`
  trail.add({ at, staffId: null, action: 'audit-salvaged', subject: null, result })
  if (broken !== null) {
    const late = db.prepare('SELECT * FROM lateAudit ORDER BY number').all() as AuditLine[]
    for (const { number: _number, hash: _hash, ...entry } of late) trail.add(entry)
    chainedAnew = late.length
    db.exec('DROP TABLE lateAudit')
  }
  return { kept, lost, chainedAnew }
}

function checkChain(db: Database, epoch: number): Pick<Rebuilt, 'missing' | 'unchained'> {
  const missing: MissingOperations[] = []
  const unchained: { epoch: number; seq: number }[] = []
  const rows = db.prepare(
    `SELECT epoch, seq, hash, body ->> 'prevHash' AS prevHash FROM operation ORDER BY epoch, seq`,
  )
  // What was pruned is not missing.
  const kept = db.prepare('SELECT value FROM setting WHERE name = ?').pluck()
  const firstKept = (of: number) => Number(kept.get(`first-kept:${of}`) ?? 1)
  let before = { epoch: 0, seq: 0, hash: '' }
  for (const row of rows.all() as (typeof before & { prevHash: string })[]) {
    const isSameEpoch = row.epoch === before.epoch
    const expected = isSameEpoch ? before.seq + 1 : firstKept(row.epoch)
    if (row.seq > expected) missing.push({ epoch: row.epoch, from: expected, to: row.seq - 1 })
    else if (isSameEpoch && row.prevHash !== before.hash) {
      unchained.push({ epoch: row.epoch, seq: row.seq })
    }
    before = row
  }
  return { missing: missing.filter((range) => range.epoch <= epoch), unchained }
}
