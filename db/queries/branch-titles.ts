/** Titles that a branch has items of, a page of the city's items at a time. */
import type { AskedAt, Stores } from './stores.ts'

export interface BranchTitles {
  readonly titleIds: readonly string[]
  /** The title to go on after; null at the end. */
  readonly next: string | null
}

/** About 10 ms of a city of a million items: a loan waits no longer. */
const ITEMS_A_PAGE = 5_000

export function branchTitles(
  { replica: { rows } }: Pick<Stores, 'replica'>,
  { branchId, after }: { readonly branchId: string; readonly after: string },
  _asked: AskedAt,
): BranchTitles {
  const page = rows.raw(
    'SELECT titleId, homeBranchId FROM item WHERE titleId > ? ORDER BY titleId LIMIT ?',
    after,
    ITEMS_A_PAGE,
  )
  const last = String(page.at(-1)?.['titleId'] ?? '')
  const isEnd = page.length < ITEMS_A_PAGE
  // The items of the last title may go on behind the page: it is read again with the next.
  const before = isEnd ? page : page.filter((row) => row['titleId'] !== last)
  const whole = before.length === 0 ? page : before
  const titleIds = new Set(
    whole.filter((row) => row['homeBranchId'] === branchId).map((row) => String(row['titleId'])),
  )
  return {
    titleIds: [...titleIds],
    next: isEnd ? null : String(whole.at(-1)?.['titleId'] ?? last),
  }
}
