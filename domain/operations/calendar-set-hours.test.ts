import { describe, expect, test } from 'vitest'

import { CALENDAR, aCalendar } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'

const head = { role: 'branch-head' } as const

describe('opening hours', () => {
  const monday = { calendar: CALENDAR, weekday: 1, from: { is: 'open' } }
  const nineToFive = { is: 'hours', opensAtMinute: 540, closesAtMinute: 1020 }

  test('K4 a weekday opens and closes at an hour, and is shut', () => {
    const shelf = aShelf([])
    performOn(shelf, 'calendar.set-hours', { ...monday, to: nineToFive }, head)
    expect(rowOf(shelf, 'calendar', CALENDAR)?.hours).toEqual([
      { weekday: 1, opensAtMinute: 540, closesAtMinute: 1020 },
    ])
    const shut = { ...monday, from: nineToFive, to: { is: 'shut' } }
    performOn(shelf, 'calendar.set-hours', shut, { ...head, operationId: 'desk-a.1.2' })
    expect(rowOf(shelf, 'calendar', CALENDAR)).toMatchObject({
      openWeekdays: [2, 3, 4, 5, 6, 7],
      hours: [],
    })
  })

  const onMondays = [put('calendar', aCalendar({ openWeekdays: [1] }))]
  test.each([
    [
      'K4 changed elsewhere',
      [],
      { from: { is: 'shut' }, to: nineToFive },
      'K4 hours-changed-meanwhile',
    ],
    [
      'K4 closing before opening',
      [],
      { to: { ...nineToFive, closesAtMinute: 500 } },
      'K4 hours-reversed',
    ],
    ['K4 the last open day', onMondays, { to: { is: 'shut' } }, 'K4 never-open'],
    ['K4 of nobody', [], { calendar: 'nowhere', to: nineToFive }, 'K1 unknown-calendar'],
  ])('%s is refused', (_says, records, parts, why) => {
    expect(said(decideOn(records, 'calendar.set-hours', { ...monday, ...parts }, head))).toEqual([
      `impossible ${why}`,
    ])
  })
})
