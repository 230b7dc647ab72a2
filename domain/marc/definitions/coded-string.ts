/** A string of fixed places: what stands at each, and what it may be. */
import type { CodeChoice, Wording } from './code-choices.ts'

export interface CodedPlaces extends Wording {
  /** The first place, from 0. */
  readonly from: number
  /** Places in all; a code is `width` of them, so 4 places of width 1 take four codes. */
  readonly length: number
  readonly width: number
  /** Null where it is a date, a number or another text. */
  readonly choices: readonly CodeChoice[] | null
  /** What a new record has here. */
  readonly usual: string
}

export interface CodedString extends Wording {
  /** `LDR` for the leader, which has no subfields. */
  readonly tag: string
  readonly code: string | null
  readonly length: number
  readonly places: readonly CodedPlaces[]
}

type Words = readonly [zh: string, en: string]

/** One code of as many characters as there are places. */
export const one = (
  from: number,
  words: Words,
  choices: readonly CodeChoice[],
  usual: string,
): CodedPlaces => many(from, usual.length, usual.length, words, choices, usual)

/** Several codes in a row, left to right, blanks behind them. */
export const many = (
  from: number,
  length: number,
  width: number,
  [zh, en]: Words,
  choices: readonly CodeChoice[] | null,
  usual: string,
): CodedPlaces => ({ from, length, width, zh, en, choices, usual: usual.padEnd(length, ' ') })

/** A date, a number or what a machine writes. */
export const text = (from: number, words: Words, usual: string): CodedPlaces =>
  many(from, usual.length, usual.length, words, null, usual)

/** The places of `value`; blanks where it is too short. */
export const placesOf = (value: string, { from, length }: CodedPlaces): string =>
  value.slice(from, from + length).padEnd(length, ' ')

/** `value` with these places written; the whole is as long as the string is defined, or longer. */
export function withPlaces(
  string: CodedString,
  value: string,
  { from, length }: CodedPlaces,
  written: string,
): string {
  const whole = value.padEnd(string.length, ' ')
  const part = written.slice(0, length).padEnd(length, ' ')
  return whole.slice(0, from) + part + whole.slice(from + length)
}

/** What a new record has. */
export const usualString = ({ length, places }: CodedString): string =>
  places
    .reduce(
      (value, { from, usual }) => value.slice(0, from) + usual + value.slice(from + usual.length),
      ' '.repeat(length),
    )
    .slice(0, length)

/** `#` and `_` are written for a blank in some systems. */
const asBlank = (text: string): string => text.replaceAll(/[#_]/gu, ' ')

/** Codes at these places that the list does not have. */
export function unknownCodes(value: string, places: CodedPlaces): string[] {
  const { choices, width, length } = places
  if (choices === null) return []
  const part = asBlank(placesOf(value, places))
  const known = new Set(choices.map(({ code }) => code))
  const found: string[] = []
  for (let at = 0; at < length; at += width) {
    const code = part.slice(at, at + width)
    // Behind the last of several codes there are blanks.
    const isUnused = length > width && code.trim() === ''
    if (!isUnused && !known.has(code)) found.push(code)
  }
  return found
}
