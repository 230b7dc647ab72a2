/**
 * Folding: what the index and a query agree to call the same. Stored text is never changed
 * (reference/domain-cn.md 3).
 */
import type { SearchTables } from './search-tables.ts'

const MARKS = /[\u0300-\u036f]/g
/** Inside a Latin word they part nothing: `don't`, `xi'an`, `O’Brien`. */
const APOSTROPHES = /(?<=[\p{L}\p{N}])['’ʼ`´](?=[\p{L}\p{N}])/gu
const SEPARATORS = /[^\p{L}\p{N}]+/gu
const SOME_APOSTROPHE = /['’ʼ`´]/
const SOME_HANZI = /[\u4e00-\u9fff]/
const HANZI_ONLY = /^[\u4e00-\u9fff]+$/
/** ASCII, unified hanzi, and punctuation that NFKC turns into other punctuation: most of a catalogue. */
const COMPOSED =
  /^[\u0020-\u007e\u4e00-\u9fff\u3000-\u3002\u3008-\u3011\uff08\uff09\uff0c\uff1a\uff1b]*$/

/** The same signs as SEPARATORS, of those that COMPOSED lets through. */
const COMPOSED_SEPARATORS = /[^a-z0-9\u4e00-\u9fff]+/g

/** A catalogue has a hundred million characters: two numbers a character instead of two strings. */
const simplifiedCodes = new WeakMap<SearchTables, Uint16Array>()

function simplifiedCodesOf(tables: SearchTables): Uint16Array {
  const known = simplifiedCodes.get(tables)
  if (known !== undefined) return known
  const codes = new Uint16Array(2 ** 16)
  for (const [source, target] of tables.simplify) {
    if (source.length === 1 && target.length === 1) {
      codes[source.charCodeAt(0)] = target.charCodeAt(0)
    }
  }
  simplifiedCodes.set(tables, codes)
  return codes
}

const simplifyText = (text: string, tables: SearchTables): string => {
  if (SURROGATES.test(text)) {
    let simplified = ''
    for (const character of text) simplified += tables.simplify.get(character) ?? character
    return simplified
  }
  const codes = simplifiedCodesOf(tables)
  let simplified = ''
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = codes[text.charCodeAt(at)] ?? 0
    if (code === 0) continue
    simplified += text.slice(from, at) + String.fromCharCode(code)
    from = at + 1
  }
  return from === 0 ? text : simplified + text.slice(from)
}

const SURROGATES = /[\ud800-\udfff]/

const withoutMarks = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(MARKS, '')
    .normalize('NFC')

/**
 * NFKC, lower case, no diacritics, simplified, and one blank for each run of anything that is
 * neither letter nor digit. Never throws; lone surrogates become separators.
 */
export function foldText(text: string, tables: SearchTables): string {
  if (HANZI_ONLY.test(text)) return simplifyText(text, tables)
  const isComposed = COMPOSED.test(text)
  let plain = isComposed ? text.toLowerCase() : withoutMarks(text)
  if (SOME_APOSTROPHE.test(plain)) plain = plain.replace(APOSTROPHES, '')
  plain = plain.replace(isComposed ? COMPOSED_SEPARATORS : SEPARATORS, ' ').trim()
  return isComposed && !SOME_HANZI.test(plain) ? plain : simplifyText(plain, tables)
}

const HAN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]$/u

/** Written without blanks, so that each character is a word. */
export const isHanzi = (character: string): boolean =>
  character > '\u1000' && ((character >= '\u4e00' && character <= '\u9fff') || HAN.test(character))

/** A run of hanzi, or a word of letters and digits. */
export interface Run {
  readonly kind: 'hanzi' | 'word'
  readonly text: string
}

/** The runs of folded text, in order. `shen图 2` is three. */
export function runsOf(folded: string): Run[] {
  const runs: Run[] = []
  let kind: Run['kind'] | null = null
  let text = ''
  const close = (): void => {
    if (kind !== null) runs.push({ kind, text })
    text = ''
  }
  for (const character of folded) {
    const next = character === ' ' ? null : isHanzi(character) ? 'hanzi' : 'word'
    if (next !== kind) close()
    kind = next
    if (next !== null) text += character
  }
  close()
  return runs
}

/** The characters of folded text, and which part of the text each was made of: UTF-16 places. */
export interface FoldedPlaces {
  readonly characters: readonly string[]
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

const MARK = /^[\u0300-\u036f]$/
const LETTER = /^[\p{L}\p{N}]$/u

/** As `foldText`, character by character; marks and dropped apostrophes belong to what they follow. */
export function foldedPlaces(text: string, tables: SearchTables): FoldedPlaces {
  const sources = Array.from(text)
  const characters: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  let from = 0
  for (const [index, source] of sources.entries()) {
    const to = from + source.length
    const piece = foldCharacter(source, tables)
    const isDropped =
      MARK.test(source) ||
      (SOME_APOSTROPHE.test(source) &&
        LETTER.test(sources[index - 1] ?? '') &&
        LETTER.test(sources[index + 1] ?? ''))
    if (isDropped && ends.length > 0) ends[ends.length - 1] = to
    else {
      const isBlankWanted = piece === '' && characters.length > 0 && characters.at(-1) !== ' '
      for (const character of isBlankWanted ? ' ' : piece) {
        characters.push(character)
        starts.push(from)
        ends.push(to)
      }
    }
    from = to
  }
  return { characters, starts, ends }
}

function foldCharacter(character: string, tables: SearchTables): string {
  if (character >= '\u4e00' && character <= '\u9fff') {
    return tables.simplify.get(character) ?? character
  }
  if (character >= 'a' && character <= 'z') return character
  return foldText(character, tables)
}

/** FNV-1a, 32 bits signed, which SQLite keeps in four bytes: the key of an exact folded title. */
export function textHash(folded: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < folded.length; at += 1) {
    hash = Math.imul(hash ^ folded.charCodeAt(at), 0x01000193)
  }
  return hash | 0
}
