import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { TODAY, aCalendar } from '../../test/builders/city.ts'
import { addDays, daysBetween, weekdayOf } from '../words/calendar-date.ts'
import { CalendarDate } from '../words/calendar-date.ts'
import { chargeableDays, isOpenOn, openDayFrom } from './calendar.ts'

const date = (text: string): CalendarDate => CalendarDate.parse(text)
const aDay = fc.integer({ min: -400, max: 400 }).map((days) => addDays(TODAY, days))
/** Any week with a day of it open, and a festival or two. */
const calendars = fc
  .record({
    openWeekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    closedOn: fc.uniqueArray(aDay, { maxLength: 20 }),
  })
  .map((parts) => aCalendar(parts))

describe('an open day', () => {
  const mondaysOff = aCalendar({ openWeekdays: [2, 3, 4, 5, 6, 7], closedOn: ['2026-10-01'] })

  it.each([
    ['L15 open that day', '2026-11-22', '2026-11-22'],
    ['L15 closed on Mondays', '2026-11-23', '2026-11-24'],
    ['L15 a festival', '2026-10-01', '2026-10-02'],
  ])('%s', (_says, from, to) => {
    expect(openDayFrom(mondaysOff, date(from))).toBe(to)
  })

  it('L15 a long closure over the new year is passed', () => {
    const closedOn = Array.from({ length: 30 }, (_, days) => addDays(date('2026-12-20'), days))
    expect(openDayFrom(aCalendar({ closedOn }), date('2026-12-25'))).toBe('2027-01-19')
  })

  it('L15 a library that never opens leaves the date alone', () => {
    expect(openDayFrom(aCalendar({ openWeekdays: [] }), TODAY)).toBe(TODAY)
  })

  it('L15 is the first one: itself open, all before it closed', () => {
    fc.assert(
      fc.property(calendars, aDay, (calendar, from) => {
        const open = openDayFrom(calendar, from)
        expect(isOpenOn(calendar, open)).toBe(true)
        for (let day = from; day < open; day = addDays(day, 1)) {
          expect(isOpenOn(calendar, day)).toBe(false)
        }
      }),
    )
  })
})

describe('chargeable days', () => {
  it('R3 the due date itself and closed days are free', () => {
    const closed = aCalendar({ closedOn: ['2026-11-20'] })
    expect(chargeableDays(closed, date('2026-11-18'), date('2026-11-22'), 99)).toBe(3)
    expect(chargeableDays(closed, date('2026-11-22'), date('2026-11-22'), 99)).toBe(0)
    expect(chargeableDays(closed, date('2026-11-22'), date('2026-11-18'), 99)).toBe(0)
  })

  it('R3 are the open days between, up to the ceiling', () => {
    fc.assert(
      fc.property(calendars, aDay, aDay, fc.nat(60), (calendar, due, returned, ceiling) => {
        const length = Math.max(0, daysBetween(due, returned))
        const late = Array.from({ length }, (_, day) => addDays(due, day + 1))
        const open = late.filter(
          (day) =>
            calendar.openWeekdays.includes(weekdayOf(day)) && !calendar.closedOn.includes(day),
        )
        expect(chargeableDays(calendar, due, returned, ceiling)).toBe(
          Math.min(open.length, ceiling),
        )
      }),
    )
  })
})
