/** When a loan falls due: days or hours, closed days, the end of a term, the end of a card. */
import type { Calendar } from '../records.ts'
import { addDays, dateAt, startOf, weekdayOf } from '../words/calendar-date.ts'
import type { CalendarDate, EpochMs } from '../words/calendar-date.ts'
import { openDayFrom, openDayUntil } from './calendar.ts'
import type { LoanTerms } from './loan-rules.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

export interface Lent {
  readonly at: EpochMs
  readonly calendar: Calendar
  /** Of the card; null where nobody knows it yet. */
  readonly expiresOn: CalendarDate | null
}

export interface Due {
  readonly on: CalendarDate
  /** Of a loan of hours; null of one of days, which ends with its day. */
  readonly at: EpochMs | null
  /** What the period alone says, where closed days, a term or the card moved it. */
  readonly wanted: CalendarDate
}

/** `days`: of a first loan or of a renewal. L15, P5, P6. */
export function dueAfter(days: number, terms: LoanTerms, lent: Lent): Due {
  if (terms.loanHours > 0) return dueWithinHours(terms.loanHours, lent)
  const wanted = addDays(dateAt(lent.at), days)
  const pushed = openDayFrom(lent.calendar, wanted)
  const ceilings = [terms.latestDueOn, terms.endsWithCard ? lent.expiresOn : null]
  const ceiling = ceilings.flatMap((day) => day ?? []).toSorted()[0] ?? null
  if (ceiling === null || pushed <= ceiling) return { on: pushed, at: null, wanted }
  // A card that has ended may be let through (L3): its loan does not end before it began.
  const last = openDayUntil(lent.calendar, ceiling)
  const today = dateAt(lent.at)
  return { on: last < today ? today : last, at: null, wanted }
}

/** Hours end when the doors close at the latest; where they are closed by now, they just run. */
function dueWithinHours(hours: number, { at, calendar }: Lent): Due {
  const today = dateAt(at)
  const ends = at + hours * HOUR_MS
  const closes = closingAt(calendar, today)
  const due = closes === null || closes <= at ? ends : Math.min(ends, closes)
  return { on: dateAt(due), at: due, wanted: dateAt(ends) }
}

/** When the doors close that day; null where no hours are told. */
export function closingAt(calendar: Calendar, on: CalendarDate): EpochMs | null {
  const hours = calendar.hours.find(({ weekday }) => weekday === weekdayOf(on))
  return hours === undefined ? null : startOf(on) + hours.closesAtMinute * MINUTE_MS
}
