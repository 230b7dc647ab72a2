import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { TODAY, aCalendar, aPolicy, aReader, anItem } from '../../test/builders/city.ts'
import { addDays } from '../words/calendar-date.ts'
import { caseOf, termsFor } from './loan-rules.ts'
import { overdueFeeFen } from './overdue-fee.ts'

const shenzhen = termsFor(aPolicy(), caseOf(anItem(), aReader(), '044005', false), TODAY)
const daily = aCalendar()
const feeAfter = (days: number, calendar = daily): number =>
  overdueFeeFen(shenzhen, calendar, TODAY, addDays(TODAY, days))

describe('the overdue fee', () => {
  it.each([
    ['R3 on the day', 0, 0],
    ['R3 early', -5, 0],
    ['R3 a day', 1, 30],
    ['R3 33 days', 33, 990],
    ['R3 34 days reach the ceiling, not ¥10.20', 34, 1000],
    ['R3 ten years', 3650, 1000],
  ])('%s', (_says, days, fen) => {
    expect(feeAfter(days)).toBe(fen)
  })

  it('R3 closed throughout, it costs nothing', () => {
    expect(feeAfter(20, aCalendar({ openWeekdays: [] }))).toBe(0)
  })

  it('R3 never falls, and never passes ¥10', () => {
    const mondaysOff = aCalendar({ openWeekdays: [2, 3, 4, 5, 6, 7] })
    fc.assert(
      fc.property(fc.nat(400), (days) => {
        const fee = feeAfter(days, mondaysOff)
        expect(fee).toBeLessThanOrEqual(feeAfter(days + 1, mondaysOff))
        expect(fee).toBeLessThanOrEqual(Math.min(1000, days * 30))
      }),
    )
  })

  it.each([
    ['R3 within the grace nothing', 3, 0, []],
    ['R3 beyond it all days', 4, 120, []],
    ['R3 closed days are no days of grace', 5, 120, ['2026-11-24']],
  ])('%s', (_says, days, fen, closedOn) => {
    const calendar = aCalendar({ closedOn })
    const terms = { ...shenzhen, graceDays: 3 }
    expect(overdueFeeFen(terms, calendar, TODAY, addDays(TODAY, days))).toBe(fen)
  })

  it.each([
    ['R3 no rate', { overdueFenPerDay: 0 }],
    ['R3 no ceiling is a ceiling of nothing', { overdueMaxFen: 0 }],
  ])('%s: free', (_says, terms) => {
    expect(overdueFeeFen({ ...shenzhen, ...terms }, daily, TODAY, addDays(TODAY, 9))).toBe(0)
  })
})
