/** ISO 2709, one record: MarcRecord → bytes, or a refusal that names the place. */
import { isDataField } from './marc-record.ts'
import type { MarcField, MarcRecord, MarcSubfield } from './marc-record.ts'
import { RECORD_BYTES_MAX } from './record-splitter.ts'

export const FIELD_BYTES_MAX = 9_999

const LEADER_LENGTH = 24
const SUBFIELD_DELIMITER = 0x1f
const FIELD_TERMINATOR = 0x1e
const RECORD_TERMINATOR = 0x1d

/** `unmappable`: characters the encoding lacks, with their index in the text. */
export type EncodedText = {
  readonly bytes: Uint8Array
  readonly unmappable: readonly { readonly index: number; readonly character: string }[]
}

export type EncodeText = (text: string) => EncodedText

export type UnmappablePlace = {
  readonly tag: string
  /** Which repeat of the tag, from 0. */
  readonly occurrence: number
  readonly code: string | null
  readonly index: number
  readonly character: string
}

export type WriteRefusalReason =
  | 'record-too-long'
  | 'field-too-long'
  | 'unmappable-characters'
  | 'tag-invalid'
  | 'leader-invalid'
  | 'subfield-code-invalid'
  | 'separator-in-value'

export type WrittenRecord =
  | { readonly bytes: Uint8Array }
  | {
      readonly refused: {
        readonly reason: WriteRefusalReason
        readonly tag: string | null
        readonly unmappable: readonly UnmappablePlace[]
      }
    }

const SEPARATORS = /[\u001d-\u001f]/

const refuseWrite = (
  reason: WriteRefusalReason,
  tag: string | null,
  unmappable: readonly UnmappablePlace[] = [],
): WrittenRecord => ({ refused: { reason, tag, unmappable } })

type Piece = { code: string | null; text: string; lead: number[] }

const piecesOf = (field: MarcField): Piece[] => {
  if (!isDataField(field)) return [{ code: null, text: field.value, lead: [] }]
  return [
    { code: null, text: field.indicators, lead: [] },
    ...field.subfields.map(({ code, value }) => ({
      code,
      text: code + value,
      lead: [SUBFIELD_DELIMITER],
    })),
  ]
}

const concat = (parts: readonly (Uint8Array | readonly number[])[]): Uint8Array => {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

const encodeField = (
  field: MarcField,
  occurrence: number,
  encode: EncodeText,
  unmappable: UnmappablePlace[],
): Uint8Array => {
  const parts: (Uint8Array | readonly number[])[] = []
  for (const { code, text, lead } of piecesOf(field)) {
    const encoded = encode(text)
    const codeLength = code?.length ?? 0
    for (const { index, character } of encoded.unmappable) {
      unmappable.push({ tag: field.tag, occurrence, code, index: index - codeLength, character })
    }
    parts.push(lead, encoded.bytes)
  }
  parts.push([FIELD_TERMINATOR])
  return concat(parts)
}

const asciiBytes = (text: string): number[] => Array.from(text, (char) => char.charCodeAt(0))

/** The first character behind a delimiter is the code: another number of them would come back otherwise. */
const isMisread = ({ code, value }: MarcSubfield): boolean =>
  Array.from(code).length !== (value === '' && code === '' ? 0 : 1)

const fieldFault = (field: MarcField): WriteRefusalReason | null => {
  if (!/^[\x20-\x7e]{3}$/.test(field.tag)) return 'tag-invalid'
  // Read again, 00X has neither indicators nor subfields.
  if (isDataField(field) && field.tag.startsWith('00')) return 'tag-invalid'
  if (isDataField(field) && field.subfields.some(isMisread)) return 'subfield-code-invalid'
  return piecesOf(field).some(({ text }) => SEPARATORS.test(text)) ? 'separator-in-value' : null
}

/** The entry map (20-23) says how long the directory's numbers are: always 4 and 5 here. */
const repairEntryMap = (leader: string): string =>
  leader.length === 24 && !/^[\x20-\x7e]{4}$/.test(leader.slice(20))
    ? `${leader.slice(0, 20)}4500`
    : leader

/**
 * Lengths and addresses are computed; the rest of the leader is kept as it is, so a clean record
 * comes out byte for byte as it went in. Nothing is cut, replaced or dropped: what does not fit
 * is refused.
 */
export const writeRecord = (record: MarcRecord, encode: EncodeText): WrittenRecord => {
  const kept = repairEntryMap(record.leader)
  if (!/^[\x20-\x7e]{24}$/.test(kept)) return refuseWrite('leader-invalid', null)
  const unmappable: UnmappablePlace[] = []
  const occurrenceByTag = new Map<string, number>()
  const bodies: Uint8Array[] = []
  let directory = ''
  let start = 0
  for (const field of record.fields) {
    const fault = fieldFault(field)
    if (fault !== null) return refuseWrite(fault, field.tag)
    const occurrence = occurrenceByTag.get(field.tag) ?? 0
    occurrenceByTag.set(field.tag, occurrence + 1)
    const body = encodeField(field, occurrence, encode, unmappable)
    if (body.length > FIELD_BYTES_MAX) return refuseWrite('field-too-long', field.tag)
    if (start > RECORD_BYTES_MAX) return refuseWrite('record-too-long', field.tag)
    directory += `${field.tag}${String(body.length).padStart(4, '0')}${String(start).padStart(5, '0')}`
    start += body.length
    bodies.push(body)
  }
  if (unmappable.length > 0) {
    return refuseWrite('unmappable-characters', unmappable[0]?.tag ?? null, unmappable)
  }
  const base = LEADER_LENGTH + directory.length + 1
  const length = base + start + 1
  if (length > RECORD_BYTES_MAX) return refuseWrite('record-too-long', null)
  const leader =
    String(length).padStart(5, '0') +
    kept.slice(5, 12) +
    String(base).padStart(5, '0') +
    kept.slice(17)
  return {
    bytes: concat([
      asciiBytes(leader + directory),
      [FIELD_TERMINATOR],
      ...bodies,
      [RECORD_TERMINATOR],
    ]),
  }
}
