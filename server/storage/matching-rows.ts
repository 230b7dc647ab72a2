import { finders } from '../../domain/facts.ts'
import type { FinderName, FinderValue } from '../../domain/facts.ts'
import type { AnyRow } from './ledger-storage.ts'

const field = (row: AnyRow, name: string): FinderValue =>
  (row as unknown as Record<string, FinderValue | undefined>)[name] ?? null

/** The values under which a finder finds this row. */
export const finderValues = (finder: FinderName, row: AnyRow): FinderValue[] =>
  finders[finder].by.map((name) => field(row, name))

export const isMatch = (finder: FinderName, values: readonly FinderValue[], row: AnyRow): boolean =>
  finderValues(finder, row).every((value, index) => value === (values[index] ?? null))

/** In the finder's order; rows that are equal in it by id. */
export function inFinderOrder(finder: FinderName, rows: readonly AnyRow[]): AnyRow[] {
  const { orderBy } = finders[finder]
  return rows.toSorted(
    (one, other) =>
      compared(field(one, orderBy), field(other, orderBy)) || compared(one.id, other.id),
  )
}

function compared(one: FinderValue, other: FinderValue): number {
  if (one === other) return 0
  if (one === null) return 1
  if (other === null) return -1
  return one < other ? -1 : 1
}
