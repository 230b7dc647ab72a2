/** Which of some titles have a copy that a reader could take from a shelf of one branch now. */
import type { AskedAt, Stores } from './stores.ts'

/** Ids of titles. Bounded by what is asked: 1,000 titles take a look-up of their items each. */
export function availableHere(
  { replica: { rows } }: Pick<Stores, 'replica'>,
  { titleIds, branchId }: { readonly titleIds: readonly string[]; readonly branchId: string },
  _asked: AskedAt,
): ReadonlySet<string> {
  const found = rows.raw(
    `SELECT DISTINCT titleId FROM item
     WHERE titleId IN (SELECT value FROM json_each(?))
       AND atBranchId = ? AND state = 'on-shelf' AND isForLoan = 1`,
    JSON.stringify(titleIds),
    branchId,
  )
  return new Set(found.map((row) => String(row['titleId'])))
}
