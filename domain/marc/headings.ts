/** Headings of people, bodies and subjects, as they stand in records. */
import type { BibContent } from '../cataloguing-records.ts'
import type { BibField } from './bib-fields.ts'

export interface Heading {
  /** As it reads: name, dates and divisions, without pinyin and role. */
  readonly text: string
  /** To be written into a field of the same kind; a role belongs to the one work. */
  readonly subfields: BibField['subfields']
  readonly indicators: string
  /** Records of those looked at that have it. */
  readonly count: number
}

/** 701 and 702 differ in rank only, and so do 711 and 712; a person who is a subject is a person. */
const FAMILIES: readonly (readonly string[])[] = [
  ['700', '701', '702', '600'],
  ['710', '711', '712', '601'],
  ['606'],
  ['607'],
]
/** Of this work alone, and what only repeats the name. */
const OF_THE_WORK = new Set(['4', '9', 'A', 'p', '5'])

/** Tags whose headings may stand in a field of this tag; empty where none are kept. */
export const headingTags = (tag: string): readonly string[] =>
  FAMILIES.find((family) => family.includes(tag)) ?? []

/** As it reads: name, dates and divisions, without pinyin and role. */
export const headingText = ({ subfields }: Pick<BibField, 'subfields'>): string =>
  subfields
    .filter(({ code, value }) => !OF_THE_WORK.has(code) && code !== '3' && value.trim() !== '')
    .map(({ value }) => value.trim())
    .join(' · ')

/** Commonest first. Two persons of one name with different dates are two headings. */
export function headingsIn(
  records: Iterable<Pick<BibContent, 'fields'>>,
  tag: string,
  begins: string,
): Heading[] {
  const tags = headingTags(tag)
  const counts = new Map<string, { field: BibField; count: number }>()
  for (const { fields } of records) {
    const seen = new Set<string>()
    for (const field of fields) {
      if (!tags.includes(field.tag)) continue
      const text = headingText(field)
      if (text === '' || !text.includes(begins) || seen.has(text)) continue
      seen.add(text)
      const known = counts.get(text)
      if (known === undefined) counts.set(text, { field, count: 1 })
      else known.count += 1
    }
  }
  return [...counts]
    .map(([text, { field, count }]) => ({
      text,
      count,
      indicators: field.indicators ?? '  ',
      subfields: field.subfields.filter(({ code }) => code !== '4' && code !== 'p' && code !== '5'),
    }))
    .toSorted((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1))
}

/** The field with the heading in it; its role stays. */
export function withHeading(
  field: BibField,
  { subfields, indicators }: Pick<Heading, 'subfields' | 'indicators'>,
): BibField {
  const roles = field.subfields.filter(({ code, value }) => code === '4' && value !== '')
  return { ...field, indicators, subfields: [...subfields, ...roles] }
}
