/**
 * Calendar dates of the city, `YYYY-MM-DD`, and their arithmetic.
 *
 * The city lives on Asia/Shanghai whatever the desk's PC says; China has kept UTC+8 without
 * daylight saving since 1991, so the offset is a constant here and not a time-zone lookup.
 */
import { z } from 'zod'

const DAY_MS = 86_400_000
const SHANGHAI_OFFSET_MS = 8 * 3_600_000

export const CalendarDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => dayNumberToDate(dateToDayNumber(text)) === text)
  .brand<'CalendarDate'>()
export type CalendarDate = z.infer<typeof CalendarDate>

/** Milliseconds since 1970-01-01T00:00Z. */
export const EpochMs = z.int().min(0)
export type EpochMs = number

/** Days since 1970-01-01 of a civil date (Howard Hinnant, days_from_civil). */
function dateToDayNumber(date: string): number {
  const year = Number(date.slice(0, 4))
  const month = Number(date.slice(5, 7))
  const day = Number(date.slice(8, 10))
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The inverse (civil_from_days). */
function dayNumberToDate(dayNumber: number): string {
  const z0 = dayNumber + 719_468
  const era = Math.floor(z0 / 146_097)
  const dayOfEra = z0 - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthShifted = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * monthShifted + 2) / 5) + 1
  const month = monthShifted < 10 ? monthShifted + 3 : monthShifted - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0')

/** The date on the wall in the city at this instant. */
export function dateAt(at: EpochMs): CalendarDate {
  return dayNumberToDate(Math.floor((at + SHANGHAI_OFFSET_MS) / DAY_MS)) as CalendarDate
}

/** The first instant of this date in the city. */
export function startOf(date: CalendarDate): EpochMs {
  return dateToDayNumber(date) * DAY_MS - SHANGHAI_OFFSET_MS
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return dayNumberToDate(dateToDayNumber(date) + days) as CalendarDate
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return dateToDayNumber(to) - dateToDayNumber(from)
}

/** 1 Monday … 7 Sunday (ISO 8601). */
export function weekdayOf(date: CalendarDate): number {
  return ((((dateToDayNumber(date) + 3) % 7) + 7) % 7) + 1
}

/** Age in whole years on a date; a 29 February birthday is reached on 1 March. */
export function ageOn(bornOn: CalendarDate, on: CalendarDate): number {
  const years = Number(on.slice(0, 4)) - Number(bornOn.slice(0, 4))
  return on.slice(5) < bornOn.slice(5) ? years - 1 : years
}

/** The same day `years` later; 29 February becomes 28 February. */
export function sameDayLater(date: CalendarDate, years: number): CalendarDate {
  const year = String(Number(date.slice(0, 4)) + years).padStart(4, '0')
  const kept = CalendarDate.safeParse(`${year}${date.slice(4)}`)
  return kept.success ? kept.data : CalendarDate.parse(`${year}-02-28`)
}
