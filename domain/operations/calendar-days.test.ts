import { describe, expect, test } from 'vitest'

import { CALENDAR, aCalendar } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'

const head = { role: 'branch-head' } as const
const typhoon = {
  calendar: CALENDAR,
  fromOn: '2026-11-24',
  toOn: '2026-11-26',
  reason: '台风',
}
const reopening = { calendar: CALENDAR, fromOn: '2026-11-25', toOn: '2026-11-25' }
const closedOf = (shelf: ReturnType<typeof aShelf>) => rowOf(shelf, 'calendar', CALENDAR)?.closedOn

describe('closed days', () => {
  test('K1 from the first to the last day it is shut, and why', () => {
    const shelf = aShelf([])
    const { summary } = performOn(shelf, 'calendar.close-days', typhoon, head)
    expect(summary).toEqual({ calendar: CALENDAR, daysCount: 3 })
    expect(closedOf(shelf)).toEqual(['2026-11-24', '2026-11-25', '2026-11-26'])
    expect(rowOf(shelf, 'calendar', CALENDAR)?.closedWhy[0]).toEqual({
      on: '2026-11-24',
      reason: '台风',
    })
  })

  test('K1 what two desks close apart is closed, each day once', () => {
    const shelf = aShelf([])
    performOn(shelf, 'calendar.close-days', typhoon, head)
    const other = { ...typhoon, fromOn: '2026-11-26', toOn: '2026-11-27', reason: '停电' }
    const { summary } = performOn(shelf, 'calendar.close-days', other, {
      ...head,
      operationId: 'desk-b.1.1',
    })
    expect(summary).toMatchObject({ daysCount: 1 })
    expect(closedOf(shelf)).toHaveLength(4)
    const again = decideOn(shelf, 'calendar.close-days', typhoon, head)
    expect(said(again)).toEqual(['note K1 closed-already'])
    expect(again.changes).toEqual([])
  })

  test.each([
    ['K1 the wrong way round', { toOn: '2026-11-23' }, 'K1 days-reversed'],
    ['K1 a mistyped year', { toOn: '2036-11-26' }, 'K1 closure-too-long'],
    ['K3 months ago', { fromOn: '2026-09-01', toOn: '2026-09-01' }, 'K3 closure-too-old'],
    ['K1 of nobody', { calendar: 'nowhere' }, 'K1 unknown-calendar'],
  ])('%s is refused', (_says, parts, why) => {
    expect(said(decideOn([], 'calendar.close-days', { ...typhoon, ...parts }, head))).toContain(
      `impossible ${why}`,
    )
  })

  test('K1 no calendar holds more days than a row can', () => {
    const closedOn = Array.from({ length: 1999 }, (_, at) =>
      new Date(Date.UTC(2010, 0, 1 + at)).toISOString().slice(0, 10),
    )
    const full = [put('calendar', aCalendar({ closedOn }))]
    expect(said(decideOn(full, 'calendar.close-days', typhoon, head))).toEqual([
      'impossible K1 closure-too-long',
    ])
  })

  test('K2 a day is reopened, and the others stay shut', () => {
    const shelf = aShelf([])
    performOn(shelf, 'calendar.close-days', typhoon, head)
    performOn(shelf, 'calendar.reopen-days', reopening, { ...head, operationId: 'desk-a.1.2' })
    expect(closedOf(shelf)).toEqual(['2026-11-24', '2026-11-26'])
    expect(said(decideOn(shelf, 'calendar.reopen-days', reopening, head))).toEqual([
      'note K2 open-already',
    ])
  })

  test('U4 a closure is taken back, unless the calendar was changed since', () => {
    const shelf = aShelf([])
    performOn(shelf, 'calendar.close-days', typhoon, { ...head, operationId: 'desk-a.1.1' })
    performOn(shelf, 'calendar.reopen-days', reopening, { ...head, operationId: 'desk-a.1.2' })
    const undo = (operation: string) => ({ operation, reason: null })
    expect(said(decideOn(shelf, 'operation.undo', undo('desk-a.1.1'), head))).toContain(
      'impossible U4 changed-since',
    )
    performOn(shelf, 'operation.undo', undo('desk-a.1.2'), { ...head, operationId: 'desk-a.1.3' })
    expect(closedOf(shelf)).toHaveLength(3)
  })
})
