/** Who has copies of some titles, and which could be taken from a shelf of one branch now. */
import type { Holding } from '../../domain/search/title-facets.ts'
import type { AskedAt, Stores } from './stores.ts'

export interface OfBranch {
  readonly branchId: string
  readonly libraryId: string
}

/**
 * By ids of titles, those with copies. Withdrawn, lost and missing ones are none; a copy is of the
 * library whose branch it belongs to, wherever it stands. Bounded by what is asked: 1,000 titles take
 * a look-up of their items each.
 */
export function titleHoldings(
  { replica: { rows } }: Pick<Stores, 'replica'>,
  { titleIds, branch }: { readonly titleIds: readonly string[]; readonly branch: OfBranch },
  _asked: AskedAt,
): ReadonlyMap<string, Holding> {
  const found = rows.raw(
    `SELECT titleId,
       max(homeBranchId IN (SELECT id FROM branch WHERE libraryId = ?)) AS isOfLibrary,
       max(atBranchId = ? AND state = 'on-shelf' AND isForLoan = 1) AS isAvailableHere
     FROM item
     WHERE titleId IN (SELECT value FROM json_each(?))
       AND state NOT IN ('withdrawn', 'lost', 'missing')
     GROUP BY titleId`,
    branch.libraryId,
    branch.branchId,
    JSON.stringify(titleIds),
  )
  return new Map(
    found.map((row) => [
      String(row['titleId']),
      {
        holder: row['isOfLibrary'] === 1 ? 'library' : 'city',
        isAvailableHere: row['isAvailableHere'] === 1,
      },
    ]),
  )
}
