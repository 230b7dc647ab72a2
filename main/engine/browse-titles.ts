/** The titles that answer a search, narrowed: the words are the catalogue's, the shelves the replica's. */
import type { AnswerOf, AskOf } from '../../contract/queries.ts'
import { availability } from '../../db/queries/availability.ts'
import type { AskedAt } from '../../db/queries/stores.ts'
import { suppressedAmong, suppressedTitles } from '../../db/queries/suppressed-titles.ts'
import { titleHoldings } from '../../db/queries/title-holdings.ts'
import { titleToRow } from '../../db/queries/title-row.ts'
import { facetsOf, narrow } from '../../domain/search/title-facets.ts'
import { foundByItems } from './found-by-items.ts'
import type { Frozen } from './frozen.ts'
import { NO_HITS } from './search-titles.ts'
import { seeReference } from './see-reference.ts'
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
  const isListed = text.trim() === '' && filter.isSuppressed
  const { titles: all, ...found } = isListed
    ? hiddenTitles(stores, now)
    : await soughtTitles(stores, text, now)
  const titleIds = all.map(({ row }) => row.id)
  const holdings =
    branch === null
      ? new Map()
      : titleHoldings(
          stores,
          { titleIds, branch: { branchId: branch.id, libraryId: branch.libraryId } },
          now,
        )
  const suppressed = suppressedAmong(stores, { titleIds }, now)
  const left = narrow(all, filter, holdings, suppressed)
  const rows = left.titles.slice(0, limit).map(({ row }) => row)
  const countsByTitle = availability(stores, { titleIds: rows.map(({ id }) => id) }, now)
  const { availableHere, heldBy, ...counts } = left.counts
  return {
    ...found,
    rows: rows.map((row) => ({
      ...row,
      ...(countsByTitle.get(row.id) ?? { itemsCount: 0, availableCount: 0 }),
      isSuppressed: suppressed.has(row.id),
    })),
    total: left.titles.length,
    facets: {
      ...counts,
      availableHere: branch === null ? null : availableHere,
      heldBy: branch === null ? null : heldBy,
    },
  }
}

/** Those of an item's number before those of words. */
async function soughtTitles(stores: SearchedStores, text: string, now: AskedAt) {
  const asked = await stores.search.browse(text, LANE)
  const byItems = titlesByItems(stores, text, now)
  const see = seeReference(stores, text, now)
  const isFollowed = see !== null && asked.titles.length + byItems.length === 0
  const { titles, isWhole, spelledAs, ms } = isFollowed
    ? await stores.search.browse(see.name, LANE)
    : asked
  const known = new Set(byItems.map(({ row }) => row.id))
  const byWords = titles.flatMap(({ row, facets }) =>
    known.has(row.id) ? [] : [{ row: { ...row, itemNumber: null }, facets }],
  )
  return {
    titles: [...byItems, ...byWords],
    isWhole,
    spelledAs,
    see: see === null ? null : { ...see, isFollowed },
    ms,
  }
}

const HIDDEN_MAX = 1000

/** All that readers do not see: a desk without a text asks for them. */
function hiddenTitles(stores: SearchedStores, now: AskedAt) {
  const ids = suppressedTitles(stores, { limit: HIDDEN_MAX + 1 }, now)
  const titles = stores.catalogue.titles(ids)
  const listed = ids.slice(0, HIDDEN_MAX).flatMap((id) => {
    const title = titles.get(id)
    if (title === undefined) return []
    const row = { ...titleToRow(title), itemNumber: null, hits: NO_HITS }
    return [{ row, facets: facetsOf(title) }]
  })
  return { titles: listed, isWhole: ids.length <= HIDDEN_MAX, spelledAs: null, see: null, ms: 0 }
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
