/** Transactions of the ledger: of the city itself, and on behalf of one device. */
import { inOrder } from '../in-order.ts'
import type { Outcome } from '../../../contract/sync-protocol.ts'
import type { LoggedOperation } from '../../../domain/gathering.ts'
import { chainStart } from '../ledger-storage.ts'
import type {
  BatchWriting,
  BriefDirty,
  ChainHead,
  Device,
  LedgerBatch,
  LedgerOperation,
  LedgerTurn,
  Search,
  Upkeep,
} from '../ledger-storage.ts'
import { withFailures } from './connect.ts'
import type { Sql, Transaction } from './connect.ts'
import { numberEntries, textOf, writeFeed } from './feed-rows.ts'
import { packed, packedJson, unpacked } from './packed.ts'
import { getRecords, lockRecords, searchRecords, writeRecords } from './record-rows.ts'

export async function readChainHeads(
  sql: Transaction,
  cityId: string,
  deviceId: string,
): Promise<Map<number, ChainHead>> {
  const heads = await sql<(ChainHead & { epoch: number })[]>`
    select epoch, last_seq as "lastSeq", head_hash as "headHash" from chain
    where city_id = ${cityId} and device_id = ${deviceId}`
  return new Map(heads.map(({ epoch, lastSeq, headHash }) => [epoch, { lastSeq, headHash }]))
}

export async function readChainHead(
  sql: Sql | Transaction,
  cityId: string,
  deviceId: string,
  epoch: number,
): Promise<ChainHead> {
  const [head] = await sql<ChainHead[]>`
    select last_seq as "lastSeq", head_hash as "headHash" from chain
    where city_id = ${cityId} and device_id = ${deviceId} and epoch = ${epoch}`
  return head ?? chainStart
}

/** Every failure of the database that a look-up meets inside a rule is told from a defect of it. */
export const turnOn = (sql: Transaction, cityId: string): LedgerTurn => ({
  records: (keys) => withFailures(() => getRecords(sql, cityId, keys)),
  search: (searches) => withFailures(() => searchRecords(sql, cityId, searches)),
  operations: (ids) => withFailures(() => readOperations(sql, cityId, ids)),
  lock: (versions) => withFailures(() => lockRecords(sql, cityId, versions)),
  guard: (searches) => withFailures(() => guard(sql, cityId, searches)),
  writeRecords: (writing) =>
    withFailures(async () => {
      await inOrder([writeRecords(sql, cityId, writing), writeDirty(sql, cityId, writing.dirty)])
    }),
  number: (entries) => withFailures(() => numberEntries(sql, cityId, entries)),
  writeFeed: (entries, at) => withFailures(() => writeFeed(sql, cityId, entries, at)),
})

export const upkeepOn = (sql: Transaction, cityId: string): Upkeep => ({
  takeDirty: (limit) =>
    withFailures(async () => {
      const lock = `${cityId} digest`
      const [tried] = await sql<{ isOurs: boolean }[]>`
        select pg_try_advisory_xact_lock(hashtextextended(${lock}, 0)) as "isOurs"`
      if (tried?.isOurs !== true) return null
      return await sql<BriefDirty[]>`
        with taken as (
          delete from brief_dirty where ctid = any(array(
            select ctid from brief_dirty where city_id = ${cityId} order by seq limit ${limit}))
          returning seq, kind, id, card
        )
        select kind, id, card from taken order by seq`
    }),
})

export const batchOn = (
  sql: Transaction,
  cityId: string,
  device: Device,
  chainHeads: ReadonlyMap<number, ChainHead>,
): LedgerBatch => ({
  ...turnOn(sql, cityId),
  device,
  chainHeads,
  storedOutcomes: (epoch, fromSeq, toSeq) =>
    withFailures(() => readOutcomes(sql, cityId, device.id, [epoch, fromSeq, toSeq])),
  write: (writing) => withFailures(() => write(sql, cityId, device.id, writing)),
})

interface StoredOutcome {
  readonly seq: number
  readonly hash: string
  readonly outcome: Outcome['outcome']
  readonly findings: string
  readonly positions: string
}

async function readOutcomes(
  sql: Transaction,
  cityId: string,
  deviceId: string,
  [epoch, fromSeq, toSeq]: readonly [number, number, number],
): Promise<Map<number, { hash: string; outcome: Outcome }>> {
  const rows = await sql<StoredOutcome[]>`
    select seq, hash, outcome, findings, positions from operation
    where city_id = ${cityId} and device_id = ${deviceId} and epoch = ${epoch}
      and seq between ${fromSeq} and ${toSeq}`
  return new Map(
    rows.map(({ seq, hash, outcome, findings, positions }) => [
      seq,
      {
        hash,
        outcome: {
          id: `${deviceId}.${epoch}.${seq}`,
          seq,
          outcome,
          findings: JSON.parse(findings) as Outcome['findings'],
          positions: JSON.parse(positions) as Outcome['positions'],
        },
      },
    ]),
  )
}

type LoggedRow = Omit<LoggedOperation, 'changes' | 'inverse'> & { changes: string; inverse: string }

/** An id names its device, epoch and number (domain/operation.ts): other texts are of no operation. */
const partsOfId = (id: string): readonly [string, number, number] | null => {
  const parts = /^([^.]+)\.([1-9]\d{0,8})\.([1-9]\d{0,14})$/.exec(id)
  return parts === null ? null : [parts[1] ?? '', Number(parts[2]), Number(parts[3])]
}

async function readOperations(
  sql: Transaction,
  cityId: string,
  ids: readonly string[],
): Promise<Map<string, LoggedOperation>> {
  const parts = ids.flatMap((id) => {
    const named = partsOfId(id)
    return named === null ? [] : [named]
  })
  if (parts.length === 0) return new Map()
  const rows = await sql.unsafe<LoggedRow[]>(
    `select o.device_id || '.' || o.epoch || '.' || o.seq as id, o.kind, o.staff_id as "staffId",
      o.branch_id as "branchId", o.at, o.changes, o.inverse, o.undone_by as "undoneBy",
      strpos(o.body, '"isClockSuspect":true') > 0 as "isClockSuspect"
    from unnest(${unpacked(2)}, ${unpacked(3, 'int')}, ${unpacked(4, 'bigint')})
      as given (device_id, epoch, seq)
    cross join lateral (
      select * from operation where city_id = $1 and device_id = given.device_id
        and epoch = given.epoch and seq = given.seq limit 1
    ) o`,
    [
      cityId,
      packed(parts.map(([device]) => device)),
      packed(parts.map(([, epoch]) => epoch)),
      packed(parts.map(([, , seq]) => seq)),
    ],
    { prepare: true },
  )
  return new Map(
    rows.map((row) => [
      row.id,
      {
        ...row,
        changes: JSON.parse(row.changes) as LoggedOperation['changes'],
        inverse: JSON.parse(row.inverse) as LoggedOperation['inverse'],
      },
    ]),
  )
}

/** Few enough that every connection may hold them all: the database's table of locks is small. */
const GUARDS = 256

async function guard(sql: Transaction, cityId: string, searches: readonly Search[]): Promise<void> {
  if (searches.length === 0) return
  const named = searches.map(
    ({ finder, values }) => `${cityId}|${finder}|${values.map((value) => value ?? '').join('|')}`,
  )
  await sql.unsafe(
    `select pg_advisory_xact_lock(${GUARD_CLASS}, place) from (
      select distinct mod(abs(hashtext(name)::bigint), ${GUARDS})::int as place
      from unnest(${unpacked(1)}) as given (name) order by place offset 0
    ) as places`,
    [packed(named)],
    { prepare: true },
  )
}

/** The first half of an advisory lock's name: arbitrary, and ours. */
const GUARD_CLASS = 44_052_026

async function writeDirty(
  sql: Transaction,
  cityId: string,
  dirty: readonly BriefDirty[],
): Promise<void> {
  if (dirty.length === 0) return
  await sql.unsafe(
    `insert into brief_dirty (city_id, kind, id, card)
    select $1, kind, id, card from unnest(${unpacked(2)}, ${unpacked(3)}, ${unpacked(4)})
      as given (kind, id, card)`,
    [
      cityId,
      packed(dirty.map(({ kind }) => kind)),
      packed(dirty.map(({ id }) => id)),
      packed(dirty.map(({ card }) => card)),
    ],
    { prepare: true },
  )
}

async function write(
  sql: Transaction,
  cityId: string,
  deviceId: string,
  { operations, undone, chains, quarantine }: BatchWriting,
): Promise<void> {
  await inOrder([
    writeOperations(sql, cityId, deviceId, operations),
    ...undone.map(({ id, by }) => {
      const [device, epoch, seq] = partsOfId(id) ?? ['', 0, 0]
      return sql`
        update operation set undone_by = ${by} where city_id = ${cityId}
          and device_id = ${device} and epoch = ${epoch} and seq = ${seq}`
    }),
    ...[...chains].map(
      ([epoch, { lastSeq, headHash }]) => sql`
        insert into chain (city_id, device_id, epoch, last_seq, head_hash)
        values (${cityId}, ${deviceId}, ${epoch}, ${lastSeq}, ${headHash})
        on conflict (city_id, device_id, epoch)
        do update set last_seq = excluded.last_seq, head_hash = excluded.head_hash`,
    ),
    ...quarantine.map(
      (one) => sql`
        insert into quarantine (city_id, device_id, epoch, seq, hash, body, reason, received_at)
        values (${cityId}, ${deviceId}, ${one.epoch}, ${one.seq}, ${one.hash}, ${one.body},
          ${one.reason}, ${one.receivedAt})
        on conflict do nothing`,
    ),
  ])
}

const OPERATION_COLUMNS = `epoch, seq, hash, kind, staff_id, branch_id, at, received_at, outcome,
  body, findings, positions, changes, inverse`

async function writeOperations(
  sql: Transaction,
  cityId: string,
  deviceId: string,
  operations: readonly LedgerOperation[],
): Promise<void> {
  if (operations.length === 0) return
  const plain = (of: (one: LedgerOperation) => string | number) => packed(operations.map(of))
  const json = (of: (one: LedgerOperation) => string) => packedJson(operations.map(of))
  await sql.unsafe(
    `insert into operation (city_id, device_id, ${OPERATION_COLUMNS})
    select $1, $2, ${OPERATION_COLUMNS}
    from unnest(${unpacked(3, 'int')}, ${unpacked(4, 'bigint')}, ${unpacked(5)}, ${unpacked(6)},
      ${unpacked(7)}, ${unpacked(8)}, ${unpacked(9, 'bigint')}, ${unpacked(10, 'bigint')},
      ${unpacked(11)}, ${unpacked(12)}, ${unpacked(13)}, ${unpacked(14)}, ${unpacked(15)},
      ${unpacked(16)}) as given (${OPERATION_COLUMNS})`,
    [
      cityId,
      deviceId,
      plain(({ epoch }) => epoch),
      plain(({ seq }) => seq),
      plain(({ hash }) => hash),
      plain(({ kind }) => kind),
      plain(({ staffId }) => staffId),
      plain(({ branchId }) => branchId),
      plain(({ at }) => at),
      plain(({ receivedAt }) => receivedAt),
      plain(({ outcome }) => outcome),
      json(({ body }) => body),
      json(({ findings }) => JSON.stringify(findings)),
      json(({ positions }) => JSON.stringify(positions)),
      json(({ changes }) => textOf(changes)),
      json(({ inverse }) => JSON.stringify(inverse)),
    ],
    { prepare: true },
  )
}
