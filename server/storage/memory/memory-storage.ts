/** The ledger's store in memory, for the simulator's fast tier. One writer at a time. */
import { finders } from '../../../domain/gathering.ts'
import type { LoggedOperation } from '../../../domain/gathering.ts'
import type { RecordKey } from '../../../domain/change.ts'
import { keyOf } from '../../../domain/change.ts'
import { scopesAhead } from '../../../domain/scopes.ts'
import type { Scope } from '../../../domain/scopes.ts'
import type { Outcome } from '../../../contract/sync-protocol.ts'
import { chainStart, ENROLMENT_TRIES, LedgerStorageFailure, noRecord } from '../ledger-storage.ts'
import type {
  BriefDirty,
  ChainHead,
  Device,
  EnrolmentCode,
  LedgerBatch,
  LedgerOperation,
  LedgerStorage,
  LedgerTurn,
  Moved,
  QuarantinedUpload,
  RecordWriting,
  SignInFailures,
  StoredRecord,
  Upkeep,
  RecordsWriting,
} from '../ledger-storage.ts'
import { seedParts } from '../seed-parts.ts'
import { deviceLogOver } from './device-log.ts'
import { openMemoryFeed } from './memory-feed.ts'
import type { MemoryFeed } from './memory-feed.ts'
import { openMemoryRows } from './memory-rows.ts'
import type { MemoryRows } from './memory-rows.ts'

interface Kept {
  serverEpoch: string
  signingKey: string | null
  isSampleCity: boolean
  rows: MemoryRows
  feed: MemoryFeed
  dirty: BriefDirty[]
  devices: Map<string, Device>
  chains: Map<string, ChainHead>
  epochs: Map<string, number>
  operations: Map<string, LedgerOperation & Pick<LoggedOperation, 'isClockSuspect' | 'undoneBy'>>
  quarantine: Map<string, QuarantinedUpload>
  codes: Map<string, EnrolmentCode & { triesLeft: number }>
  failures: Map<string, SignInFailures>
  nonces: Map<string, number>
}

/** `serverEpoch` names this store; a restarted simulation gives another. */
export function openMemoryStorage(serverEpoch: string): LedgerStorage {
  const kept = empty(serverEpoch)
  const listeners = new Set<(moved: Moved) => void>()
  const alone = openMutex()
  const moved = (scopes: readonly Scope[]) =>
    listeners.forEach((listener) => queueMicrotask(() => listener({ scopes, entries: null })))

  /** Keeps what `fn` wrote, all or nothing. */
  const committing = <T>(fn: (staged: (() => void)[]) => Promise<T>): Promise<T> =>
    alone(async () => {
      const staged: (() => void)[] = []
      const before = kept.feed.heads(null)
      const result = await fn(staged)
      for (const write of staged) write()
      const scopes = scopesAhead(kept.feed.heads(null), before)
      if (scopes.length > 0) moved(scopes)
      return result
    })

  return {
    ...cityParts(kept, committing),
    ...feedParts(kept, committing),
    ...deviceLogOver(kept),
    withBatch: (deviceId, fn) =>
      committing(async (staged) => {
        const device = kept.devices.get(deviceId)
        if (device === undefined) throw new Error(`no device ${deviceId}`)
        return await fn(batchOn(kept, device, staged))
      }),
    withTurn: (fn) =>
      committing((staged) => fn({ ...turnOn(kept, staged), ...upkeepOn(kept, staged) })),
    ...deviceParts(kept),
    ...signInParts(kept),
    onHeadsMoved: async (listener) => {
      listeners.add(listener)
      return async () => {
        listeners.delete(listener)
      }
    },
    ping: async () => {},
    close: async () => {
      listeners.clear()
    },
  }
}

type Committing = <T>(fn: (staged: (() => void)[]) => Promise<T>) => Promise<T>

function openMutex() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work)
    last = done.catch(() => null)
    return done
  }
}

const empty = (serverEpoch: string): Kept => ({
  serverEpoch,
  isSampleCity: false,
  rows: openMemoryRows(),
  signingKey: null,
  feed: openMemoryFeed(),
  dirty: [],
  devices: new Map(),
  chains: new Map(),
  epochs: new Map(),
  operations: new Map(),
  quarantine: new Map(),
  codes: new Map(),
  failures: new Map(),
  nonces: new Map(),
})

type CityParts = Pick<
  LedgerStorage,
  'city' | 'signingKey' | 'seed' | 'get' | 'find' | 'listRecords'
>

const cityParts = (kept: Kept, committing: Committing): CityParts => ({
  city: async () => ({ serverEpoch: kept.serverEpoch, isSampleCity: kept.isSampleCity }),
  signingKey: async (candidate) => (kept.signingKey ??= candidate),
  seed: (changes, isSampleCity, at = Date.now()) =>
    committing(async (staged) => {
      if (Object.keys(kept.feed.heads(null)).length > 0) return false
      const seen = new Map<RecordKey, StoredRecord>()
      const parts = seedParts(changes, async () => seen)
      for await (const { records, entries } of parts) {
        const writing = new Map<RecordKey, RecordWriting>()
        for (const [key, record] of records) {
          seen.set(key, { ...record, version: 1 })
          writing.set(key, { ...record, stored: noRecord })
        }
        staged.push(() => {
          kept.rows.write(writing, at)
          kept.feed.write(kept.feed.number(entries), at)
        })
      }
      staged.push(() => {
        kept.isSampleCity = isSampleCity
      })
      return seen.size > 0
    }),
  get: async (kind, id) => kept.rows.at(keyOf(kind, id))?.row ?? null,
  find: async (finder, values) =>
    kept.rows.search({ finder, values, limit: finders[finder].limit }).map(({ row }) => row),
  listRecords: async (kind, afterId, limit) => kept.rows.list(kind, afterId, limit),
})

type FeedParts = Pick<
  LedgerStorage,
  | 'heads'
  | 'readFeed'
  | 'scopeStates'
  | 'entriesOf'
  | 'writeBase'
  | 'deleteEntries'
  | 'lastEntryBefore'
  | 'forgetRemoved'
>

const feedParts = (kept: Kept, committing: Committing): FeedParts => ({
  heads: async (scopes) => kept.feed.heads(scopes ?? null),
  readFeed: async (cursors, limit, bytesMax) => kept.feed.page(cursors, limit, bytesMax),
  scopeStates: async () => kept.feed.states(),
  async *entriesOf(scope, after) {
    yield kept.feed.after(scope, after)
  },
  writeBase: (scope, head, { chunks, rows }, at) =>
    committing(async (staged) => {
      if ((kept.feed.heads([scope])[scope] ?? 0) !== head) return false
      staged.push(() => {
        const entries = chunks.map((changes) => ({ scope, operationId: null, changes }))
        kept.feed.write(kept.feed.number(entries), at)
        kept.feed.setBase(scope, head, rows, at)
      })
      return true
    }),
  deleteEntries: async (scope, number) => kept.feed.delete(scope, number),
  lastEntryBefore: async (scope, at) => kept.feed.lastBefore(scope, at),
  forgetRemoved: async (at) => kept.rows.forgetRemoved(at),
})

/** What was read before the turn began may be there by now: a key is given once. */
function refuseMadeMeanwhile({ rows }: Kept, records: RecordsWriting['records']): void {
  for (const [key, { row, stored }] of records) {
    const isMade = stored.version === 0 && row !== null
    if (isMade && rows.at(key) !== undefined) throw new LedgerStorageFailure('rejected', null)
  }
}

/** The mutex is the lock of everything: what was read inside it stands. */
const turnOn = (kept: Kept, staged: (() => void)[]): LedgerTurn => ({
  records: async (keys) =>
    new Map(
      keys.flatMap((key) => {
        const record = kept.rows.at(key)
        return record === undefined ? [] : [[key, record]]
      }),
    ),
  search: async (searches) => searches.map((one) => kept.rows.search(one)),
  operations: async (ids) =>
    new Map(
      ids.flatMap((id) => {
        const operation = kept.operations.get(id)
        return operation === undefined ? [] : [[id, operation]]
      }),
    ),
  lock: async (versions) =>
    new Map(
      [...versions].flatMap(([key, version]) => {
        const record = kept.rows.at(key)
        return record === undefined || record.version === version ? [] : [[key, record]]
      }),
    ),
  guard: async () => {},
  writeRecords: async ({ records, dirty, at }) => {
    refuseMadeMeanwhile(kept, records)
    staged.push(() => {
      kept.rows.write(records, at)
      kept.dirty.push(...dirty)
    })
  },
  number: async (entries) => kept.feed.number(entries),
  writeFeed: async (entries, at) => {
    staged.push(() => kept.feed.write(entries, at))
  },
})

const upkeepOn = (kept: Kept, staged: (() => void)[]): Upkeep => ({
  takeDirty: async (limit) => {
    const taken = kept.dirty.slice(0, limit)
    staged.push(() => void kept.dirty.splice(0, taken.length))
    return taken
  },
})

function chainsOf({ chains }: Kept, deviceId: string): Map<number, ChainHead> {
  const prefix = `${deviceId}.`
  return new Map(
    [...chains].flatMap(([key, head]) =>
      key.startsWith(prefix) ? [[Number(key.slice(prefix.length)), head] as const] : [],
    ),
  )
}

const batchOn = (kept: Kept, device: Device, staged: (() => void)[]): LedgerBatch => ({
  ...turnOn(kept, staged),
  device,
  chainHeads: chainsOf(kept, device.id),
  storedOutcomes: async (epoch, fromSeq, toSeq) => {
    const outcomes = new Map<number, { hash: string; outcome: Outcome }>()
    for (let seq = fromSeq; seq <= toSeq; seq++) {
      const one = kept.operations.get(`${device.id}.${epoch}.${seq}`)
      if (one === undefined) continue
      const { id, hash, outcome, findings, positions } = one
      outcomes.set(seq, { hash, outcome: { id, seq, outcome, findings, positions } })
    }
    return outcomes
  },
  write: async ({ operations, undone, chains, quarantine }) => {
    staged.push(() => {
      for (const one of operations) {
        const isClockSuspect = one.body.includes('"isClockSuspect":true')
        kept.operations.set(one.id, { ...one, isClockSuspect, undoneBy: null })
      }
      for (const { id, by } of undone) {
        const logged = kept.operations.get(id)
        if (logged !== undefined) kept.operations.set(id, { ...logged, undoneBy: by })
      }
      for (const [epoch, head] of chains) kept.chains.set(`${device.id}.${epoch}`, head)
      for (const one of quarantine) {
        kept.quarantine.set(`${device.id}.${one.epoch}.${one.seq}.${one.hash}`, one)
      }
    })
  },
})

type DeviceParts = Pick<
  LedgerStorage,
  'device' | 'chainHead' | 'revokeDevice' | 'revokedAmong' | 'saveEnrolmentCode' | 'enrol'
>

const deviceParts = (kept: Kept): DeviceParts => ({
  device: async (id) => kept.devices.get(id) ?? null,
  chainHead: async (deviceId, epoch) => kept.chains.get(`${deviceId}.${epoch}`) ?? chainStart,
  revokeDevice: async (id, at) => {
    const device = kept.devices.get(id)
    if (device === undefined) return false
    if (device.revokedAt === null) kept.devices.set(id, { ...device, revokedAt: at })
    return true
  },
  revokedAmong: async (ids) =>
    ids.filter((id) => (kept.devices.get(id)?.revokedAt ?? null) !== null),
  saveEnrolmentCode: async (code) => {
    kept.codes.set(code.label, { ...code, triesLeft: ENROLMENT_TRIES })
  },
  enrol: async ({ label, secretHash, at }, { id, deskName, publicKey }) => {
    const code = kept.codes.get(label)
    if (code === undefined || code.triesLeft < 1 || code.expiresAt <= at) return null
    if (code.secretHash !== secretHash) {
      kept.codes.set(label, { ...code, triesLeft: code.triesLeft - 1 })
      return null
    }
    kept.codes.delete(label)
    const { branchId } = code
    const device = { id, branchId, deskName, publicKey, enrolledAt: at, revokedAt: null }
    kept.devices.set(id, device)
    return device
  },
})

type SignInParts = Pick<LedgerStorage, 'updateSignInFailures' | 'rememberNonce'>

const signInParts = (kept: Kept): SignInParts => ({
  updateSignInFailures: async (key, next) => {
    const after = next(kept.failures.get(key) ?? null)
    if (after === null) kept.failures.delete(key)
    else kept.failures.set(key, after)
    return after
  },
  rememberNonce: async (deviceId, nonce, at, forgetBefore) => {
    for (const [key, usedAt] of kept.nonces) if (usedAt < forgetBefore) kept.nonces.delete(key)
    const key = `${deviceId} ${nonce}`
    if (kept.nonces.has(key)) return false
    kept.nonces.set(key, at)
    return true
  },
})
