/** Records in PostgreSQL: look-ups by id and by finder, and writing them. */
import type { FeedEntry } from '../../../contract/sync-protocol.ts'
import type { RecordKey } from '../../../domain/change.ts'
import { finders } from '../../../domain/facts.ts'
import type { FinderName, FinderValue } from '../../../domain/facts.ts'
import type { RecordKind, Scope } from '../../../domain/records.ts'
import type { AnyRow, Heads } from '../ledger-storage.ts'
import { inFinderOrder } from '../matching-rows.ts'
import type { Sql, Transaction } from './connect.ts'

type Queries = Sql | Transaction

export interface RecordAddress {
  readonly kind: RecordKind
  readonly id: string
}

/** The row at each address, null where there is none; in the order asked. */
export async function getRecords(
  sql: Queries,
  cityId: string,
  addresses: readonly RecordAddress[],
): Promise<(AnyRow | null)[]> {
  const rows = await sql<{ place: number; row: AnyRow }[]>`
    select given.place, found."row"
    from unnest(
      ${addresses.map(({ kind }) => kind)}::text[],
      ${addresses.map(({ id }) => id)}::text[]
    ) with ordinality as given (kind, id, place)
    cross join lateral (
      select "row" from record
      where city_id = ${cityId} and kind = given.kind and id = given.id limit 1
    ) as found`
  const answers = addresses.map((): AnyRow | null => null)
  for (const { place, row } of rows) answers[place - 1] = row
  return answers
}

/** Fields that finders order by and that are numbers in the row. */
const numberFields = new Set(['lentAt', 'openedAt'])

export interface Finding {
  readonly finder: FinderName
  readonly values: readonly FinderValue[]
  readonly limit: number
}

/** Findings that one query answers: the same finder and limit, null in the same places. */
const shapeOf = ({ finder, values, limit }: Finding): string =>
  JSON.stringify([finder, limit, values.map((value) => value === null)])

/**
 * The query for findings of one shape: $1 city, $2 limit, $3 … one array for each value that is
 * not null. Kind and fields are constants of ours, written out so that the partial index fits.
 */
export function finderQuery({ finder, values }: Finding): string {
  const { kind, by, orderBy } = finders[finder]
  const isGiven = by.map((_, index) => (values[index] ?? null) !== null)
  const conditions = by.map((field, index) =>
    isGiven[index] === true
      ? `"row" ->> '${field}' = given.v${index}`
      : `"row" ->> '${field}' is null`,
  )
  const names = by.flatMap((_, index) => (isGiven[index] === true ? [`v${index}`] : []))
  const arrays = names.map((_, index) => `$${index + 3}::text[]`)
  const where = [`city_id = $1`, `kind = '${kind}'`, ...conditions].join(' and ')
  return `
    select given.place, found."row"
    from unnest(${arrays.join(', ')}) with ordinality as given (${names.join(', ')}, place)
    cross join lateral (
      select "row" from record where ${where} order by ${orderOf(orderBy)} limit $2
    ) as found`
}

function orderOf(field: string): string {
  if (field === 'id') return 'id'
  return numberFields.has(field)
    ? `("row" ->> '${field}')::bigint, id`
    : `("row" ->> '${field}') collate "C", id`
}

/** What each finding finds, in the order asked. */
export async function findRecords(
  sql: Queries,
  cityId: string,
  findings: readonly Finding[],
): Promise<(readonly AnyRow[])[]> {
  const answers = findings.map((): AnyRow[] => [])
  const byShape = Map.groupBy(findings.entries(), ([, finding]) => shapeOf(finding))
  await Promise.all(
    [...byShape.values()].map(async (group) => {
      const [first] = group
      if (first === undefined) return
      const { limit, values } = first[1]
      const arrays = values.flatMap((value, index) =>
        value === null ? [] : [group.map(([, finding]) => String(finding.values[index]))],
      )
      const rows = await sql.unsafe<{ place: number; row: AnyRow }[]>(
        finderQuery(first[1]),
        [cityId, limit, ...arrays],
        { prepare: true },
      )
      for (const { place, row } of rows) answers[group[place - 1]?.[0] ?? -1]?.push(row)
    }),
  )
  // A join promises no order of its own.
  return answers.map((rows, index) => {
    const finder = findings[index]?.finder
    return finder === undefined ? rows : inFinderOrder(finder, rows)
  })
}

/** Rows as they stand after the batch, in two statements. */
export async function writeRecords(
  sql: Queries,
  cityId: string,
  rows: ReadonlyMap<RecordKey, AnyRow | null>,
): Promise<void> {
  const kept = [...rows].filter(([, row]) => row !== null)
  const removed = [...rows].filter(([, row]) => row === null)
  if (kept.length > 0) {
    await sql`
      insert into record (city_id, kind, id, "row", row_version)
      select ${cityId}, kind, id, content::json, 1 from unnest(
        ${kept.map(([key]) => kindIn(key))}::text[],
        ${kept.map(([key]) => idIn(key))}::text[],
        ${kept.map(([, row]) => JSON.stringify(row))}::text[]
      ) as given (kind, id, content)
      on conflict (city_id, kind, id)
      do update set "row" = excluded."row", row_version = record.row_version + 1`
  }
  if (removed.length > 0) {
    await sql`
      delete from record using unnest(
        ${removed.map(([key]) => kindIn(key))}::text[],
        ${removed.map(([key]) => idIn(key))}::text[]
      ) as given (kind, id)
      where record.city_id = ${cityId} and record.kind = given.kind and record.id = given.id`
  }
}

const kindIn = (key: RecordKey): string => key.slice(0, key.indexOf(':'))
const idIn = (key: RecordKey): string => key.slice(key.indexOf(':') + 1)

export async function readHeads(sql: Queries, cityId: string): Promise<Heads> {
  return headsIn(await sql<HeadRow[]>`select scope, head from feed_head where city_id = ${cityId}`)
}

export async function lockHeads(sql: Transaction, cityId: string): Promise<Heads> {
  return headsIn(
    await sql<HeadRow[]>`
      select scope, head from feed_head where city_id = ${cityId} order by scope for update`,
  )
}

interface HeadRow {
  readonly scope: Scope
  readonly head: number
}

function headsIn(rows: readonly HeadRow[]): Heads {
  const heads: Heads = { city: 0, catalogue: 0, circulation: 0 }
  for (const { scope, head } of rows) heads[scope] = head
  return heads
}

/** Entries and the heads they end at. The caller holds the heads' locks. */
export async function writeFeed(
  sql: Transaction,
  cityId: string,
  entries: readonly FeedEntry[],
): Promise<void> {
  if (entries.length === 0) return
  const texts = entries.map(({ changes }) => JSON.stringify(changes))
  await sql`
    insert into feed (city_id, scope, number, operation_id, changes, bytes)
    select ${cityId}, scope, number, operation_id, content::json, octet_length(content)
    from unnest(
      ${entries.map(({ scope }) => scope)}::text[],
      ${entries.map(({ number }) => number)}::bigint[],
      ${entries.map(({ operationId }) => operationId)}::text[],
      ${texts}::text[]
    ) as given (scope, number, operation_id, content)`
  const ends = new Map(entries.map(({ scope, number }) => [scope, number]))
  await sql`
    update feed_head set head = given.head
    from unnest(${[...ends.keys()]}::text[], ${[...ends.values()]}::bigint[]) as given (scope, head)
    where feed_head.city_id = ${cityId} and feed_head.scope = given.scope`
}
