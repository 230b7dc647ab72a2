/** Records in PostgreSQL: look-ups by key and by finder, locks, and writing them. */
import { inOrder } from '../in-order.ts'
import type { RecordKey } from '../../../domain/change.ts'
import { finders } from '../../../domain/gathering.ts'
import type { FinderName } from '../../../domain/gathering.ts'
import type { RecordKind } from '../../../domain/records.ts'
import type { Scope } from '../../../domain/scopes.ts'
import { keyOf } from '../../../domain/change.ts'
import type {
  AnyRow,
  FoundRecord,
  RecordWriting,
  RecordsWriting,
  Search,
  StoredRecord,
} from '../ledger-storage.ts'
import { inFinderOrder } from '../matching-rows.ts'
import { idInKey, kindInKey } from '../record-keys.ts'
import { LIST_SEPARATOR, packed, packedJson, unpacked } from './packed.ts'
import type { Sql, Transaction } from './connect.ts'
import { columnOf, columnsOf, mayDifferInColumns, orderOf, searchKey } from './record-columns.ts'

export type Queries = Sql | Transaction

interface Stored {
  readonly row: string | null
  readonly version: number
  readonly scopes: string
}
interface Row extends Stored {
  readonly kind: RecordKind
  readonly id: string
}

const LIST = `E'\\x1f'`
const columns = `"row", version, array_to_string(scopes, ${LIST}) as scopes`

/** An empty text alone is an empty list, and so no text to the row beside it. */
const SCOPES = `coalesce(string_to_array(given.scopes, ${LIST}), '{}')`

const storedOf = ({ row, version, scopes }: Stored): StoredRecord => ({
  row: row === null ? null : (JSON.parse(row) as AnyRow),
  version,
  scopes: scopesIn(scopes),
})

const scopesIn = (text: string): Scope[] =>
  text === '' ? [] : (text.split(LIST_SEPARATOR) as Scope[])

const prepared = { prepare: true }

/**
 * The record of each key of the list. `limit 1` keeps the planner from joining in any other way: of
 * a table that was small when it planned it would read every row, and go on so while it grows.
 */
const ofEach = (columns: string, lock = ''): string => `
  cross join lateral (
    select ${columns} from record
    where city_id = $1 and kind = given.kind and id = given.id limit 1 ${lock}
  ) as r`

export const GET = `
  select given.kind, given.id, r."row", r.version, r.scopes
  from unnest(${unpacked(2)}, ${unpacked(3)}) as given (kind, id)
  ${ofEach(columns)}`

export async function getRecords(
  sql: Queries,
  cityId: string,
  keys: readonly RecordKey[],
): Promise<Map<RecordKey, StoredRecord>> {
  if (keys.length === 0) return new Map()
  const rows = await sql.unsafe<Row[]>(
    GET,
    [cityId, packed(keys.map(kindInKey)), packed(keys.map(idInKey))],
    prepared,
  )
  return new Map(rows.map((row) => [keyOf(row.kind, row.id), storedOf(row)]))
}

/**
 * In the order of the list; what is locked is looked at afterwards, since there is a limit. The row
 * itself only where it is not the one that is known.
 */
export const LOCK = `
  select given.kind, given.id, r."row", r.version, r.scopes
  from unnest(${unpacked(2)}, ${unpacked(3)}, ${unpacked(4, 'bigint')})
    as given (kind, id, version)
  ${ofEach(columns, 'for update')}
  where r.version <> given.version`

export async function lockRecords(
  sql: Transaction,
  cityId: string,
  versions: ReadonlyMap<RecordKey, number>,
): Promise<Map<RecordKey, StoredRecord>> {
  if (versions.size === 0) return new Map()
  // One order for all who lock: nobody waits in a circle.
  const sorted = [...versions].toSorted(([one], [other]) => (one < other ? -1 : 1))
  const rows = await sql.unsafe<Row[]>(
    LOCK,
    [
      cityId,
      packed(sorted.map(([key]) => kindInKey(key))),
      packed(sorted.map(([key]) => idInKey(key))),
      packed(sorted.map(([, version]) => version)),
    ],
    prepared,
  )
  return new Map(rows.map((row) => [keyOf(row.kind, row.id), storedOf(row)]))
}

/** $1 city, $2 limit, $3 keys. */
export const finderQuery = (finder: FinderName): string => `
  select given.place, found."row", found.version, found.scopes
  from unnest(${unpacked(3)}) with ordinality as given (key, place)
  cross join lateral (
    select ${columns} from record
    where city_id = $1 and ${columnOf(finder)} = given.key
    order by ${orderOf(finder)} limit $2
  ) as found`

/** What each search finds, in the order asked. */
export async function searchRecords(
  sql: Queries,
  cityId: string,
  searches: readonly Search[],
): Promise<FoundRecord[][]> {
  const answers = searches.map((): FoundRecord[] => [])
  const groups = Map.groupBy(searches.keys(), (index) => {
    const { finder, limit } = searches[index] as Search
    return limit === finders[finder].limit ? finder : `${finder} ${limit}`
  })
  await inOrder(
    [...groups.values()].map(async (group) => {
      const { finder, limit } = searches[group[0] ?? -1] as Search
      const keys = group.map((index) => searchKey(searches[index] as Search))
      const rows = await sql.unsafe<(Stored & { place: number })[]>(
        finderQuery(finder),
        [cityId, limit, packed(keys)],
        prepared,
      )
      for (const row of rows) {
        answers[group[row.place - 1] ?? -1]?.push(storedOf(row) as FoundRecord)
      }
    }),
  )
  // A join promises no order of its own.
  return answers.map((found, index) =>
    found.length < 2 ? found : sortedAs(searches[index] as Search, found),
  )
}

function sortedAs({ finder }: Search, found: FoundRecord[]): FoundRecord[] {
  const byRow = new Map(found.map((one) => [one.row, one]))
  return inFinderOrder(
    finder,
    found.map(({ row }) => row),
  ).map((row) => byRow.get(row) as FoundRecord)
}

/** Records of a kind by id, without the removed ones. */
export async function listRecords(
  sql: Queries,
  cityId: string,
  kind: RecordKind,
  afterId: string,
  limit: number,
): Promise<FoundRecord[]> {
  const rows = await sql.unsafe<Stored[]>(
    `select ${columns} from record
    where city_id = $1 and kind = $2 and id > $3 and removed_at is null order by id limit $4`,
    [cityId, kind, afterId, limit],
    prepared,
  )
  return rows.map((row) => storedOf(row) as FoundRecord)
}

type Written = [RecordKey, RecordWriting]

/**
 * One statement for the new rows of each kind, one for the changed ones, one more where a column
 * that a finder looks at changed: the others leave every index as it is.
 */
export async function writeRecords(
  sql: Transaction,
  cityId: string,
  { records, at }: Pick<RecordsWriting, 'records' | 'at'>,
): Promise<void> {
  const statements: Promise<unknown>[] = []
  for (const [kind, { made, plain, moved }] of byKind(records)) {
    if (made.length > 0) statements.push(insert(sql, cityId, kind, made))
    if (plain.length > 0) statements.push(update(sql, cityId, kind, plain, [], at))
    if (moved.length > 0) {
      const names = columnsOf(kind).map(({ name }) => name)
      statements.push(update(sql, cityId, kind, moved, names, at))
    }
  }
  await inOrder(statements)
}

interface OfKind {
  readonly made: Written[]
  readonly plain: Written[]
  readonly moved: Written[]
}

function byKind(records: RecordsWriting['records']): Map<RecordKind, OfKind> {
  const kinds = new Map<RecordKind, OfKind>()
  for (const one of records) {
    const [key, { row, stored }] = one
    const kind = kindInKey(key)
    let ofKind = kinds.get(kind)
    if (ofKind === undefined) kinds.set(kind, (ofKind = { made: [], plain: [], moved: [] }))
    if (stored.version > 0) {
      const list = mayDifferInColumns(kind, row, stored.row) ? ofKind.moved : ofKind.plain
      list.push(one)
    } else if (row !== null) ofKind.made.push(one)
  }
  return kinds
}

const contents = (written: readonly Written[]): (string | null)[] =>
  written.map(([, { row }]) => (row === null ? null : JSON.stringify(row)))
const scopeLists = (written: readonly Written[]): string =>
  packed(written.map(([, { scopes }]) => scopes.join(LIST_SEPARATOR)))

/** Columns of a kind as parameters from `$first` on. */
function columnLists(kind: RecordKind, written: readonly Written[]): string[] {
  return columnsOf(kind).map(({ of }) =>
    packed(written.map(([, { row }]) => (row === null ? null : of(row)))),
  )
}

const columnTypes = (kind: RecordKind, first: number): string =>
  columnsOf(kind)
    .map(({ type }, place) => `, ${unpacked(first + place, type)}`)
    .join('')

async function insert(sql: Transaction, cityId: string, kind: RecordKind, made: Written[]) {
  const names = columnsOf(kind)
    .map(({ name }) => `, ${name}`)
    .join('')
  await sql.unsafe(
    `insert into record (city_id, kind, id, "row", version, scopes${names})
    select $1, '${kind}', id, "row", 1, ${SCOPES}${names}
    from unnest(${unpacked(2)}, ${unpacked(3)}, ${unpacked(4)}${columnTypes(kind, 5)})
      as given (id, "row", scopes${names})`,
    [
      cityId,
      packed(made.map(([key]) => idInKey(key))),
      packedJson(contents(made)),
      scopeLists(made),
      ...columnLists(kind, made),
    ],
    prepared,
  )
}

/**
 * $1 city, $2 ids, $3 rows, $4 scopes, $5 time; from $6 on the columns, where they are named. All of
 * them are there already: what conflicts is found by the key, whatever the planner believes.
 */
function updateQuery(kind: RecordKind, names: readonly string[]): string {
  const given = names.map((name) => `, ${name}`).join('')
  const set = names.map((name) => `, ${name} = excluded.${name}`).join('')
  const types = names.length > 0 ? columnTypes(kind, 6) : ''
  return `
    insert into record as r (city_id, kind, id, "row", version, scopes, removed_at${given})
    select $1, '${kind}', id, "row", 1, ${SCOPES},
      case when given."row" is null then $5::bigint end${given}
    from unnest(${unpacked(2)}, ${unpacked(3)}, ${unpacked(4)}${types})
      as given (id, "row", scopes${given})
    on conflict (city_id, kind, id) do update set "row" = excluded."row",
      version = r.version + 1, scopes = excluded.scopes, removed_at = excluded.removed_at${set}`
}

async function update(
  sql: Transaction,
  cityId: string,
  kind: RecordKind,
  changed: Written[],
  names: readonly string[],
  at: number,
) {
  const isMoved = names.length > 0
  await sql.unsafe(
    updateQuery(kind, names),
    [
      cityId,
      packed(changed.map(([key]) => idInKey(key))),
      packedJson(contents(changed)),
      scopeLists(changed),
      at,
      ...(isMoved ? columnLists(kind, changed) : []),
    ],
    prepared,
  )
}
