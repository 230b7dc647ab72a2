/** How a serial goes on in the year after: its numbers and volumes follow those of this one. */
import type { Subscription } from '../serial-records.ts'
import type { CalendarDate } from '../words/calendar-date.ts'
import type { SerialPattern } from './pattern-shapes.ts'
import { labelOf, predictIssues } from './predict.ts'

/** `firstOn`: of its first issue, in the next year. */
export function patternOfNextYear(
  { pattern, year }: Pick<Subscription, 'pattern' | 'year'>,
  firstOn: CalendarDate,
): SerialPattern {
  // A subscription that stops in summer says nothing of how many issues the year has.
  const endOfYear = `${year}-12-31` as CalendarDate
  const last = predictIssues(pattern, endOfYear).at(-1)
  const issuesCount = last?.lastOrdinal ?? pattern.firstOrdinal - 1
  const next = labelOf(pattern, issuesCount + 1, issuesCount + 1, firstOn)
  const { volume } = pattern
  return {
    ...pattern,
    firstOn,
    firstOrdinal: 1,
    // Which issues are combined is told anew each year, as a rule for the same reasons.
    firstNumber: pattern.numbering === 'continuing' ? next.number : null,
    volume:
      volume === null
        ? null
        : {
            ...volume,
            first: volume.issuesCount === null ? volume.first + 1 : (next.volume ?? volume.first),
          },
    wholeNumber: next.wholeNumber,
  }
}

/** When the first issue of the next year comes out; of an irregular serial nobody knows. */
export function firstOnNextYear({
  pattern,
  year,
}: Pick<Subscription, 'pattern' | 'year'>): CalendarDate {
  const newYear = `${year + 1}-01-01` as CalendarDate
  const onwards = predictIssues(pattern, `${year + 1}-12-31` as CalendarDate)
  return onwards.find(({ publishedOn }) => publishedOn >= newYear)?.publishedOn ?? newYear
}
