/**
 * Call numbers of Chinese libraries: `[prefix "/"] class "/" book ["/" extra]`
 * (reference/domain-cn.md 2.1) and the shelf order of CLC 5, pp. 82-83 (2.2).
 */

export type CallNumberParts = {
  /** `MW` (braille), `CD2008` (audio-visual): a collection shelved apart. */
  prefix: string | null
  /** CLC class with its auxiliaries, or null where the first part is only a prefix. */
  classNumber: string | null
  bookNumber: string | null
  /** Third line: year or copy. */
  extra: string | null
}

export type CallNumberFault =
  | 'empty'
  | 'too-long'
  | 'control-character'
  | 'class-letter'
  | 'class-point'
  | 'class-syntax'
  | 'book-syntax'

export type CallNumberReading =
  | { ok: true; parts: CallNumberParts }
  | { ok: false; reason: CallNumberFault }

/** The two points on which published expectations contradict the manual; a library may choose. */
export type ShelfOrder = {
  /** Language letters after a class number: `TP312AL` before `TP312X`, or after it. */
  classLetters: 'by-letter' | 'by-length'
  /** `S623-2(1)` before `S623(2)` (the manual's order of signs), or after it. */
  bookSigns: 'clc' | 'edition-first'
}

export const CLC_ORDER: ShelfOrder = { classLetters: 'by-letter', bookSigns: 'clc' }

const LENGTH_MAX = 200
const CLASS_LETTERS = /^(?:T[BDEFGHJKLMNPQSUV]|[A-KN-VXZ])(?![A-Z])/
const CLASS_HEAD = /(?:T[BDEFGHJKLMNPQSUV]|[A-KN-VXZ])/y
const CLASS_DIGITS = /\d[\d.]*/y
/** Language letters (TP312C++, TP312C#, TP312VB) stand directly behind the digits. */
const TRAILING_LETTERS = /[A-Za-z]{1,12}(?:\+\+|#)?/y
const AUXILIARY =
  /-\d[\d.]*|\([^()]{1,40}\)|"[^"]{1,40}"|=\d[\d.]*|<[^<>]{1,40}>|[:+]\d[\d.]*|\[[^[\]]{1,40}\]|\{[^{}]{1,40}\}/y

/** `[I247]` and `{R81}` are alternative classes: the signs say so and have no place in the order. */
const withoutAlternative = (classNumber: string): string =>
  classNumber.replace(/^\[([^[\]]+)\]/, '$1').replace(/^\{([^{}]+)\}/, '$1')

/** A point after each third digit and nowhere else: `I247.5`, `K835.617`, `TP301.1`. */
const arePointsRight = (digits: string): boolean =>
  /^(?:\d{1,3}|\d{3}(?:\.\d{3})*\.\d{1,3})$/.test(digits)

const stickyAt = (pattern: RegExp, text: string, at: number): string | null => {
  const sticky = pattern
  sticky.lastIndex = at
  return sticky.exec(text)?.[0] ?? null
}

/** Null where the class is well formed; the table of classes itself is licensed and not shipped. */
export const classNumberFault = (classNumber: string): CallNumberFault | null => {
  const text = withoutAlternative(classNumber.trim())
  if (text === '') return 'empty'
  if (text.length > LENGTH_MAX) return 'too-long'
  if (!CLASS_LETTERS.test(text)) return 'class-letter'
  let at = 0
  let isHeadNext = true
  while (at < text.length) {
    if (isHeadNext) {
      const head = stickyAt(CLASS_HEAD, text, at)
      if (head === null) return 'class-letter'
      at += head.length
      const digits = stickyAt(CLASS_DIGITS, text, at)
      if (digits !== null) {
        if (!arePointsRight(digits)) return 'class-point'
        at += digits.length
        at += stickyAt(TRAILING_LETTERS, text, at)?.length ?? 0
      }
      isHeadNext = false
      continue
    }
    const auxiliary = stickyAt(AUXILIARY, text, at)
    if (auxiliary !== null) {
      at += auxiliary.length
      continue
    }
    const isJoint = text.charAt(at) === ':' || text.charAt(at) === '+'
    if (!isJoint || at + 1 === text.length) return 'class-syntax'
    at += 1
    isHeadNext = true
  }
  return null
}

/** `MW`, `DVD`, `CD-ROM`, `CD2008`, `少儿`: never one letter, never digits alone. */
const PREFIX = /^(?:[A-Za-z]{2,6}(?:-[A-Za-z]{1,6})?\d{0,4}|\p{Script=Han}{1,6})$/u

/** Old labels are typed in small letters too: `tp312` is a class, no prefix. */
const looksLikeClass = (part: string): boolean =>
  CLASS_LETTERS.test(withoutAlternative(part).toUpperCase())

/** What Chinese keyboards give for a sign of the classification and NFKC leaves as it is. */
const SIGNS_TYPED: ReadonlyArray<readonly [RegExp, string]> = [
  [/[‐‑‒–—―−]/gu, '-'],
  [/[“”„‟〝〞〟]/gu, '"'],
  [/[〈《‹]/gu, '<'],
  [/[〉》›]/gu, '>'],
  [/[〔【]/gu, '['],
  [/[〕】]/gu, ']'],
  [/[。·]/gu, '.'],
]

const asAscii = (callNumber: string): string => {
  let text = callNumber.slice(0, LENGTH_MAX).normalize('NFKC')
  for (const [typed, sign] of SIGNS_TYPED) text = text.replace(typed, sign)
  return text.trim()
}

/** `I247.5 3104`: the lines of a label written in one, a blank where the stroke would be. */
const linesOf = (text: string): string[] => {
  const blank = !text.includes('/') && /^\S*\d\S*\s+[A-Za-z\d]/u.test(text)
  return text.split(blank ? /\s+/u : '/').map((part) => part.trim())
}

/** Splits without judging: every text has parts. */
export const splitCallNumber = (callNumber: string): CallNumberParts => {
  const parts = linesOf(asAscii(callNumber))
  const [first = '', second = ''] = parts
  const hasPrefix = parts.length > 1 && !looksLikeClass(first) && PREFIX.test(first)
  const rest = hasPrefix ? parts.slice(1) : parts
  const hasClass = !hasPrefix || looksLikeClass(second)
  const [book = '', ...extra] = hasClass ? rest.slice(1) : rest
  return {
    prefix: hasPrefix ? first : null,
    classNumber: hasClass ? (rest[0] ?? '') : null,
    bookNumber: book === '' ? null : book,
    extra: extra.length === 0 ? null : extra.join('/'),
  }
}

const BOOK = /^[A-Za-z0-9(][A-Za-z0-9.:,()\-=+<>"[\] ]*$/

/** A wrong call number is refused with the first fault; a missing book number is no fault. */
export const readCallNumber = (callNumber: string): CallNumberReading => {
  const text = callNumber.trim()
  if (text === '') return { ok: false, reason: 'empty' }
  if (text.length > LENGTH_MAX) return { ok: false, reason: 'too-long' }
  if (/[\u0000-\u001f\u007f]/.test(text)) return { ok: false, reason: 'control-character' }
  const parts = splitCallNumber(text)
  if (parts.classNumber !== null) {
    const fault = classNumberFault(parts.classNumber)
    if (fault !== null) return { ok: false, reason: fault === 'empty' ? 'class-letter' : fault }
  }
  if (parts.bookNumber !== null && !BOOK.test(parts.bookNumber)) {
    return { ok: false, reason: 'book-syntax' }
  }
  return { ok: true, parts }
}

/**
 * Ranks as single ASCII characters, ascending: end of part `!`, end of a run of letters `#` (so
 * `T311` stands before `TB312`), a closing sign `$`, letters `A`-`Z`, then `-` `( )` `" "` `=` `< >`
 * `:` `+`, then digits, then anything unknown.
 */
const END = '!'
const LETTERS_END = '#'
const CLOSING = '$'
const SIGN_RANKS: ReadonlyMap<string, string> = new Map([
  ['-', 'a'],
  ['(', 'b'],
  ['"', 'c'],
  ['=', 'd'],
  ['<', 'e'],
  [':', 'f'],
  ['+', 'g'],
])
const DIGIT_RANKS = 'pqrstuvwxy'
const IGNORED = new Set(['.', '[', ']', '{', '}', ' '])

const unknownRank = (symbol: string): string =>
  `z${(symbol.codePointAt(0) ?? 0).toString(16).padStart(6, '0')}`

const isDigit = (symbol: string): boolean => symbol >= '0' && symbol <= '9' && symbol.length === 1
const isLetter = (symbol: string): boolean => symbol >= 'A' && symbol <= 'Z' && symbol.length === 1

/** Digits as decimals, left-aligned; the point is not seen, nor are `[ ]` and `{ }`. */
export const classSortKey = (classNumber: string, order: ShelfOrder = CLC_ORDER): string => {
  const symbols = Array.from(classNumber.slice(0, LENGTH_MAX).toUpperCase())
  let key = ''
  let isQuoteOpen = false
  let before = ''
  for (const [index, symbol] of symbols.entries()) {
    if (IGNORED.has(symbol)) continue
    if (isLetter(before) && !isLetter(symbol)) key += LETTERS_END
    if (isLetter(symbol)) {
      if (order.classLetters === 'by-length' && isDigit(before)) {
        let end = index
        while (isLetter(symbols[end] ?? '')) end += 1
        key += String.fromCharCode(0x40 + Math.min(end - index, 26))
      }
      key += symbol
    } else if (isDigit(symbol)) key += DIGIT_RANKS.charAt(Number(symbol))
    else if (symbol === ')' || symbol === '>') key += CLOSING
    else if (symbol === '"' && isQuoteOpen) {
      key += CLOSING
      isQuoteOpen = false
    } else {
      if (symbol === '"') isQuoteOpen = true
      key += SIGN_RANKS.get(symbol) ?? unknownRank(symbol)
    }
    before = symbol
  }
  return key
}

const bookSignRank = (symbol: string, order: ShelfOrder): string => {
  if (symbol === ')' || symbol === '>') return CLOSING
  if (order.bookSigns === 'edition-first' && symbol === '-') return 'b'
  if (order.bookSigns === 'edition-first' && symbol === '(') return 'a'
  return SIGN_RANKS.get(symbol) ?? unknownRank(symbol)
}

/** Runs of letters and of digits right-aligned: 2 before 1234, `Z763Y` before `Z763AA`. */
export const bookNumberSortKey = (bookNumber: string, order: ShelfOrder = CLC_ORDER): string => {
  const runs =
    bookNumber
      .slice(0, LENGTH_MAX)
      .toUpperCase()
      .match(/[A-Z]+|\d+|[^A-Z\d]/gu) ?? []
  let key = ''
  for (const run of runs) {
    if (isLetter(run.charAt(0))) key += String.fromCharCode(0x40 + Math.min(run.length, 26)) + run
    else if (isDigit(run.charAt(0))) {
      const digits = run.replace(/^0+(?=\d)/, '').slice(0, 70)
      key += `p${String.fromCharCode(0x30 + digits.length)}${digits}`
    } else if (run !== ' ' && run !== '.') key += bookSignRank(run, order)
  }
  return key
}

/**
 * ASCII; plain byte order of two keys is the shelf order of their call numbers, so SQLite can
 * ORDER BY it and scan a shelf range. Prefixed collections stand after the main sequence.
 */
export const callNumberSortKey = (callNumber: string, order: ShelfOrder = CLC_ORDER): string => {
  const { prefix, classNumber, bookNumber, extra } = splitCallNumber(callNumber)
  const lines = [
    prefix === null ? '0' : `1${classSortKey(prefix)}${END}`,
    classNumber === null ? '' : classSortKey(classNumber, order),
    END,
    bookNumberSortKey(bookNumber ?? '', order),
  ]
  if (extra !== null) lines.push(END, bookNumberSortKey(extra, order))
  return lines.join('')
}

/**
 * Keys of a shelf between two call numbers, both within: from the first book of `from` to the last one
 * of `to`. A class alone takes its narrower classes along, a book its volumes. Empty text: no end.
 */
export const shelfRange = (
  from: string,
  to: string,
  order: ShelfOrder = CLC_ORDER,
): { readonly least: string; readonly most: string } => ({
  least: from.trim() === '' ? '' : withoutEnd(callNumberSortKey(from, order)),
  most: `${to.trim() === '' ? '' : withoutEnd(callNumberSortKey(to, order))}${AFTER_ALL}`,
})

/** Behind every rank. */
const AFTER_ALL = '~'

const withoutEnd = (key: string): string => (key.endsWith(END) ? key.slice(0, -END.length) : key)
