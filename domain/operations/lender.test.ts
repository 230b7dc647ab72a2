/** Whose rules and whose calendar: those of the library that lent it (R21, R22, R23, N2, L14). */
import { describe, expect, test } from 'vitest'
import {
  BRANCH,
  NOW,
  OTHER_BRANCH,
  TODAY,
  aBranch,
  aCalendar,
  aLibrary,
  aLoan,
  aPolicy,
  aReader,
  anItem,
} from '../../test/builders/city.ts'
import { decideOn, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const NANSHAN = '044006'
const HOUR_MS = 3_600_000
const silent = aPolicy().loanRules.find(({ id }) => id === 'nanshan-30')
if (silent === undefined) throw new Error('the policy has lost Nanshan')
/** Nanshan charges ¥1 a day, and 50 fen for each hour. */
const policy = aPolicy({
  loanRules: [
    ...aPolicy().loanRules.filter(({ id }) => id !== 'nanshan-30'),
    { ...silent, overdueFenPerDay: 100, overdueFenPerHour: 50 },
  ],
})
const nanshanOpen = aCalendar({ id: 'calendar-nanshan' })

interface Given {
  readonly loan?: Parameters<typeof aLoan>[0]
  readonly lentAt?: 'here' | 'nanshan'
  readonly here?: string[]
  readonly nanshan?: string[]
  readonly more?: readonly Change[]
}
const city = ({ loan = {}, lentAt = 'here', here = [], nanshan = [], more = [] }: Given) => [
  put('policy', policy),
  put('library', aLibrary({ id: NANSHAN })),
  put('branch', aBranch({ id: OTHER_BRANCH, libraryId: NANSHAN, calendarId: nanshanOpen.id })),
  put('calendar', { ...nanshanOpen, closedOn: nanshan as typeof nanshanOpen.closedOn }),
  put('calendar', aCalendar({ closedOn: here })),
  put('item', anItem({ state: 'on-loan', openLoanId: 'loan-1' })),
  put('reader', aReader({ openLoansCount: 1 })),
  put(
    'loan',
    aLoan({
      lentBranchId: lentAt === 'here' ? BRANCH : OTHER_BRANCH,
      dueOn: '2026-11-21',
      ...loan,
    }),
  ),
  ...more,
]
const returning = { barcode: anItem().barcode, returnedOn: null }
const feeOf = (given: Given) => {
  const { summary, findings } = decideOn(city(given), 'loan.check-in', returning)
  return [
    summary.feeFen,
    findings.find(({ rule }) => rule === 'R3' || rule === 'R23')?.params['line'],
  ]
}

describe('a return', () => {
  test.each<[says: string, given: Given, fee: unknown[]]>([
    ['R22 lent here: the rule of here', {}, [30, 'city-default']],
    [
      'R22 lent in Nanshan: its rule, though it is returned here',
      { lentAt: 'nanshan' },
      [100, 'nanshan-30'],
    ],
    ['R21 a typhoon on the due day costs nothing', { here: ['2026-11-21'] }, [0, undefined]],
    ['R21 nor one that runs through it', { here: ['2026-11-20', '2026-11-21'] }, [0, undefined]],
    [
      'R21, R22 a closure of the branch that takes it back moves nothing',
      { lentAt: 'nanshan', here: ['2026-11-21'] },
      [100, 'nanshan-30'],
    ],
    [
      'R21, R22 a closure of the branch that lent it does',
      { lentAt: 'nanshan', nanshan: ['2026-11-21'] },
      [0, undefined],
    ],
    [
      'R22, R3 closed days of the lender are free',
      { lentAt: 'nanshan', loan: { dueOn: '2026-11-19' }, nanshan: ['2026-11-20'] },
      [200, 'nanshan-30'],
    ],
    [
      'R23 three hours late, by the hour',
      { lentAt: 'nanshan', loan: { dueOn: TODAY, dueAt: NOW - 2.5 * HOUR_MS } },
      [150, 'nanshan-30'],
    ],
    ['R23 in time', { lentAt: 'nanshan', loan: { dueOn: TODAY, dueAt: NOW } }, [0, undefined]],
  ])('%s', (_says, given, fee) => {
    expect(feeOf(given)).toEqual(fee)
  })

  test('R23 hours are told as hours', () => {
    const given = { loan: { dueOn: TODAY, dueAt: NOW - 2.5 * HOUR_MS } }
    const { findings } = decideOn(city(given), 'loan.check-in', returning)
    expect(findings).toMatchObject([
      { code: 'returned-late-hours', rule: 'R23', params: { hours: 3, feeFen: 0 } },
    ])
  })
})

const renewing = { loan: 'loan-1' }
const second = (parts: Parameters<typeof aLoan>[0]): Change =>
  put('loan', aLoan({ id: 'loan-2', itemId: 'item-2', ...parts }))
const later = { dueOn: '2026-12-13' }

describe('a renewal', () => {
  test.each<[says: string, given: Given, expected: string[]]>([
    ['N3 due yesterday', {}, ['override N3 loan-overdue']],
    ['N3, R21 yesterday it was closed', { here: ['2026-11-21'] }, []],
    [
      'N3, R23 an hour ago',
      { loan: { dueOn: TODAY, dueAt: NOW - HOUR_MS } },
      ['override N3 loan-overdue'],
    ],
    ['N3, R23 in an hour', { loan: { dueOn: TODAY, dueAt: NOW + HOUR_MS } }, []],
    [
      'N5 another due yesterday',
      { loan: later, more: [second({ dueOn: '2026-11-21' })] },
      ['override N5 other-loan-overdue'],
    ],
    [
      'N5, R21 another that its library was closed for',
      { loan: later, here: ['2026-11-21'], more: [second({ dueOn: '2026-11-21' })] },
      [],
    ],
    [
      'N5, R21 one after eleven that a closure of their library moved',
      {
        loan: later,
        nanshan: ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21'],
        more: [
          ...Array.from({ length: 11 }, (_, index) =>
            put(
              'loan',
              aLoan({ id: `far-${index}`, lentBranchId: OTHER_BRANCH, dueOn: '2026-11-18' }),
            ),
          ),
          second({ dueOn: '2026-11-21' }),
        ],
      },
      ['override N5 other-loan-overdue'],
    ],
    [
      'N5, R21 of two others the one that is late by its own calendar',
      {
        loan: later,
        nanshan: ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21'],
        more: [
          second({ dueOn: '2026-11-18', lentBranchId: OTHER_BRANCH }),
          put('loan', aLoan({ id: 'loan-3', itemId: 'item-3', dueOn: '2026-11-20' })),
        ],
      },
      ['override N5 other-loan-overdue'],
    ],
  ])('%s', (_says, given, expected) => {
    expect(said(decideOn(city(given), 'loan.renew', renewing))).toEqual(expected)
  })

  test.each<[says: string, given: Given, dueOn: string]>([
    ['N2, R22 lent here', { loan: later }, '2026-12-23'],
    [
      'N2, R22 lent in Nanshan: its thirty days, wherever it is renewed',
      { loan: later, lentAt: 'nanshan' },
      '2026-12-22',
    ],
    [
      'N2, R22 past the closed days of the lender',
      { loan: later, lentAt: 'nanshan', nanshan: ['2026-12-22'] },
      '2026-12-23',
    ],
  ])('%s', (_says, given, dueOn) => {
    expect(decideOn(city(given), 'loan.renew', renewing).summary.dueOn).toBe(dueOn)
  })

  test('P5, I28 a loan of hours is renewed by hours, and keeps what was told', () => {
    const alone = { id: 'hourly', lendingLibraryId: null, itemType: 'book' }
    const hourly = { ...silent, ...alone, loanHours: 2 }
    const given = { loan: { dueOn: TODAY, dueAt: NOW + HOUR_MS } }
    const records = [
      ...city(given),
      put('policy', aPolicy({ loanRules: [...aPolicy().loanRules, hourly] })),
    ]
    const { summary, changes } = decideOn(records, 'loan.renew', renewing)
    expect(summary).toMatchObject({ dueOn: TODAY, dueAt: NOW + 2 * HOUR_MS })
    expect(changes).toMatchObject([{ set: { dueOn: TODAY, dueAt: NOW + 2 * HOUR_MS } }])
  })
})

describe('lending', () => {
  const other = anItem({ id: 'item-9', barcode: '04400510000009' })
  const lending = { barcode: other.barcode, card: aReader().cardNumber, dueOn: null }
  test.each<[says: string, given: Given, expected: string[]]>([
    ['L14 something is overdue', {}, ['alert L14 reader-has-overdue']],
    ['L14, R21 not where its library was closed', { here: ['2026-11-21'] }, []],
    [
      'L14, R23 an hour ago',
      { loan: { dueOn: TODAY, dueAt: NOW - HOUR_MS } },
      ['alert L14 reader-has-overdue'],
    ],
  ])('%s', (_says, given, expected) => {
    const records = [...city(given), put('item', other)]
    expect(said(decideOn(records, 'loan.check-out', lending))).toEqual(expected)
  })

  test.each<[says: string, given: Given, expected: string[]]>([
    ['V1 overdue', {}, ['impossible V1 not-taken-over-overdue', 'alert R3 returned-late']],
    ['V1, R21 not where its library was closed', { here: ['2026-11-21'] }, []],
  ])('%s', (_says, given, expected) => {
    const records = [...city(given), put('reader', aReader({ id: 'reader-2', cardNumber: '2' }))]
    const taking = { barcode: anItem().barcode, card: '2' }
    expect(said(decideOn(records, 'loan.take-over', taking))).toEqual(expected)
  })
})
