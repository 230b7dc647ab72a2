/**
 * Items inside bibliographic records: 905 (and CALIS 906) of Chinese libraries as found in the
 * wild, and the local fields of MARC21 and UNIMARC systems (reference/domain-cn.md 1.3).
 */
import { plainText } from './brief-text.ts'
import { dataFields, firstSubfield, subfieldValues } from './marc-record.ts'
import type { MarcDataField, MarcProfileName, MarcRecord } from './marc-record.ts'

export type Shelving = {
  library: string | null
  shelf: string | null
  classNumber: string | null
  /** Without volume and copy: `123` of `123:1(2)`. */
  bookNumber: string | null
  /** As it stands on the spine. */
  callNumber: string | null
  volume: string | null
  copies: number | null
}

export type HeldItem = Shelving & { barcode: string }

export type HoldingRefusal = {
  tag: string
  /** The barcode text as written. */
  raw: string
  reason: 'range-too-large' | 'range-descending' | 'barcode-too-long' | 'items-too-many'
}

export type RecordHoldings = {
  items: HeldItem[]
  /** Groups that name a shelf or class but no barcode. */
  shelvingsWithoutItems: Shelving[]
  refused: HoldingRefusal[]
}

export const RANGE_MAX = 10_000
export const RECORD_ITEMS_MAX = 10_000
const BARCODE_LENGTH_MAX = 64

/** `D123456-60`, `20295403-5408`, `D040394-5`, `D123456-D123460`. */
const RANGE = /^([A-Za-z]{0,8})(\d{1,20})[-~－—–～]([A-Za-z]{0,8})(\d{1,20})$/

type Expansion = { barcodes: string[] } | { reason: HoldingRefusal['reason'] }

/** A second part longer than the first is no shorthand for a tail: the text is one barcode. */
export const expandBarcodes = (raw: string): Expansion => {
  const text = raw.trim()
  if (text.length > BARCODE_LENGTH_MAX) return { reason: 'barcode-too-long' }
  const match = RANGE.exec(text)
  if (match === null) return { barcodes: text === '' ? [] : [text] }
  const [, prefix = '', first = '', lastPrefix = '', tail = ''] = match
  const isShorthand = lastPrefix === '' || lastPrefix === prefix
  if (!isShorthand || tail.length > first.length) return { barcodes: [text] }
  const from = BigInt(first)
  const to = BigInt(first.slice(0, first.length - tail.length) + tail)
  if (to < from) return { reason: 'range-descending' }
  if (to - from >= BigInt(RANGE_MAX)) return { reason: 'range-too-large' }
  const count = Number(to - from) + 1
  return {
    barcodes: Array.from(
      { length: count },
      (_, index) => prefix + String(from + BigInt(index)).padStart(first.length, '0'),
    ),
  }
}

/** One field may repeat its whole group: a second `$a` opens the next. */
const groupsOf = (field: MarcDataField): MarcDataField[] => {
  const groups: MarcDataField['subfields'][number][][] = []
  for (const subfield of field.subfields) {
    const current = groups.at(-1)
    const opensNext =
      current === undefined || (subfield.code === 'a' && current.some(({ code }) => code === 'a'))
    if (opensNext) groups.push([subfield])
    else current.push(subfield)
  }
  return groups.map((subfields) => ({ ...field, subfields }))
}

/** `123:1(2)` is book number 123, volume 1; the call number keeps it all. */
const splitBookNumber = (
  text: string | null,
): { bookNumber: string | null; volume: string | null } => {
  const match = /^([^:：]+)[:：]([^()（）]+)/.exec(text ?? '')
  if (match === null) return { bookNumber: plainText(text), volume: null }
  return { bookNumber: plainText(match[1] ?? null), volume: plainText(match[2] ?? null) }
}

const copiesOf = (text: string | null): number | null => {
  const digits = /^\s*(\d{1,4})/.exec(text ?? '')?.[1]
  return digits === undefined ? null : Number(digits)
}

const shelvingOf905 = (group: MarcDataField): Shelving => {
  const value = (code: string) => plainText(firstSubfield(group, code))
  const classNumber = value('d')
  const book = value('e')
  const { bookNumber, volume } = splitBookNumber(book)
  const composed = classNumber !== null && book !== null ? `${classNumber}/${book}` : classNumber
  return {
    library: value('a'),
    shelf: value('c'),
    classNumber,
    bookNumber,
    callNumber: value('s') ?? composed,
    volume: value('v') ?? volume,
    copies: copiesOf(firstSubfield(group, 'f')),
  }
}

type LocalScheme = {
  tag: string
  library: string
  barcode: string
  shelf: string
  callNumber: string | null
}

/** 852 standard; 949 Sirsi, 952 Koha, 995 UNIMARC recommendation 995. */
const LOCAL_SCHEMES: readonly LocalScheme[] = [
  { tag: '852', library: 'b', barcode: 'p', shelf: 'c', callNumber: null },
  { tag: '949', library: 'm', barcode: 'i', shelf: 'l', callNumber: 'a' },
  { tag: '952', library: 'a', barcode: 'p', shelf: 'c', callNumber: 'o' },
  { tag: '995', library: 'b', barcode: 'f', shelf: 'e', callNumber: 'k' },
]

const shelvingOfLocal = (field: MarcDataField, scheme: LocalScheme): Shelving => {
  const value = (code: string) => plainText(firstSubfield(field, code))
  const classNumber = scheme.callNumber === null ? value('h') : null
  const bookNumber = scheme.callNumber === null ? value('i') : null
  // First indicator 0-3 names LC, Dewey, NLM or SuDoc, whose parts stand side by side.
  const joint = /^[0-3]/.test(field.indicators) ? ' ' : '/'
  const composed =
    classNumber === null || bookNumber === null ? classNumber : classNumber + joint + bookNumber
  return {
    library: value(scheme.library) ?? (scheme.tag === '852' ? value('a') : null),
    shelf: value(scheme.shelf),
    classNumber,
    bookNumber,
    callNumber: scheme.callNumber === null ? composed : value(scheme.callNumber),
    volume: null,
    copies: null,
  }
}

type Gathering = { holdings: RecordHoldings; seen: Set<string> }

const addGroup = (
  { holdings, seen }: Gathering,
  tag: string,
  shelving: Shelving,
  barcodeTexts: readonly string[],
): void => {
  const texts = barcodeTexts.flatMap((text) => text.split(/[,;，；、\s]+/)).filter(Boolean)
  if (texts.length === 0) {
    if (shelving.callNumber !== null || shelving.shelf !== null) {
      holdings.shelvingsWithoutItems.push(shelving)
    }
    return
  }
  for (const raw of texts) {
    const expansion = expandBarcodes(raw)
    if ('reason' in expansion) {
      holdings.refused.push({ tag, raw, reason: expansion.reason })
      continue
    }
    const fresh = expansion.barcodes.filter((barcode) => !seen.has(barcode))
    if (holdings.items.length + fresh.length > RECORD_ITEMS_MAX) {
      holdings.refused.push({ tag, raw, reason: 'items-too-many' })
      continue
    }
    for (const barcode of fresh) {
      seen.add(barcode)
      holdings.items.push({ ...shelving, barcode })
    }
  }
}

/** Aleph exports repeat or complete 906 in 935; only a whole group (`$b` and `$d`) is believed. */
const addSummary935 = (gathering: Gathering, record: MarcRecord): void => {
  for (const group of dataFields(record, '935').flatMap(groupsOf)) {
    const barcodes = subfieldValues(group, 'b')
    if (barcodes.length === 0 || firstSubfield(group, 'd') === null) continue
    addGroup(gathering, '935', shelvingOf905(group), barcodes)
  }
}

/** One vendor's export keeps the barcode in 985$a, beside a 905 without `$b`. */
const add985 = (gathering: Gathering, record: MarcRecord): void => {
  const [shelving] = gathering.holdings.shelvingsWithoutItems
  if (gathering.holdings.items.length > 0 || shelving === undefined) return
  const barcodes = dataFields(record, '985')
    .flatMap((field) => subfieldValues(field, 'a'))
    .filter((value) => /^[A-Za-z]{0,3}\d{6,14}$/.test(value.trim()))
  if (barcodes.length === 0) return
  gathering.holdings.shelvingsWithoutItems.shift()
  addGroup(gathering, '985', shelving, barcodes)
}

/** The same barcode in two fields is one item, the first. The raw fields stay in the record. */
export const readHoldings = (record: MarcRecord, profile: MarcProfileName): RecordHoldings => {
  const holdings: RecordHoldings = { items: [], shelvingsWithoutItems: [], refused: [] }
  const gathering: Gathering = { holdings, seen: new Set() }
  if (profile !== 'marc21') {
    for (const tag of ['905', '906']) {
      for (const group of dataFields(record, tag).flatMap(groupsOf)) {
        addGroup(gathering, tag, shelvingOf905(group), subfieldValues(group, 'b'))
      }
    }
    addSummary935(gathering, record)
    add985(gathering, record)
  }
  for (const scheme of LOCAL_SCHEMES) {
    for (const field of dataFields(record, scheme.tag)) {
      const barcodes = subfieldValues(field, scheme.barcode)
      if (barcodes.length === 0 && scheme.tag !== '852') continue
      addGroup(gathering, scheme.tag, shelvingOfLocal(field, scheme), barcodes)
    }
  }
  return holdings
}
