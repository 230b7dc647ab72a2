import { finders } from '../../domain/gathering.ts'
import type { FinderName, FinderValue } from '../../domain/gathering.ts'
import { shelfNumberOf } from '../../domain/words/book-number.ts'
import type { AnyRow } from './ledger-storage.ts'

/** What a finder asks for that is no field of the row, and the field that it follows from. */
const derived: Readonly<Record<string, { from: string; of: (text: string) => string | null }>> = {
  shelfNumber: { from: 'callNumber', of: shelfNumberOf },
}

/** Where this is the same in two rows, so is what the finder asks for. */
export const sourceOf = (field: string): string => derived[field]?.from ?? field

export function finderValue(row: AnyRow, field: string): FinderValue {
  const value = (row as unknown as Record<string, FinderValue | undefined>)[sourceOf(field)] ?? null
  const follows = derived[field]
  return follows === undefined || typeof value !== 'string' ? value : follows.of(value)
}

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
