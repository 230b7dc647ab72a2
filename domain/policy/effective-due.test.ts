import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'

import { TODAY, aCalendar, aLoan } from '../../test/builders/city.ts'
import { addDays, startOf } from '../words/calendar-date.ts'
import { CalendarDate } from '../words/calendar-date.ts'
import { dueText } from '../words/due-date.ts'
import { isOpenOn } from './calendar.ts'
import { effectiveDue, isPastDue } from './effective-due.ts'

const HOUR_MS = 3_600_000
/** Saturday and Sunday 9 to 18, Sunday to 12 o’clock only. */
const hours = [
  { weekday: 6, opensAtMinute: 540, closesAtMinute: 1080 },
  { weekday: 7, opensAtMinute: 540, closesAtMinute: 720 },
]
const on = (text: string) => CalendarDate.parse(text)
const saturday = on('2026-11-21')
const at = (hour: number) => startOf(saturday) + hour * HOUR_MS

const calendarOf = (closedOn: string[]) =>
  closedOn[0] === 'weekly'
    ? aCalendar({ hours, openWeekdays: [1, 2, 3, 4, 5, 7] })
    : aCalendar({ hours, closedOn })

describe('the day by which it has to be back', () => {
  test.each<[says: string, loan: Parameters<typeof aLoan>[0], closedOn: string[], due: string]>([
    ['R21 open that day', { dueOn: saturday }, [], '2026-11-21'],
    ['R21 closed that day, declared since', { dueOn: saturday }, ['2026-11-21'], '2026-11-22'],
    [
      'R21 a closure that runs through it',
      { dueOn: saturday },
      ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'],
      '2026-11-24',
    ],
    ['R21 a closure that ends before it', { dueOn: saturday }, ['2026-11-20'], '2026-11-21'],
    [
      'R21 lent on the weekly closing day, for that day: somebody is there',
      { lentAt: at(10), dueOn: saturday, dueAt: at(18) },
      ['weekly'],
      '2026-11-21 18:00',
    ],
    ['R21 a loan of hours, open', { dueOn: saturday, dueAt: at(15) }, [], '2026-11-21 15:00'],
    [
      'R21 a loan of hours ends with the doors of its next day',
      { dueOn: saturday, dueAt: at(15) },
      ['2026-11-21'],
      '2026-11-22 12:00',
    ],
    [
      'R21 a loan of hours, the same hour where nobody told any',
      { dueOn: saturday, dueAt: at(15) },
      ['2026-11-21', '2026-11-22'],
      '2026-11-23 15:00',
    ],
  ])('%s', (_says, loan, closedOn, due) => {
    expect(dueText(effectiveDue(calendarOf(closedOn), aLoan(loan)))).toBe(due)
  })

  it('R21 is an open day, never before the date that was told', () => {
    const day = fc.integer({ min: -60, max: 60 }).map((days) => addDays(TODAY, days))
    fc.assert(
      fc.property(fc.uniqueArray(day, { maxLength: 60 }), day, (closedOn, dueOn) => {
        const calendar = aCalendar({ closedOn })
        const due = effectiveDue(calendar, { lentAt: 0, dueOn, dueAt: null })
        expect(isOpenOn(calendar, due.on)).toBe(true)
        expect(due.on >= dueOn).toBe(true)
      }),
    )
  })

  // What is read first by the date that was told is then first by what holds (L14, N5).
  it('R21 within one calendar a closure keeps the order of loans of days', () => {
    const day = fc.integer({ min: -60, max: 60 }).map((days) => addDays(TODAY, days))
    fc.assert(
      fc.property(fc.uniqueArray(day, { maxLength: 60 }), day, day, (closedOn, one, other) => {
        const on = (dueOn: CalendarDate): CalendarDate =>
          effectiveDue(aCalendar({ closedOn }), { lentAt: 0, dueOn, dueAt: null }).on
        const [first, second] = one <= other ? [one, other] : [other, one]
        expect(on(first) <= on(second)).toBe(true)
      }),
    )
  })
})

test.each([
  ['R21 the day it is due is in time', { on: saturday, at: null }, at(23.9), false],
  ['R21 the next is not', { on: saturday, at: null }, at(24), true],
  ['P5 the hour is in time', { on: saturday, at: at(15) }, at(15), false],
  ['P5 a moment later is not', { on: saturday, at: at(15) }, at(15) + 1, true],
])('%s', (_says, due, now, isPast) => {
  expect(isPastDue(due, now)).toBe(isPast)
})
