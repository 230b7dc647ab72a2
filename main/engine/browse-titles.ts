/** The titles that answer a search, narrowed: the words are the catalogue's, the shelves the replica's. */
import type { AnswerOf, AskOf } from '../../contract/queries.ts'
import { availability } from '../../db/queries/availability.ts'
import { availableHere } from '../../db/queries/available-here.ts'
import type { AskedAt } from '../../db/queries/stores.ts'
import { narrow } from '../../domain/search/title-facets.ts'
import type { Stores } from './stores.ts'

/** Searches that are not the newest are not worth their time: there is one such list on the screen. */
const LANE = 'browse'

export async function browseTitles(
  stores: Stores,
  { text, filter, limit }: AskOf<'browse-titles'>,
  branchId: string | null,
  now: AskedAt,
): Promise<AnswerOf<'browse-titles'>> {
  const { titles, isWhole, spelledAs, ms } = await stores.search.browse(text, LANE)
  const titleIds = titles.map(({ row }) => row.id)
  const here =
    branchId === null ? new Set<string>() : availableHere(stores, { titleIds, branchId }, now)
  const left = narrow(titles, filter, here)
  const rows = left.titles.slice(0, limit).map(({ row }) => row)
  const countsByTitle = availability(stores, { titleIds: rows.map(({ id }) => id) }, now)
  const { availableHere: availableCount, ...counts } = left.counts
  return {
    rows: rows.map((row) => ({
      ...row,
      ...(countsByTitle.get(row.id) ?? { itemsCount: 0, availableCount: 0 }),
    })),
    total: left.titles.length,
    isWhole,
    facets: {
      kind: [...counts.kind],
      years: [...counts.years],
      language: [...counts.language],
      audience: [...counts.audience],
      availableHere: branchId === null ? null : availableCount,
    },
    spelledAs,
    ms,
  }
}
