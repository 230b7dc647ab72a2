/** How many of the open loans that this desk holds a line of the policy is about. */
import type { AskedAt, Stores } from './stores.ts'

interface Ask {
  readonly itemType: string | null
  readonly readerCategory: string | null
  readonly audience: string | null
  readonly lendingLibraryId: string | null
  readonly ownerLibraryId: string | null
}

const OPEN = `SELECT count(*) AS count FROM loan
  JOIN branch ON branch.id = loan.lentBranchId
  LEFT JOIN item ON item.id = loan.itemId
  LEFT JOIN reader ON reader.id = loan.readerId
  WHERE loan.returnedAt IS NULL`

const columnByName = {
  itemType: 'item.itemType',
  readerCategory: 'reader.category',
  audience: 'item.audience',
  lendingLibraryId: 'branch.libraryId',
  ownerLibraryId: 'item.ownerLibraryId',
} as const satisfies Record<keyof Ask, string>
const names = Object.keys(columnByName) as (keyof Ask)[]

/** Asked by hand before a line is saved: it looks at every open loan. */
export function lineEffect(
  { replica: { rows } }: Stores,
  ask: Ask,
  _asked: AskedAt,
): { readonly loansCount: number } {
  const named = names.flatMap((name) => {
    const value = ask[name]
    return value === null ? [] : [{ column: columnByName[name], value }]
  })
  const where = named.map(({ column }) => ` AND ${column} = ?`).join('')
  const [row] = rows.raw(OPEN + where, ...named.map(({ value }) => value))
  return { loansCount: Number(row?.['count'] ?? 0) }
}
