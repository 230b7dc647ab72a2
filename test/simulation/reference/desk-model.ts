/**
 * A desk as it must be: the feed that it has taken, applied from the beginning to rows of its own,
 * and what its people did since. Held against the real replica.
 */
import { keyOfChange, kindOfChange } from '../../../domain/change.ts'
import type { Change, RecordKey } from '../../../domain/change.ts'
import type { Item } from '../../../domain/records.ts'
import { followedBy } from '../../../domain/scopes.ts'
import type { DeskPlace, Scope, ScopeNumbers } from '../../../domain/scopes.ts'
import type { NewOperation, Outbox, OutcomeName, OutcomeOf } from '../../../db/outbox/outbox.ts'
import { VOID_REPLICA_SETTING } from '../../../db/outbox/log-turns.ts'
import type { Page } from '../../../db/replica/rebase.ts'
import { isReplicaKind, replicaKinds } from '../../../db/replica/tables.ts'
import type { Stores } from '../../../main/engine/stores.ts'
import type { CityModel } from './city-model.ts'
import { differences, isSame } from './same.ts'
import { applyTo, idOfKey, kindOfKey, rowIn } from './table.ts'
import type { Row, Table } from './table.ts'

interface Own {
  readonly operation: NewOperation
  outcome: OutcomeName
  positions: ScopeNumbers
  /** Its rows were thrown away after it was answered: they come back with the feed. */
  isLeftToFeed: boolean
}

export class DeskModel {
  /** The city's rows as this desk was told them. */
  base: Table = new Map()
  cursors: ScopeNumbers = {}
  /** Of the present epoch, by number. */
  own = new Map<number, Own>()
  epoch = 1
  /** Its rows were thrown away, or the disk is full: the log goes further than what is shown. */
  mayBeBehind = false
  /** Refused since the last look: their effect must be gone by the next. */
  #refused: number[] = []
  readonly #place: DeskPlace

  constructor(place: DeskPlace) {
    this.#place = place
  }

  clone(): DeskModel {
    const copy = new DeskModel(this.#place)
    copy.base = new Map(this.base)
    copy.cursors = { ...this.cursors }
    copy.own = new Map([...this.own].map(([seq, own]) => [seq, { ...own }]))
    copy.epoch = this.epoch
    copy.mayBeBehind = this.mayBeBehind
    return copy
  }

  /** The replica was begun anew. */
  forgetRows(): void {
    this.base = new Map()
    this.cursors = { catalogue: this.cursors.catalogue ?? 0 }
    this.mayBeBehind = true
    this.#leaveToFeed()
  }

  /** The catalogue was begun anew. */
  forgetTitles(): void {
    this.tookTitles(0)
    this.#leaveToFeed()
  }

  tookTitles(cursor: number): void {
    this.cursors = { ...this.cursors, catalogue: cursor }
  }

  #leaveToFeed(): void {
    for (const own of this.own.values()) own.isLeftToFeed = own.outcome !== 'pending'
  }

  newEpoch(epoch: number): void {
    if (epoch === this.epoch) return
    this.epoch = epoch
    this.own = new Map()
  }

  readLog({ identity, firstSeq, lastSeq, bySeq }: Outbox): void {
    const before = this.own
    this.#refused = []
    this.newEpoch(identity()?.epoch ?? 1)
    this.own = new Map()
    for (let seq = Math.max(1, firstSeq()); seq <= lastSeq(); seq += 1) {
      const operation = bySeq(seq)
      if (operation === null) continue
      const { outcome, positions } = operation
      const was = before.get(seq)
      const isLeftToFeed = was?.operation.id === operation.id && was.isLeftToFeed
      this.own.set(seq, { operation, outcome, positions, isLeftToFeed })
    }
  }

  did(operation: NewOperation): void {
    this.own.set(operation.seq, {
      operation,
      outcome: 'pending',
      positions: {},
      isLeftToFeed: false,
    })
  }

  /** I9 for what the desk keeps of it. */
  answered(outcomes: readonly OutcomeOf[]): string[] {
    const broken: string[] = []
    for (const { seq, outcome, positions } of outcomes) {
      const own = this.own.get(seq)
      if (own === undefined) continue
      const isOther = own.outcome !== 'pending' && own.outcome !== outcome
      if (isOther) broken.push(`I9 ${own.operation.id}: ${outcome} after ${own.outcome}`)
      own.outcome = outcome
      own.positions = positions
      if (outcome === 'refused' || outcome === 'quarantined') this.#refused.push(seq)
    }
    return broken
  }

  /**
   * The page as the city has it, not as it came: a page that was bent on the way is not believed.
   * Answers what it broke.
   */
  took({ entries }: Page, histories: readonly CityModel[]): string[] {
    const broken: string[] = []
    for (const { scope, number, changes } of entries) {
      const reached = this.cursors[scope] ?? 0
      if (number <= reached) continue
      if (number !== reached + 1) {
        broken.push(`I18 ${this.#place.deviceId} took ${scope} ${number} after ${reached}`)
      }
      if (!followedBy(this.#place).includes(scope)) {
        broken.push(`I17 ${this.#place.deviceId} took ${scope}, which it does not follow`)
      }
      const isTold = histories.some((city) =>
        isSame(city.feed.get(scope)?.[number - 1]?.changes, changes),
      )
      if (!isTold) {
        broken.push(`I18 ${this.#place.deviceId} took a ${scope} ${number} that was never told`)
      }
      this.cursors = { ...this.cursors, [scope]: number }
      applyTo(this.base, scope === 'brief' ? this.#beyondOwn(changes) : changes)
    }
    return broken
  }

  #beyondOwn(changes: Page['entries'][number]['changes']): Page['entries'][number]['changes'] {
    const { branchId } = this.#place
    return changes.filter((change) => {
      if (kindOfChange(change) !== 'item') return true
      const held = rowIn(this.base, 'item', idOfKey(keyOfChange(change)))
      const told = 'put' in change ? (change.row as Item) : null
      return [held, told].every(
        (item) =>
          item === null ||
          ![item.homeBranchId, item.atBranchId, item.transitToBranchId].includes(branchId as never),
      )
    })
  }

  /** What the rows must still show over the city's: not answered, or answered and not told yet. */
  #mustShow(seq: number, { outcome, positions, isLeftToFeed }: Own, localSeq: number): boolean {
    if (isLeftToFeed || seq > localSeq || outcome === 'refused' || outcome === 'quarantined')
      return false
    if (outcome === 'pending') return true
    return followedBy(this.#place).some(
      (scope: Scope) => (positions[scope] ?? 0) > (this.cursors[scope] ?? 0),
    )
  }

  /** Cheap: where the desk stands. */
  standing({ replica, catalogue, outbox }: Stores, isRevoked: boolean): string[] {
    const { deviceId } = this.#place
    const broken: string[] = []
    const now: ScopeNumbers = { ...replica.cursors(), catalogue: catalogue.cursor() }
    for (const scope of followedBy(this.#place)) {
      if ((now[scope] ?? 0) !== (this.cursors[scope] ?? 0)) {
        broken.push(`I14 ${deviceId} stands at ${scope} ${now[scope]}, took ${this.cursors[scope]}`)
      }
    }
    const last = Math.max(0, ...this.own.keys())
    if (outbox.lastSeq() !== last) {
      broken.push(`I1 ${deviceId} has ${outbox.lastSeq()} operations, did ${last}`)
    }
    // Rows of a history that did not happen show what it did, until they are thrown away.
    if (outbox.setting(VOID_REPLICA_SETTING) !== null) return broken
    const held = new Set(replica.pendingSeqs())
    for (const seq of this.#refused.splice(0)) {
      if (held.has(seq) && !this.mayBeBehind && !isRevoked) {
        broken.push(`I12 ${deviceId} shows ${seq}, which was refused`)
      }
    }
    const localSeq = replica.localSeq()
    if (localSeq >= last) this.mayBeBehind = false
    // Behind its own log it may be after its rows were thrown away, and on a full disk.
    if (localSeq < last && !this.mayBeBehind) {
      const waiting = [...this.own].some(
        ([seq, own]) => seq > localSeq && this.#mustShow(seq, own, seq),
      )
      if (waiting) broken.push(`I16 ${deviceId} did ${last} and shows ${localSeq}`)
    }
    for (const [seq, own] of this.own) {
      if (this.#mustShow(seq, own, localSeq) && !held.has(seq)) {
        const told = `told ${JSON.stringify(own.positions)}, stands at ${JSON.stringify(this.cursors)}`
        broken.push(`I16 ${own.operation.id} (${own.outcome}) is not shown any more: ${told}`)
      }
    }
    return broken
  }

  /** Dear: every row. I11, I12. */
  rows({ replica }: Stores): string[] {
    const { deviceId } = this.#place
    const broken: string[] = []
    const expected: Table = new Map()
    for (const [key, row] of this.base) {
      if (isReplicaKind(kindOfKey(key))) expected.set(key, row)
    }
    const held = replica.pendingSeqs()
    const touched = new Set<RecordKey>()
    for (const seq of held) {
      const changes = replica.pendingChanges(seq)?.changes ?? []
      broken.push(...this.#instants(seq, changes))
      const records = changes.filter((change) => isReplicaKind(kindOfChange(change)))
      for (const change of records) touched.add(keyOfChange(change))
      applyTo(expected, records)
    }
    for (const { key, row } of shownRows(replica)) {
      const should = expected.get(key) ?? null
      expected.delete(key)
      if (!isSame(row, should)) {
        broken.push(
          `I12 ${deviceId} shows ${key}: ${differences(row, should)} (${held.length} pending)`,
        )
      }
    }
    for (const key of expected.keys()) broken.push(`I12 ${deviceId} does not show ${key}`)
    const kept = replica.rows.raw('SELECT key, row FROM base_row') as readonly {
      key: RecordKey
      row: string | null
    }[]
    for (const { key, row } of kept) {
      if (!touched.has(key))
        broken.push(`I11 ${deviceId} keeps ${key}, which nothing pending changed`)
      const image = row === null ? null : (JSON.parse(row) as Row)
      const told = this.base.get(key) ?? null
      if (!isSame(image, told)) {
        broken.push(`I12 ${deviceId} keeps ${key} beneath: ${differences(image, told)}`)
      }
    }
    return broken
  }

  /** I12: shown again, a lending or a return happened when it happened. */
  #instants(seq: number, changes: readonly Change[]): string[] {
    const operation = this.own.get(seq)?.operation
    if (operation === undefined) return []
    const { payload, knewAt = 0 } = operation.body as {
      payload: { elsewhere?: { happenedAt: number } }
      knewAt?: number
    }
    // X2: read from another system's file, when that says; never ahead of the desk. E14: else after
    // all that the desk knew.
    const { elsewhere } = payload
    const happenedAt =
      elsewhere === undefined
        ? Math.max(operation.at, knewAt)
        : Math.min(elsewhere.happenedAt, operation.at)
    return changes.flatMap((change) => {
      const wrote = ('put' in change ? change.row : 'patch' in change ? change.set : {}) as {
        lentAt?: number
        lastCheckInAt?: number | null
      }
      const isNew = 'put' in change && change.put === 'loan'
      // A lending may name when an item came back: as it stands, for an undo.
      const isBack = 'patch' in change && operation.kind === 'loan.check-in'
      const at = isNew ? wrote.lentAt : isBack ? wrote.lastCheckInAt : undefined
      const isTold = operation.kind === 'loan.check-out' || operation.kind === 'loan.check-in'
      return !isTold || at === undefined || at === null || at === happenedAt
        ? []
        : [`I12 ${operation.id} is shown at ${at}, and was at ${happenedAt}`]
    })
  }

  /** After healing: nothing is left to be told, and every row is the city's. I10, I17, I37. */
  healed(stores: Stores, city: CityModel): string[] {
    const { deviceId } = this.#place
    const broken: string[] = []
    const { outbox, replica } = stores
    if (outbox.pendingCount() > 0)
      broken.push(`I37 ${deviceId} still has ${outbox.pendingCount()} to send`)
    if (outbox.unsettledSeqs(0).length > 0) {
      broken.push(`I37 ${deviceId} still waits for ${outbox.unsettledSeqs(0).join(' ')}`)
    }
    if (replica.pendingSeqs().length > 0) {
      broken.push(`I11 ${deviceId} still shows ${replica.pendingSeqs().join(' ')} over the city's`)
    }
    broken.push(...titlesBroken(deviceId, stores, city))
    const expected = expectedRows(city, this.#place)
    for (const { key, row } of shownRows(replica)) {
      const should = expected.get(key) ?? null
      expected.delete(key)
      if (!isSame(row, should)) broken.push(`I10 ${deviceId} ${key}: ${differences(row, should)}`)
    }
    for (const key of expected.keys()) broken.push(`I10 ${deviceId} lacks ${key}`)
    return broken
  }
}

/** I10 for the catalogue: every title of the city and its full record, and no other title. */
function titlesBroken(deviceId: string, { catalogue }: Stores, city: CityModel): string[] {
  const told = city.fold('catalogue')
  const broken = [...told].flatMap(([key, row]) => {
    const shown =
      kindOfKey(key) === 'bib'
        ? catalogue.bib(row.id)
        : (catalogue.titles([row.id]).get(row.id) ?? null)
    return isSame(shown, row) ? [] : [`I10 ${deviceId} ${key}: ${differences(shown, row)}`]
  })
  for (const { id } of everyTitle(catalogue)) {
    if (!told.has(`title:${id}`))
      broken.push(`I10 ${deviceId} has title:${id}, and the city has not`)
    if (!told.has(`bib:${id}`) && catalogue.bib(id) !== null) {
      broken.push(`I10 ${deviceId} has bib:${id}, and the city has not`)
    }
  }
  return broken
}

function* everyTitle(catalogue: Stores['catalogue']): Generator<{ id: string }> {
  for (let after: number | null = -1; after !== null;) {
    const { titles, next } = catalogue.titlesAfter(after, 1_000)
    yield* titles
    after = next
  }
}

function* shownRows(replica: Stores['replica']): Generator<{ key: RecordKey; row: Row }> {
  for (const kind of replicaKinds) {
    for (const row of replica.rows.select(kind, '')) {
      yield { key: `${kind}:${row.id}`, row }
    }
  }
}

/** The rows of a desk's scopes; of items elsewhere what the whole city may know. */
function expectedRows(city: CityModel, place: DeskPlace): Table {
  const expected: Table = new Map()
  for (const scope of ['brief', ...followedBy(place).filter((one) => one !== 'brief')] as Scope[]) {
    if (scope === 'catalogue') continue
    for (const [key, row] of city.fold(scope)) {
      const isGone = kindOfKey(key) === 'item' && !city.isIn(key, scope)
      if (scope === 'brief' || !isGone) expected.set(key, row)
    }
  }
  return expected
}
