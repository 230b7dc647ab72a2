/** Overdue as a screen says it: the clock of a disputed loan stands still. */
import type { Loan } from '../../domain/records.ts'
import type { CalendarDate } from '../../domain/words/calendar-date.ts'

export const isOverdue = (loan: Loan, today: CalendarDate): boolean =>
  loan.returnedAt === null && !loan.isDisputed && loan.dueOn < today
