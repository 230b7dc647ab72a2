/**
 * The city as it must be, kept beside the server from what each transaction wrote: rows, feeds,
 * chains. Every commit is held against the invariants of design/sync.md.
 */
import { createHash } from 'node:crypto'
import type { FeedEntry } from '../../../contract/sync-protocol.ts'
import type { Change, RecordKey } from '../../../domain/change.ts'
import { isOperationKind, operationOf } from '../../../domain/operations/index.ts'
import { mayDo } from '../../../domain/policy/roles.ts'
import type { Scope } from '../../../domain/scopes.ts'
import type { LedgerOperation } from '../../../server/storage/ledger-storage.ts'
import type { Commit } from '../watched-storage.ts'
import type { CityRows } from './city-rows.ts'
import { rowsBroken } from './city-rules.ts'
import { handsBroken } from './hands-rules.ts'
import { outcomeBroken, saysRepeated } from './outcome-rules.ts'
import { untoldBroken } from './refused-rules.ts'
import { expectedBrief, expectedScopes } from './scopes.ts'
import { differences, isSame } from './same.ts'
import { applyTo, kindOfKey, rowIn, rowsOf } from './table.ts'
import type { Row, Table } from './table.ts'

interface Chain {
  lastSeq: number
  hash: string
}

export class CityModel implements CityRows {
  readonly rows: Table = new Map()
  readonly feed = new Map<Scope, FeedEntry[]>()
  /** Each feed applied from its beginning. */
  readonly folds = new Map<Scope, Table>()
  readonly operations = new Map<string, LedgerOperation>()
  readonly chains = new Map<string, Chain>()
  /** Hashes of everything that was put aside: forks, uploads of revoked desks. */
  readonly setAside = new Set<string>()
  readonly removed = new Set<RecordKey>()
  /** Put back by an undo of what removed them. */
  readonly restored = new Set<RecordKey>()

  clone(): CityModel {
    const copy = new CityModel()
    for (const [key, row] of this.rows) copy.rows.set(key, row)
    for (const [scope, entries] of this.feed) copy.feed.set(scope, [...entries])
    for (const [scope, fold] of this.folds) copy.folds.set(scope, new Map(fold))
    for (const [id, operation] of this.operations) copy.operations.set(id, operation)
    for (const [key, chain] of this.chains) copy.chains.set(key, { ...chain })
    for (const hash of this.setAside) copy.setAside.add(hash)
    for (const key of this.removed) copy.removed.add(key)
    for (const key of this.restored) copy.restored.add(key)
    return copy
  }

  /** Rows as the seed made them, whose entries were absorbed already. */
  takeSeed(changes: readonly Change[]): void {
    applyTo(this.rows, changes)
  }

  isIn(key: RecordKey, scope: Scope): boolean {
    const row = this.rows.get(key)
    return row !== undefined && expectedScopes(this.rows, kindOfKey(key), row).has(scope)
  }

  head(scope: Scope): number {
    return this.feed.get(scope)?.length ?? 0
  }

  fold(scope: Scope): Table {
    const known = this.folds.get(scope)
    if (known !== undefined) return known
    const made: Table = new Map()
    this.folds.set(scope, made)
    return made
  }

  /** One transaction. Answers what it broke. */
  commit({ deviceId, rows, entries, batches }: Commit): string[] {
    const broken: string[] = []
    const operations = batches.flatMap((writing) => writing.operations)
    for (const operation of operations) broken.push(...this.#chain(deviceId ?? '', operation))
    for (const [epoch, head] of batches.flatMap(({ chains }) => [...chains])) {
      const chain = this.chains.get(`${deviceId}.${epoch}`)
      if (chain?.lastSeq !== head.lastSeq || chain.hash !== head.headHash) {
        broken.push(`I31 the head of ${deviceId}.${epoch} is not the fold of its operations`)
      }
    }
    for (const { quarantine } of batches) {
      for (const { hash } of quarantine) this.setAside.add(hash)
    }
    broken.push(...this.#write(rows, operations), ...this.absorb(entries))
    for (const operation of operations) {
      broken.push(...outcomeBroken(operation), ...this.#rightsBroken(operation))
      broken.push(...placesBroken(operation, entries), ...this.#repeatedBroken(operation))
      broken.push(...untoldBroken(operation, this))
      broken.push(...handsBroken(operation, this))
    }
    broken.push(...this.#placed(rows), ...rowsBroken(this))
    return broken
  }

  /** X1: a line is recorded, or said to be recorded already; never both, never neither. */
  #repeatedBroken({ id, body, findings, changes }: LedgerOperation): string[] {
    const { payload } = JSON.parse(body) as { payload: { elsewhere?: { line: string } } }
    const line = payload.elsewhere?.line
    if (line === undefined) return []
    const isTold = saysRepeated({ findings })
    const records = changes.some((change) => 'put' in change && change.put === 'offline-line')
    if (isTold) return changes.length === 0 ? [] : [`X1 ${id} is recorded twice`]
    return records ? [] : [`X1 ${id} keeps no line`]
  }

  /** Entries that no desk's transaction wrote (the seed, the digest), or that one did. */
  absorb(entries: readonly FeedEntry[]): string[] {
    const broken: string[] = []
    for (const entry of entries) {
      const known = this.feed.get(entry.scope) ?? []
      this.feed.set(entry.scope, known)
      if (entry.number !== known.length + 1) {
        broken.push(`I18 ${entry.scope} continues at ${entry.number} after ${known.length}`)
      }
      known.push(entry)
      applyTo(this.fold(entry.scope), entry.changes)
      if (entry.scope === 'brief') broken.push(...briefBroken(entry))
    }
    return broken
  }

  #chain(deviceId: string, operation: LedgerOperation): string[] {
    const { id, epoch, seq, hash, body } = operation
    const broken: string[] = []
    const name = `${deviceId}.${epoch}`
    const chain = this.chains.get(name) ?? { lastSeq: 0, hash: '0'.repeat(64) }
    this.chains.set(name, chain)
    const known = this.operations.get(id)
    if (known !== undefined) {
      broken.push(`${known.hash === hash ? 'I2' : 'I4'} ${id} was written twice`)
    } else if (seq !== chain.lastSeq + 1) {
      broken.push(`I3 ${name} continues at ${seq} after ${chain.lastSeq}`)
    }
    const { prevHash } = JSON.parse(body) as { prevHash: string }
    if (prevHash !== chain.hash) broken.push(`I31 ${id} does not follow the operation before it`)
    const isAltered = createHash('sha256').update(body).digest('hex') !== hash
    if (isAltered && operation.outcome !== 'quarantined') {
      broken.push(`I31 ${id} is not what was hashed and has outcome ${operation.outcome}`)
    }
    this.chains.set(name, { lastSeq: seq, hash })
    this.operations.set(id, operation)
    return broken
  }

  /** A request is done for those only who may ask for it. */
  #rightsBroken({ id, kind, staffId, outcome }: LedgerOperation): string[] {
    if (outcome !== 'applied' || !isOperationKind(kind)) return []
    const { evidence, permission } = operationOf(kind)
    const role = rowIn(this.rows, 'staff', staffId)?.role ?? null
    const mayAsk = evidence === 'physical' || (role !== null && mayDo(role, permission))
    return mayAsk ? [] : [`rights: ${staffId} asked for ${id} and may not`]
  }

  #write(rows: Commit['rows'], operations: readonly LedgerOperation[]): string[] {
    const broken: string[] = []
    const isUndo = operations.some(({ kind }) => kind === 'operation.undo')
    for (const [key, row] of rows) {
      const before = this.rows.get(key)
      if (row === null) {
        if (before !== undefined && kindOfKey(key) === 'ledger-entry' && !isUndo) {
          broken.push(`I26 ${key} was removed`)
        }
        // A card may be blocked again: its row is no record of anything but that.
        if (before !== undefined && kindOfKey(key) !== 'blocked-card') this.removed.add(key)
        this.rows.delete(key)
        continue
      }
      // What an undo takes back may have been a removal.
      if (this.removed.has(key) && isUndo) this.#restore(key)
      if (this.removed.has(key)) broken.push(`I19 ${key} came back`)
      if (before !== undefined && kindOfKey(key) === 'ledger-entry' && !isSame(before, row)) {
        broken.push(`I26 ${key} was changed: ${differences(row, before)}`)
      }
      this.rows.set(key, row)
    }
    return broken
  }

  #restore(key: RecordKey): void {
    this.removed.delete(key)
    this.restored.add(key)
  }

  /** I17: the touched rows, and those that move with them, are in exactly the feeds they belong to. */
  #placed(touched: Commit['rows']): string[] {
    const broken: string[] = []
    for (const key of this.#withDependents(touched)) {
      const kind = kindOfKey(key)
      const row = this.rows.get(key) ?? null
      const expected = row === null ? new Set<string>() : expectedScopes(this.rows, kind, row)
      for (const scope of expected) if (!this.folds.has(scope as Scope)) this.fold(scope as Scope)
      for (const [scope, fold] of this.folds) {
        if (scope === 'brief') continue
        const inFold = fold.get(key) ?? null
        if (expected.has(scope)) {
          if (!isSame(inFold, row)) {
            broken.push(`I17 ${key} in ${scope}: ${differences(inFold, row)}`)
          }
        } else if (inFold !== null && !(kind === 'item' && isBriefOf(inFold))) {
          broken.push(`I17 ${key} is still in ${scope}, which it left`)
        }
      }
    }
    return broken
  }

  #withDependents(touched: Commit['rows']): Set<RecordKey> {
    const keys = new Set(touched.keys())
    for (const [key, row] of this.rows) {
      const { itemId, readerId } = row as { itemId?: string; readerId?: string }
      if (touched.has(`item:${itemId}`) || touched.has(`reader:${readerId}`)) keys.add(key)
    }
    return keys
  }

  /** After a digest: the brief feed tells every item and nothing else of it. */
  briefBroken(): string[] {
    const broken: string[] = []
    const fold = this.fold('brief')
    for (const item of rowsOf(this.rows, 'item')) {
      const told = fold.get(`item:${item.id}`) ?? null
      const expected = expectedBrief(item)
      if (!isSame(told, expected)) {
        broken.push(`I17 item:${item.id} in brief: ${differences(told, expected)}`)
      }
    }
    for (const key of fold.keys()) {
      if (kindOfKey(key) === 'item' && !this.rows.has(key)) {
        broken.push(`I19 ${key} is still in brief`)
      }
    }
    return broken
  }
}

/** I16: a desk waits for the entries that its outcome names. */
function placesBroken({ id, positions }: LedgerOperation, entries: readonly FeedEntry[]): string[] {
  const stand = Object.fromEntries(
    entries.flatMap(({ operationId, scope, number }) =>
      operationId === id ? [[scope, number]] : [],
    ),
  )
  return isSame(stand, positions)
    ? []
    : [`I16 ${id} stands at ${JSON.stringify(stand)}, told is ${JSON.stringify(positions)}`]
}

/** A row of an item that left carries none of what only its own service points may know. */
function isBriefOf(row: Row): boolean {
  const brief = expectedBrief(row as never)
  return isSame(row, brief)
}

function briefBroken({ number, changes }: FeedEntry): string[] {
  return changes.flatMap((change) => {
    if ('put' in change && change.put === 'item' && isBriefOf(change.row)) return []
    if ('put' in change && change.put === 'blocked-card') return []
    if ('remove' in change && ['item', 'blocked-card'].includes(change.remove)) return []
    return [`I32 brief entry ${number} tells ${JSON.stringify(change).slice(0, 200)}`]
  })
}
