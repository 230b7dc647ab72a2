import { describe, expect, test } from 'vitest'

import { NOW, TODAY, aCalendar, aPolicy, aReader, anItem } from '../../test/builders/city.ts'
import { CalendarDate, addDays, startOf } from '../words/calendar-date.ts'
import { dueAfter } from './due-date.ts'
import { caseOf, termsFor } from './loan-rules.ts'
import type { LoanTerms } from './loan-rules.ts'

const HOUR_MS = 3_600_000
const shenzhen = termsFor(aPolicy(), caseOf(anItem(), aReader(), '044005', false), TODAY)
/** Sunday, 9 to 18 o’clock; it is 10 o’clock. */
const open = { hours: [{ weekday: 7, opensAtMinute: 540, closesAtMinute: 1080 }] }
const date = (text: string) => CalendarDate.parse(text)

interface Given {
  readonly terms?: Partial<LoanTerms>
  readonly calendar?: Parameters<typeof aCalendar>[0]
  readonly expiresOn?: string | null
  readonly days?: number
  readonly at?: number
}

const due = ({ terms, calendar, expiresOn = '2036-01-01', days = 31, at = NOW }: Given) =>
  dueAfter(
    days,
    { ...shenzhen, ...terms },
    {
      at,
      calendar: aCalendar(calendar),
      expiresOn: expiresOn === null ? null : date(expiresOn),
    },
  )

describe('a loan of days', () => {
  const mondaysOff = { openWeekdays: [2, 3, 4, 5, 6, 7] }
  const term = (latestDueOn: string) => ({ latestDueOn: date(latestDueOn) })

  test.each<[says: string, given: Given, on: string]>([
    ['L15 31 days', {}, '2026-12-23'],
    ['L15 past a closed day', { calendar: { closedOn: ['2026-12-23'] } }, '2026-12-24'],
    ['P6 not beyond the term', { terms: term('2026-12-10') }, '2026-12-10'],
    [
      'P6 and back to an open day before its end',
      { terms: term('2026-12-07'), calendar: mondaysOff },
      '2026-12-06',
    ],
    ['P6 a term that ends later', { terms: term('2027-01-31') }, '2026-12-23'],
    [
      'P6 not beyond the card',
      { terms: { endsWithCard: true }, expiresOn: '2026-12-01' },
      '2026-12-01',
    ],
    [
      'P6 the card has ended: today',
      { terms: { endsWithCard: true }, expiresOn: '2026-11-01' },
      '2026-11-22',
    ],
    ['P6 the card is not known', { terms: { endsWithCard: true }, expiresOn: null }, '2026-12-23'],
    [
      'P6 the earlier of the two',
      { terms: { ...term('2026-12-10'), endsWithCard: true }, expiresOn: '2026-12-05' },
      '2026-12-05',
    ],
    ['P6 the policy does not mind the card', { expiresOn: '2026-12-01' }, '2026-12-23'],
  ])('%s', (_says, given, on) => {
    expect(due(given)).toMatchObject({ on, at: null })
  })
})

describe('a loan of hours', () => {
  const hourly = (loanHours: number) => ({ terms: { loanHours } })

  test.each<[says: string, given: Given, hours: number]>([
    ['P5 three hours', { ...hourly(3), calendar: open }, 3],
    ['P5 until the doors close', { ...hourly(10), calendar: open }, 8],
    ['P5 nobody told the hours', hourly(10), 10],
    ['P5 lent after closing', { ...hourly(2), calendar: open, at: NOW + 9 * HOUR_MS }, 2],
  ])('%s', (_says, given, hours) => {
    expect(due(given).at).toBe((given.at ?? NOW) + hours * HOUR_MS)
  })

  test('P5 over midnight it is due on the next day', () => {
    const lateAt = startOf(addDays(date('2026-11-22'), 1)) - HOUR_MS
    expect(due({ ...hourly(3), at: lateAt }).on).toBe('2026-11-23')
  })
})
