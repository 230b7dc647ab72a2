/**
 * Numbers that only the full record has: 统一书号 of books before 1987 and 国内统一刊号 of serials,
 * both in 091 (reference/domain-cn.md 1, 2.4). One key for all their spellings.
 */
import type { Bib } from '../records.ts'

/** What stands before it on a cover and in a record. */
const NAME = /^(?:全国|国内)?(?:统一|統一)?(?:书刊号|书号|刊号|書號|刊號)[:\s]*/u
const POINTS = '·.．。•‧・･∙⋅'
/** Class of 人大法 and publisher, number of the title, letters of the edition. No check digit. */
const BOOK = new RegExp(
  `^(\\d{4,5})\\s*[${POINTS}\\-]\\s*(\\d{1,5})((?:\\s*[MKWRT]){0,4})(?![\\p{L}\\p{N}])`,
  'u',
)
/** The class behind the stroke is not part of what identifies. */
const SERIAL = /^(?:CN)?\s*(\d{2})\s*-\s*(\d{4})(?=\s|\/|$)/
const DASHES = /[‐‑‒–—−]/gu
const LENGTH_MAX = 60

const plainOf = (text: string): string =>
  text
    .slice(0, LENGTH_MAX)
    .toWellFormed()
    .normalize('NFKC')
    .replaceAll(DASHES, '-')
    .trim()
    .replace(NAME, '')
    .toUpperCase()

/** `10019·2341`, `10019.2341 M`, `统一书号：10019•2341` → `10019.2341M`; null where it is none. */
export function bookNumberKey(text: string): string | null {
  const found = BOOK.exec(plainOf(text))
  if (found === null) return null
  const [, head = '', number = '', letters = ''] = found
  return `${head}.${number}${letters.replaceAll(/\s/g, '')}`
}

/** `CN 44-1022/Z`, `CN44—1022` → `CN44-1022`; null where it is none. */
export function serialNumberKey(text: string): string | null {
  const found = SERIAL.exec(plainOf(text))
  return found === null ? null : `CN${found[1]}-${found[2]}`
}

/** What a query may mean; a 统一书号 that is still being typed begins the one that is meant. */
export const recordNumberKey = (text: string): string | null =>
  bookNumberKey(text) ?? serialNumberKey(text)

const TAG = '091'
const CODES = 'abz'

/** Each once. MARC21 records have neither. */
export function recordNumbersOf({ profile, fields }: Pick<Bib, 'profile' | 'fields'>): string[] {
  if (profile === 'marc21') return []
  const keys = fields
    .filter(({ tag }) => tag === TAG)
    .flatMap(({ subfields }) => subfields)
    .filter(({ code }) => CODES.includes(code))
    .map(({ value }) => recordNumberKey(value))
  return [...new Set(keys.filter((key) => key !== null))]
}
