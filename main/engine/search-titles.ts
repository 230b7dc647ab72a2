/** Titles by the number of an item, then by what the search thread finds. */
import type { AnswerOf, AskOf } from '../../contract/queries.ts'
import { availability } from '../../db/queries/availability.ts'
import { redirectedTitles } from '../../db/queries/redirected-titles.ts'
import type { AskedAt } from '../../db/queries/stores.ts'
import { suppressedAmong } from '../../db/queries/suppressed-titles.ts'
import { titleToRow } from '../../db/queries/title-row.ts'
import { foundByItems } from './found-by-items.ts'
import type { Frozen } from './frozen.ts'
import { seeReference } from './see-reference.ts'
import type { Stores } from './stores.ts'

export const NO_HITS = { title: [], author: [], publisher: [] } as const

export async function searchTitles(
  stores: Pick<Stores, 'search' | 'replica' | 'catalogue'>,
  { text, limit }: AskOf<'search-titles'>,
  now: AskedAt,
): Promise<Frozen<AnswerOf<'search-titles'>>> {
  const asked = await stores.search.search(text, limit)
  const byItems = foundByItems(stores, text, limit, now)
  const see = seeReference(stores, text, now)
  const isFollowed = see !== null && asked.rows.length + byItems.length === 0
  const found = isFollowed ? await stores.search.search(see.name, limit) : asked
  const known = new Set(byItems.map(({ row }) => row.id))
  const byWords = found.rows.filter(({ id }) => !known.has(id))
  const isNothing = byItems.length + byWords.length === 0
  // The number of a record that became part of another (Q7).
  const redirected = isNothing ? redirectedTitles(stores, { text }, now).map(titleToRow) : []
  const rows = [
    ...redirected.map((row) => ({ ...row, itemNumber: null, hits: NO_HITS })),
    ...byItems.map(({ row, itemNumber }) => ({ ...row, itemNumber, hits: NO_HITS })),
    ...byWords.map((row) => ({ ...row, itemNumber: null })),
  ].slice(0, limit)
  const titleIds = rows.map(({ id }) => id)
  const countsByTitle = availability(stores, { titleIds }, now)
  const suppressed = suppressedAmong(stores, { titleIds }, now)
  return {
    ...found,
    see: see === null ? null : { ...see, isFollowed },
    total: Math.max(found.total, redirected.length + byItems.length + byWords.length),
    isTotalExact: found.isTotalExact && byItems.length < limit,
    rows: rows.map((row) => ({
      ...row,
      ...(countsByTitle.get(row.id) ?? { itemsCount: 0, availableCount: 0 }),
      isSuppressed: suppressed.has(row.id),
    })),
  }
}
