import { finders } from '../../domain/gathering.ts'
import type { FinderName, FinderValue } from '../../domain/gathering.ts'
import type { AnyRow } from './ledger-storage.ts'

export const finderValue = (row: AnyRow, field: string): FinderValue =>
  (row as unknown as Record<string, FinderValue | undefined>)[field] ?? null

/** The values under which a finder finds this row. */
export const finderValues = (finder: FinderName, row: AnyRow): FinderValue[] =>
  finders[finder].by.map((name) => finderValue(row, name))

export const isMatch = (finder: FinderName, values: readonly FinderValue[], row: AnyRow): boolean =>
  finders[finder].by.every((name, index) => finderValue(row, name) === (values[index] ?? null))

/** In the finder's order; rows that are equal in it by id. */
export function inFinderOrder(finder: FinderName, rows: readonly AnyRow[]): AnyRow[] {
  const { orderBy } = finders[finder]
  return rows.toSorted(
    (one, other) =>
      compared(finderValue(one, orderBy), finderValue(other, orderBy)) ||
      compared(one.id, other.id),
  )
}

function compared(one: FinderValue, other: FinderValue): number {
  if (one === other) return 0
  if (one === null) return 1
  if (other === null) return -1
  return one < other ? -1 : 1
}
