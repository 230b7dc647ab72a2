/** Heads of the feeds, and writing entries. */
import { inOrder } from '../in-order.ts'
import type { Change } from '../../../domain/change.ts'
import type { Scope, ScopeNumbers } from '../../../domain/scopes.ts'
import type { EntryWriting, NumberedEntry, ScopeState } from '../ledger-storage.ts'
import { numbered } from '../numbered.ts'
import type { HeadBefore } from '../numbered.ts'
import type { Sql, Transaction } from './connect.ts'
import { packed, packedJson, unpacked } from './packed.ts'

type Queries = Sql | Transaction

export async function readHeads(
  sql: Queries,
  cityId: string,
  scopes: readonly Scope[] | null,
): Promise<ScopeNumbers> {
  const rows = await sql<{ scope: Scope; head: number }[]>`
    select scope, head from feed_head where city_id = ${cityId} and head > 0
      and (${scopes === null} or scope = any(${[...(scopes ?? [])]}::text[]))`
  return Object.fromEntries(rows.map(({ scope, head }) => [scope, head]))
}

export const readScopeStates = (sql: Queries, cityId: string): Promise<ScopeState[]> =>
  sql<ScopeState[]>`
    select scope, head, deleted, base, base_rows as "baseRows", base_at as "baseAt"
    from feed_head where city_id = ${cityId} order by scope`

/**
 * One statement locks, makes and moves the heads. The stamps follow on the greatest of them: in each
 * scope they rise, and one operation has one in all of its scopes.
 */
export async function numberEntries(
  sql: Transaction,
  cityId: string,
  entries: readonly EntryWriting[],
): Promise<readonly NumberedEntry[]> {
  if (entries.length === 0) return []
  const counts = new Map<Scope, number>()
  for (const { scope } of entries) counts.set(scope, (counts.get(scope) ?? 0) + 1)
  const sorted = [...counts].toSorted(([one], [other]) => (one < other ? -1 : 1))
  const rows = await sql.unsafe<{ scope: Scope; head: number; stamp: number }[]>(
    `insert into feed_head as h (city_id, scope, head, stamp)
    select $1, scope, count, 0
    from unnest(${unpacked(2)}, ${unpacked(3, 'bigint')}) as given (scope, count)
    on conflict (city_id, scope) do update set head = h.head + excluded.head
    returning scope, head, stamp`,
    [cityId, packed(sorted.map(([scope]) => scope)), packed(sorted.map(([, count]) => count))],
    { prepare: true },
  )
  const before = new Map<Scope, HeadBefore>(
    rows.map(({ scope, head, stamp }) => [scope, { head: head - (counts.get(scope) ?? 0), stamp }]),
  )
  return numbered(before, entries)
}

/** Entries that `numberEntries` numbered in this transaction. */
export async function writeFeed(
  sql: Transaction,
  cityId: string,
  entries: readonly NumberedEntry[],
  at: number,
): Promise<void> {
  if (entries.length === 0) return
  const stamps = new Map(entries.map(({ scope, stamp }) => [scope, stamp]))
  await inOrder([
    sql.unsafe(
      `insert into feed (city_id, scope, number, stamp, at, operation_id, changes, bytes)
      select $1, scope, number, stamp, $2, operation_id, changes, bytes
      from unnest(${unpacked(3)}, ${unpacked(4, 'bigint')}, ${unpacked(5, 'bigint')},
        ${unpacked(6)}, ${unpacked(7)}, ${unpacked(8, 'int')})
        as given (scope, number, stamp, operation_id, changes, bytes)`,
      [
        cityId,
        at,
        packed(entries.map(({ scope }) => scope)),
        packed(entries.map(({ number }) => number)),
        packed(entries.map(({ stamp }) => stamp)),
        packed(entries.map(({ operationId }) => operationId)),
        packedJson(entries.map(({ changes, isWhole }) => (isWhole ? null : textOf(changes)))),
        packed(entries.map(({ changes }) => textOf(changes).length)),
      ],
      { prepare: true },
    ),
    sql.unsafe(
      `update feed_head h set stamp = given.stamp
      from unnest(${unpacked(2)}, ${unpacked(3, 'bigint')}) as given (scope, stamp)
      where h.city_id = $1 and h.scope = given.scope`,
      [cityId, packed([...stamps.keys()]), packed([...stamps.values()])],
      { prepare: true },
    ),
  ])
}

const texts = new WeakMap<readonly Change[], string>()

/** The same list of changes stands in the feed and beside the operation: written out once. */
export function textOf(changes: readonly Change[]): string {
  const kept = texts.get(changes)
  if (kept !== undefined) return kept
  const text = JSON.stringify(changes)
  texts.set(changes, text)
  return text
}
