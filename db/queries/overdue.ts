/** Overdue as a screen says it: the clock of some loans stands still. */
import { isRunning } from '../../domain/item-facts.ts'
import type { Loan } from '../../domain/records.ts'
import type { CalendarDate } from '../../domain/words/calendar-date.ts'

export const isOverdue = (loan: Loan, today: CalendarDate): boolean =>
  loan.returnedAt === null && isRunning(loan) && loan.dueOn < today
