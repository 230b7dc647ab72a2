import type { FeedEntry } from '../../../contract/sync-protocol.ts'
import { scopes } from '../../../domain/records.ts'
import type { Scope } from '../../../domain/records.ts'
import type { FeedPage, Heads } from '../ledger-storage.ts'
import { readHeads } from './record-rows.ts'
import type { Sql, Transaction } from './connect.ts'

/** Entries after the cursors, city first, from one snapshot. */
export async function readFeedPage(
  sql: Sql,
  cityId: string,
  cursors: Partial<Heads>,
  limit: number,
  bytesMax: number,
): Promise<FeedPage> {
  return await sql.begin('isolation level repeatable read read only', async (tx) => {
    const heads = await readHeads(tx, cityId)
    const entries: FeedEntry[] = []
    let bytesLeft = bytesMax
    for (const scope of scopes) {
      const after = cursors[scope] ?? 0
      if (after >= heads[scope]) continue
      if (entries.length >= limit || (entries.length > 0 && bytesLeft <= 0)) {
        return { entries, heads, isComplete: false }
      }
      const isFirst = entries.length === 0
      const page = { scope, after, limit: limit - entries.length, bytesLeft, isFirst }
      const read = await readScope(tx, cityId, page)
      entries.push(...read.map(entryOf))
      bytesLeft -= read.reduce((sum, { bytes }) => sum + bytes, 0)
      if (after + read.length < heads[scope]) return { entries, heads, isComplete: false }
    }
    return { entries, heads, isComplete: true }
  })
}

const entryOf = ({ scope, number, operationId, changes }: FeedEntry): FeedEntry => ({
  scope,
  number,
  operationId,
  changes,
})

interface Wanted {
  readonly scope: Scope
  readonly after: number
  readonly limit: number
  readonly bytesLeft: number
  /** The first entry of a page is sent whatever its size: otherwise it would never be. */
  readonly isFirst: boolean
}

const readScope = (
  tx: Transaction,
  cityId: string,
  { scope, after, limit, bytesLeft, isFirst }: Wanted,
): Promise<(FeedEntry & { bytes: number })[]> =>
  tx<(FeedEntry & { bytes: number })[]>`
    select scope, number, operation_id as "operationId", changes, bytes
    from (
      select *, sum(bytes) over (order by number) as total
      from (
        select scope, number, operation_id, changes, bytes from feed
        where city_id = ${cityId} and scope = ${scope} and number > ${after}
        order by number limit ${limit}
      ) as next
    ) as measured
    where total <= ${bytesLeft} or (${isFirst} and number = ${after + 1})
    order by number`
