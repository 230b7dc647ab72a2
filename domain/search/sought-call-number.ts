/** Query text → the call numbers on shelves that begin so. */
import { splitCallNumber } from '../words/call-number.ts'

export interface SoughtCallNumber {
  /** Upper case; null where a collection is sought. */
  readonly classNumber: string | null
  /** `MW`, `CD2008`; null for the main sequence. */
  readonly prefix: string | null
  /** What the book number begins with; empty for all of the class. */
  readonly bookStart: string
  /** What every one of them begins with as it is written on its label. */
  readonly start: string
}

const LENGTH_MAX = 100
const CLASS = /^[A-Z]{1,2}(?:\d|$)/

/** `I247.57/12`, `I247.57 12`, `I247.57/`, `MW/I247`. Null for a class alone: that asks for titles. */
export function soughtCallNumber(text: string): SoughtCallNumber | null {
  const typed = text.slice(0, LENGTH_MAX).normalize('NFKC').trim().toUpperCase()
  const { prefix, classNumber, bookNumber, extra } = splitCallNumber(typed)
  const isStroked = typed.endsWith('/')
  if (extra !== null || (prefix === null && bookNumber === null && !isStroked)) return null
  if (classNumber === null) {
    // `CD/12` is a shelf, `and/or` is not.
    if (prefix === null || (bookNumber !== null && !/\d/.test(bookNumber))) return null
  } else if (classNumber === '' ? prefix === null : !CLASS.test(classNumber)) return null
  const isClassAlone = bookNumber === null && !isStroked
  return {
    prefix,
    // A class that is not closed by its stroke may go on.
    classNumber: isClassAlone || classNumber === '' ? null : classNumber,
    bookStart: bookNumber ?? '',
    start: [prefix, classNumber].filter((part) => part !== null).join('/'),
  }
}

/** Is a call number, as its label has it, one of those sought? */
export function isSought(sought: SoughtCallNumber, callNumber: string): boolean {
  const label = splitCallNumber(callNumber.toUpperCase())
  return (
    label.prefix === sought.prefix &&
    (sought.classNumber === null || label.classNumber === sought.classNumber) &&
    (label.bookNumber ?? '').startsWith(sought.bookStart)
  )
}
