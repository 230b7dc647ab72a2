/**
 * The ordering authority: takes the operations of one desk in order, exactly once, decides each
 * again and numbers what it changed (design/sync.md, "Identity and exactly once").
 */
import { inOrder } from '../storage/in-order.ts'
import { eventTime } from '../../contract/sync-protocol.ts'
import type { Outcome, PushedOperation } from '../../contract/sync-protocol.ts'
import { put } from '../../domain/change.ts'
import { openedException } from '../../domain/open-exception.ts'
import type { ExceptionKind, LedgerException } from '../../domain/records.ts'
import type { ScopeNumbers } from '../../domain/scopes.ts'
import { LedgerStorageFailure, chainStart } from '../storage/ledger-storage.ts'
import type {
  BatchWriting,
  ChainHead,
  Device,
  LedgerBatch,
  LedgerOperation,
  LedgerStorage,
  NumberedEntry,
} from '../storage/ledger-storage.ts'
import { aboutKeys, openBatchEffects } from './batch-effects.ts'
import type { BatchEffects } from './batch-effects.ts'
import { openBatchFacts } from './batch-facts.ts'
import type { BatchFacts } from './batch-facts.ts'
import { decidePushed, gatheringOf, knewOf } from './decide-pushed.ts'
import type { Decided, GatheredFacts } from './decide-pushed.ts'
import { decideLocked } from './gather-locked.ts'
import type { Gathered } from './gather-locked.ts'
import { readPushed } from './read-pushed.ts'
import type { Poison, ReadOperation } from './read-pushed.ts'

export interface Accepted {
  readonly outcomes: readonly Outcome[]
  /** The seq that has to come next, where the batch did not follow on. */
  readonly wants: number | null
  /** Same number, other hash: nothing from there on was taken. */
  readonly isFork: boolean
}

/**
 * `operations` are of this device; `now` is the time of arrival. One transaction; where the store
 * refuses its rows, one for each operation, so that a poison operation stops no other (I8).
 * Throws LedgerStorageFailure `busy` or `unavailable`: nothing was taken, send again.
 */
export async function accept(
  storage: LedgerStorage,
  deviceId: string,
  operations: readonly PushedOperation[],
  now: number,
): Promise<Accepted> {
  const reads = operations.map((pushed) => readPushed(pushed))
  try {
    return await storage.withBatch(deviceId, (batch) => acceptWithin(batch, reads, now))
  } catch (error) {
    if (!isRejected(error)) throw error
    return await acceptOneByOne(storage, deviceId, reads, now)
  }
}

const isRejected = (error: unknown): boolean =>
  error instanceof LedgerStorageFailure && error.code === 'rejected'

async function acceptOneByOne(
  storage: LedgerStorage,
  deviceId: string,
  reads: readonly ReadOperation[],
  now: number,
): Promise<Accepted> {
  const outcomes: Outcome[] = []
  for (const read of reads) {
    const one = await acceptAlone(storage, deviceId, read, now)
    outcomes.push(...one.outcomes)
    if (one.wants !== null || one.isFork) return { ...one, outcomes }
  }
  return { outcomes, wants: null, isFork: false }
}

async function acceptAlone(
  storage: LedgerStorage,
  deviceId: string,
  read: ReadOperation,
  now: number,
): Promise<Accepted> {
  try {
    return await storage.withBatch(deviceId, (batch) => acceptWithin(batch, [read], now))
  } catch (error) {
    if (!isRejected(error)) throw error
    const poison: ReadOperation = { ...read, decidable: 'store-refused' }
    return await storage.withBatch(deviceId, (batch) => acceptWithin(batch, [poison], now))
  }
}

async function acceptWithin(
  batch: LedgerBatch,
  reads: readonly ReadOperation[],
  now: number,
): Promise<Accepted> {
  const place = await placeInChain(batch, reads)
  const { repeated, fresh, divergent, wants } = place
  const isFork = divergent.length > 0
  if (fresh.length === 0 && !isFork) return { outcomes: repeated, wants, isFork }
  const facts = openBatchFacts()
  const settled = await decideLocked(
    batch,
    facts,
    () => fresh.map((read) => gatheringOf(read)),
    (gathered) => settleAll(place, gathered, facts, batch.device, now),
  )
  const stored = await write(batch, place, facts, settled, now)
  return { outcomes: [...repeated, ...stored.map(outcomeOf)], wants, isFork }
}

type Settled = Omit<LedgerOperation, 'positions'>

interface SettledBatch {
  readonly operations: readonly Settled[]
  readonly effects: BatchEffects
}

function settleAll(
  place: Place,
  gathered: readonly (Gathered<GatheredFacts> | undefined)[],
  facts: BatchFacts,
  device: Device,
  now: number,
): SettledBatch {
  const effects = openBatchEffects(facts)
  const operations = place.fresh.map((read, index) => {
    const decided = decidePushed(read, gathered[index], facts, now, device)
    return typeof decided === 'string'
      ? quarantine(read, decided, effects, device, now)
      : settle(read, decided, facts, effects, now)
  })
  openForkException(place.divergent, facts, effects, device, now)
  facts.requireAll()
  return { operations, effects }
}

/** Records first: other desks wait for the heads, not for the rows that only this batch has. */
async function write(
  batch: LedgerBatch,
  place: Place,
  facts: BatchFacts,
  { operations, effects }: SettledBatch,
  now: number,
): Promise<readonly LedgerOperation[]> {
  const [, entries] = await inOrder([
    batch.writeRecords(effects.records(now)),
    batch.number(effects.entries),
  ])
  const positions = positionsIn(entries)
  const stored = operations.map((one) => ({ ...one, positions: positions.get(one.id) ?? {} }))
  await inOrder([batch.writeFeed(entries, now), batch.write(writingOf(place, stored, facts, now))])
  return stored
}

function positionsIn(entries: readonly NumberedEntry[]): Map<string, ScopeNumbers> {
  const positions = new Map<string, ScopeNumbers>()
  for (const { operationId, scope, number } of entries) {
    if (operationId === null) continue
    const ofOperation = positions.get(operationId)
    if (ofOperation === undefined) positions.set(operationId, { [scope]: number })
    else ofOperation[scope] = number
  }
  return positions
}

const outcomeOf = ({ id, seq, outcome, findings, positions }: LedgerOperation): Outcome => ({
  id,
  seq,
  outcome,
  findings,
  positions,
})

interface Place {
  readonly repeated: readonly Outcome[]
  readonly fresh: readonly ReadOperation[]
  readonly divergent: readonly ReadOperation[]
  readonly wants: number | null
  readonly chains: ReadonlyMap<number, ChainHead>
}

/** Which operations were answered before, which follow on, and where the batch stops fitting. */
async function placeInChain(batch: LedgerBatch, reads: readonly ReadOperation[]): Promise<Place> {
  const repeated: Outcome[] = []
  const fresh: ReadOperation[] = []
  const chains = new Map<number, ChainHead>()
  for (const [index, read] of reads.entries()) {
    const { epoch, seq, prevHash } = read.body
    const head = chains.get(epoch) ?? batch.chainHeads.get(epoch) ?? chainStart
    const end = { repeated, fresh, divergent: [], chains }
    if (seq > head.lastSeq + 1) return { ...end, wants: head.lastSeq + 1 }
    if (seq === head.lastSeq + 1 && prevHash === head.headHash) {
      fresh.push(read)
      chains.set(epoch, { lastSeq: seq, headHash: read.hash })
      continue
    }
    const earlier = await earlierOutcome(batch, fresh, read)
    if (earlier === null) return { ...end, divergent: reads.slice(index), wants: null }
    if (earlier !== 'in-this-batch') repeated.push(earlier)
  }
  return { repeated, fresh, divergent: [], chains, wants: null }
}

/** Null where another hash stands at this number, or the history before it is another. */
async function earlierOutcome(
  batch: LedgerBatch,
  fresh: readonly ReadOperation[],
  { body: { epoch, seq }, hash }: ReadOperation,
): Promise<Outcome | 'in-this-batch' | null> {
  const here = fresh.find((one) => one.body.epoch === epoch && one.body.seq === seq)
  if (here !== undefined) return here.hash === hash ? 'in-this-batch' : null
  const stored = (await batch.storedOutcomes(epoch, seq, seq)).get(seq)
  return stored !== undefined && stored.hash === hash ? stored.outcome : null
}

function settle(
  read: ReadOperation,
  decided: Decided,
  facts: BatchFacts,
  effects: BatchEffects,
  now: number,
): Settled {
  const operation = {
    id: read.id,
    isOfDesk: true,
    isKept: true,
    mayRestore: decided.isUndo,
  }
  const inverse = effects.add(operation, decided.changes)
  // As a quarantine: the operation changed nothing, the exception is the city's own.
  const tells = { id: read.id, isOfDesk: true, isKept: false, mayRestore: false }
  const told = effects.add(tells, decided.told)
  if (inverse.length + told.length > 0) {
    for (const key of aboutKeys(decided.about)) effects.about(key)
  }
  const entry = entryOf(read, now, { ...decided, inverse })
  facts.log(entry, read.body.isClockSuspect ?? false)
  if (decided.undoes !== null) facts.markUndone(decided.undoes, read.id)
  return entry
}

const entryOf = (
  { id, body, hash, text }: ReadOperation,
  receivedAt: number,
  result: Pick<Settled, 'outcome' | 'changes' | 'inverse'> & {
    readonly findings: Decided['findings']
  },
): Settled => ({
  id,
  epoch: body.epoch,
  seq: body.seq,
  hash,
  kind: plain(body.kind),
  staffId: plain(body.staff),
  branchId: plain(body.branch),
  at: eventTime(body),
  receivedAt,
  body: text,
  outcome: result.outcome,
  findings: [...result.findings],
  changes: result.changes,
  inverse: result.inverse,
})

/** Text that any store takes: the untouched text stays in the body, escaped. */
const plain = (text: string): string => text.toWellFormed().replaceAll(/[\u0000-\u001f]/g, '\ufffd')

/** Kept whole, with no effect but an exception for a person; the queue goes on. */
function quarantine(
  read: ReadOperation,
  poison: Poison,
  effects: BatchEffects,
  device: Device,
  now: number,
): Settled {
  const opened = [put('exception', exceptionRow('quarantined', read, device, now, poison))]
  effects.add({ id: read.id, isOfDesk: true, isKept: false, mayRestore: false }, opened)
  return entryOf(read, now, { outcome: 'quarantined', findings: [], changes: [], inverse: [] })
}

function openForkException(
  divergent: readonly ReadOperation[],
  facts: BatchFacts,
  effects: BatchEffects,
  device: Device,
  now: number,
): void {
  const [first] = divergent
  if (first === undefined) return
  const row = exceptionRow('device-fork', first, device, now, null)
  if (facts.row('exception', row.id) !== null) return
  const actedBy = { id: first.id, isOfDesk: false, isKept: false, mayRestore: false }
  effects.add(actedBy, [put('exception', row)])
}

const exceptionRow = (
  kind: ExceptionKind,
  { id, body }: ReadOperation,
  device: Device,
  now: number,
  comment: string | null,
): LedgerException =>
  openedException({
    kind,
    operationId: id,
    operationKind: plain(body.kind),
    deviceId: device.id,
    branchId: device.branchId,
    about: null,
    otherBranchId: null,
    happenedAt: eventTime(body),
    openedAt: now,
    findings: [],
    knew: { ...knewOf(body), staffId: plain(body.staff) },
    other: null,
    comment,
  })

const writingOf = (
  place: Place,
  operations: readonly LedgerOperation[],
  facts: BatchFacts,
  receivedAt: number,
): BatchWriting => ({
  operations,
  undone: facts.undone(),
  chains: place.chains,
  quarantine: place.divergent.map(({ body, hash, text }) => ({
    epoch: body.epoch,
    seq: body.seq,
    hash,
    body: text,
    reason: 'fork',
    receivedAt,
  })),
})
