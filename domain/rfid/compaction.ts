/**
 * ISO/IEC 15962 compaction: how a text becomes the bytes of an element. The eight codes stand in
 * bits 4 to 6 of an element's precursor.
 */
import { latin1Text } from '../marc/latin-1.ts'
import { BitReader, BitWriter } from './bits.ts'
import { decodeUtf8, encodeUtf8 } from './utf-8.ts'

export const COMPACTION = {
  /** What the element itself defines: ISIL, bit map, nibbles. */
  applicationDefined: 0,
  integer: 1,
  numeric: 2,
  fiveBit: 3,
  sixBit: 4,
  sevenBit: 5,
  /** ISO 8859-1. */
  octets: 6,
  utf8: 7,
} as const
export type Compaction = (typeof COMPACTION)[keyof typeof COMPACTION]
export type TextCompaction = Exclude<Compaction, 0>

const INTEGER_MAX = 9_999_999_999_999_999_999n
const SIX_BIT_PAD = [1, 0, 0, 0, 0, 0]
const ONES = [1, 1, 1, 1, 1, 1, 1]

/**
 * The forms in order of choice. Below the least length a form saves nothing, and several of them
 * could not tell a character from padding.
 */
const FORMS: readonly { readonly code: TextCompaction; readonly fits: RegExp }[] = [
  { code: COMPACTION.integer, fits: /^[1-9]\d{1,18}$/ },
  { code: COMPACTION.numeric, fits: /^\d{2,}$/ },
  { code: COMPACTION.fiveBit, fits: /^[\u0041-\u005f]{3,}$/ },
  // A blank at the end would read as padding.
  { code: COMPACTION.sixBit, fits: /^[\u0020-\u005f]{3,}[\u0021-\u005f]$/ },
  // So would DEL.
  { code: COMPACTION.sevenBit, fits: /^[\u0000-\u007e]{8,}$/ },
  { code: COMPACTION.octets, fits: /^[\u0000-\u00ff]+$/ },
]

/** Octets are never chosen: UTF-8 gives the same bytes for ASCII and is unambiguous for the rest. */
export const chooseCompaction = (text: string): TextCompaction =>
  FORMS.find(({ code, fits }) => code !== COMPACTION.octets && fits.test(text))?.code ??
  COMPACTION.utf8

const packed = (text: string, width: number, pad: readonly number[]): Uint8Array => {
  const writer = new BitWriter()
  for (let n = 0; n < text.length; n += 1) writer.put(text.charCodeAt(n), width)
  return writer.finish(pad)
}

const integerBytes = (text: string): Uint8Array => {
  const hex = BigInt(text).toString(16)
  return hexBytes(hex.length % 2 === 0 ? hex : `0${hex}`)
}

const hexBytes = (hex: string): Uint8Array =>
  Uint8Array.from({ length: hex.length / 2 }, (_, n) =>
    Number.parseInt(hex.slice(2 * n, 2 * n + 2), 16),
  )

/** null where `code` cannot hold this text. */
export const compact = (code: TextCompaction, text: string): Uint8Array | null => {
  if (code === COMPACTION.utf8) return text === '' ? null : encodeUtf8(text)
  if (FORMS.find((form) => form.code === code)?.fits.test(text) !== true) return null
  switch (code) {
    case COMPACTION.integer:
      return integerBytes(text)
    case COMPACTION.numeric:
      return hexBytes(text.length % 2 === 0 ? text : `${text}f`)
    case COMPACTION.fiveBit:
      return packed(text, 5, [])
    case COMPACTION.sixBit:
      return packed(text, 6, SIX_BIT_PAD)
    case COMPACTION.sevenBit:
      return packed(text, 7, ONES)
    case COMPACTION.octets:
      return Uint8Array.from(text, (character) => character.charCodeAt(0))
  }
}

/** A text, and whether these bytes are the ones a correct writer makes of it. */
export interface Extracted {
  readonly text: string
  readonly isCanonical: boolean
}

const extractInteger = (bytes: Uint8Array): string | null => {
  if (bytes.length > 8) return null
  let value = 0n
  for (const byte of bytes) value = value * 256n + BigInt(byte)
  return value > INTEGER_MAX ? null : value.toString()
}

const extractNumeric = (bytes: Uint8Array): string | null => {
  const nibbles = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const digits = nibbles.replace(/f+$/, '')
  return /^\d+$/.test(digits) ? digits : null
}

const extractFiveBit = (bytes: Uint8Array): string | null => {
  const codes = fields(bytes, 5)
  if (codes.at(-1) === 0) codes.pop()
  if (codes.includes(0)) return null
  return String.fromCharCode(...codes.map((code) => code | 0x40))
}

const extractSixBit = (bytes: Uint8Array): string => {
  const codes = fields(bytes, 6)
  if ((codes.length * 6) % 8 === 0 && codes.at(-1) === 0x20) codes.pop()
  return String.fromCharCode(...codes.map((code) => ((code & 0x20) === 0 ? code | 0x40 : code)))
}

const extractSevenBit = (bytes: Uint8Array): string => {
  const codes = fields(bytes, 7)
  if ((codes.length * 7) % 8 === 0 && codes.at(-1) === 0x7f) codes.pop()
  return String.fromCharCode(...codes)
}

const fields = (bytes: Uint8Array, width: number): number[] => {
  const reader = new BitReader(bytes)
  const codes: number[] = []
  for (let code = reader.take(width); code !== null; code = reader.take(width)) codes.push(code)
  return codes
}

const textOf = (code: TextCompaction, bytes: Uint8Array): string | null => {
  switch (code) {
    case COMPACTION.integer:
      return extractInteger(bytes)
    case COMPACTION.numeric:
      return extractNumeric(bytes)
    case COMPACTION.fiveBit:
      return extractFiveBit(bytes)
    case COMPACTION.sixBit:
      return extractSixBit(bytes)
    case COMPACTION.sevenBit:
      return extractSevenBit(bytes)
    case COMPACTION.octets:
      return latin1Text(bytes)
    case COMPACTION.utf8:
      return decodeUtf8(bytes)
  }
}

/** null for bytes that no text of this form has, the empty string included. */
export const extract = (code: TextCompaction, bytes: Uint8Array): Extracted | null => {
  const text = bytes.length === 0 ? null : textOf(code, bytes)
  if (text === null || text === '') return null
  const again = compact(code, text)
  return { text, isCanonical: again !== null && isSameBytes(again, bytes) }
}

export const isSameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, n) => byte === b[n])
