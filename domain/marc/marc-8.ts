/**
 * MARC-8 to Unicode, read only. Diacritics come before their base letter; the result is NFC.
 * What has no character here becomes U+FFFD and is reported with its bytes: nothing goes silently.
 */
import type { DecodeText, FieldPlace } from './iso2709.ts'
import { eaccCharacter } from './eacc-table.ts'
import { EACC, MARC_8_SETS } from './marc-8-tables.ts'

export type Marc8Problem = {
  readonly kind: 'unknown-byte' | 'unknown-escape' | 'eacc-character' | 'diacritic-without-base'
  /** Index of the first byte within the text that was decoded. */
  readonly at: number
  readonly hex: string
}

export type Marc8Text = { readonly text: string; readonly problems: readonly Marc8Problem[] }

const ESCAPE = 0x1b
const REPLACEMENT = '\ufffd'
const EACC_BYTES = 3
/** NSB, NSE, joiner and non-joiner keep their places whatever set is in G1. */
const CONTROLS: ReadonlyMap<number, string> = new Map([
  [0x88, '\u0098'],
  [0x89, '\u009c'],
  [0x8d, '\u200d'],
  [0x8e, '\u200c'],
])

type Shift = { slot: 'g0' | 'g1'; set: string; length: number }

const asciiAt = (bytes: Uint8Array, at: number): string => {
  const byte = bytes[at]
  return byte === undefined ? '' : String.fromCharCode(byte)
}

/** The escape at `at`, or null where it designates no set known here. */
const readEscape = (bytes: Uint8Array, at: number): Shift | null => {
  const first = asciiAt(bytes, at + 1)
  if (first !== '' && 'sgbp'.includes(first)) return { slot: 'g0', set: first, length: 2 }
  const isMultibyte = first === '$'
  let index = at + (isMultibyte ? 2 : 1)
  const intermediate = asciiAt(bytes, index)
  let slot: Shift['slot'] = 'g0'
  if (intermediate !== '' && '(,)-'.includes(intermediate)) {
    slot = intermediate === ')' || intermediate === '-' ? 'g1' : 'g0'
    index += 1
  } else if (!isMultibyte) return null
  // ANSEL's final is "!E".
  if (asciiAt(bytes, index) === '!') index += 1
  const set = asciiAt(bytes, index)
  const isKnown = isMultibyte ? set === EACC : MARC_8_SETS.has(set)
  return isKnown ? { slot, set, length: index - at + 1 } : null
}

const eaccAt = (bytes: Uint8Array, at: number): string | null => {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + EACC_BYTES)
  return eaccCharacter(((first & 0x7f) << 16) | ((second & 0x7f) << 8) | (third & 0x7f))
}

/** How a character that MARC-8 lacks is written in it (Library of Congress, lossless technique). */
const NUMERIC_REFERENCE = /&#x([0-9a-f]{2,6});/gi

const withReferencesRead = (text: string): string =>
  text.replace(NUMERIC_REFERENCE, (reference, hex: string) => {
    const code = Number.parseInt(hex, 16)
    const isScalar = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    return isScalar && code >= 0xa0 ? String.fromCodePoint(code) : reference
  })

const hexOf = (bytes: Uint8Array, from: number, length: number): string =>
  Array.from(bytes.subarray(from, from + length), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')

/** Reads one subfield: the sets are ASCII and ANSEL again at the start of each. */
export const decodeMarc8 = (bytes: Uint8Array): Marc8Text => {
  const problems: Marc8Problem[] = []
  const slots = { g0: 'B', g1: 'E' }
  let text = ''
  let marks = ''
  let marksAt = 0

  const report = (kind: Marc8Problem['kind'], at: number, length: number): void => {
    problems.push({ kind, at, hex: hexOf(bytes, at, length) })
  }
  const addBase = (character: string): void => {
    text += character + marks
    marks = ''
  }
  const flushMarks = (at: number): void => {
    if (marks === '') return
    report('diacritic-without-base', marksAt, at - marksAt)
    text += marks
    marks = ''
  }
  const readOne = (byte: number, at: number): number => {
    const set = byte < 0x80 ? slots.g0 : slots.g1
    if (set === EACC) {
      const length = Math.min(EACC_BYTES, bytes.length - at)
      const character = length < EACC_BYTES ? null : eaccAt(bytes, at)
      if (character === null) report('eacc-character', at, length)
      addBase(character ?? REPLACEMENT)
      return length
    }
    const table = MARC_8_SETS.get(set)
    const position = byte & 0x7f
    const character = table?.characterByByte.get(position)
    if (character === undefined) {
      report('unknown-byte', at, 1)
      addBase(REPLACEMENT)
    } else if (table?.combining.has(position) === true) {
      if (marks === '') marksAt = at
      marks += character
    } else addBase(character)
    return 1
  }

  let at = 0
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0
    if (byte === ESCAPE) {
      const shift = readEscape(bytes, at)
      if (shift === null) {
        report('unknown-escape', at, 2)
        addBase(REPLACEMENT)
        at += 1
      } else {
        slots[shift.slot] = shift.set
        at += shift.length
      }
    } else if (byte <= 0x20 || CONTROLS.has(byte)) {
      // A mark before a blank has lost its letter; the blank carries it, as the tables say.
      if (byte === 0x20 && marks !== '') addBase(' ')
      else {
        flushMarks(at)
        text += CONTROLS.get(byte) ?? String.fromCharCode(byte)
      }
      at += 1
    } else at += readOne(byte, at)
  }
  flushMarks(bytes.length)
  return { text: withReferencesRead(text.normalize('NFC')), problems }
}

/** A decoder for `parseRecord` that reports each problem with its field. */
export const createMarc8Decoder =
  (report: (problem: Marc8Problem, place: FieldPlace) => void): DecodeText =>
  (bytes, place) => {
    const { text, problems } = decodeMarc8(bytes)
    for (const problem of problems) report(problem, place)
    return text
  }
