/** What the numbers of a title lead to that became part of another (Q7). */
import type { Title } from '../../domain/records.ts'
import { standingTitle } from '../../domain/title-facts.ts'
import { normaliseIsbn } from '../../domain/words/isbn.ts'
import { gatherFrom } from '../replica/load-facts.ts'
import type { AskedAt, Stores } from './stores.ts'

const ANSWERS_MAX = 5
const BY_NUMBER = `WHERE controlNumber = ?
  OR EXISTS (SELECT 1 FROM json_each(isbns) WHERE value = ?) LIMIT ?`

export function redirectedTitles(
  { replica: { rows } }: Pick<Stores, 'replica'>,
  { text }: { readonly text: string },
  _asked: AskedAt,
): readonly Title[] {
  const number = text.trim()
  const redirects = rows.select(
    'title-redirect',
    BY_NUMBER,
    number,
    normaliseIsbn(number) ?? number,
    ANSWERS_MAX,
  )
  const found = redirects.flatMap(({ intoId }) => gatherFrom(rows, standingTitle(intoId)) ?? [])
  return [...new Map(found.map((title) => [title.id, title])).values()]
}
