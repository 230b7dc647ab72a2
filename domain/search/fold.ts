/**
 * Folding: what the index and a query agree to call the same. Stored text is never changed
 * (reference/domain-cn.md 3).
 */
import type { SearchTables } from './search-tables.ts'

const MARKS = /[\u0300-\u036f]/g
/** Inside a Latin word they part nothing: `don't`, `xi'an`, `O’Brien`. */
const APOSTROPHES = /(?<=[\p{L}\p{N}])['’ʼ`´](?=[\p{L}\p{N}])/gu
const SEPARATORS = /[^\p{L}\p{N}]+/gu
const ASCII_ONLY = /^[\u0020-\u007e]*$/

const simplifyText = (text: string, { simplify }: SearchTables): string => {
  let folded = ''
  for (const character of text) folded += simplify.get(character) ?? character
  return folded
}

/**
 * NFKC, lower case, no diacritics, simplified, and one blank for each run of anything that is
 * neither letter nor digit. Never throws; lone surrogates become separators.
 */
export function foldText(text: string, tables: SearchTables): string {
  if (ASCII_ONLY.test(text)) {
    return text.toLowerCase().replace(APOSTROPHES, '').replace(SEPARATORS, ' ').trim()
  }
  const plain = text
    .toWellFormed()
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(MARKS, '')
    .normalize('NFC')
    .replace(APOSTROPHES, '')
    .replace(SEPARATORS, ' ')
    .trim()
  return simplifyText(plain, tables)
}

const HAN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]$/u

/** Written without blanks, so that each character is a word. */
export const isHanzi = (character: string): boolean => character > '\u1000' && HAN.test(character)

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

/** FNV-1a, 32 bits signed, which SQLite keeps in four bytes: the key of an exact folded title. */
export function textHash(folded: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < folded.length; at += 1) {
    hash = Math.imul(hash ^ folded.charCodeAt(at), 0x01000193)
  }
  return hash | 0
}
