/** A record as read → what `title.import` takes, within the bounds of domain/records.ts. */
import { fieldToBibField } from '../../../domain/marc/bib-fields.ts'
import { recordToBrief } from '../../../domain/marc/brief.ts'
import type { RecordBrief } from '../../../domain/marc/brief.ts'
import { readHoldings } from '../../../domain/marc/holdings-905.ts'
import type { RecordHoldings } from '../../../domain/marc/holdings-905.ts'
import { boundedText, titleOfBrief } from '../../../domain/marc/title-of-brief.ts'
import type { ImportedItem, ImportedRecord } from '../../../domain/operations/import-titles.ts'
import type { ReadingFault } from '../../../domain/marc/reading-faults.ts'
import type { RecordRead, Remark } from './record-reading.ts'

export const RECORD_ITEMS_MAX = 1000

export type ImportedReading =
  | { readonly imported: ImportedRecord; readonly remarks: readonly Remark[] }
  | { readonly reason: ReadingFault }

const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/
/** Names, quotation marks and commas of a field, a subfield, a title and an item. */
const FIELD_JSON_BYTES = 60
const SUBFIELD_JSON_BYTES = 24
const TITLE_JSON_BYTES = 400
const ITEM_JSON_BYTES = 120
/** `\\u0001`: what a control character or a lone surrogate is written as. */
const CHARACTER_JSON_BYTES_MAX = 6

/** `CNY68.00`, `￥12.5`, `68.00元`, `68.00`; other currencies are not fen. */
export function priceFen(price: string | null): number | null {
  const text = price?.normalize('NFKC').trim() ?? ''
  const found = /^(?:CNY|RMB|¥|￥)?\s*(\d{1,6})(?:\.(\d{1,2}))?\s*(?:元|$|\()/i.exec(text)
  if (found === null) return null
  return Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'))
}

const itemTypeOf = ({ kind }: RecordBrief): ImportedItem['itemType'] => {
  if (kind === 'serial') return 'periodical'
  return kind === 'audio' || kind === 'video' || kind === 'music' ? 'av' : 'book'
}

/** Items without a barcode are none: 905 also states shelves and copies. */
function itemsOf(
  holdings: RecordHoldings,
  brief: RecordBrief,
  remark: (code: string, about: string) => void,
): ImportedItem[] {
  for (const { raw, reason } of holdings.refused) remark(`item-${reason}`, raw.slice(0, 64))
  if (holdings.items.length > RECORD_ITEMS_MAX) {
    remark('items-too-many', String(holdings.items.length))
  }
  const fallback = priceFen(brief.price)
  return holdings.items.slice(0, RECORD_ITEMS_MAX).flatMap((item) => {
    const cut = (): void => remark('text-shortened', item.barcode)
    const barcode = boundedText(item.barcode, 64, cut)?.trim() ?? ''
    if (barcode === '') return []
    return {
      barcode,
      callNumber: boundedText(item.callNumber, 100, cut),
      shelf: boundedText(item.shelf, 100, cut),
      itemType: itemTypeOf(brief),
      priceFen: fallback,
    }
  })
}

/** Which bound of a stored record a reading breaks; null where none. */
function faultOf({ record }: RecordRead): ReadingFault | null {
  if (record.leader.length !== 24) return 'leader-invalid'
  if (record.leader.charAt(5) === 'd') return 'record-deleted'
  for (const field of record.fields) {
    if (field.tag.length !== 3) return 'tag-invalid'
    for (const { code } of 'subfields' in field ? field.subfields : []) {
      if (code.length > 4) return 'subfield-code-invalid'
    }
  }
  return null
}

export function toImportedRecord(reading: RecordRead): ImportedReading {
  const { record, profile, number, offset } = reading
  const fault = faultOf(reading)
  if (fault !== null) return { reason: fault }
  const remarks: Remark[] = []
  const remark = (code: string, about: string): void => {
    remarks.push({ record: number, offset, code, about })
  }
  const brief = recordToBrief(record, profile)
  const title = titleOfBrief(brief, (field) => remark('text-shortened', field))
  if (title === null) return { reason: 'title-missing' }
  return {
    imported: {
      title,
      bib: { profile, leader: record.leader, fields: record.fields.map(fieldToBibField) },
      items: itemsOf(readHoldings(record, profile), brief, remark),
    },
    remarks,
  }
}

/** More than its JSON takes, by lengths alone: most batches are far below the limit even so. */
export function jsonBytesMax({ title, bib, items }: ImportedRecord): number {
  let length = title.title.length
  for (const text of textsOf(title)) length += text?.length ?? 0
  for (const text of title.isbns) length += text.length + 3
  for (const text of title.subjects) length += text.length + 3
  let bytes = TITLE_JSON_BYTES
  for (const { value, subfields } of bib.fields) {
    bytes += FIELD_JSON_BYTES + subfields.length * SUBFIELD_JSON_BYTES
    if (value !== null) length += value.length
    for (const subfield of subfields) length += subfield.value.length
  }
  for (const { barcode, callNumber, shelf } of items) {
    bytes += ITEM_JSON_BYTES
    length += barcode.length + (callNumber?.length ?? 0) + (shelf?.length ?? 0)
  }
  return bytes + length * CHARACTER_JSON_BYTES_MAX
}

/** What its JSON takes, at most a few hundred bytes too much: a tenth of the time of writing it. */
export function jsonBytes({ title, bib, items }: ImportedRecord): number {
  let bytes = TITLE_JSON_BYTES + textBytes(title.title)
  for (const text of textsOf(title)) if (text !== null) bytes += textBytes(text)
  for (const text of [...title.isbns, ...title.subjects]) bytes += textBytes(text) + 3
  for (const { value, subfields } of bib.fields) {
    bytes += FIELD_JSON_BYTES
    if (value !== null) bytes += textBytes(value)
    for (const subfield of subfields) bytes += SUBFIELD_JSON_BYTES + textBytes(subfield.value)
  }
  for (const { barcode, callNumber, shelf } of items) {
    bytes +=
      ITEM_JSON_BYTES + textBytes(barcode) + textBytes(callNumber ?? '') + textBytes(shelf ?? '')
  }
  return bytes
}

const textsOf = ({
  controlNumber,
  otherTitle,
  author,
  publisher,
  clc,
  series,
  pinyin,
}: ImportedRecord['title']): readonly (string | null)[] => [
  controlNumber,
  otherTitle,
  author,
  publisher,
  clc,
  series,
  pinyin,
]

const textBytes = (text: string): number =>
  Buffer.byteLength(NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : text)
