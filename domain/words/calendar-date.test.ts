import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  CalendarDate,
  addDays,
  ageOn,
  dateAt,
  daysBetween,
  startOf,
  weekdayOf,
} from './calendar-date.ts'

const date = (text: string): CalendarDate => CalendarDate.parse(text)
const DAY = 86_400_000
const HOUR = 3_600_000
const FIRST = date('1970-01-01')
/** Every day of 1970–2100. */
const DAYS = daysBetween(FIRST, date('2100-12-31')) + 1
const aDay = fc.integer({ min: 0, max: DAYS - 1 }).map((days) => addDays(FIRST, days))

describe('a calendar date', () => {
  it.each([
    ['2026-11-22', true],
    ['2024-02-29', true],
    ['2000-02-29', true],
    ['2100-02-29', false],
    ['2026-02-29', false],
    ['2026-02-30', false],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['2026-01-00', false],
    ['2026-04-31', false],
    ['2026-1-1', false],
    ['2026-01-01T00:00', false],
    ['9999-12-31', true],
    ['', false],
  ])('%s → %s', (text, isDate) => {
    expect(CalendarDate.safeParse(text).success).toBe(isDate)
  })

  it('is what the calendar of the platform says, each day from 1970 to 2100', () => {
    const wrong = Array.from({ length: DAYS }, (_, day) => new Date(day * DAY)).filter(
      (expected) => {
        const made = addDays(FIRST, expected.getTime() / DAY)
        const isSame = made === expected.toISOString().slice(0, 10)
        const isWeekday = weekdayOf(made) % 7 === expected.getUTCDay()
        return !(isSame && isWeekday && CalendarDate.safeParse(made).success)
      },
    )
    expect(wrong).toEqual([])
    expect(addDays(FIRST, DAYS - 1)).toBe('2100-12-31')
  })

  it('addDays and daysBetween take each other back', () => {
    fc.assert(
      fc.property(aDay, fc.integer({ min: -40_000, max: 40_000 }), (from, days) => {
        expect(daysBetween(from, addDays(from, days))).toBe(days)
        expect(addDays(addDays(from, days), -days)).toBe(from)
      }),
    )
  })

  it('text order is the order of days', () => {
    fc.assert(
      fc.property(aDay, aDay, (one, other) => {
        expect(Math.sign(daysBetween(one, other))).toBe(one < other ? 1 : one > other ? -1 : 0)
      }),
    )
  })

  it.each([
    ['1949-10-01', 6],
    ['1970-01-01', 4],
    ['2000-02-29', 2],
    ['2008-08-08', 5],
    ['2026-11-22', 7],
    ['2026-11-23', 1],
    ['2100-02-28', 7],
    ['2100-03-01', 1],
  ])('%s is weekday %i', (text, weekday) => {
    expect(weekdayOf(date(text))).toBe(weekday)
  })
})

describe('the day in Shenzhen', () => {
  it('begins at 16:00 UTC of the day before, and ends a millisecond before the next', () => {
    fc.assert(
      fc.property(aDay, (day) => {
        const start = startOf(day)
        expect(start + 8 * HOUR).toBe(daysBetween(FIRST, day) * DAY)
        expect(dateAt(start)).toBe(day)
        expect(dateAt(start + DAY - 1)).toBe(day)
        expect(dateAt(start - 1)).toBe(addDays(day, -1))
      }),
    )
  })

  it.each([
    [Date.UTC(2026, 10, 22, 15, 59, 59, 999), '2026-11-22'],
    [Date.UTC(2026, 10, 22, 16), '2026-11-23'],
    [Date.UTC(2026, 11, 31, 16), '2027-01-01'],
    [Date.UTC(2028, 1, 28, 16), '2028-02-29'],
    [0, '1970-01-01'],
  ])('%d is %s', (at, day) => {
    expect(dateAt(at)).toBe(day)
  })

  it('is the one that the time-zone tables give, since summer time ended in 1991', () => {
    const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })
    const at = fc.integer({ min: Date.UTC(1992, 0, 1), max: Date.UTC(2100, 0, 1) })
    fc.assert(
      fc.property(at, (instant) => {
        expect(dateAt(instant)).toBe(shanghai.format(instant))
      }),
    )
  })
})

describe('an age', () => {
  it.each([
    ['2012-11-22', '2026-11-22', 14],
    ['2012-11-23', '2026-11-22', 13],
    ['2012-02-29', '2026-02-28', 13],
    ['2012-02-29', '2026-03-01', 14],
    ['2012-02-29', '2028-02-29', 16],
    ['2026-11-22', '2026-11-22', 0],
    ['2026-11-23', '2026-11-22', -1],
  ])('born %s, on %s: %i', (bornOn, on, years) => {
    expect(ageOn(date(bornOn), date(on))).toBe(years)
  })
})
