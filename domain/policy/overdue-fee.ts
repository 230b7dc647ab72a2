/** Overdue charges: per item and open day, with a ceiling (R3). */
import type { Calendar } from '../records.ts'
import type { CalendarDate } from '../words/calendar-date.ts'
import { chargeableDays } from './calendar.ts'
import type { LoanTerms } from './loan-rules.ts'

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
