/** Titles that became part of another: what hangs on them, and where their numbers lead. */
import type { Authority } from '../../../domain/authority-records.ts'
import type { CityRows } from './city-rows.ts'
import { rowsOf } from './table.ts'

export function titlesBroken({ rows }: CityRows): string[] {
  const titles = new Set(rowsOf(rows, 'title').map(({ id }) => id as string))
  const redirects = rowsOf(rows, 'title-redirect')
  const gone = new Set(redirects.map(({ id }) => id as string))
  const stuck = (
    what: string,
    of: readonly { readonly id: string; readonly titleId: string | null }[],
  ) =>
    of
      .filter(({ titleId }) => titleId !== null && gone.has(titleId))
      .map(({ id, titleId }) => `Q4 ${what} ${id} hangs on ${titleId}, which went`)
  return [
    ...redirects
      .filter(({ intoId }) => !titles.has(intoId))
      .map(({ id, intoId }) => `Q5 ${id} leads to ${intoId}, which is no title`),
    ...[...gone].filter((id) => titles.has(id)).map((id) => `Q5 ${id} went, and is still there`),
    ...rowsOf(rows, 'title-suppression')
      .filter(({ id }) => gone.has(id))
      .map(({ id }) => `Q14 ${id} is hidden, and became part of another`),
    ...keptTwice(rowsOf(rows, 'authority')),
    ...stuck('item', rowsOf(rows, 'item')),
    ...stuck(
      'hold',
      rowsOf(rows, 'hold').filter(({ closedAt }) => closedAt === null),
    ),
    ...stuck(
      'draft',
      rowsOf(rows, 'draft').filter(({ state }) => state !== 'published' && state !== 'discarded'),
    ),
  ]
}

/** A heading of a kind is kept once, and its keys are those of its texts. */
const keptTwice = (kept: readonly Authority[]): string[] =>
  [...Map.groupBy(kept, ({ kind, headingKey }) => `${kind} ${headingKey}`)]
    .filter(([, alike]) => alike.length > 1)
    .map(([heading, alike]) => `A1 ${heading} is kept ${alike.length} times`)
