/** The shelves of this branch in the order of their books: SQLite orders by the key of the call number. */
import type { Item } from '../../domain/records.ts'
import { shelfRange } from '../../domain/words/call-number.ts'
import type { SqlValue } from '../replica/rows.ts'
import type { AskedAt, Stores } from './stores.ts'
import { titleRows } from './title-row.ts'
import type { TitleRow } from './title-row.ts'

export type ShelfChoice =
  | { readonly is: 'all' }
  | { readonly is: 'none' }
  | { readonly is: 'named'; readonly name: string }

interface Stretch {
  readonly shelf: ShelfChoice
  readonly from: string
  readonly to: string
}

export interface ShelfListAsk extends Stretch {
  readonly offset: number
  readonly limit: number
}

export interface ShelfList {
  readonly rows: readonly { readonly item: Item; readonly title: TitleRow | null }[]
  readonly total: number
}

interface Condition {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

/** One range of one index, whichever shelf: what is counted and passed over never leaves it. */
export function stretchSql({ shelf, from, to }: Stretch, branchId: string): Condition {
  const { least, most } = shelfRange(from, to)
  const isAll = shelf.is === 'all'
  return {
    sql: `homeBranchId = ?${isAll ? '' : ' AND shelf IS ?'} AND shelfKey >= ? AND shelfKey < ?`,
    values: [branchId, ...(isAll ? [] : [shelf.is === 'named' ? shelf.name : null]), least, most],
  }
}

export const SHELF_ORDER_SQL = 'ORDER BY shelfKey, id'

export function shelfList(
  { replica: { rows }, catalogue }: Stores,
  { offset, limit, ...stretch }: ShelfListAsk,
  _asked: AskedAt,
  branchId: string | null,
): ShelfList {
  const { sql, values } = stretchSql(stretch, branchId ?? '')
  const [count] = rows.raw(`SELECT count(*) AS count FROM item WHERE ${sql}`, ...values)
  const ids = rows.raw(
    `SELECT id FROM item WHERE ${sql} ${SHELF_ORDER_SQL} LIMIT ? OFFSET ?`,
    ...values,
    limit,
    offset,
  )
  const items = ids.flatMap(({ id }) => rows.row('item', String(id)) ?? [])
  const titleOf = titleRows(
    catalogue,
    items.map(({ titleId }) => titleId),
  )
  return {
    rows: items.map((item) => ({ item, title: titleOf(item.titleId) })),
    total: Number(count?.['count']),
  }
}

/**
 * One item of a million has the barcode; the planner knows no figures and would read the whole shelf
 * for it (400 ms of 100,000 items). A sign before a name keeps its index out of the question.
 */
export const ofBarcodeSql = (stretch: string): string =>
  `SELECT id, shelfKey FROM item
   WHERE barcode = ? AND ${stretch.replaceAll(/homeBranchId|shelfKey|shelf IS/gu, '+$&')}`

export function shelfPlace(
  { replica: { rows } }: Stores,
  { barcode, ...stretch }: Stretch & { readonly barcode: string },
  _asked: AskedAt,
  branchId: string | null,
): { readonly offset: number } | null {
  const { sql, values } = stretchSql(stretch, branchId ?? '')
  const [found] = rows.raw(ofBarcodeSql(sql), barcode, ...values)
  if (found === undefined) return null
  const [before] = rows.raw(
    `SELECT count(*) AS count FROM item WHERE ${sql} AND (shelfKey, id) < (?, ?)`,
    ...values,
    found['shelfKey'] ?? null,
    found['id'] ?? null,
  )
  return { offset: Number(before?.['count']) }
}

const SHELVES_MAX = 500

/** From name to name: the index is entered once for each shelf, and no book is looked at. */
const NAMES = `WITH RECURSIVE named (name) AS (
  SELECT min(shelf) FROM item WHERE homeBranchId = ? AND shelfKey IS NOT NULL
  UNION ALL
  SELECT (SELECT min(shelf) FROM item
    WHERE homeBranchId = ? AND shelf > named.name AND shelfKey IS NOT NULL)
  FROM named WHERE named.name IS NOT NULL LIMIT ${SHELVES_MAX + 2}
) SELECT name FROM named WHERE name IS NOT NULL`

export interface Shelves {
  readonly names: readonly string[]
  readonly hasUnnamed: boolean
  readonly isCutShort: boolean
}

export function shelves(
  { replica: { rows } }: Stores,
  _ask: Readonly<Record<string, never>>,
  _asked: AskedAt,
  branchId: string | null,
): Shelves {
  const own = branchId ?? ''
  const names = rows.raw(NAMES, own, own).map(({ name }) => String(name))
  const unnamed = rows.raw(
    `SELECT 1 FROM item WHERE homeBranchId = ? AND shelf IS NULL AND shelfKey IS NOT NULL LIMIT 1`,
    own,
  )
  return {
    names: names.slice(0, SHELVES_MAX),
    hasUnnamed: unnamed.length > 0,
    isCutShort: names.length > SHELVES_MAX,
  }
}
