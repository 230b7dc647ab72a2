import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aPattern, day } from '../../test/builders/serial-work.ts'
import { addDays } from '../words/calendar-date.ts'
import { Frequency } from './pattern-shapes.ts'
import type { IssueLabel } from './pattern-shapes.ts'
import { labelOf, predictIssues } from './predict.ts'

const datesOf = (issues: readonly IssueLabel[]): string[] =>
  issues.map(({ publishedOn }) => publishedOn.slice(5))

const predicted = (parts: object, endsOn: string) => predictIssues(aPattern(parts), day(endsOn))

describe('when issues come out', () => {
  test.each([
    ['daily', { firstOn: '2026-02-27' }, '2026-03-02', '02-27 02-28 03-01 03-02'],
    ['daily', { firstOn: '2028-02-28' }, '2028-03-01', '02-28 02-29 03-01'],
    [
      'daily',
      { firstOn: '2026-11-20', weekdays: [1, 2, 3, 4, 5] },
      '2026-11-24',
      '11-20 11-23 11-24',
    ],
    ['weekly', { firstOn: '2026-12-14' }, '2026-12-31', '12-14 12-21 12-28'],
    ['weekly', { firstOn: '2028-02-24' }, '2028-03-05', '02-24 03-02'],
    ['fortnightly', { firstOn: '2026-02-16' }, '2026-03-16', '02-16 03-02 03-16'],
    ['ten-day', { firstOn: '2026-01-01' }, '2026-02-01', '01-01 01-11 01-21 02-01'],
    ['semi-monthly', { firstOn: '2026-01-16' }, '2026-03-01', '01-16 02-01 02-16 03-01'],
    [
      'semi-monthly',
      { firstOn: '2026-01-15', monthDays: [15, 30] },
      '2026-03-31',
      '01-15 01-30 02-15 02-28 03-15 03-30',
    ],
    ['monthly', { firstOn: '2026-01-31' }, '2026-04-30', '01-31 02-28 03-31 04-30'],
    ['monthly', { firstOn: '2028-01-31' }, '2028-03-01', '01-31 02-29'],
    ['monthly', { firstOn: '2026-06-05', skippedMonths: [7, 8] }, '2026-09-30', '06-05 09-05'],
    ['bimonthly', { firstOn: '2026-01-15' }, '2026-12-31', '01-15 03-15 05-15 07-15 09-15 11-15'],
    ['quarterly', { firstOn: '2026-03-10' }, '2026-12-31', '03-10 06-10 09-10 12-10'],
    ['half-yearly', { firstOn: '2026-06-30' }, '2026-12-31', '06-30 12-30'],
    ['yearly', { firstOn: '2028-02-29' }, '2028-12-31', '02-29'],
    ['irregular', {}, '2026-12-31', ''],
  ] as const)('J4 %s %o through %s: %s', (frequency, parts, endsOn, dates) => {
    expect(datesOf(predicted({ frequency, ...parts }, endsOn)).join(' ')).toBe(dates)
  })

  test('J4 a daily of a leap year has 366, of a common year 365; nothing before its first day', () => {
    const count = (firstOn: string, endsOn: string) =>
      predicted({ frequency: 'daily', firstOn }, endsOn).length
    expect(count('2028-01-01', '2028-12-31')).toBe(366)
    expect(count('2026-01-01', '2026-12-31')).toBe(365)
    expect(predicted({ firstOn: '2026-05-05' }, '2026-05-04')).toEqual([])
  })
})

describe('what is printed on them', () => {
  const lastOf = (parts: object) => predicted(parts, '2026-12-31').at(-1)

  test('numbers begin anew each year, the whole number goes on', () => {
    expect(lastOf({ wholeNumber: 501 })).toMatchObject({
      ordinal: 12,
      number: 12,
      wholeNumber: 512,
      volume: null,
    })
  })

  test('numbers that continue, and a subscription that begins in July', () => {
    const parts = { numbering: 'continuing', firstNumber: 301 }
    expect(lastOf(parts)).toMatchObject({ number: 312 })
    const [first] = predicted({ ...parts, firstOn: '2026-07-05', firstOrdinal: 7 }, '2026-12-31')
    expect(first).toMatchObject({ ordinal: 7, number: 307, publishedOn: '2026-07-05' })
  })

  test('two volumes a year, numbered anew in each', () => {
    const issues = predicted(
      { numbering: 'volume', volume: { first: 80, issuesCount: 6 } },
      '2026-12-31',
    )
    expect(issues.map(({ volume, number }) => `${volume}:${number}`).slice(4, 8)).toEqual([
      '80:5',
      '80:6',
      '81:1',
      '81:2',
    ])
  })

  test('one volume a year', () => {
    expect(lastOf({ volume: { first: 44, issuesCount: null } })).toMatchObject({
      volume: 44,
      number: 12,
    })
  })

  test('a combined issue is one, on the day of its first number', () => {
    const issues = predicted(
      {
        combined: [
          { from: 1, to: 2 },
          { from: 7, to: 8 },
        ],
      },
      '2026-12-31',
    )
    expect(issues).toHaveLength(10)
    expect(issues[0]).toMatchObject({ ordinal: 1, lastOrdinal: 2, number: 1, lastNumber: 2 })
    expect(issues[1]).toMatchObject({ ordinal: 3, publishedOn: '2026-03-05' })
  })

  test('an issue that nobody foresaw is labelled by the same rules', () => {
    expect(labelOf(aPattern({ frequency: 'irregular' }), 3, 3, day('2026-08-01'))).toMatchObject({
      number: 3,
      year: 2026,
    })
  })
})

const dates = fc.integer({ min: 0, max: 364 }).map((days) => addDays(day('2028-01-01'), days))
const combined = fc
  .array(fc.integer({ min: 1, max: 100 }), { maxLength: 4 })
  .map((starts) => starts.map((from) => ({ from, to: from + 1 })))

test('J4 each issue is later than the one before, and its numbers follow', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Frequency.options),
      dates,
      combined,
      fc.subarray([1, 2, 3, 4, 5, 6, 7]),
      fc.subarray([1, 2, 3, 7, 8, 12]),
      (frequency, firstOn, combined, weekdays, skippedMonths) => {
        const pattern = aPattern({
          frequency,
          firstOn,
          combined,
          weekdays,
          skippedMonths,
          wholeNumber: 100,
        })
        const issues = predictIssues(pattern, day('2028-12-31'))
        for (const [index, issue] of issues.entries()) {
          const before = issues[index - 1]
          if (before === undefined) continue
          expect(issue.publishedOn > before.publishedOn).toBe(true)
          expect(issue.ordinal).toBe(before.lastOrdinal + 1)
          expect(issue.number).toBeGreaterThan(before.lastNumber)
          expect(issue.wholeNumber).toBeGreaterThan(before.wholeNumber ?? 0)
        }
      },
    ),
  )
})
