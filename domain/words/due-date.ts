/** How a due date is said: the day, and the hour where it ends with one. */
import { dateAt, startOf } from './calendar-date.ts'
import type { CalendarDate, EpochMs } from './calendar-date.ts'

const MINUTE_MS = 60_000

/** `14:05` on the wall in the city. */
export function clockAt(at: EpochMs): string {
  const minutes = Math.floor((at - startOf(dateAt(at))) / MINUTE_MS)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** `2026-12-23`, or `2026-11-22 18:00`. */
export const dueText = (due: { readonly on: CalendarDate; readonly at: EpochMs | null }): string =>
  due.at === null ? due.on : `${dateAt(due.at)} ${clockAt(due.at)}`
