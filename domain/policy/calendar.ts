/** Opening days: pushing due dates and counting days that may be charged. */
import type { Calendar } from '../records.ts'
import { addDays, weekdayOf } from '../words/calendar-date.ts'
import type { CalendarDate } from '../words/calendar-date.ts'

/** A library that never opens would push for ever; a year is longer than any real closure. */
const PUSH_DAYS_MAX = 366

export function isOpenOn(calendar: Calendar, date: CalendarDate): boolean {
  return calendar.openWeekdays.includes(weekdayOf(date)) && !calendar.closedOn.includes(date)
}

/** The date itself, or the first open day after it (L15). */
export function openDayFrom(calendar: Calendar, date: CalendarDate): CalendarDate {
  let day = date
  for (let pushed = 0; pushed < PUSH_DAYS_MAX; pushed += 1) {
    if (isOpenOn(calendar, day)) return day
    day = addDays(day, 1)
  }
  return date
}

/** The date itself, or the last open day before it (P6). */
export function openDayUntil(calendar: Calendar, date: CalendarDate): CalendarDate {
  let day = date
  for (let pulled = 0; pulled < PUSH_DAYS_MAX; pulled += 1) {
    if (isOpenOn(calendar, day)) return day
    day = addDays(day, -1)
  }
  return date
}

/** Open days after `dueOn` up to and including `returnedOn`, counting at most `daysMax` (R3). */
export function chargeableDays(
  calendar: Calendar,
  dueOn: CalendarDate,
  returnedOn: CalendarDate,
  daysMax: number,
): number {
  let days = 0
  for (let day = addDays(dueOn, 1); day <= returnedOn && days < daysMax; day = addDays(day, 1)) {
    if (isOpenOn(calendar, day)) days += 1
  }
  return days
}
