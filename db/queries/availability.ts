/** How many items a title has, and how many of them a reader could take from a shelf now. */
import type { AskedAt, Stores } from './stores.ts'

export interface Availability {
  /** Withdrawn items are not counted. */
  readonly itemsCount: number
  /** On a shelf and for loan. */
  readonly availableCount: number
}

/** An answer for each id given, zeros where there is no item. */
export function availability(
  { replica: { rows } }: Pick<Stores, 'replica'>,
  { titleIds }: { readonly titleIds: readonly string[] },
  _asked: AskedAt,
): ReadonlyMap<string, Availability> {
  const counts = new Map(titleIds.map((id) => [id, { itemsCount: 0, availableCount: 0 }]))
  const found = rows.raw(
    `SELECT titleId, count(*) AS itemsCount,
       sum(state = 'on-shelf' AND isForLoan = 1) AS availableCount
     FROM item
     WHERE titleId IN (SELECT value FROM json_each(?)) AND state <> 'withdrawn'
     GROUP BY titleId`,
    JSON.stringify(titleIds),
  )
  for (const row of found) {
    counts.set(String(row['titleId']), {
      itemsCount: Number(row['itemsCount']),
      availableCount: Number(row['availableCount']),
    })
  }
  return counts
}
