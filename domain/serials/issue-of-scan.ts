/**
 * Which issue a barcode on a cover names. GB/T 16827 (after EAN's rule for ISSN): 977, seven digits of
 * the ISSN, two digits, the check digit; then an add-on of two digits, the issue's number in its
 * year: 01 to 12 of a monthly. The two digits before the check digit are the end of the year, or 00.
 */
import type { CalendarDate } from '../words/calendar-date.ts'
import { addDays } from '../words/calendar-date.ts'
import { issnCheckDigit } from '../words/issn.ts'
import type { IssueLabel } from './pattern-shapes.ts'

export interface IssnScan {
  readonly issn: string
  /** As the code says it; null where it says none that can be one. */
  readonly year: number | null
  readonly addOn: string | null
}

/** Null for what is no 977 code. `today` tells the century. */
export function readIssnScan(
  code: string,
  addOn: string | null,
  today: CalendarDate,
): IssnScan | null {
  if (!/^977\d{10}$/.test(code)) return null
  const first7 = code.slice(3, 10)
  const thisYear = Number(today.slice(0, 4))
  const year = Math.floor(thisYear / 100) * 100 + Number(code.slice(10, 12))
  return {
    issn: `${first7.slice(0, 4)}-${first7.slice(4)}${issnCheckDigit(first7)}`,
    // Variants are counted there too (00, 01, 02): only a year near this one is a year.
    year: Math.abs(year - thisYear) <= 1 ? year : null,
    addOn,
  }
}

const EARLY_DAYS = 7

export interface Named {
  readonly issue: IssueLabel
  /** The add-on says so; else it is the one that is due, and a person looks. */
  readonly isCertain: boolean
}

/** Null where nothing is foreseen, or all of it is here. `isHere`: every copy has arrived. */
export function issueOfScan(
  issues: readonly IssueLabel[],
  { addOn }: Pick<IssnScan, 'addOn'>,
  isHere: (issue: IssueLabel) => boolean,
  today: CalendarDate,
): Named | null {
  const number = addOn === null ? null : Number(addOn.slice(0, 2))
  const named =
    number === null
      ? undefined
      : issues.find(({ ordinal, lastOrdinal }) => ordinal <= number && number <= lastOrdinal)
  if (named !== undefined) return { issue: named, isCertain: true }
  const missing = issues.filter((issue) => !isHere(issue))
  // The newest that is out by now, for most are checked in as they come; some are out a little early.
  const out = missing.findLast(({ publishedOn }) => publishedOn <= addDays(today, EARLY_DAYS))
  const nearest = out ?? missing[0]
  return nearest === undefined ? null : { issue: nearest, isCertain: false }
}
