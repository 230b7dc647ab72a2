/** Titles proposed as one: the thread that surveys finds them, what people decided is left out here. */
import type { AnswerOf, AskOf } from '../../contract/queries.ts'
import type { ScanAnswer } from '../../db/catalogue/duplicate-scan.ts'
import { apartTitles } from '../../db/queries/apart-titles.ts'
import { availability } from '../../db/queries/availability.ts'
import { titleToRow } from '../../db/queries/title-row.ts'
import type { AskedAt } from '../../db/queries/stores.ts'
import type { Stores } from './stores.ts'

type Answer = AnswerOf<'duplicate-titles'>
type Group = Answer['groups'][number]

/** A page that finds nothing asks on so long; the screen then asks for the next. */
const PIECES_MAX = 20

export async function duplicateTitles(
  stores: Stores,
  { after, limit }: AskOf<'duplicate-titles'>,
  now: AskedAt,
): Promise<Answer> {
  const areApart = apartTitles(stores, {}, now)
  const groups: Group[] = []
  let place: Answer['next'] = after
  for (let pieces = 0; pieces < PIECES_MAX; pieces += 1) {
    const found: ScanAnswer = await stores.survey.ask('duplicates', {
      after: place,
      limit: limit - groups.length,
    })
    place = found.next
    groups.push(...found.groups.flatMap((group) => shown(stores, group, areApart, now) ?? []))
    if (place === null || groups.length >= limit) break
  }
  return { groups, next: place }
}

/** Null where people have said of each two of them that they are not one. */
function shown(
  stores: Stores,
  { ids, by, likeness }: ScanAnswer['groups'][number],
  areApart: (one: string, other: string) => boolean,
  now: AskedAt,
): Group | null {
  const titles = stores.catalogue.titles(ids)
  const left = ids.filter(
    (id) => titles.has(id) && ids.some((other) => other !== id && !areApart(id, other)),
  )
  if (left.length < 2) return null
  const counts = availability(stores, { titleIds: left }, now)
  return {
    by,
    likeness,
    titles: left.flatMap((id) => {
      const title = titles.get(id)
      const counted = counts.get(id) ?? { itemsCount: 0, availableCount: 0 }
      return title === undefined ? [] : [{ ...titleToRow(title), ...counted }]
    }),
  }
}
