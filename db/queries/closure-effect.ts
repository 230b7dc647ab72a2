/** What closing a library would do to the loans that this desk holds. */
import type { CalendarDate } from '../../domain/words/calendar-date.ts'
import type { AskedAt, Stores } from './stores.ts'

interface Ask {
  readonly calendarId: string
  readonly fromOn: string
  readonly toOn: string
}

interface ClosureEffect {
  /** Open loans that fall due on one of the days. */
  readonly dueCount: number
  /** Open loans that are overdue by then: the days cost nothing. */
  readonly lateCount: number
}

const OPEN = `SELECT count(*) AS count FROM loan
  JOIN branch ON branch.id = loan.lentBranchId
  WHERE branch.calendarId = ? AND loan.returnedAt IS NULL AND loan.lostAt IS NULL`

/** Asked by hand before a closure is saved: it looks at every open loan. */
export function closureEffect(
  { replica: { rows } }: Stores,
  { calendarId, fromOn, toOn }: Ask,
  { today }: AskedAt,
): ClosureEffect {
  const count = (where: string, ...values: string[]): number =>
    Number(rows.raw(`${OPEN} AND ${where}`, calendarId, ...values)[0]?.['count'] ?? 0)
  const from = fromOn as CalendarDate
  return {
    dueCount: count('loan.dueOn BETWEEN ? AND ?', fromOn, toOn),
    lateCount: count('loan.dueOn < ?', from < today ? fromOn : today),
  }
}
