/** A title as a row of a list. */
import type { Title } from '../../domain/records.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'

export interface TitleRow {
  readonly id: string
  readonly title: string
  readonly author: string | null
  readonly publisher: string | null
  readonly year: string | null
  readonly isbn: string | null
  readonly clc: string | null
  readonly kind: Title['kind']
}

export const titleToRow = (title: Title): TitleRow => ({
  id: title.id,
  title: title.title,
  author: title.author,
  publisher: title.publisher,
  year: title.year,
  isbn: title.isbns[0] ?? null,
  clc: title.clc,
  kind: title.kind,
})

/** Looks up many titles at once and answers for each id, null included. */
export function titleRows(
  catalogue: Catalogue,
  ids: readonly (string | null | undefined)[],
): (id: string | null | undefined) => TitleRow | null {
  const wanted = [...new Set(ids)].filter((id) => id !== null && id !== undefined)
  const titles = catalogue.titles(wanted)
  return (id) => {
    const title = id === null || id === undefined ? undefined : titles.get(id)
    return title === undefined ? null : titleToRow(title)
  }
}
