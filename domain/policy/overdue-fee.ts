/** Overdue charges: per item and open day, or open hour, with a ceiling. Rules R3, R23. */
import type { Calendar } from '../records.ts'
import { dateAt, daysBetween } from '../words/calendar-date.ts'
import type { CalendarDate, EpochMs } from '../words/calendar-date.ts'
import { chargeableDays } from './calendar.ts'
import type { EffectiveDue } from './effective-due.ts'
import type { LoanTerms } from './loan-rules.ts'
import { chargeableHours } from './open-hours.ts'

export interface Lateness {
  readonly days: number
  /** Begun hours, of a loan of hours; null of one of days. */
  readonly hours: number | null
  readonly feeFen: number
}

const HOUR_MS = 3_600_000

/** What a loan that was `due` comes to, brought back at `returnedAt`. */
export function latenessOf(
  terms: LoanTerms,
  calendar: Calendar,
  due: EffectiveDue,
  returnedAt: EpochMs,
): Lateness {
  const returnedOn = dateAt(returnedAt)
  const days = Math.max(0, daysBetween(due.on, returnedOn))
  if (due.at === null) {
    return { days, hours: null, feeFen: overdueFeeFen(terms, calendar, due.on, returnedOn) }
  }
  const hours = Math.max(0, Math.ceil((returnedAt - due.at) / HOUR_MS))
  const feeFen =
    terms.overdueFenPerHour > 0
      ? hourlyFeeFen(terms, calendar, due.at, returnedAt)
      : overdueFeeFen(terms, calendar, due.on, returnedOn)
  return { days, hours, feeFen }
}

/** R23: begun hours in which the doors were open. */
function hourlyFeeFen(
  { overdueFenPerHour, overdueMaxFen }: LoanTerms,
  calendar: Calendar,
  dueAt: EpochMs,
  returnedAt: EpochMs,
): number {
  const hoursMax = Math.ceil(overdueMaxFen / overdueFenPerHour)
  const hours = chargeableHours(calendar, dueAt, returnedAt, hoursMax)
  return Math.min(hours * overdueFenPerHour, overdueMaxFen)
}

/** Fen owed for a loan due on `dueOn` and returned on `returnedOn`; closed days are free. */
export function overdueFeeFen(
  terms: LoanTerms,
  calendar: Calendar,
  dueOn: CalendarDate,
  returnedOn: CalendarDate,
): number {
  if (terms.overdueFenPerDay === 0 || returnedOn <= dueOn) return 0
  const daysMax = Math.ceil(terms.overdueMaxFen / terms.overdueFenPerDay)
  const days = chargeableDays(calendar, dueOn, returnedOn, Math.max(daysMax, terms.graceDays + 1))
  if (days <= terms.graceDays) return 0
  return Math.min(days * terms.overdueFenPerDay, terms.overdueMaxFen)
}
