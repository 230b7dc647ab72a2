/**
 * The day by which a loan really has to be back. A library that is shut on the due date, whenever
 * that was declared, takes nothing back on it: the loan is due on its next open day (R21).
 */
import type { Calendar, Loan } from '../records.ts'
import { dateAt, daysBetween, startOf } from '../words/calendar-date.ts'
import type { CalendarDate, EpochMs } from '../words/calendar-date.ts'
import { openDayFrom } from './calendar.ts'
import { closingAt } from './due-date.ts'

const DAY_MS = 86_400_000

export interface EffectiveDue {
  readonly on: CalendarDate
  /** Of a loan of hours, by the clock; null of one that ends with its day. */
  readonly at: EpochMs | null
}

export type LentUntil = Pick<Loan, 'lentAt' | 'dueOn' | 'dueAt'>

/**
 * `calendar`: of the library that lent it, as it is now. A loan of hours keeps its hour of the day,
 * or ends when the doors close before it.
 */
export function effectiveDue(
  calendar: Calendar,
  { lentAt, dueOn, dueAt }: LentUntil,
): EffectiveDue {
  // Whoever lends on the weekly closing day is there, and so is the reader.
  const isThere = dateAt(lentAt) === dueOn && !calendar.closedOn.includes(dueOn)
  const on = isThere ? dueOn : openDayFrom(calendar, dueOn)
  if (dueAt === null || on === dueOn) return { on, at: dueAt }
  const sameHour = dueAt + daysBetween(dueOn, on) * DAY_MS
  return { on, at: Math.min(sameHour, closingAt(calendar, on) ?? sameHour) }
}

/** The last instant at which it is in time: a loan of days has its whole day. */
export const endOfDue = (due: EffectiveDue): EpochMs => due.at ?? startOf(due.on) + DAY_MS - 1

export const isPastDue = (due: EffectiveDue, at: EpochMs): boolean => endOfDue(due) < at
