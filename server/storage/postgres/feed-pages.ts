import type { FeedEntry } from '../../../contract/sync-protocol.ts'
import type { Change } from '../../../domain/change.ts'
import { pageGroups, restartOf } from '../page-groups.ts'
import type { Scope, ScopeNumbers } from '../../../domain/scopes.ts'
import type { FeedPage } from '../ledger-storage.ts'
import { packed, unpacked } from './packed.ts'
import type { Sql, Transaction } from './connect.ts'

interface Entry {
  readonly scope: Scope
  readonly number: number
  readonly operationId: string | null
  readonly changes: string
  readonly bytes: number
}

/** Entries after the cursors, from one snapshot. */
export async function readFeedPage(
  sql: Sql,
  cityId: string,
  cursors: ScopeNumbers,
  limit: number,
  bytesMax: number,
): Promise<FeedPage> {
  return await sql.begin('isolation level repeatable read read only', async (tx) => {
    const { heads, restarts, after } = await startOf(tx, cityId, cursors)
    const entries: FeedEntry[] = []
    let bytesLeft = bytesMax
    const scopes = Object.keys(after) as Scope[]
    const hasMore = (scope: Scope) => (after[scope] ?? 0) < (heads[scope] ?? 0)
    for (const group of pageGroups(scopes, hasMore)) {
      if (entries.length >= limit || (entries.length > 0 && bytesLeft <= 0)) break
      const isFirst = entries.length === 0
      const page = { scopes: group, after, limit: limit - entries.length, bytesLeft, isFirst }
      for (const entry of await readGroup(tx, cityId, page)) {
        entries.push(entryOf(entry))
        bytesLeft -= entry.bytes
        after[entry.scope] = entry.number
      }
      if (group.some(hasMore)) break
    }
    const isComplete = !scopes.some(hasMore)
    return { entries, heads, restarts, isComplete }
  })
}

async function startOf(tx: Transaction, cityId: string, cursors: ScopeNumbers) {
  const scopes = Object.keys(cursors) as Scope[]
  const rows = await tx<{ scope: Scope; head: number; deleted: number; base: number }[]>`
    select scope, head, deleted, base from feed_head
    where city_id = ${cityId} and scope = any(${scopes}::text[])`
  const heads: ScopeNumbers = Object.fromEntries(scopes.map((scope) => [scope, 0]))
  const restarts: ScopeNumbers = {}
  const after: ScopeNumbers = { ...cursors }
  for (const { scope, head, deleted, base } of rows) {
    heads[scope] = head
    const from = restartOf(cursors[scope] ?? 0, deleted, base)
    if (from === null) continue
    restarts[scope] = from
    after[scope] = from
  }
  return { heads, restarts, after }
}

const entryOf = ({ scope, number, operationId, changes }: Entry): FeedEntry => ({
  scope,
  number,
  operationId,
  changes: JSON.parse(changes) as Change[],
})

interface Wanted {
  /** Read as one sequence, by their stamps. */
  readonly scopes: readonly Scope[]
  readonly after: ScopeNumbers
  readonly limit: number
  readonly bytesLeft: number
  /** The first operation of a page is sent whatever its size: otherwise it would never be. */
  readonly isFirst: boolean
}

/**
 * The changes of an entry `f` stand in it, or beside its operation `o`. Looked up one by one, by the
 * key: a join may be planned as long as the table is small, and be kept.
 */
const CHANGES = 'coalesce(f.changes, o.changes) as changes'
const OPERATION = `
  left join lateral (
    select changes from operation
    where f.changes is null and city_id = f.city_id
      and device_id = split_part(f.operation_id, '.', 1)
      and epoch = split_part(f.operation_id, '.', 2)::int
      and seq = split_part(f.operation_id, '.', 3)::bigint
    limit 1
  ) o on true`

/** `with ties` and the sum over peers keep the entries of one operation together (I15). */
const PAGE = `
  select f.scope, f.number, f.operation_id as "operationId", ${CHANGES}, f.bytes
  from (
    select scope, number, stamp, sum(bytes) over (order by stamp) as total,
      min(stamp) over () as first
    from (
      select n.scope, n.number, n.stamp, n.bytes
      from unnest(${unpacked(2)}, ${unpacked(3, 'bigint')}) as given (scope, after)
      cross join lateral (
        select scope, number, stamp, bytes from feed
        where city_id = $1 and scope = given.scope and number > given.after
        order by number limit $4
      ) as n
      order by n.stamp fetch first $4 rows with ties
    ) as next
  ) as page
  join feed f on f.city_id = $1 and f.scope = page.scope and f.number = page.number
  ${OPERATION}
  where page.total <= $5 or ($6 and page.stamp = page.first)
  order by page.stamp, f.scope`

const readGroup = (
  tx: Transaction,
  cityId: string,
  { scopes, after, limit, bytesLeft, isFirst }: Wanted,
): Promise<Entry[]> =>
  tx.unsafe<Entry[]>(
    PAGE,
    [
      cityId,
      packed(scopes),
      packed(scopes.map((scope) => after[scope] ?? 0)),
      limit,
      bytesLeft,
      isFirst,
    ],
    { prepare: true },
  )

const ENTRIES_PER_PAGE = 2_000

export async function* entriesOf(
  sql: Sql,
  cityId: string,
  scope: Scope,
  after: number,
): AsyncGenerator<readonly FeedEntry[]> {
  for (let from = after; ;) {
    const rows = await sql.unsafe<Entry[]>(
      `select f.scope, f.number, f.operation_id as "operationId", ${CHANGES}, f.bytes
      from feed f ${OPERATION}
      where f.city_id = $1 and f.scope = $2 and f.number > $3
      order by f.number limit ${ENTRIES_PER_PAGE}`,
      [cityId, scope, from],
      { prepare: true },
    )
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map(entryOf)
    from = last.number
  }
}
