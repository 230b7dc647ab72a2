/**
 * The number of a resident identity card, of a residence permit for Hong Kong, Macao and Taiwan
 * residents, and of a permanent resident's card of 2023: 18 places (GB 11643-1999).
 *
 * The 15 places of first-generation cards are not read: those cards ended on 2013-01-01, and without a
 * check letter 15 digits may as well be a label of another library.
 */
import { foldFullWidth } from './code-text.ts'

/** ISO 7064 MOD 11-2: what each of the first 17 places weighs. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
/** By the weighted sum modulo 11. */
const CHECK_LETTERS = '10X98765432'

/** Regions 11–65 and 71–83; 9 and a region for foreign residents. Keeps ISBNs (97…) out. */
const REGION = /^(?:[1-6]\d|71|8[1-3]|9[1-6])/
const BIRTH = /^.{6}((?:18|19|20)\d{2})(\d{2})(\d{2})/

/** The letter is written x and X; blanks come from reading the number aloud in groups. */
export const normaliseIdNumber = (text: string): string =>
  foldFullWidth(text).replaceAll(/\s/g, '').toUpperCase()

function hasBirthDate(number: string): boolean {
  const [, year, month, day] = BIRTH.exec(number) ?? []
  if (year === undefined) return false
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  const isLeap = y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0)
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1] ?? 0
  return d >= 1 && d <= days
}

/** True for 18 places with a region, a day of birth that exists, and the check letter of GB 11643. */
export function isIdNumber(text: string): boolean {
  const number = normaliseIdNumber(text)
  if (!/^\d{17}[\dX]$/.test(number) || !REGION.test(number) || !hasBirthDate(number)) return false
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(number[place]), 0)
  return number[17] === CHECK_LETTERS[sum % 11]
}

/** 440***********1234, of a wrong one too (reference/domain-cn.md 5.2). */
export function maskedIdNumber(text: string): string {
  const number = normaliseIdNumber(text)
  return `${number.slice(0, 3)}${'*'.repeat(Math.max(0, number.length - 7))}${number.slice(-4)}`
}

/** It may be one, mistyped: covered wherever it is shown, and never kept. */
export const hasIdNumberForm = (text: string): boolean =>
  /^[1-9]\d{16}[\dX]$/.test(normaliseIdNumber(text))

/** The text as it may be shown: an ID number masked, anything else as it is. */
export const coveredText = (text: string): string =>
  hasIdNumberForm(text) ? maskedIdNumber(text) : text
