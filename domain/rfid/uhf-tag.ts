/**
 * UHF tags (ISO 18000-63, ISO/TS 28560-4): the identifier in bank 01 as URN Code 40, the other
 * elements in bank 11 (user), led by the DSFID. The private format of the Chinese university
 * alliance has neither and is not read.
 */
import { latin1Text } from '../marc/latin-1.ts'
import { decodeLibraryElements } from './iso-28560-2.ts'
import type { LibraryElements } from './iso-28560-2.ts'
import { DSFID_LIBRARY } from './tag-security.ts'
import { decodeUtf8 } from './utf-8.ts'

const URN_40 = '\u0000ABCDEFGHIJKLMNOPQRSTUVWXYZ-.:0123456789'
const LONG_DIGITS = 0xfb
const ASCII = 0xfc
const UTF8_PAIR = 0xfd
const UTF8_TRIPLE = 0xfe

/** The protocol control word in front of the identifier. */
export interface ProtocolControl {
  /** Words of two bytes that follow. */
  readonly wordCount: number
  readonly hasUserMemory: boolean
  /** ISO numbering with an AFI; false: EPC. */
  readonly isIso: boolean
  readonly afi: number
}

export const readProtocolControl = (word: number): ProtocolControl => ({
  wordCount: (word >> 11) & 0x1f,
  hasUserMemory: (word & 0x0400) !== 0,
  isIso: (word & 0x0100) !== 0,
  afi: word & 0xff,
})

/** Text of one unit at `at` and its length in bytes; null where it is none. */
const unitAt = (bytes: Uint8Array, at: number): { text: string; length: number } | null => {
  const first = bytes[at] ?? 0
  const rest = bytes.subarray(at + 1)
  if (first < LONG_DIGITS) {
    const triple = ((first << 8) | (rest[0] ?? 0)) - 1
    if (rest.length < 1 || triple >= 64_000) return null
    const codes =
      triple < 0 ? [] : [Math.floor(triple / 1600), Math.floor(triple / 40) % 40, triple % 40]
    const text = codes.map((code) => URN_40[code] ?? '').join('')
    return { text: text.replaceAll('\u0000', ''), length: 2 }
  }
  if (first === LONG_DIGITS) return longDigits(rest)
  if (first === ASCII && (rest[0] ?? 0x80) < 0x80) {
    return { text: latin1Text(rest.subarray(0, 1)), length: 2 }
  }
  const width = first === UTF8_PAIR ? 2 : 3
  if (first !== UTF8_PAIR && first !== UTF8_TRIPLE) return null
  const text = rest.length < width ? null : decodeUtf8(rest.subarray(0, width))
  return text === null ? null : { text, length: 1 + width }
}

/** `[digits − 9 : 4][bytes − 4 : 4]` and the number. */
const longDigits = (rest: Uint8Array): { text: string; length: number } | null => {
  const head = rest[0]
  if (head === undefined) return null
  const digitCount = (head >> 4) + 9
  const byteCount = (head & 0x0f) + 4
  if (rest.length < 1 + byteCount) return null
  let value = 0n
  for (const byte of rest.subarray(1, 1 + byteCount)) value = value * 256n + BigInt(byte)
  const text = value.toString().padStart(digitCount, '0')
  return text.length === digitCount ? { text, length: 2 + byteCount } : null
}

/** The unique item identifier; null where the bytes are not URN Code 40. A last 00 is filling. */
export const decodeUniqueItemId = (bytes: Uint8Array): string | null => {
  let text = ''
  for (let at = 0; at < bytes.length;) {
    if (at === bytes.length - 1 && bytes[at] === 0) break
    const unit = unitAt(bytes, at)
    if (unit === null) return null
    text += unit.text
    at += unit.length
  }
  return text === '' ? null : text
}

/** Bank 11. null where its first byte is not the library DSFID. */
export const decodeUserBank = (bank: Uint8Array): LibraryElements | null =>
  bank[0] === DSFID_LIBRARY ? decodeLibraryElements(bank.subarray(1), false) : null
