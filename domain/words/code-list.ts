/** Many codes in one text: pasted from a list, typed line by line, read from a stack. */
import { CODE_LENGTH_MAX, foldFullWidth, hasControlCharacter } from './code-text.ts'
import { coveredText, hasIdNumberForm } from './id-number.ts'

export interface CodeList {
  /** In their order, each once. */
  readonly codes: readonly string[]
  /** Written again; a code of three lines counts twice. */
  readonly repeatedCount: number
  /** No label holds these; ID numbers among them are masked. */
  readonly unreadable: readonly string[]
}

/** A label has no blank, comma or bar in it; tables give tabs and quotes. */
const BETWEEN = /[\s,;|"'，、；。]+/u

const isLabel = (code: string): boolean =>
  code.length <= CODE_LENGTH_MAX &&
  code.isWellFormed() &&
  !hasControlCharacter(code) &&
  /[0-9]/.test(code) &&
  // It would be kept as the barcode of a book (D19).
  !hasIdNumberForm(code)

export function codesIn(text: string): CodeList {
  const written = foldFullWidth(text)
    .split(BETWEEN)
    .filter((code) => code !== '')
  const labels = written.filter(isLabel)
  const codes = [...new Set(labels)]
  return {
    codes,
    repeatedCount: labels.length - codes.length,
    unreadable: written.filter((code) => !isLabel(code)).map(coveredText),
  }
}

/** More than one code: no scan, and nothing that a person types into the field of one. */
export const isCodeList = (text: string): boolean =>
  foldFullWidth(text.trim()).split(BETWEEN).length > 1
