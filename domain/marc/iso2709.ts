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

/** Of the field that is being read. */
type Warn = (code: RecordWarningCode) => void

const isUsualTag = (tag: string): boolean => /^[0-9A-Za-z]{3}$/.test(tag)

const readField = (
  bytes: Uint8Array,
  { tag, from, to }: FieldSpan,
  decode: DecodeText,
  warn: Warn,
): MarcField => {
  const body = bytes.subarray(from, to)
  if (!isUsualTag(tag)) warn('tag-unusual')
  if (body.includes(FIELD_TERMINATOR)) warn('separator-in-field')
  const firstDelimiter = body.indexOf(SUBFIELD_DELIMITER)
  if (tag.startsWith('00') || firstDelimiter === -1) {
    if (!tag.startsWith('00')) warn('subfields-missing')
    return { tag, value: readText(body, decode, { tag, code: null }) }
  }
  const indicators = readText(body.subarray(0, firstDelimiter), decode, { tag, code: null })
  if (indicators.length !== 2) warn('indicators-unusual')
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

/** A code below 0x80 is one of the strings that the engine keeps anyway. */
const subfieldOfText = (part: string): MarcSubfield => {
  const first = part.charCodeAt(0)
  const code = first < 0x80 ? String.fromCharCode(first) : codeOfText(part)
  return { code, value: part.slice(code.length) }
}

const codeOfText = (part: string): string =>
  part === '' ? '' : String.fromCodePoint(part.codePointAt(0) ?? 0xfffd)

const fieldOfText = (tag: string, text: string, warn: Warn): MarcField => {
  if (!isUsualTag(tag)) warn('tag-unusual')
  const isControl = tag.startsWith('00')
  let delimiter = isControl ? -1 : text.indexOf(SUBFIELD_DELIMITER_TEXT)
  if (delimiter === -1) {
    if (!isControl) warn('subfields-missing')
    return { tag, value: text }
  }
  const indicators = text.slice(0, delimiter)
  if (indicators.length !== 2) warn('indicators-unusual')
  const subfields: MarcSubfield[] = []
  while (delimiter !== -1) {
    const from = delimiter + 1
    delimiter = text.indexOf(SUBFIELD_DELIMITER_TEXT, from)
    subfields.push(subfieldOfText(text.slice(from, delimiter === -1 ? text.length : delimiter)))
  }
  return { tag, indicators, subfields }
}

/**
 * All fields in one go; null where `decodeFields` cannot read them all, or they stand in no row.
 * Never throws, provided that the decoder does not.
 */
export const readFrameWhole = (
  frame: RecordFrame,
  decodeFields: DecodeFields,
): WholeReading | null => {
  if (frame.rowFrom === null) return null
  const text = decodeFields(frame.bytes.subarray(frame.rowFrom, frame.bytes.length - 2))
  if (text.includes('\ufffd')) return null
  const texts = text.split(FIELD_TERMINATOR_TEXT)
  if (texts.length !== frame.spans.length) return null
  return {
    framed: fieldsRead(frame, (span, warn, at) => fieldOfText(span.tag, texts[at] ?? '', warn)),
    text,
  }
}

/** `text`: of all fields, separators among it. */
export type WholeReading = { readonly framed: FramedRecord; readonly text: string }

/** Never throws, provided that the decoders do not. */
export const readFrame = (
  frame: RecordFrame,
  decode: DecodeText,
  decodeFields: DecodeFields | null,
): FramedRecord => {
  const whole = decodeFields === null ? null : readFrameWhole(frame, decodeFields)
  return (
    whole?.framed ?? fieldsRead(frame, (span, warn) => readField(frame.bytes, span, decode, warn))
  )
}

const fieldsRead = (
  { leader, spans, offset, isRecovered, warnings: before }: RecordFrame,
  read: (span: FieldSpan, warn: Warn, at: number) => MarcField,
): FramedRecord => {
  const warnings = [...before]
  let at = 0
  const warn: Warn = (code) => {
    const span = spans[at]
    if (span !== undefined) warnings.push({ code, offset: offset + span.from, tag: span.tag })
  }
  const fields: MarcField[] = []
  for (; at < spans.length; at += 1) {
    const span = spans[at]
    if (span !== undefined) fields.push(read(span, warn, at))
  }
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
