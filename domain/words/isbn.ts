/**
 * ISBN (ISO 2108) in both lengths. The stored form is always the 13 digits; what a label or record
 * says is kept beside it, and a wrong check digit is reported with a suggestion, never corrected.
 */

export type IsbnFault = 'empty' | 'length' | 'character' | 'prefix' | 'check-digit'

/** `suggestion`: the 13 digits that a right check digit would give; for a person to confirm. */
export type IsbnReading =
  | { ok: true; isbn13: string; form: 'isbn-10' | 'isbn-13' }
  | { ok: false; fault: IsbnFault; suggestion: string | null }

/** Longest text looked at: a 010$a holding a paragraph is not an ISBN. */
const READ_LENGTH_MAX = 64

export const isbn13CheckDigit = (first12: string): string => {
  let sum = 0
  for (let index = 0; index < 12; index += 1) {
    sum += Number(first12.charAt(index)) * (index % 2 === 0 ? 1 : 3)
  }
  return String((10 - (sum % 10)) % 10)
}

export const isbn10CheckDigit = (first9: string): string => {
  let sum = 0
  for (let index = 0; index < 9; index += 1) sum += Number(first9.charAt(index)) * (10 - index)
  const check = (11 - (sum % 11)) % 11
  return check === 10 ? 'X' : String(check)
}

/** Full-width digits and every dash a cataloguer or OCR leaves become plain; qualifiers go. */
const compact = (raw: string): string => {
  const plain = raw.slice(0, READ_LENGTH_MAX).normalize('NFKC').toUpperCase()
  const bare = plain.replace(/^\s*(?:ISBN(?:-1[03])?[:\s]*)?/, '')
  const end = bare.search(/[^0-9X\s\-‐‑‒–—−·]/)
  return (end === -1 ? bare : bare.slice(0, end)).replace(/[^0-9X]/g, '')
}

const read10 = (digits: string): IsbnReading => {
  if (!/^\d{9}[\dX]$/.test(digits)) return { ok: false, fault: 'character', suggestion: null }
  const core = `978${digits.slice(0, 9)}`
  const isbn13 = core + isbn13CheckDigit(core)
  if (isbn10CheckDigit(digits) === digits.charAt(9)) return { ok: true, isbn13, form: 'isbn-10' }
  return { ok: false, fault: 'check-digit', suggestion: isbn13 }
}

const read13 = (digits: string): IsbnReading => {
  if (!/^\d{13}$/.test(digits)) return { ok: false, fault: 'character', suggestion: null }
  if (!/^97[89]/.test(digits)) return { ok: false, fault: 'prefix', suggestion: null }
  const check = isbn13CheckDigit(digits)
  if (check === digits.charAt(12)) return { ok: true, isbn13: digits, form: 'isbn-13' }
  return { ok: false, fault: 'check-digit', suggestion: digits.slice(0, 12) + check }
}

/** Reads `978-7-…`, `7-5037-1744-0`, `０２５３３２５５２８ (alk. paper)`, `ISBN 7 5037 …`. */
export const readIsbn = (raw: string): IsbnReading => {
  const digits = compact(raw)
  if (digits.length === 13) return read13(digits)
  if (digits.length === 10) return read10(digits)
  return { ok: false, fault: digits === '' ? 'empty' : 'length', suggestion: null }
}

/** The 13 digits, or null where the text is not a valid ISBN. */
export const normaliseIsbn = (raw: string): string | null => {
  const reading = readIsbn(raw)
  return reading.ok ? reading.isbn13 : null
}

/** Null for 979: those have no ten-digit form. */
export const isbn13To10 = (isbn13: string): string | null => {
  if (!/^978\d{10}$/.test(isbn13)) return null
  const core = isbn13.slice(3, 12)
  return core + isbn10CheckDigit(core)
}

type RegistrantRange = readonly [from: string, to: string, length: number]

/** International ISBN Agency RangeMessage 2015-01-28; unchanged since for these groups' old blocks. */
const RANGES: ReadonlyMap<string, readonly RegistrantRange[]> = new Map([
  [
    '7',
    [
      ['00', '09', 2],
      ['10', '49', 3],
      ['50', '79', 4],
      ['80', '89', 5],
      ['90', '99', 6],
    ],
  ],
  [
    '0',
    [
      ['00', '19', 2],
      ['20', '69', 3],
      ['70', '84', 4],
      ['85', '89', 5],
      ['90', '94', 6],
      ['95', '99', 7],
    ],
  ],
  [
    '4',
    [
      ['00', '19', 2],
      ['20', '69', 3],
      ['70', '84', 4],
      ['85', '89', 5],
      ['90', '94', 6],
      ['95', '99', 7],
    ],
  ],
  [
    '962',
    [
      ['00', '19', 2],
      ['20', '69', 3],
      ['70', '84', 4],
      ['85', '86', 5],
      ['87', '89', 4],
      ['90', '99', 3],
    ],
  ],
])

/** `978-7-5037-1744-6`; the bare digits where the group's ranges are not in the table. */
export const formatIsbn = (isbn13: string): string => {
  if (!/^978\d{10}$/.test(isbn13)) return isbn13
  for (const [group, ranges] of RANGES) {
    if (!isbn13.startsWith(group, 3)) continue
    const rest = isbn13.slice(3 + group.length, 12)
    const head = rest.slice(0, 2)
    const range = ranges.find(([from, to]) => head >= from && head <= to)
    if (range === undefined) return isbn13
    const registrant = rest.slice(0, range[2])
    return `978-${group}-${registrant}-${rest.slice(range[2])}-${isbn13.charAt(12)}`
  }
  return isbn13
}
