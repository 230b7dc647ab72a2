/**
 * What any printed code may be, whatever it stands for: an item label, a reader card, a ticket.
 */

/** A label longer than this is not a label (reference/security-reliability.md 8, row 8). */
export const CODE_LENGTH_MAX = 64

// C0, DEL and C1. NUL matters most: SQLite's length() and many drivers stop at it.
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/u

// What scanners append by their suffix setting: Tab, LF, CR, ETX, EOT, and a trailing GS1 separator.
const TERMINATORS = /[\u0003\u0004\t\n\r\u001d]+$/u

// Digits and Latin letters of the full-width block only: NFKC of anything more would rewrite text.
const FULL_WIDTH = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/gu

export const hasControlCharacter = (text: string): boolean => CONTROL.test(text)

/** Without the terminators a scanner appended; blanks inside and around stay. */
export const stripTerminators = (text: string): string => text.replace(TERMINATORS, '')

/** `０４４` → `044`: an input method in full-width mode types these. */
export const foldFullWidth = (text: string): string =>
  text.replace(FULL_WIDTH, (wide) => wide.normalize('NFKC'))

/** True for 1 to 64 well-formed characters, no control characters, no blanks at the ends. */
export const isCleanCode = (text: string): boolean =>
  text.length >= 1 &&
  text.length <= CODE_LENGTH_MAX &&
  text.isWellFormed() &&
  !hasControlCharacter(text) &&
  text === text.trim()
