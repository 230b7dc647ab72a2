import { expect, test } from 'vitest'

import { aCalendar, aPolicy, aReader, anItem } from '../../test/builders/city.ts'
import { CalendarDate, startOf } from '../words/calendar-date.ts'
import { caseOf, termsFor } from './loan-rules.ts'
import { chargeableHours } from './open-hours.ts'
import { latenessOf } from './overdue-fee.ts'

const HOUR_MS = 3_600_000
const sunday = CalendarDate.parse('2026-11-22')
const at = (hour: number) => startOf(sunday) + hour * HOUR_MS
/** Monday and Sunday 9 to 18. */
const hours = [
  { weekday: 1, opensAtMinute: 540, closesAtMinute: 1080 },
  { weekday: 7, opensAtMinute: 540, closesAtMinute: 1080 },
]

test.each([
  ['R23 a begun hour counts', hours, [], 15, 15.1, 1],
  ['R23 three hours', hours, [], 12, 15, 3],
  ['R23 behind closed doors it costs nothing', hours, [], 16, 24 + 8, 2],
  ['R23 and goes on in the morning', hours, [], 16, 24 + 10, 3],
  ['R23 a closed day is free', hours, ['2026-11-23'], 16, 48, 2],
  ['R23 where nobody told the hours, all of them', [], [], 16, 24 + 16, 24],
  ['R23 no more than the ceiling', [], [], 0, 1000, 99],
  ['R23 in time', hours, [], 15, 15, 0],
])('%s', (_says, told, closedOn, due, back, expected) => {
  const calendar = aCalendar({ hours: told, closedOn })
  expect(chargeableHours(calendar, at(due), at(back), 99)).toBe(expected)
})

const terms = termsFor(aPolicy(), caseOf(anItem(), aReader(), '044005', false), sunday)
test.each([
  ['R23 by the hour where the policy says so', { overdueFenPerHour: 50 }, 18, 150],
  ['R23 never above the ceiling', { overdueFenPerHour: 50, overdueMaxFen: 120 }, 18, 120],
  ['R3 else by the day: the same day costs nothing', {}, 18, 0],
  ['R3 else by the day: the next one does', {}, 24 + 10, 30],
])('%s', (_says, parts, back, feeFen) => {
  const late = latenessOf({ ...terms, ...parts }, aCalendar(), { on: sunday, at: at(15) }, at(back))
  expect(late).toEqual({ days: back > 24 ? 1 : 0, hours: back - 15, feeFen })
})
