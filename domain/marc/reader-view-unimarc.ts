/** CNMARC and UNIMARC for readers: the marks of ISBD are ours, records hold none. */
import { plainText } from './brief-text.ts'
import { linkedTitle, readEmbedded } from './embedded-fields.ts'
import { firstSubfield, subfieldValues } from './marc-record.ts'
import type { MarcDataField } from './marc-record.ts'
import type { LineRule } from './reader-labels.ts'

/** What stands before a subfield of this code; a code that is not named is not shown. */
type Marks = Readonly<Record<string, string>>

/** The subfields in their order, each after its mark; the first needs none. */
function marked({ subfields }: MarcDataField, marks: Marks): string | null {
  let text = ''
  for (const { code, value } of subfields) {
    const mark = marks[code]
    const plain = plainText(value)
    if (mark === undefined || plain === null) continue
    // Some libraries type the mark into the value as well.
    const bare = plain.replace(/^[=:;/+,]\s*/, '')
    text += text === '' ? bare : `${mark}${bare}`
  }
  return text === '' ? null : text
}

const TITLE: Marks = {
  a: ' ; ',
  c: '. ',
  d: ' = ',
  e: ' : ',
  f: ' / ',
  g: ' ; ',
  h: '. ',
  i: ', ',
  v: '. ',
}
const EDITION: Marks = { a: ', ', b: ', ', d: ' = ', f: ' / ', g: ' ; ' }
const PUBLICATION: Marks = { a: ' ; ', c: ' : ', d: ', ', e: ' ; ', g: ' : ', h: ', ' }
const EXTENT: Marks = { a: ', ', c: ' : ', d: ' ; ', e: ' + ' }
const SERIES: Marks = {
  a: ' ; ',
  d: ' = ',
  e: ' : ',
  f: ' / ',
  h: '. ',
  i: ', ',
  v: ' ; ',
  x: ', ',
}
const DIVIDED: Marks = { a: ' -- ', j: ' -- ', x: ' -- ', y: ' -- ', z: ' -- ' }

/** A name with what tells it from others; its divisions, as of a subject, behind it. */
function nameText(field: MarcDataField): string | null {
  const [name, rest, added] = ['a', 'b', 'c'].map((code) => plainText(firstSubfield(field, code)))
  if (!name) return null
  const dates = plainText(firstSubfield(field, 'f'))
  // A dynasty or a country in brackets stands before a name in hanzi, as on the title page: (清)曹雪芹.
  const isBefore = /^[(（[［〔]/.test(added ?? '')
  const names = [name, rest, isBefore ? null : added].filter(Boolean).join(', ')
  const whole = isBefore ? `${added}${names}` : names
  return dates === null ? whole : `${whole} (${dates.replace(/^[(（]|[)）]$/g, '')})`
}

const withRole = (field: MarcDataField): string | null => {
  const roles = subfieldValues(field, '4').filter((role) => !/^\d{3}$/.test(role))
  const name = nameText(field)
  return name === null ? null : [name, ...roles].join(' ')
}

const namedSubject = (field: MarcDataField): string | null => {
  const name = nameText(field)
  if (name === null) return null
  const divisions = field.subfields.filter(({ code }) => 'jxyz'.includes(code))
  return [name, ...divisions.map(({ value }) => value)].join(' -- ')
}

/** The title of the other record, and which part of it this one is. */
function linkText(field: MarcDataField): string | null {
  const title = plainText(linkedTitle(field))
  if (title === null) return null
  const embedded = readEmbedded(field, 'lenient')
  const inner = embedded.ok ? embedded.fields : []
  const volume = inner.flatMap((one) => ('subfields' in one ? subfieldValues(one, 'v') : []))
  return [title, ...volume].join(' ; ')
}

const valueOf = (code: string) => (field: MarcDataField) => {
  const values = subfieldValues(field, code).flatMap((value) => plainText(value) ?? [])
  return values.join(' ; ')
}

/** `978-7-… (平装) : CNY32.00`. */
function numbered(field: MarcDataField): string | null {
  const number = plainText(firstSubfield(field, 'a'))
  const binding = plainText(firstSubfield(field, 'b'))?.replace(/^[(（]|[)）]$/g, '') ?? null
  const price = plainText(firstSubfield(field, 'd'))
  const named = binding === null ? number : `${number ?? ''} (${binding})`.trim()
  return [named, price].filter((part) => part !== null).join(' : ')
}

/** A text, where it may say, and its address. */
const onlineText = (field: MarcDataField): string | null => {
  const [address, label] = [firstSubfield(field, 'u'), firstSubfield(field, 'z')]
  return label === null ? address : `${label} ${address ?? ''}`
}

const tagsFrom = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, at) => String(first + at))

/** 327, 330 and 333 have labels of their own. */
const NOTE_TAGS = [...tagsFrom(300, 326), '328', '332', '334', '336', '337']

export const unimarcTitle = (fields: readonly MarcDataField[]): string[] =>
  fields.filter(({ tag }) => tag === '200').flatMap((field) => marked(field, TITLE) ?? [])

export const unimarcLines: readonly LineRule[] = [
  { label: 'parallel', tags: ['510'], text: (field) => marked(field, TITLE) },
  { label: 'variant', tags: ['500', ...tagsFrom(512, 518)], text: (field) => marked(field, TITLE) },
  { label: 'variant', tags: ['532', '540', '541'], text: valueOf('a') },
  {
    label: 'contributor',
    tags: ['700', '701', '702', '710', '711', '712', '720'],
    text: withRole,
  },
  { label: 'edition', tags: ['205'], text: (field) => marked(field, EDITION) },
  { label: 'numbering', tags: ['207'], text: valueOf('a') },
  { label: 'publication', tags: ['210', '214'], text: (field) => marked(field, PUBLICATION) },
  { label: 'extent', tags: ['215'], text: (field) => marked(field, EXTENT) },
  { label: 'series', tags: ['225'], text: (field) => marked(field, SERIES) },
  { label: 'series', tags: ['410', '411'], text: linkText },
  { label: 'set', tags: ['461', '462'], text: linkText },
  { label: 'part', tags: ['463', '464'], text: linkText },
  { label: 'original', tags: ['454'], text: linkText },
  { label: 'earlier', tags: tagsFrom(430, 437), text: linkText },
  { label: 'later', tags: tagsFrom(440, 448), text: linkText },
  { label: 'otherEdition', tags: ['451', '452', '453', '455', '456', '488'], text: linkText },
  { label: 'summary', tags: ['330'], text: valueOf('a') },
  { label: 'contents', tags: ['327'], text: valueOf('a') },
  { label: 'note', tags: NOTE_TAGS, text: valueOf('a') },
  { label: 'audience', tags: ['333'], text: valueOf('a') },
  { label: 'isbn', tags: ['010'], text: numbered },
  { label: 'issn', tags: ['011'], text: numbered },
  { label: 'bookNumber', tags: ['091'], text: numbered },
  { label: 'subject', tags: ['600', '601', '602'], text: namedSubject },
  { label: 'subject', tags: ['604', '605', '606', '607'], text: (field) => marked(field, DIVIDED) },
  { label: 'subject', tags: ['610'], text: valueOf('a') },
  { label: 'classNumber', tags: ['690'], text: valueOf('a') },
  { label: 'online', tags: ['856'], text: onlineText },
]
