/** The titles that answer a search, narrowed: the words are the catalogue's, the shelves the replica's. */
import type { AnswerOf, AskOf } from '../../contract/queries.ts'
import { availability } from '../../db/queries/availability.ts'
import type { AskedAt } from '../../db/queries/stores.ts'
import { titleHoldings } from '../../db/queries/title-holdings.ts'
import { facetsOf, narrow } from '../../domain/search/title-facets.ts'
import { foundByItems } from './found-by-items.ts'
import type { Frozen } from './frozen.ts'
import { NO_HITS } from './search-titles.ts'
import type { Stores } from './stores.ts'

/** Searches that are not the newest are not worth their time: there is one such list on the screen. */
const LANE = 'browse'

type SearchedStores = Pick<Stores, 'search' | 'replica' | 'catalogue'>

export async function browseTitles(
  stores: SearchedStores,
  { text, filter, limit }: AskOf<'browse-titles'>,
  branch: { readonly id: string; readonly libraryId: string } | null,
  now: AskedAt,
): Promise<Frozen<AnswerOf<'browse-titles'>>> {
  const { titles, isWhole, spelledAs, ms } = await stores.search.browse(text, LANE)
  const byItems = titlesByItems(stores, text, now)
  const known = new Set(byItems.map(({ row }) => row.id))
  const byWords = titles.flatMap(({ row, facets }) =>
    known.has(row.id) ? [] : [{ row: { ...row, itemNumber: null }, facets }],
  )
  const all = [...byItems, ...byWords]
  const titleIds = all.map(({ row }) => row.id)
  const holdings =
    branch === null
      ? new Map()
      : titleHoldings(
          stores,
          { titleIds, branch: { branchId: branch.id, libraryId: branch.libraryId } },
          now,
        )
  const left = narrow(all, filter, holdings)
  const rows = left.titles.slice(0, limit).map(({ row }) => row)
  const countsByTitle = availability(stores, { titleIds: rows.map(({ id }) => id) }, now)
  const { availableHere, heldBy, ...counts } = left.counts
  return {
    rows: rows.map((row) => ({
      ...row,
      ...(countsByTitle.get(row.id) ?? { itemsCount: 0, availableCount: 0 }),
    })),
    total: left.titles.length,
    isWhole,
    facets: {
      ...counts,
      availableHere: branch === null ? null : availableHere,
      heldBy: branch === null ? null : heldBy,
    },
    spelledAs,
    ms,
  }
}

const BY_ITEMS_MAX = 1000

function titlesByItems(stores: SearchedStores, text: string, now: AskedAt) {
  const byItems = foundByItems(stores, text, BY_ITEMS_MAX, now)
  const titles = stores.catalogue.titles(byItems.map(({ row }) => row.id))
  return byItems.flatMap(({ row, itemNumber }) => {
    const title = titles.get(row.id)
    if (title === undefined) return []
    return [{ row: { ...row, itemNumber, hits: NO_HITS }, facets: facetsOf(title) }]
  })
}
