import type { Hold } from '../../domain/hold-records.ts'
import { collectBy } from '../../domain/policy/hold-queue.ts'
import type { Rows } from '../replica/rows.ts'

/** With its last day by the calendar of the library that keeps it, as that is today (H10, H13). */
export function collectedByNow(rows: Rows, hold: Hold): Hold {
  const branch = rows.row('branch', hold.pickupBranchId)
  const isKiosk = branch === null || branch.kind === 'kiosk'
  const calendar = isKiosk ? null : rows.row('calendar', branch.calendarId)
  return { ...hold, keepUntilOn: collectBy(hold, calendar) }
}
