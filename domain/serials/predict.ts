/** Which issues a serial will have. Pure: dates and numbers follow from the pattern alone. */
import { CalendarDate, addDays, daysBetween, weekdayOf } from '../words/calendar-date.ts'
import { ORDINAL_MAX } from './pattern-shapes.ts'
import type { Frequency, IssueLabel, SerialPattern } from './pattern-shapes.ts'

const daysApart: Partial<Record<Frequency, number>> = { daily: 1, weekly: 7, fortnightly: 14 }

const monthsApart: Partial<Record<Frequency, number>> = {
  'ten-day': 1,
  'semi-monthly': 1,
  monthly: 1,
  bimonthly: 2,
  quarterly: 3,
  'half-yearly': 6,
  yearly: 12,
}

const usualMonthDays: Partial<Record<Frequency, readonly number[]>> = {
  'ten-day': [1, 11, 21],
  'semi-monthly': [1, 16],
}

const monthOf = (date: CalendarDate): number => Number(date.slice(5, 7))
const yearOf = (date: CalendarDate): number => Number(date.slice(0, 4))

/** The issues that come out through `endsOn`, in order; of an irregular serial none is foreseen. */
export function predictIssues(pattern: SerialPattern, endsOn: CalendarDate): IssueLabel[] {
  const issues: IssueLabel[] = []
  let ordinal = pattern.firstOrdinal
  let coveredThrough = 0
  for (const publishedOn of datesThrough(pattern, endsOn)) {
    if (ordinal > ORDINAL_MAX) break
    if (ordinal > coveredThrough) {
      const lastOrdinal = lastOfCombined(pattern, ordinal)
      issues.push(labelOf(pattern, ordinal, lastOrdinal, publishedOn))
      coveredThrough = lastOrdinal
    }
    ordinal += 1
  }
  return issues
}

function lastOfCombined({ combined }: SerialPattern, ordinal: number): number {
  const found = combined.find(({ from, to }) => from === ordinal && to > from)
  return found === undefined ? ordinal : found.to
}

/** What is printed on an issue of which its ordinals are known, foreseen or not. */
export function labelOf(
  pattern: SerialPattern,
  ordinal: number,
  lastOrdinal: number,
  publishedOn: CalendarDate,
): IssueLabel {
  return {
    ordinal,
    lastOrdinal,
    year: yearOf(publishedOn),
    volume: volumeOf(pattern, ordinal),
    number: numberOf(pattern, ordinal),
    lastNumber: numberOf(pattern, ordinal) + lastOrdinal - ordinal,
    wholeNumber: pattern.wholeNumber === null ? null : pattern.wholeNumber + ordinal - 1,
    publishedOn,
  }
}

function volumeOf({ volume }: SerialPattern, ordinal: number): number | null {
  if (volume === null) return null
  const { first, issuesCount } = volume
  return issuesCount === null ? first : first + Math.floor((ordinal - 1) / issuesCount)
}

function numberOf({ numbering, firstNumber, volume }: SerialPattern, ordinal: number): number {
  if (numbering === 'continuing') return (firstNumber ?? 1) + ordinal - 1
  const issuesCount = numbering === 'volume' ? (volume?.issuesCount ?? null) : null
  return issuesCount === null ? ordinal : ((ordinal - 1) % issuesCount) + 1
}

function datesThrough(pattern: SerialPattern, endsOn: CalendarDate): CalendarDate[] {
  const { frequency, skippedMonths } = pattern
  const step = daysApart[frequency]
  const months = monthsApart[frequency]
  const dates =
    step === undefined
      ? monthlyDates(pattern, months ?? 0, endsOn)
      : steppedDates(pattern, step, endsOn)
  return dates.filter((date) => !skippedMonths.includes(monthOf(date)))
}

function steppedDates(
  { firstOn, frequency, weekdays }: SerialPattern,
  step: number,
  endsOn: CalendarDate,
): CalendarDate[] {
  const count = Math.min(ORDINAL_MAX, Math.floor(daysBetween(firstOn, endsOn) / step) + 1)
  const dates = Array.from({ length: Math.max(0, count) }, (_, n) => addDays(firstOn, n * step))
  const isEveryDay = frequency !== 'daily' || weekdays.length === 0
  return isEveryDay ? dates : dates.filter((date) => weekdays.includes(weekdayOf(date)))
}

/** `months`: from one issue, or group of issues, to the next; 0 where nothing is foreseen. */
function monthlyDates(
  { firstOn, frequency, monthDays }: SerialPattern,
  months: number,
  endsOn: CalendarDate,
): CalendarDate[] {
  if (months === 0) return []
  const usual = usualMonthDays[frequency]
  const named = usual === undefined || monthDays.length > 0 ? monthDays : usual
  const days = named.length > 0 ? named : [Number(firstOn.slice(8))]
  const dates = new Set<CalendarDate>()
  const last = yearOf(endsOn) * 12 + monthOf(endsOn)
  for (let at = yearOf(firstOn) * 12 + monthOf(firstOn); at <= last; at += months) {
    for (const day of days) {
      const date = dayInMonth(Math.floor((at - 1) / 12), ((at - 1) % 12) + 1, day)
      if (date >= firstOn && date <= endsOn) dates.add(date)
    }
  }
  return [...dates].toSorted()
}

/** The last day of the month where it has no such day. */
function dayInMonth(year: number, month: number, day: number): CalendarDate {
  const start = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`
  const exact = CalendarDate.safeParse(`${start}-${String(day).padStart(2, '0')}`)
  return exact.success ? exact.data : dayInMonth(year, month, day - 1)
}
