/** `9:00-21:00`, as people write opening hours. */
import type { DayHours } from '../../../domain/operations/calendar-set-hours.ts'

export const minuteWords = (minute: number): string =>
  `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`

/** Null where it is no time of day; `shut` is the word for a day without opening. */
export function hoursOfText(text: string, shut: string): DayHours | null {
  const folded = text.normalize('NFKC').trim()
  if (folded === shut) return { is: 'shut' }
  const [, fromHour, fromMinute = '0', toHour, toMinute = '0'] =
    /^(\d{1,2})(?::(\d{2}))?\s*[-–—~至到]\s*(\d{1,2})(?::(\d{2}))?$/.exec(folded) ?? []
  if (fromHour === undefined || toHour === undefined) return null
  const opensAtMinute = Number(fromHour) * 60 + Number(fromMinute)
  const closesAtMinute = Number(toHour) * 60 + Number(toMinute)
  const isDay = Number(fromMinute) < 60 && Number(toMinute) < 60 && closesAtMinute <= 1440
  return isDay && opensAtMinute <= 1440 ? { is: 'hours', opensAtMinute, closesAtMinute } : null
}
