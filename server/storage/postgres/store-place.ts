/** Where the rows are: cluster, timeline, and how far its write-ahead log has gone. */
import { randomBytes } from 'node:crypto'
import type { StorePlace, WrittenUpTo } from '../store-place.ts'
import { withFailures } from './connect.ts'
import type { Sql, Transaction } from './connect.ts'

export const newServerEpoch = (): string => `e${randomBytes(8).toString('hex')}`

export const storePlaceOf = (sql: Sql, cityId: string): StorePlace => ({
  writtenUpTo: () => withFailures(() => readPlace(sql)),
  noticeMove: () =>
    withFailures(async () => {
      const place = await readPlace(sql)
      if (place === null) return false
      return await sql.begin((tx) => noticeWithin(tx, cityId, place))
    }),
  renewServerEpoch: () => withFailures(() => renew(sql, cityId)),
})

async function noticeWithin(
  tx: Transaction,
  cityId: string,
  { clusterId, timeline }: WrittenUpTo,
): Promise<boolean> {
  const [noted] = await tx<{ clusterId: string | null; timeline: number | null }[]>`
    select cluster_id as "clusterId", timeline from city where city_id = ${cityId} for update`
  if (noted?.clusterId === clusterId && noted.timeline === timeline) return false
  await tx`
    update city set cluster_id = ${clusterId}, timeline = ${timeline} where city_id = ${cityId}`
  const wasElsewhere = noted !== undefined && noted.clusterId !== null
  if (wasElsewhere) await renew(tx, cityId)
  return wasElsewhere
}

async function renew(sql: Sql | Transaction, cityId: string): Promise<string> {
  const serverEpoch = newServerEpoch()
  await sql`update city set server_epoch = ${serverEpoch} where city_id = ${cityId}`
  return serverEpoch
}

/** Some managed databases keep these functions to themselves. */
const INSUFFICIENT_PRIVILEGE = '42501'

async function readPlace(sql: Sql): Promise<WrittenUpTo | null> {
  try {
    const [row] = await sql<{ clusterId: string; timeline: number; bytes: string }[]>`
      select (select system_identifier::text from pg_control_system()) as "clusterId",
        (select timeline_id from pg_control_checkpoint()) as timeline,
        (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::text as bytes`
    return row === undefined ? null : { ...row, bytes: Number(row.bytes) }
  } catch (error) {
    if ((error as { code?: string }).code !== INSUFFICIENT_PRIVILEGE) throw error
    return null
  }
}
