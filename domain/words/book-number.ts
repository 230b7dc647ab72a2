/** The second line of a call number, and the texts made of it. */
import { splitCallNumber } from './call-number.ts'
import type { SchemeId } from './ids.ts'

const SERIES = 'book'
/** Stands where the number will be: no call number is read with it, and no label printed. */
const OPEN = '?'

/** The sequence of one class of a scheme: `book:scheme-1:I247.5`. No id of a scheme holds a colon. */
export const bookSeries = (schemeId: SchemeId, classNumber: string): string =>
  `${SERIES}:${schemeId}:${classNumber}`

export interface BookSeries {
  readonly schemeId: SchemeId
  readonly classNumber: string
}

/** Null where it is a series of something else: of certificates. */
export function readBookSeries(series: string | null): BookSeries | null {
  const [, schemeId, classNumber] = /^book:([^:]+):(.+)$/s.exec(series ?? '') ?? []
  return schemeId === undefined || classNumber === undefined
    ? null
    : { schemeId: schemeId as SchemeId, classNumber }
}

/** `I247.5/26`, or `I247.5/?` while the number is not known. */
export const callNumberOf = (classNumber: string, text: string | null): string =>
  `${classNumber}/${text ?? OPEN}`

export const isProvisional = (callNumber: string): boolean =>
  splitCallNumber(callNumber).bookNumber?.startsWith(OPEN) ?? false

/** The call number once the number is known: what follows it (volume, year) stays. */
export const withBookNumber = (callNumber: string, text: string): string =>
  callNumber.replace(`/${OPEN}`, () => `/${text}`)

/** Lines of a spine label: what stands apart, the class, the book number, volume, copy or year. */
export function labelLines(callNumber: string): readonly string[] {
  const { prefix, classNumber, bookNumber, extra } = splitCallNumber(callNumber)
  const volumes = bookNumber === null ? [] : bookNumber.split(/(?=[:(])/u)
  return [prefix, classNumber, ...volumes, ...(extra?.split('/') ?? [])].filter(
    (line): line is string => line !== null && line !== '',
  )
}

/**
 * The class and the book number that a spine shows, without what tells volumes and copies apart:
 * `I247.5/26` of `I247.5/26:2` and of `I247.5/26(3)`. Null where it has no number yet, or stands
 * apart from the others (`MW/I247/26`).
 */
export function shelfNumberOf(callNumber: string): string | null {
  const { prefix, classNumber, bookNumber } = splitCallNumber(callNumber)
  const [number = ''] = bookNumber?.split(/[:(]/u) ?? []
  return prefix !== null || number === '' || number.startsWith(OPEN)
    ? null
    : `${classNumber}/${number}`
}

/** The number that a call number counts as in a sequence; null where it is of another kind. */
export function sequenceNumberOf(callNumber: string, classNumber: string): number | null {
  const parts = splitCallNumber(callNumber)
  if (parts.classNumber !== classNumber || parts.bookNumber === null) return null
  const [digits] = /^\d{1,6}(?!\d)/.exec(parts.bookNumber) ?? []
  return digits === undefined ? null : Number(digits)
}
