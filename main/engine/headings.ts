/** Headings in use, of the records that a search by the text finds, behind those that the city keeps. */
import { authorities } from '../../db/queries/authorities.ts'
import type { AskedAt } from '../../db/queries/stores.ts'
import type { Authority } from '../../domain/authority-records.ts'
import { headingKey, kindOfTag, textOfAuthority } from '../../domain/marc/heading-key.ts'
import { headingTags, headingsIn } from '../../domain/marc/headings.ts'
import type { Heading } from '../../domain/marc/headings.ts'
import type { Stores } from './stores.ts'

interface OfferedHeading extends Heading {
  readonly authorityId: string | null
  readonly seeFrom: string | null
}

export interface Headings {
  readonly headings: readonly OfferedHeading[]
  /** Records that were looked through. */
  readonly recordsCount: number
  /** False where more records answer than were looked through: counts are of these. */
  readonly isWhole: boolean
}

/** Some ten milliseconds to read; the commonest titles come first. */
const RECORDS_MAX = 300
const HEADINGS_MAX = 50
const KEPT_MAX = 20
/** Its own, so that typing here does not wait for the search box, nor it for this. */
const LANE = 'headings'

export async function headings(
  stores: Pick<Stores, 'search' | 'catalogue' | 'replica'>,
  { tag, text }: { readonly tag: string; readonly text: string },
  now: AskedAt,
): Promise<Headings> {
  const sought = text.trim()
  if (sought === '' || headingTags(tag).length === 0) {
    return { headings: [], recordsCount: 0, isWhole: true }
  }
  const { search, catalogue } = stores
  const { titles, isWhole } = await search.browse(sought, LANE)
  const records = titles.slice(0, RECORDS_MAX).flatMap(({ row }) => catalogue.bib(row.id) ?? [])
  const { rows: kept } = authorities(stores, { text, kind: kindOfTag(tag), limit: KEPT_MAX }, now)
  return {
    headings: offered(kept, headingsIn(records, tag, sought), sought).slice(0, HEADINGS_MAX),
    recordsCount: records.length,
    isWhole: isWhole && titles.length <= RECORDS_MAX,
  }
}

/** Those of the city first, with how many of the records have them (A5). */
function offered(
  kept: readonly Authority[],
  inUse: readonly Heading[],
  sought: string,
): readonly OfferedHeading[] {
  const known = new Map(kept.map((one) => [one.headingKey, one]))
  const first = kept.map((one): OfferedHeading => {
    const used = inUse.find(({ text }) => headingKey(text) === one.headingKey)
    return {
      text: textOfAuthority(one),
      indicators: one.indicators,
      subfields: one.subfields,
      count: used?.count ?? 0,
      authorityId: one.id,
      seeFrom: variantFor(one, headingKey(sought)),
    }
  })
  const others = inUse.filter(({ text }) => !known.has(headingKey(text)))
  return [...first, ...others.map((one) => ({ ...one, authorityId: null, seeFrom: null }))]
}

const variantFor = (one: Authority, key: string): string | null =>
  one.headingKey.includes(key)
    ? null
    : (one.variants.find((variant) => headingKey(variant).includes(key)) ?? null)
