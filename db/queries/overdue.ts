/** Overdue as a screen says it: the clock of some loans stands still. */
import { isRunning } from '../../domain/item-facts.ts'
import type { Loan } from '../../domain/records.ts'
import { effectiveDue, isPastDue } from '../../domain/policy/effective-due.ts'
import type { EffectiveDue, LentUntil } from '../../domain/policy/effective-due.ts'
import type { EpochMs } from '../../domain/words/calendar-date.ts'
import type { Rows } from '../replica/rows.ts'

export const isOverdue = (loan: Loan, due: EffectiveDue, at: EpochMs): boolean =>
  loan.returnedAt === null && isRunning(loan) && isPastDue(due, at)

/** What holds by the calendar of the branch that lent it (R21, R22). */
export function dueNow(rows: Rows, loan: Pick<Loan, 'lentBranchId'> & LentUntil) {
  const branch = rows.row('branch', loan.lentBranchId)
  const calendar = branch === null ? null : rows.row('calendar', branch.calendarId)
  return calendar === null ? { on: loan.dueOn, at: loan.dueAt } : effectiveDue(calendar, loan)
}
