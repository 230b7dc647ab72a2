/** ISO 2709, one record: bytes → MarcRecord, its fields found first by record-frame.ts. */
import { latin1Text } from './latin-1.ts'
import type { MarcField, MarcRecord, MarcSubfield } from './marc-record.ts'
import { FIELD_TERMINATOR, frameRecord } from './record-frame.ts'
import type {
  FieldSpan,
  RecordFrame,
  RecordRefused,
  RecordWarning,
  RecordWarningCode,
} from './record-frame.ts'

const SUBFIELD_DELIMITER = 0x1f
const SUBFIELD_DELIMITER_TEXT = '\u001f'
const FIELD_TERMINATOR_TEXT = '\u001e'

export type FieldPlace = { readonly tag: string; readonly code: string | null }

/** The place lets a decoder report what it could not map. Most decoders need only the bytes. */
export type DecodeText = (bytes: Uint8Array, place: FieldPlace) => string

/**
 * All fields in one go, many times as fast as piece by piece: for encodings in which the separators
 * stand for themselves alone. U+FFFD stands for what cannot be read.
 */
export type DecodeFields = (bytes: Uint8Array) => string

export type FramedRecord = {
  readonly record: MarcRecord
  readonly warnings: readonly RecordWarning[]
  /** True where lengths lied and the record was read by its separators. */
  readonly isRecovered: boolean
}

export type ParsedRecord = FramedRecord | RecordRefused

/** Below 0x80 every encoding of a record agrees; only MARC-8's escape changes what follows. */
const isPlainAscii = (bytes: Uint8Array): boolean => {
  for (const byte of bytes) if (byte >= 0x80 || byte === 0x1b) return false
  return true
}

const readText = (bytes: Uint8Array, decode: DecodeText, place: FieldPlace): string =>
  isPlainAscii(bytes) ? latin1Text(bytes) : decode(bytes, place)

const readSubfield = (part: Uint8Array, decode: DecodeText, tag: string): MarcSubfield => {
  const first = part[0]
  if (first === undefined) return { code: '', value: '' }
  if (first < 0x80) {
    const code = String.fromCharCode(first)
    return { code, value: readText(part.subarray(1), decode, { tag, code }) }
  }
  const text = decode(part, { tag, code: null })
  const code = String.fromCodePoint(text.codePointAt(0) ?? 0xfffd)
  return { code, value: text.slice(code.length) }
}

type Warn = (code: RecordWarningCode, tag: string) => void

const isUsualTag = (tag: string): boolean => /^[0-9A-Za-z]{3}$/.test(tag)

const readField = (
  bytes: Uint8Array,
  { tag, from, to }: FieldSpan,
  decode: DecodeText,
  warn: Warn,
): MarcField => {
  const body = bytes.subarray(from, to)
  if (!isUsualTag(tag)) warn('tag-unusual', tag)
  if (body.includes(FIELD_TERMINATOR)) warn('separator-in-field', tag)
  const firstDelimiter = body.indexOf(SUBFIELD_DELIMITER)
  if (tag.startsWith('00') || firstDelimiter === -1) {
    if (!tag.startsWith('00')) warn('subfields-missing', tag)
    return { tag, value: readText(body, decode, { tag, code: null }) }
  }
  const indicators = readText(body.subarray(0, firstDelimiter), decode, { tag, code: null })
  if (indicators.length !== 2) warn('indicators-unusual', tag)
  const subfields: MarcSubfield[] = []
  let at = firstDelimiter + 1
  while (at <= body.length) {
    const next = body.indexOf(SUBFIELD_DELIMITER, at)
    const end = next === -1 ? body.length : next
    subfields.push(readSubfield(body.subarray(at, end), decode, tag))
    at = end + 1
  }
  return { tag, indicators, subfields }
}

const fieldOfText = (tag: string, text: string, warn: Warn): MarcField => {
  if (!isUsualTag(tag)) warn('tag-unusual', tag)
  const isControl = tag.startsWith('00')
  if (isControl || !text.includes(SUBFIELD_DELIMITER_TEXT)) {
    if (!isControl) warn('subfields-missing', tag)
    return { tag, value: text }
  }
  const [indicators = '', ...parts] = text.split(SUBFIELD_DELIMITER_TEXT)
  if (indicators.length !== 2) warn('indicators-unusual', tag)
  const subfields = parts.map((part): MarcSubfield => {
    const code = part === '' ? '' : String.fromCodePoint(part.codePointAt(0) ?? 0xfffd)
    return { code, value: part.slice(code.length) }
  })
  return { tag, indicators, subfields }
}

/** Null where the texts cannot be told apart, or hold something that must be told with its place. */
const textsOf = (
  { bytes, spans, rowFrom }: RecordFrame,
  decodeFields: DecodeFields,
): string[] | null => {
  if (rowFrom === null) return null
  const text = decodeFields(bytes.subarray(rowFrom, bytes.length - 2))
  if (text.includes('\ufffd')) return null
  const texts = text.split(FIELD_TERMINATOR_TEXT)
  return texts.length === spans.length ? texts : null
}

/** Never throws, provided that the decoders do not. */
export const readFrame = (
  frame: RecordFrame,
  decode: DecodeText,
  decodeFields: DecodeFields | null,
): FramedRecord => {
  const { bytes, offset, leader, spans, isRecovered } = frame
  const warnings = [...frame.warnings]
  const texts = decodeFields === null ? null : textsOf(frame, decodeFields)
  const fields = spans.map((span, index) => {
    const warn: Warn = (code, tag) => warnings.push({ code, offset: offset + span.from, tag })
    const text = texts?.[index]
    return text === undefined
      ? readField(bytes, span, decode, warn)
      : fieldOfText(span.tag, text, warn)
  })
  return { record: { leader, fields }, warnings, isRecovered }
}

/** Frames and reads one slice of `createRecordSplitter`. */
export const parseRecord = (
  bytes: Uint8Array,
  decode: DecodeText,
  offset: number,
  decodeFields: DecodeFields | null = null,
): ParsedRecord => {
  const frame = frameRecord(bytes, offset)
  return 'refused' in frame ? frame : readFrame(frame, decode, decodeFields)
}
