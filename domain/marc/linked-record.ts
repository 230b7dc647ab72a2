/** 4XX: what a link leads to, and the link that leads back (reference/domain-cn.md 1.3). */
import type { BibContent } from '../cataloguing-records.ts'
import { bibToMarcRecord, fieldToBibField } from './bib-fields.ts'
import type { BibField } from './bib-fields.ts'
import { recordToBrief } from './brief.ts'
import { plainText } from './brief-text.ts'
import { linkedTitle, readEmbedded } from './embedded-fields.ts'
import { withField } from './fix-finding.ts'
import { controlValue, firstValue, isDataField } from './marc-record.ts'
import type { MarcDataField, MarcRecord } from './marc-record.ts'
import { titleOfBrief } from './title-of-brief.ts'

type LinkedTitle = NonNullable<ReturnType<typeof titleOfBrief>>

const asDataField = (field: BibField): MarcDataField | null => {
  const [read] = bibToMarcRecord({ leader: BOOK, fields: [field] }).fields
  return read !== undefined && isDataField(read) ? read : null
}

const BOOK = '00000nam0 2200000   450 '

/** What the fields within the link say of the title it leads to; null where they name none. */
export function titleOfLink(field: BibField): LinkedTitle | null {
  const link = asDataField(field)
  if (link === null) return null
  const reading = readEmbedded(link, 'lenient')
  const plain = link.subfields.find(({ code }) => code === 't')?.value ?? null
  const fields = reading.ok ? reading.fields : plain === null ? [] : [titleField(plain)]
  // What is linked may be of another kind: nobody knows before it is found.
  return titleOfBrief(recordToBrief({ leader: BOOK, fields }, 'cnmarc'), () => {})
}

const titleField = (title: string): MarcDataField => ({
  tag: '200',
  indicators: '1 ',
  subfields: [{ code: 'a', value: title }],
})

/** The tag on the other side of each; one that has no other side leads back to nothing. */
const BACK: Readonly<Record<string, string>> = {
  '410': '411',
  '411': '410',
  '421': '422',
  '422': '421',
  '423': '423',
  '430': '440',
  '431': '441',
  '432': '442',
  '433': '443',
  '434': '444',
  '435': '445',
  '436': '447',
  '437': '446',
  '440': '430',
  '441': '431',
  '442': '432',
  '443': '433',
  '444': '434',
  '445': '435',
  '446': '437',
  '447': '436',
  '451': '451',
  '452': '452',
  '453': '454',
  '454': '453',
  '455': '456',
  '456': '455',
  '461': '463',
  '462': '463',
  '463': '461',
  '464': '463',
  '481': '482',
  '482': '481',
  '488': '488',
}

/** A series has hundreds of books and lists none of them. */
const OF_SERIALS_ALONE = new Set(['410'])

/** Null where nothing leads back: a book is not listed in the record of its series. */
export function tagBack(tag: string, leader: string): string | null {
  if (OF_SERIALS_ALONE.has(tag) && leader.charAt(7) !== 's') return null
  return BACK[tag] ?? null
}

const isLinkTo = (field: BibField, from: MarcRecord): boolean => {
  const link = asDataField(field)
  if (link === null) return false
  const number = controlValue(from, '001')
  const reading = readEmbedded(link, 'lenient')
  const linked = reading.ok ? controlValue({ leader: BOOK, fields: reading.fields }, '001') : null
  if (number !== null && linked !== null) return linked === number
  return plainText(linkedTitle(link)) === plainText(firstValue(from, '200', 'a'))
}

/** The record of the other side leads to this one already, in whatever field. */
export const leadsTo = (other: BibContent, from: BibContent): boolean => {
  const record = bibToMarcRecord(from)
  return other.fields.some((field) => /^4\d\d$/u.test(field.tag) && isLinkTo(field, record))
}

/**
 * The other side with a link back to `from`; null where `from` has no title, or nothing leads back.
 * `tag`: of the link in `from`.
 */
export function withLinkBack(other: BibContent, tag: string, from: BibContent): BibContent | null {
  const record = bibToMarcRecord(from)
  const [back, title] = [tagBack(tag, from.leader), firstValue(record, '200', 'a')]
  if (back === null || title === null || title.trim() === '') return null
  const number = controlValue(record, '001')
  const link: MarcDataField = {
    tag: back,
    indicators: ' 0',
    subfields: [
      ...(number === null ? [] : [{ code: '1', value: `001${number}` }]),
      { code: '1', value: '2001 ' },
      { code: 'a', value: title },
    ],
  }
  return withField(other, fieldToBibField(link))
}
