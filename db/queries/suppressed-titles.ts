/** Titles that readers do not see. */
import type { AskedAt, Stores } from './stores.ts'

/** Those of the given ids. */
export function suppressedAmong(
  { replica: { rows } }: Pick<Stores, 'replica'>,
  { titleIds }: { readonly titleIds: readonly string[] },
  _asked: AskedAt,
): ReadonlySet<string> {
  const found = rows.select(
    'title-suppression',
    'WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify(titleIds),
  )
  return new Set(found.map(({ id }) => id))
}

/** The last hidden first. */
export const suppressedTitles = (
  { replica: { rows } }: Pick<Stores, 'replica'>,
  { limit }: { readonly limit: number },
  _asked: AskedAt,
): readonly string[] =>
  rows.select('title-suppression', 'ORDER BY at DESC, id LIMIT ?', limit).map(({ id }) => id)
