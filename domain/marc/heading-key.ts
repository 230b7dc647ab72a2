/** What headings are compared by, and which headings are of one kind. */
import type { Authority, AuthorityKind } from '../authority-records.ts'
import type { BibField } from './bib-fields.ts'
import { headingText, headingTags } from './headings.ts'

/** Width, case, blanks and marks are no difference: `Lu, Xun` and `ＬＵ ＸＵＮ` are one. */
export const headingKey = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
    .slice(0, 400)

/** A field that such a heading stands in; its family is in headings.ts. */
export const TAG_OF_KIND: Readonly<Record<AuthorityKind, string>> = {
  person: '701',
  corporate: '711',
  subject: '606',
  place: '607',
}

/** Null where headings of this tag are not kept. */
export const kindOfTag = (tag: string): AuthorityKind | null => {
  const kinds = Object.keys(TAG_OF_KIND) as AuthorityKind[]
  return kinds.find((kind) => headingTags(TAG_OF_KIND[kind]).includes(tag)) ?? null
}

/** As it reads: `鲁迅 · 1881-1936`. */
export const textOfAuthority = ({ subfields }: Pick<Authority, 'subfields'>): string =>
  headingText({ subfields })

/** What titles are found by: the name without dates. */
export const nameOfAuthority = ({ subfields }: Pick<Authority, 'subfields'>): string =>
  subfields.find(({ code }) => code === 'a')?.value.trim() ?? headingText({ subfields })

/** By the whole heading, or by the name alone: variants seldom have dates. */
export const fieldKeys = ({ subfields }: Pick<BibField, 'subfields'>): readonly string[] => [
  ...new Set(
    [headingText({ subfields }), nameOfAuthority({ subfields })].map(headingKey).filter(Boolean),
  ),
]

const DELIMITER = /[‡$]/

/** `‡a鲁迅‡f1881-1936`; a text without a delimiter is its name. Empty where nothing is in it. */
export function subfieldsFromText(text: string): BibField['subfields'] {
  if (!DELIMITER.test(text)) return text.trim() === '' ? [] : [{ code: 'a', value: text.trim() }]
  const [, ...parts] = text.split(DELIMITER)
  return parts.flatMap((part) => {
    const value = part.slice(1).trim()
    return value === '' ? [] : [{ code: part.slice(0, 1), value }]
  })
}

export const subfieldsToText = (subfields: BibField['subfields']): string =>
  subfields.map(({ code, value }) => `‡${code}${value}`).join('')
