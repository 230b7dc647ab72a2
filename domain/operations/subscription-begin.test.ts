import { describe, expect, test } from 'vitest'
import { OTHER_BRANCH } from '../../test/builders/city.ts'
import { aShelf, answering, decideOn, performOn, said } from '../../test/builders/decide.ts'
import {
  aPattern,
  beginning,
  cataloguer,
  serialTitle,
  subscribed,
} from '../../test/builders/serial-work.ts'

const empty = aShelf([serialTitle])
const begins = (parts: object) =>
  said(decideOn(empty, 'subscription.begin', beginning(parts), cataloguer))

describe('a subscription begins', () => {
  test.each([
    ['J1 as it should', {}, []],
    ['J1 of an unknown title', { title: 'title-9' }, ['impossible J1 unknown-title']],
    ['J1 at an unknown branch', { branch: 'branch-9' }, ['impossible J1 unknown-branch']],
    ['J2 over new year', { endsOn: '2027-06-30' }, ['impossible J2 subscription-crosses-year']],
    ['J2 backwards', { endsOn: '2025-12-31' }, ['impossible J2 subscription-crosses-year']],
    [
      'J2 its first issue in another year',
      { pattern: aPattern({ firstOn: '2027-01-05' }) },
      ['impossible J2 subscription-crosses-year'],
    ],
    [
      'J4 nothing foreseen',
      {
        pattern: aPattern({
          skippedMonths: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
          firstOn: '2026-01-05',
        }),
        endsOn: '2026-11-30',
      },
      ['impossible J4 pattern-without-issues'],
    ],
    ['J4 irregular', { pattern: aPattern({ frequency: 'irregular' }) }, []],
  ])('%s', (_says, parts, findings) => {
    expect(begins(parts)).toEqual(findings)
  })

  test('J3 a second one of the same days needs a reason; of other days or places none', () => {
    const shelf = subscribed()
    const again = (parts: object, overrides = answering()) =>
      decideOn(shelf, 'subscription.begin', beginning(parts), {
        ...cataloguer,
        operationId: 'desk-b.1.1',
        overrides,
      })
    expect(said(again({}))).toEqual(['override J3 subscribed-already'])
    expect(said(again({ branch: OTHER_BRANCH }))).toEqual([])
    const next = { beginsOn: '2027-01-01', endsOn: '2027-12-31' }
    expect(said(again({ ...next, pattern: aPattern({ firstOn: '2027-01-05' }) }))).toEqual([])
    const second = performOn(shelf, 'subscription.begin', beginning(), {
      ...cataloguer,
      operationId: 'desk-b.1.1',
      overrides: answering('subscribed-already'),
    })
    expect(second.outcome).toBe('applied')
  })

  test('J3 decided again, it does not meet itself', () => {
    const shelf = subscribed()
    expect(said(decideOn(shelf, 'subscription.begin', beginning(), cataloguer))).toEqual([])
  })
})
