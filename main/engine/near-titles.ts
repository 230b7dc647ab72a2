/** What the catalogue has that a record might be, or that a link of it leads to. */
import type { AnswerOf, AskOf } from '../../contract/queries.ts'
import { apartTitles } from '../../db/queries/apart-titles.ts'
import type { AskedAt } from '../../db/queries/stores.ts'
import { titleToRow } from '../../db/queries/title-row.ts'
import type { TitleId } from '../../domain/words/ids.ts'
import type { Stores } from './stores.ts'

/** As many as are looked at beside a record. */
const TITLES_MAX = 10

export async function nearTitles(
  stores: Pick<Stores, 'survey' | 'catalogue' | 'replica'>,
  { titleId, title }: AskOf<'near-titles'>,
  now: AskedAt,
): Promise<AnswerOf<'near-titles'>> {
  const id = (titleId ?? '') as TitleId
  const found = await stores.survey.ask('near', { title: { ...title, id, loansCount: 0 } })
  const titles = stores.catalogue.titles(found.map((one) => one.id))
  const areApart = apartTitles(stores, {}, now)
  const rows = found.flatMap(({ id: nearId, by, likeness }) => {
    const near = titles.get(nearId)
    if (near === undefined) return []
    const isToldApart = titleId !== null && areApart(titleId, nearId)
    const hasRecord = stores.catalogue.bib(nearId) !== null
    // Typed at a counter, it stands for a book in a hand and is proposed to nobody (Q2).
    const isProposed = hasRecord && !isToldApart
    return [{ ...titleToRow(near), by, hasRecord, likeness: isProposed ? likeness : null }]
  })
  return { rows: rows.slice(0, TITLES_MAX) }
}
