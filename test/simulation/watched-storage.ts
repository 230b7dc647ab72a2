/** The server's store with an ear at each commit, and a hand to end the server around it. */
import type { FeedEntry } from '../../contract/sync-protocol.ts'
import { keyOf } from '../../domain/change.ts'
import type { RecordKey } from '../../domain/change.ts'
import { finders } from '../../domain/gathering.ts'
import { inFinderOrder, isMatch } from '../../server/storage/matching-rows.ts'
import { LedgerStorageFailure } from '../../server/storage/ledger-storage.ts'
import type {
  AnyRow,
  BatchWriting,
  FoundRecord,
  LedgerBatch,
  LedgerStorage,
  LedgerTurn,
  NumberedEntry,
  RecordsWriting,
  Search,
  StoredRecord,
  Upkeep,
} from '../../server/storage/ledger-storage.ts'

/** The server's program is gone; whoever asked it hears nothing. */
export class ServerKilled extends Error {
  constructor() {
    super('the server was killed')
    this.name = 'ServerKilled'
  }
}

/** What one transaction wrote. */
export interface Commit {
  /** Null for the city itself. */
  readonly deviceId: string | null
  readonly rows: ReadonlyMap<RecordKey, AnyRow | null>
  readonly entries: readonly FeedEntry[]
  readonly batches: readonly BatchWriting[]
  /** As they were given, to be written again into a restored store. */
  readonly records: readonly RecordsWriting[]
  readonly numbered: readonly (readonly NumberedEntry[])[]
}

export interface StorageTrouble {
  /** Asked once in each transaction: whether another one commits between its reading and locking. */
  readonly races: () => boolean
  /** Asked once in each transaction. */
  readonly killsBeforeCommit: () => boolean
  readonly killsAfterCommit: () => boolean
  /** These operations the store refuses, whenever they come. */
  readonly refuses: (writing: BatchWriting) => boolean
  readonly isBusy: () => boolean
}

export function watchedStorage(
  storage: LedgerStorage,
  onCommit: (commit: Commit) => void,
  trouble: StorageTrouble,
): LedgerStorage {
  let last: Commit | null = null
  async function watched<T>(
    deviceId: string | null,
    run: (around: <P extends LedgerTurn>(turn: P) => P) => Promise<T>,
  ): Promise<T> {
    if (trouble.isBusy()) throw new LedgerStorageFailure('busy', null)
    let written = nothingWritten()
    const overtaking = last !== null && last.deviceId !== deviceId && trouble.races() ? last : null
    // Whoever begins again finds it committed.
    if (overtaking !== null) last = null
    const result = await run((turn) => {
      // Run again after a circle of waiting: what was written before was rolled back.
      written = nothingWritten()
      const seen = overtaking === null ? turn : readingBefore(turn, overtaking)
      return listening(seen, written, trouble)
    })
    const commit = commitOf(deviceId, written)
    if (commit.records.length > 0) last = commit
    onCommit(commit)
    if (trouble.killsAfterCommit()) throw new ServerKilled()
    return result
  }
  return overlaid(storage, {
    withBatch: (deviceId, fn) =>
      watched(deviceId, (around) =>
        storage.withBatch(deviceId, async (batch) => {
          const result = await fn(around(batch))
          if (trouble.killsBeforeCommit()) throw new ServerKilled()
          return result
        }),
      ),
    withTurn: (fn) =>
      watched(null, (around) =>
        storage.withTurn(async (turn) => {
          const result = await fn(around(turn))
          if (trouble.killsBeforeCommit()) throw new ServerKilled()
          return result
        }),
      ),
  })
}

/** The same port with some of its methods replaced. */
function overlaid<T extends object>(port: T, over: Partial<T>): T {
  return new Proxy(port, {
    get(target, name) {
      const replaced = Reflect.get(over, name) as unknown
      if (replaced !== undefined) return replaced
      const member = Reflect.get(target, name) as unknown
      return typeof member === 'function' ? (member.bind(target) as unknown) : member
    },
  })
}

/**
 * The transaction reads before the other has committed, and locks after it: one writer at a time
 * would never show what two do.
 */
function readingBefore<P extends LedgerTurn>(turn: P, other: Commit): P {
  const before = new Map<RecordKey, StoredRecord>()
  for (const { records } of other.records) {
    for (const [key, { stored }] of records) if (!before.has(key)) before.set(key, stored)
  }
  const unknown = new Set(other.batches.flatMap(({ operations }) => operations.map(({ id }) => id)))
  let isEarly = true
  const late = async <T>(work: () => Promise<T>): Promise<T> => {
    isEarly = false
    return await work()
  }
  const reading: Pick<LedgerTurn, 'records' | 'search' | 'operations' | 'lock' | 'guard'> & Upkeep =
    {
      async records(keys) {
        const found = new Map(await turn.records(keys))
        if (!isEarly) return found
        for (const key of keys) {
          const was = before.get(key)
          if (was === undefined) continue
          if (was.version === 0) found.delete(key)
          else found.set(key, was)
        }
        return found
      },
      async search(searches) {
        const found = await turn.search(searches)
        return isEarly
          ? found.map((rows, at) => foundBefore(searches[at] as Search, rows, before))
          : found
      },
      async operations(ids) {
        const found = new Map(await turn.operations(ids))
        if (isEarly) for (const id of ids) if (unknown.has(id)) found.delete(id)
        return found
      },
      lock: (versions) => late(() => turn.lock(versions)),
      guard: (searches) => late(() => turn.guard(searches)),
      // What was overtaken would have left its note after this one looked for notes.
      takeDirty: (limit) => late(() => (turn as unknown as Upkeep).takeDirty(limit)),
    }
  return overlaid(turn, reading as unknown as Partial<P>)
}

function foundBefore(
  { finder, values, limit }: Search,
  rows: readonly FoundRecord[],
  before: ReadonlyMap<RecordKey, StoredRecord>,
): FoundRecord[] {
  const { kind } = finders[finder]
  const still = rows.filter(({ row }) => !before.has(keyOf(kind, row.id)))
  const were = [...before].flatMap(([key, was]) =>
    key.startsWith(`${kind}:`) && was.row !== null && isMatch(finder, values, was.row)
      ? [was as FoundRecord]
      : [],
  )
  const all = new Map([...still, ...were].map((one) => [one.row.id, one]))
  const ordered = inFinderOrder(
    finder,
    [...all.values()].map(({ row }) => row),
  )
  return ordered.slice(0, limit).map(({ id }) => all.get(id) as FoundRecord)
}

interface Written {
  readonly records: RecordsWriting[]
  readonly numbered: (readonly NumberedEntry[])[]
  readonly batches: BatchWriting[]
}

const nothingWritten = (): Written => ({ records: [], numbered: [], batches: [] })

function listening<P extends LedgerTurn>(turn: P, written: Written, trouble: StorageTrouble): P {
  const heard: Pick<LedgerBatch, 'writeRecords' | 'writeFeed' | 'write'> = {
    async writeRecords(writing) {
      written.records.push(writing)
      await turn.writeRecords(writing)
    },
    async writeFeed(entries, at) {
      written.numbered.push(entries)
      await turn.writeFeed(entries, at)
    },
    async write(writing) {
      if (trouble.refuses(writing)) throw new LedgerStorageFailure('rejected', null)
      written.batches.push(writing)
      await (turn as unknown as LedgerBatch).write(writing)
    },
  }
  return overlaid(turn, heard as unknown as Partial<P>)
}

function commitOf(deviceId: string | null, { records, numbered, batches }: Written): Commit {
  const rows = new Map<RecordKey, AnyRow | null>()
  for (const writing of records) for (const [key, { row }] of writing.records) rows.set(key, row)
  const entries = numbered.flat().map(({ scope, number, operationId, changes }) => ({
    scope,
    number,
    operationId,
    changes: [...changes],
  }))
  return { deviceId, rows, entries, batches, records, numbered }
}
