/** The ledger's store in memory, for the simulator's fast tier. One writer at a time. */
import { applyChange, keyOf, keyOfChange } from '../../../domain/change.ts'
import type { RecordKey } from '../../../domain/change.ts'
import { finders } from '../../../domain/facts.ts'
import type { FinderName, FinderValue } from '../../../domain/facts.ts'
import type { FeedEntry, Outcome } from '../../../contract/sync-protocol.ts'
import { scopes } from '../../../domain/records.ts'
import type { RecordKind } from '../../../domain/records.ts'
import { openFeedRange } from '../../ledger/feed-range.ts'
import { finderValues, inFinderOrder } from '../matching-rows.ts'
import { chainStart, ENROLMENT_TRIES } from '../ledger-storage.ts'
import type {
  AnyRow,
  BatchWriting,
  ChainHead,
  Device,
  EnrolmentCode,
  FeedPage,
  Heads,
  LedgerBatch,
  LedgerOperation,
  LedgerStorage,
  QuarantinedUpload,
  SignInFailures,
} from '../ledger-storage.ts'
import { seedChunks } from '../seed-chunks.ts'

interface Kept {
  serverEpoch: string
  isSampleCity: boolean
  rows: Map<RecordKey, AnyRow>
  index: Map<FinderName, Map<string, Map<string, AnyRow>>>
  feed: Map<string, FeedEntry[]>
  devices: Map<string, Device>
  chains: Map<string, ChainHead>
  operations: Map<string, LedgerOperation & { undoneBy: string | null }>
  quarantine: Map<string, QuarantinedUpload>
  codes: Map<string, EnrolmentCode & { triesLeft: number }>
  failures: Map<string, SignInFailures>
  nonces: Map<string, number>
}

/** `serverEpoch` names this store; a restarted simulation gives another. */
export function openMemoryStorage(serverEpoch: string): LedgerStorage {
  const kept = empty(serverEpoch)
  const listeners = new Set<() => void>()
  let last: Promise<unknown> = Promise.resolve()
  function alone<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work)
    last = done.catch(() => null)
    return done
  }
  const moved = () => listeners.forEach((listener) => queueMicrotask(listener))
  return {
    city: async () => ({ serverEpoch: kept.serverEpoch, isSampleCity: kept.isSampleCity }),
    seed: (changes, isSampleCity) =>
      alone(async () => {
        if (scopes.some((scope) => headsOf(kept)[scope] > 0)) return false
        const feed = openFeedRange(headsOf(kept))
        const rows = new Map<RecordKey, AnyRow | null>()
        for await (const chunk of seedChunks(changes)) {
          feed.append(null, chunk)
          for (const change of chunk) {
            const key = keyOfChange(change)
            rows.set(key, applyChange(rows.get(key) ?? null, change))
          }
        }
        keepRecords(kept, rows, feed.entries)
        kept.isSampleCity = isSampleCity
        moved()
        return true
      }),
    heads: async () => headsOf(kept),
    readFeed: async (cursors, limit, bytesMax) => pageOf(kept, cursors, limit, bytesMax),
    withBatch: (deviceId, fn) =>
      alone(async () => {
        const device = kept.devices.get(deviceId)
        if (device === undefined) throw new Error(`no device ${deviceId}`)
        const writings: BatchWriting[] = []
        const result = await fn(batchOn(kept, device, writings))
        for (const writing of writings) keep(kept, device.id, writing)
        if (writings.some(({ feed }) => feed.length > 0)) moved()
        return result
      }),
    get: async (kind, id) => kept.rows.get(keyOf(kind, id)) ?? null,
    find: async (finder, values) => found(kept, finder, values, finders[finder].limit),
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

const empty = (serverEpoch: string): Kept => ({
  serverEpoch,
  isSampleCity: false,
  rows: new Map(),
  index: new Map(),
  feed: new Map(scopes.map((scope) => [scope, []])),
  devices: new Map(),
  chains: new Map(),
  operations: new Map(),
  quarantine: new Map(),
  codes: new Map(),
  failures: new Map(),
  nonces: new Map(),
})

const headsOf = (kept: Kept): Heads => ({
  city: kept.feed.get('city')?.length ?? 0,
  catalogue: kept.feed.get('catalogue')?.length ?? 0,
  circulation: kept.feed.get('circulation')?.length ?? 0,
})

function found(
  kept: Kept,
  finder: FinderName,
  values: readonly FinderValue[],
  limit: number,
): AnyRow[] {
  const rows = kept.index.get(finder)?.get(valuesKey(values)) ?? new Map<string, AnyRow>()
  return inFinderOrder(finder, [...rows.values()]).slice(0, limit)
}

/** The places in the index where a row stands, one for each finder of its kind. */
function indexed(kept: Kept, kind: RecordKind, row: AnyRow): Map<string, AnyRow>[] {
  const names = (Object.keys(finders) as FinderName[]).filter((name) => finders[name].kind === kind)
  return names.map((name) => {
    const byValues = kept.index.get(name) ?? new Map<string, Map<string, AnyRow>>()
    kept.index.set(name, byValues)
    const key = valuesKey(finderValues(name, row))
    const rows = byValues.get(key) ?? new Map<string, AnyRow>()
    byValues.set(key, rows)
    return rows
  })
}

const valuesKey = (values: readonly FinderValue[]): string => JSON.stringify(values)

function pageOf(kept: Kept, cursors: Partial<Heads>, limit: number, bytesMax: number): FeedPage {
  const heads = headsOf(kept)
  const entries: FeedEntry[] = []
  let bytes = 0
  let isComplete = true
  for (const scope of scopes) {
    for (const entry of (kept.feed.get(scope) ?? []).slice(cursors[scope] ?? 0)) {
      bytes += JSON.stringify(entry.changes).length
      if (entries.length >= limit || (entries.length > 0 && bytes > bytesMax)) {
        isComplete = false
        break
      }
      entries.push(entry)
    }
  }
  return { entries, heads, isComplete }
}

function batchOn(kept: Kept, device: Device, writings: BatchWriting[]): LedgerBatch {
  return {
    device,
    chainHead: async (epoch) => kept.chains.get(`${device.id}.${epoch}`) ?? chainStart,
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
    heads: async () => headsOf(kept),
    lockHeads: async () => headsOf(kept),
    get: async (kind: RecordKind, id) => kept.rows.get(keyOf(kind, id)) ?? null,
    find: async (finder, values, limit) => found(kept, finder, values, limit),
    operation: async (id) => kept.operations.get(id) ?? null,
    write: async (writing) => {
      writings.push(writing)
    },
  }
}

function keepRecords(
  kept: Kept,
  rows: ReadonlyMap<RecordKey, AnyRow | null>,
  feed: readonly FeedEntry[],
): void {
  for (const [key, row] of rows) {
    const before = kept.rows.get(key)
    const kind = key.slice(0, key.indexOf(':')) as RecordKind
    if (before !== undefined) for (const ids of indexed(kept, kind, before)) ids.delete(before.id)
    if (row === null) {
      kept.rows.delete(key)
      continue
    }
    kept.rows.set(key, row)
    for (const ids of indexed(kept, kind, row)) ids.set(row.id, row)
  }
  for (const entry of feed) kept.feed.get(entry.scope)?.push(entry)
}

function keep(kept: Kept, deviceId: string, writing: BatchWriting): void {
  keepRecords(kept, writing.rows, writing.feed)
  for (const one of writing.operations) kept.operations.set(one.id, { ...one, undoneBy: null })
  for (const { id, by } of writing.undone) {
    const undone = kept.operations.get(id)
    if (undone !== undefined) kept.operations.set(id, { ...undone, undoneBy: by })
  }
  for (const [epoch, head] of writing.chains) kept.chains.set(`${deviceId}.${epoch}`, head)
  for (const one of writing.quarantine) {
    kept.quarantine.set(`${deviceId}.${one.epoch}.${one.seq}.${one.hash}`, one)
  }
}

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
