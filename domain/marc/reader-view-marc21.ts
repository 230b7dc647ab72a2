/** MARC21 for readers: the marks of ISBD stand in the record, but for the last of each field. */
import { plainText } from './brief-text.ts'
import { firstSubfield, subfieldValues } from './marc-record.ts'
import type { MarcDataField } from './marc-record.ts'
import type { LineRule } from './reader-labels.ts'

/**
 * Fields in another script (880) stand for those that they are linked to: `$6245-01/$1` is a 245. A
 * record in its own script alone has them unlinked (`-00`); they are shown all the same.
 */
export const withScripts = (fields: readonly MarcDataField[]): MarcDataField[] =>
  fields.map((field) => {
    const link = field.tag === '880' ? firstSubfield(field, '6') : null
    const tag = link === null ? null : (/^\d{3}(?=-)/.exec(link)?.[0] ?? null)
    return tag === null ? field : { ...field, tag }
  })

/** What ends a field says what comes after it, which is another line here. */
const withoutEnd = (text: string | null): string | null =>
  text === null ? null : text.replace(/\s*[/:;,=]\s*$/, '').trim()

/** The full stop of a heading, not that of an initial or an abbreviation of one letter. */
const withoutStop = (text: string): string => text.replace(/(?<=[\p{L}\d)]{2})\.$/u, '')

const joined =
  (codes: string) =>
  ({ subfields }: MarcDataField): string | null =>
    withoutEnd(
      plainText(
        subfields
          .filter(({ code }) => codes.includes(code))
          .map(({ value }) => value.trim())
          .join(' '),
      ),
    )

const whole = (codes: string) => {
  const join = joined(codes)
  return (field: MarcDataField) => {
    const text = join(field)
    return text === null ? null : withoutStop(text)
  }
}

/** Divisions of a subject: form, general, chronological, geographic. */
function subjectText(field: MarcDataField): string | null {
  const heading = whole('abcdnpqt')(field)
  if (heading === null) return null
  const divisions = field.subfields.filter(({ code }) => 'vxyz'.includes(code))
  return [heading, ...divisions.map(({ value }) => withoutStop(value.trim()))].join(' -- ')
}

const contributorText = (field: MarcDataField): string | null => {
  const name = whole('abcdq')(field)
  const roles = subfieldValues(field, 'e').map((role) => withoutStop(role.trim()))
  return name === null ? null : [name, ...roles].join(', ')
}

const numbered = (field: MarcDataField): string | null => {
  const number = withoutEnd(plainText(firstSubfield(field, 'a')))
  const binding = withoutEnd(plainText(firstSubfield(field, 'q')))?.replace(/^\(|\)$/g, '') ?? null
  const price = plainText(firstSubfield(field, 'c'))
  const named = binding === null ? number : `${number ?? ''} (${binding})`.trim()
  return [named, price].filter((part) => part !== null).join(' : ')
}

const onlineText = (field: MarcDataField): string | null => {
  const label = firstSubfield(field, '3') ?? firstSubfield(field, 'y') ?? firstSubfield(field, 'z')
  const address = firstSubfield(field, 'u')
  return label === null ? address : `${label} ${address ?? ''}`
}

/** Not what was produced, manufactured or copyrighted: 264 says so in its second indicator. */
const isPublication = ({ tag, indicators }: MarcDataField): boolean =>
  tag !== '264' || indicators[1] === '1'

const tagsFrom = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, at) => String(first + at))

const OWN_LABEL = new Set(['505', '520', '521'])
/** 541, 561 and 583 tell staff where a copy came from and what was done with it. */
const OF_STAFF = new Set(['541', '561', '583', '590'])
const NOTE_TAGS = tagsFrom(500, 588).filter((tag) => !OWN_LABEL.has(tag) && !OF_STAFF.has(tag))

export const marc21Title = (fields: readonly MarcDataField[]): string[] =>
  fields.filter(({ tag }) => tag === '245').flatMap((field) => whole('abcfgknps')(field) ?? [])

export const marc21Lines: readonly LineRule[] = [
  { label: 'variant', tags: ['130', '240', '246', '247', '730', '740'], text: whole('abfnp') },
  { label: 'contributor', tags: ['100', '110', '111', '700', '710', '711'], text: contributorText },
  { label: 'edition', tags: ['250'], text: joined('ab') },
  { label: 'numbering', tags: ['362'], text: joined('a') },
  {
    label: 'publication',
    tags: ['260', '264'],
    text: (field) => (isPublication(field) ? whole('abc')(field) : null),
  },
  { label: 'extent', tags: ['300'], text: whole('abce') },
  { label: 'series', tags: ['490', '440', '800', '810', '811', '830'], text: whole('abcdnptvx') },
  { label: 'set', tags: ['773'], text: whole('tg') },
  { label: 'part', tags: ['774'], text: whole('tg') },
  { label: 'original', tags: ['765'], text: whole('t') },
  { label: 'earlier', tags: ['780'], text: whole('t') },
  { label: 'later', tags: ['785'], text: whole('t') },
  { label: 'otherEdition', tags: ['775', '776'], text: whole('t') },
  { label: 'summary', tags: ['520'], text: joined('ab') },
  { label: 'contents', tags: ['505'], text: joined('agrt') },
  { label: 'note', tags: ['310', '321', ...NOTE_TAGS], text: joined('abcd') },
  { label: 'audience', tags: ['521'], text: joined('ab') },
  { label: 'isbn', tags: ['020'], text: numbered },
  { label: 'issn', tags: ['022'], text: numbered },
  { label: 'subject', tags: ['600', '610', '611', '630', '648', '650', '651'], text: subjectText },
  { label: 'subject', tags: ['653', '655'], text: whole('a') },
  { label: 'classNumber', tags: ['084', '093'], text: joined('a') },
  { label: 'online', tags: ['856'], text: onlineText },
]
