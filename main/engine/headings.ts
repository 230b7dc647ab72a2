/** Headings in use, of the records that a search by the text finds. */
import { headingTags, headingsIn } from '../../domain/marc/headings.ts'
import type { Heading } from '../../domain/marc/headings.ts'
import type { Stores } from './stores.ts'

export interface Headings {
  readonly headings: readonly Heading[]
  /** Records that were looked through. */
  readonly recordsCount: number
  /** False where more records answer than were looked through: counts are of these. */
  readonly isWhole: boolean
}

/** Some ten milliseconds to read; the commonest titles come first. */
const RECORDS_MAX = 300
const HEADINGS_MAX = 50
/** Its own, so that typing here does not wait for the search box, nor it for this. */
const LANE = 'headings'

export async function headings(
  { search, catalogue }: Pick<Stores, 'search' | 'catalogue'>,
  { tag, text }: { readonly tag: string; readonly text: string },
): Promise<Headings> {
  const sought = text.trim()
  if (sought === '' || headingTags(tag).length === 0) {
    return { headings: [], recordsCount: 0, isWhole: true }
  }
  const { titles, isWhole } = await search.browse(sought, LANE)
  const records = titles.slice(0, RECORDS_MAX).flatMap(({ row }) => catalogue.bib(row.id) ?? [])
  return {
    headings: headingsIn(records, tag, sought).slice(0, HEADINGS_MAX),
    recordsCount: records.length,
    isWhole: isWhole && titles.length <= RECORDS_MAX,
  }
}
