/** One transaction of the ledger on behalf of one device. */
import type { Outcome } from '../../../contract/sync-protocol.ts'
import type { LoggedOperation } from '../../../domain/facts.ts'
import { chainStart } from '../ledger-storage.ts'
import type {
  BatchWriting,
  ChainHead,
  Device,
  LedgerBatch,
  LedgerOperation,
} from '../ledger-storage.ts'
import { withFailures } from './connect.ts'
import type { Sql, Transaction } from './connect.ts'
import {
  findRecords,
  getRecords,
  lockHeads,
  readHeads,
  writeFeed,
  writeRecords,
} from './record-rows.ts'
import type { Finding, RecordAddress } from './record-rows.ts'
import { coalesced } from './coalesced.ts'

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
export function batchOn(sql: Transaction, cityId: string, device: Device): LedgerBatch {
  const get = coalesced((addresses: readonly RecordAddress[]) =>
    withFailures(() => getRecords(sql, cityId, addresses)),
  )
  const find = coalesced((findings: readonly Finding[]) =>
    withFailures(() => findRecords(sql, cityId, findings)),
  )
  return {
    ...ledgerParts(sql, cityId, device),
    get: (kind, id) => get({ kind, id }),
    find: (finder, values, limit) => find({ finder, values, limit }),
  }
}

const ledgerParts = (
  sql: Transaction,
  cityId: string,
  device: Device,
): Omit<LedgerBatch, 'get' | 'find'> => ({
  device,
  chainHead: (epoch) => withFailures(() => readChainHead(sql, cityId, device.id, epoch)),
  storedOutcomes: (epoch, fromSeq, toSeq) =>
    withFailures(async () => {
      const rows = await sql<(Outcome & { hash: string })[]>`
        select id, seq, hash, outcome, findings, positions from operation
        where city_id = ${cityId} and device_id = ${device.id} and epoch = ${epoch}
          and seq between ${fromSeq} and ${toSeq}`
      return new Map(
        rows.map(({ hash, id, seq, outcome, findings, positions }) => [
          seq,
          { hash, outcome: { id, seq, outcome, findings, positions } },
        ]),
      )
    }),
  heads: () => withFailures(() => readHeads(sql, cityId)),
  lockHeads: () => withFailures(() => lockHeads(sql, cityId)),
  operation: (id) =>
    withFailures(async () => {
      const [found] = await sql<LoggedOperation[]>`
        select id, kind, staff_id as "staffId", branch_id as "branchId", at, changes, inverse,
          undone_by as "undoneBy"
        from operation where city_id = ${cityId} and id = ${id}`
      return found ?? null
    }),
  write: (writing) => withFailures(() => write(sql, cityId, device.id, writing)),
})

async function write(
  sql: Transaction,
  cityId: string,
  deviceId: string,
  { operations, undone, rows, feed, chains, quarantine }: BatchWriting,
): Promise<void> {
  await writeOperations(sql, cityId, deviceId, operations)
  for (const { id, by } of undone) {
    await sql`update operation set undone_by = ${by} where city_id = ${cityId} and id = ${id}`
  }
  await writeRecords(sql, cityId, rows)
  await writeFeed(sql, cityId, feed)
  for (const [epoch, { lastSeq, headHash }] of chains) {
    await sql`
      insert into chain (city_id, device_id, epoch, last_seq, head_hash)
      values (${cityId}, ${deviceId}, ${epoch}, ${lastSeq}, ${headHash})
      on conflict (city_id, device_id, epoch)
      do update set last_seq = excluded.last_seq, head_hash = excluded.head_hash`
  }
  for (const one of quarantine) {
    await sql`
      insert into quarantine (city_id, device_id, epoch, seq, hash, body, reason, received_at)
      values (${cityId}, ${deviceId}, ${one.epoch}, ${one.seq}, ${one.hash}, ${one.body},
        ${one.reason}, ${one.receivedAt})
      on conflict do nothing`
  }
}

async function writeOperations(
  sql: Transaction,
  cityId: string,
  deviceId: string,
  operations: readonly LedgerOperation[],
): Promise<void> {
  if (operations.length === 0) return
  const texts = (of: (one: LedgerOperation) => unknown) =>
    operations.map((one) => JSON.stringify(of(one)))
  await sql`
    insert into operation (city_id, device_id, epoch, seq, id, hash, kind, staff_id, branch_id, at,
      received_at, body, outcome, findings, positions, changes, inverse)
    select ${cityId}, ${deviceId}, epoch, seq, id, hash, kind, staff_id, branch_id, at,
      received_at, body, outcome, findings::json, positions::json, changes::json, inverse::json
    from unnest(
      ${operations.map(({ epoch }) => epoch)}::int[],
      ${operations.map(({ seq }) => seq)}::bigint[],
      ${operations.map(({ id }) => id)}::text[],
      ${operations.map(({ hash }) => hash)}::text[],
      ${operations.map(({ kind }) => kind)}::text[],
      ${operations.map(({ staffId }) => staffId)}::text[],
      ${operations.map(({ branchId }) => branchId)}::text[],
      ${operations.map(({ at }) => at)}::bigint[],
      ${operations.map(({ receivedAt }) => receivedAt)}::bigint[],
      ${operations.map(({ body }) => body)}::text[],
      ${operations.map(({ outcome }) => outcome)}::text[],
      ${texts(({ findings }) => findings)}::text[],
      ${texts(({ positions }) => positions)}::text[],
      ${texts(({ changes }) => changes)}::text[],
      ${texts(({ inverse }) => inverse)}::text[]
    ) as given (epoch, seq, id, hash, kind, staff_id, branch_id, at, received_at, body, outcome,
      findings, positions, changes, inverse)`
}
