/**
 * MARCXML (MARC21 slim and its CNMARC look-alikes): a writer, and an assembler that turns the
 * events of any SAX reader into records. The reader must have DTDs off; depth is capped here.
 */
import { FIELDS_MAX } from './record-frame.ts'
import { isDataField } from './marc-record.ts'
import type { MarcField, MarcRecord, MarcSubfield } from './marc-record.ts'
import { RECORD_BYTES_MAX } from './record-splitter.ts'

export const MARC_XML_HEADER =
  '<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="http://www.loc.gov/MARC21/slim">\n'
export const MARC_XML_FOOTER = '</collection>\n'

export type MarcXmlText =
  | { readonly xml: string }
  | {
      readonly refused: {
        readonly reason: 'character-not-in-xml'
        readonly tag: string | null
        readonly character: string
      }
    }

/** What XML 1.0 cannot carry, even escaped: most controls, lone surrogates, two non-characters. */
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

const escapeXml = (text: string): string =>
  text.replace(/[&<>"\t\n\r]/g, (character) => ENTITIES[character] ?? character)

const fieldText = (field: MarcField): string =>
  isDataField(field)
    ? field.indicators + field.subfields.map(({ code, value }) => code + value).join('')
    : field.value

const fieldToXml = (field: MarcField): string => {
  const tag = escapeXml(field.tag)
  if (!isDataField(field)) {
    return `    <controlfield tag="${tag}">${escapeXml(field.value)}</controlfield>\n`
  }
  const indicators = field.indicators.padEnd(2, ' ')
  const subfields = field.subfields.map(
    ({ code, value }) =>
      `      <subfield code="${escapeXml(code)}">${escapeXml(value)}</subfield>\n`,
  )
  return (
    `    <datafield tag="${tag}" ind1="${escapeXml(indicators.charAt(0))}"` +
    ` ind2="${escapeXml(indicators.slice(1))}">\n${subfields.join('')}    </datafield>\n`
  )
}

/** One `<record>` element, to stand between header and footer. */
export const recordToMarcXml = (record: MarcRecord): MarcXmlText => {
  const parts = [
    { tag: null, text: record.leader },
    ...record.fields.map((field) => ({ tag: field.tag, text: field.tag + fieldText(field) })),
  ]
  for (const { tag, text } of parts) {
    const character = NOT_IN_XML.exec(text)?.[0]
    if (character !== undefined) {
      return { refused: { reason: 'character-not-in-xml', tag, character } }
    }
  }
  const fields = record.fields.map(fieldToXml).join('')
  return {
    xml: `  <record>\n    <leader>${escapeXml(record.leader)}</leader>\n${fields}  </record>\n`,
  }
}

export type MarcXmlRefusal = 'too-deep' | 'text-too-long' | 'fields-too-many' | 'leader-missing'

export type AssembledRecord =
  | { readonly record: MarcRecord }
  | { readonly refused: { readonly reason: MarcXmlRefusal } }

/** `name` may carry a namespace prefix; attributes are plain text. */
export type MarcXmlAssembler = {
  open: (name: string, attributes: Readonly<Record<string, string>>) => void
  text: (chunk: string) => void
  /** A record or its refusal where a `record` element closes, else null. */
  close: (name: string) => AssembledRecord | null
}

const DEPTH_MAX = 32

type Draft = {
  leader: string
  fields: MarcField[]
  subfields: MarcSubfield[]
  textLength: number
  refusal: MarcXmlRefusal | null
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** An SRU envelope has a `record` around the record: the inner one starts afresh. */
export const createMarcXmlAssembler = (): MarcXmlAssembler => {
  let draft: Draft | null = null
  let depth = 0
  let openField = { tag: '', indicators: '  ' }
  let openCode = ''
  let collected: string[] | null = null

  const refuse = (reason: MarcXmlRefusal): void => {
    if (draft === null) return
    draft.refusal ??= reason
    collected = null
  }

  const open = (name: string, attributes: Readonly<Record<string, string>>): void => {
    depth += 1
    if (depth > DEPTH_MAX) refuse('too-deep')
    const element = localName(name)
    if (element === 'record') {
      draft = { leader: '', fields: [], subfields: [], textLength: 0, refusal: null }
      collected = null
    }
    if (draft === null || draft.refusal !== null) return
    if (element === 'controlfield' || element === 'datafield') {
      if (draft.fields.length >= FIELDS_MAX) refuse('fields-too-many')
      const indicators = (attributes['ind1'] ?? ' ') + (attributes['ind2'] ?? ' ')
      openField = { tag: attributes['tag'] ?? '', indicators }
      draft.subfields = []
    } else if (element === 'subfield') openCode = attributes['code'] ?? ''
    if (element === 'leader' || element === 'controlfield' || element === 'subfield') collected = []
  }

  const text = (chunk: string): void => {
    if (draft === null || collected === null) return
    draft.textLength += chunk.length
    if (draft.textLength > RECORD_BYTES_MAX) refuse('text-too-long')
    else collected.push(chunk)
  }

  const closeRecord = (): AssembledRecord | null => {
    const finished = draft
    draft = null
    collected = null
    if (finished === null) return null
    if (finished.refusal !== null) return { refused: { reason: finished.refusal } }
    if (finished.leader === '' && finished.fields.length === 0) return null
    if (finished.leader === '') return { refused: { reason: 'leader-missing' } }
    return { record: { leader: finished.leader.padEnd(24, ' '), fields: finished.fields } }
  }

  const close = (name: string): AssembledRecord | null => {
    depth -= 1
    const element = localName(name)
    if (element === 'record') return closeRecord()
    if (draft === null || draft.refusal !== null) return null
    const value = collected?.join('') ?? ''
    if (element === 'leader') draft.leader = value.slice(0, 24)
    else if (element === 'controlfield') draft.fields.push({ tag: openField.tag, value })
    else if (element === 'subfield') draft.subfields.push({ code: openCode, value })
    else if (element === 'datafield') {
      draft.fields.push({ ...openField, subfields: draft.subfields })
      draft.subfields = []
    } else return null
    collected = null
    return null
  }

  return { open, text, close }
}
