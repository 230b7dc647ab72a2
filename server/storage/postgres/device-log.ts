/** A device's own log in PostgreSQL: pages of it and its epochs. */
import { operationId } from '../../../domain/operation.ts'
import { withinBytes } from '../device-log.ts'
import type { AskedEpoch, DeviceLog } from '../device-log.ts'
import type { LedgerOperation } from '../ledger-storage.ts'
import { withFailures } from './connect.ts'
import type { Sql, Transaction } from './connect.ts'
import { storePlaceOf } from './store-place.ts'

export const deviceLogOn = (sql: Sql, cityId: string): DeviceLog => ({
  operationsAfter: (deviceId, epoch, afterSeq, limit, bytesMax) =>
    withFailures(async () => {
      const found = await sql<OperationRow[]>`
        select epoch, seq, hash, kind, staff_id as "staffId", branch_id as "branchId", at,
          received_at as "receivedAt", body, outcome, findings, positions, changes, inverse
        from operation
        where city_id = ${cityId} and device_id = ${deviceId} and epoch = ${epoch}
          and seq > ${afterSeq}
        order by seq limit ${limit}`
      return withinBytes(
        found.map((row) => rowToOperation(deviceId, row)),
        bytesMax,
      )
    }),
  newEpoch: (deviceId, asked) =>
    withFailures(() => sql.begin((tx) => newEpochWithin(tx, cityId, deviceId, asked))),
  ...storePlaceOf(sql, cityId),
})

type JsonColumn = 'findings' | 'positions' | 'changes' | 'inverse'
type OperationRow = Omit<LedgerOperation, 'id' | JsonColumn> & Record<JsonColumn, string>

const rowToOperation = (deviceId: string, row: OperationRow): LedgerOperation => ({
  ...row,
  id: operationId(deviceId, row.epoch, row.seq),
  findings: JSON.parse(row.findings) as LedgerOperation['findings'],
  positions: JSON.parse(row.positions) as LedgerOperation['positions'],
  changes: JSON.parse(row.changes) as LedgerOperation['changes'],
  inverse: JSON.parse(row.inverse) as LedgerOperation['inverse'],
})

async function newEpochWithin(
  tx: Transaction,
  cityId: string,
  deviceId: string,
  { epoch, reason, requestId, at }: AskedEpoch,
): Promise<number> {
  // Twins ask at the same time; the device's row is what a push locks as well.
  await tx`select 1 from device where city_id = ${cityId} and id = ${deviceId} for update`
  const [given] = await tx<{ epoch: number }[]>`
    select epoch from device_epoch
    where city_id = ${cityId} and device_id = ${deviceId} and request_id = ${requestId}`
  if (given !== undefined) return given.epoch
  const [next] = await tx<{ epoch: number }[]>`
    select 1 + greatest(${epoch}::int,
      (select max(epoch) from chain where city_id = ${cityId} and device_id = ${deviceId}),
      (select max(epoch) from device_epoch where city_id = ${cityId} and device_id = ${deviceId})
    ) as epoch`
  if (next === undefined) throw new Error('a select of one row gave none')
  await tx`
    insert into device_epoch (city_id, device_id, epoch, from_epoch, reason, request_id, asked_at)
    values (${cityId}, ${deviceId}, ${next.epoch}, ${epoch}, ${reason}, ${requestId}, ${at})`
  return next.epoch
}
