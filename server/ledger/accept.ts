/**
 * The ordering authority: takes the operations of one desk in order, exactly once, decides each
 * again and numbers what it changed (design/sync.md, "Identity and exactly once").
 */
import { eventTime } from '../../contract/sync-protocol.ts'
import type { Outcome, PushedOperation } from '../../contract/sync-protocol.ts'
import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import type { ExceptionKind, LedgerException } from '../../domain/records.ts'
import type { DeviceId, ExceptionId, OperationId, BranchId } from '../../domain/words/ids.ts'
import { LedgerStorageFailure } from '../storage/ledger-storage.ts'
import type {
  BatchWriting,
  ChainHead,
  Device,
  LedgerBatch,
  LedgerOperation,
  LedgerStorage,
} from '../storage/ledger-storage.ts'
import { openBatchFacts } from './batch-facts.ts'
import type { BatchFacts } from './batch-facts.ts'
import { decidePushed, prefetch } from './decide-pushed.ts'
import type { Decided } from './decide-pushed.ts'
import { openFeedRange } from './feed-range.ts'
import type { FeedRange } from './feed-range.ts'
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

  const facts = openBatchFacts(batch)
  const seen = await batch.heads()
  await prefetch(fresh, facts)
  const heads = await batch.lockHeads()
  if (JSON.stringify(heads) !== JSON.stringify(seen)) {
    facts.forget()
    await prefetch(fresh, facts)
  }
  const feed = openFeedRange(heads)
  const stored: LedgerOperation[] = []
  for (const read of fresh) stored.push(await settle(read, facts, feed, batch.device, now))
  if (isFork) await openForkException(divergent, facts, feed, batch.device, now)
  await batch.write(writingOf(place, stored, facts, feed, now))
  return { outcomes: [...repeated, ...stored.map(outcomeOf)], wants, isFork }
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
    const head = chains.get(epoch) ?? (await batch.chainHead(epoch))
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

async function settle(
  read: ReadOperation,
  facts: BatchFacts,
  feed: FeedRange,
  device: Device,
  now: number,
): Promise<LedgerOperation> {
  const decided = await decidePushed(read, facts, now)
  if (typeof decided === 'string') return await quarantine(read, decided, facts, feed, device, now)
  const inverse = await facts.apply(read.id, decided.changes)
  const positions = feed.append(read.id, decided.changes)
  const entry = entryOf(read, now, { ...decided, positions, inverse })
  facts.log({ ...entry, undoneBy: null })
  if (decided.undoes !== null) facts.markUndone(decided.undoes, read.id)
  return entry
}

const entryOf = (
  { id, body, hash, text }: ReadOperation,
  receivedAt: number,
  result: Pick<LedgerOperation, 'outcome' | 'changes' | 'inverse' | 'positions'> & {
    readonly findings: Decided['findings']
  },
): LedgerOperation => ({
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
  positions: result.positions,
  changes: result.changes,
  inverse: result.inverse,
})

/** Text that any store takes: the untouched text stays in the body, escaped. */
const plain = (text: string): string => text.toWellFormed().replaceAll(/[\u0000-\u001f]/g, '\ufffd')

/** Kept whole, with no effect but an exception for a person; the queue goes on. */
async function quarantine(
  read: ReadOperation,
  poison: Poison,
  facts: BatchFacts,
  feed: FeedRange,
  device: Device,
  now: number,
): Promise<LedgerOperation> {
  const opened = [put('exception', exceptionRow('quarantined', read, device, now, poison))]
  await facts.apply(read.id, opened)
  const positions = feed.append(read.id, opened)
  const outcome = 'quarantined' as const
  return entryOf(read, now, { outcome, findings: [], changes: [], inverse: [], positions })
}

async function openForkException(
  divergent: readonly ReadOperation[],
  facts: BatchFacts,
  feed: FeedRange,
  device: Device,
  now: number,
): Promise<void> {
  const [first] = divergent
  if (first === undefined) return
  const row = exceptionRow('device-fork', first, device, now, null)
  if ((await facts.row('exception', row.id)) !== null) return
  const opened: Change[] = [put('exception', row)]
  await facts.apply(first.id, opened)
  feed.append(null, opened)
}

const exceptionRow = (
  kind: ExceptionKind,
  { id, body }: ReadOperation,
  device: Device,
  now: number,
  comment: string | null,
): LedgerException => ({
  id: `${id}.x-${kind}` as ExceptionId,
  kind,
  operationId: id as OperationId,
  operationKind: plain(body.kind),
  deviceId: device.id as DeviceId,
  branchId: device.branchId as BranchId,
  itemId: null,
  readerId: null,
  loanId: null,
  otherLoanId: null,
  rules: [],
  happenedAt: eventTime(body),
  openedAt: now,
  settledAt: null,
  settledBy: null,
  settlement: null,
  comment,
})

const writingOf = (
  place: Place,
  operations: readonly LedgerOperation[],
  facts: BatchFacts,
  feed: FeedRange,
  receivedAt: number,
): BatchWriting => ({
  operations,
  undone: facts.undone,
  rows: facts.rows,
  feed: feed.entries,
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
