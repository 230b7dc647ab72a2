/** Hours in which the doors were open: what a late loan of hours is charged for (R23). */
import type { Calendar } from '../records.ts'
import { addDays, dateAt, startOf, weekdayOf } from '../words/calendar-date.ts'
import type { CalendarDate, EpochMs } from '../words/calendar-date.ts'
import { isOpenOn } from './calendar.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Begun hours from `dueAt` to `returnedAt`, at most `hoursMax`. */
export function chargeableHours(
  calendar: Calendar,
  dueAt: EpochMs,
  returnedAt: EpochMs,
  hoursMax: number,
): number {
  let openMs = 0
  const last = dateAt(returnedAt)
  for (let day = dateAt(dueAt); day <= last && openMs < hoursMax * HOUR_MS; day = addDays(day, 1)) {
    const [opensAt, closesAt] = openFromTo(calendar, day)
    openMs += Math.max(0, Math.min(closesAt, returnedAt) - Math.max(opensAt, dueAt))
  }
  return Math.min(hoursMax, Math.ceil(openMs / HOUR_MS))
}

/** The whole day where nobody told the hours; nothing where it is closed. */
function openFromTo(calendar: Calendar, day: CalendarDate): readonly [EpochMs, EpochMs] {
  const start = startOf(day)
  if (!isOpenOn(calendar, day)) return [start, start]
  const told = calendar.hours.find(({ weekday }) => weekday === weekdayOf(day))
  return told === undefined
    ? [start, start + DAY_MS]
    : [start + told.opensAtMinute * MINUTE_MS, start + told.closesAtMinute * MINUTE_MS]
}
