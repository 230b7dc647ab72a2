import { describe, expect, test } from 'vitest'

import {
  BRANCH,
  NOW,
  OTHER_BRANCH,
  aCalendar,
  aLoan,
  aReader,
  anException,
  anItem,
} from '../../test/builders/city.ts'
import {
  aShelf,
  decideOn,
  performOn,
  recordOn,
  rowOf,
  rowsOf,
  said,
} from '../../test/builders/decide.ts'
import type { CtxParts } from '../../test/builders/decide.ts'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import { startOf } from '../words/calendar-date.ts'
import { CalendarDate } from '../words/calendar-date.ts'

const DAY = 86_400_000
const item = anItem({ state: 'on-loan', openLoanId: 'loan-1' })
const reader = aReader({ openLoansCount: 1 })
const lent: Change[] = [put('item', item), put('reader', reader), put('loan', aLoan())]
const returning = { barcode: item.barcode, returnedOn: null }
const itemIs = (parts: Parameters<typeof anItem>[0]): Change[] => [put('item', anItem(parts))]
const dueOn = (date: string): Change[] => [...lent, put('loan', aLoan({ dueOn: date }))]
const dateOf = (text: string): CalendarDate => CalendarDate.parse(text)

describe('what the desk says, and where the item goes', () => {
  const rows: [says: string, records: Change[], to: string, said: string[], parts?: CtxParts][] = [
    ['R1 home again', lent, 'shelf', []],
    [
      'R1, R4 at another branch: accepted, and sent home',
      lent,
      'transit',
      ['alert R4 belongs-elsewhere'],
      { branchId: OTHER_BRANCH },
    ],
    ['R2 not on loan', itemIs({}), 'shelf', ['note R2 not-on-loan']],
    [
      'R9 lent elsewhere: the city closes the loan',
      itemIs({ state: 'on-loan', openLoanId: 'loan-of-another-desk' }),
      'shelf',
      ['note R9 loan-elsewhere'],
    ],
    [
      'R2 arrived from a transit',
      itemIs({ state: 'in-transit' }),
      'shelf',
      ['note R2 not-on-loan'],
    ],
    ['R3 due today', dueOn('2026-11-22'), 'shelf', []],
    ['R3 a day late', dueOn('2026-11-21'), 'shelf', ['alert R3 returned-late']],
    [
      'R5 a reader waits',
      [...lent, put('item', { ...item, heldForReaderId: reader.id })],
      'hold-shelf',
      ['alert R5 hold-waiting'],
    ],
    [
      'R6 damaged, before any hold',
      [...lent, patch('item', item.id, { condition: 'damaged', heldForReaderId: reader.id })],
      'workroom',
      ['alert R6 item-damaged'],
    ],
    ['R7 unknown', [], 'cataloguing', ['alert R7 unknown-item']],
    [
      'L11, R2 a lost item turns up in the book drop',
      itemIs({ state: 'lost' }),
      'shelf',
      ['note R2 not-on-loan', 'alert L11 item-was-lost'],
    ],
    [
      'L10, R2 a withdrawn item comes back',
      itemIs({ state: 'withdrawn' }),
      'workroom',
      ['note R2 not-on-loan', 'alert L10 item-withdrawn'],
    ],
  ]

  test.each(rows)('%s', (_says, records, to, expected, parts = {}) => {
    const decision = decideOn(records, 'loan.check-in', returning, parts)
    expect([decision.summary.route.to, ...said(decision)]).toEqual([to, ...expected])
  })

  test('R4 the transit slip names the branch', () => {
    const { findings } = decideOn(lent, 'loan.check-in', returning, { branchId: OTHER_BRANCH })
    expect(findings[0]?.params).toEqual({ branchZh: '福田总馆', branchEn: 'Futian Main Branch' })
  })
})

describe('what a return does', () => {
  test('R1, R8 closes the loan now, counts it off, and moves the item', () => {
    const { changes, summary } = decideOn(lent, 'loan.check-in', returning)
    expect(changes).toEqual([
      patch('item', item.id, {
        state: 'on-shelf',
        openLoanId: null,
        atBranchId: item.homeBranchId,
        lastCheckInAt: NOW,
        transitToBranchId: null,
        transitSentAt: null,
      }),
      patch('loan', aLoan().id, { returnedAt: NOW, returnedBranchId: item.homeBranchId }),
      patch('reader', reader.id, {}, { openLoansCount: -1, feesOwedFen: 0 }),
    ])
    expect(summary).toMatchObject({ loanId: 'loan-1', readerId: 'reader-1', feeFen: 0 })
  })

  test('R3 ¥0.3 a day, one fee for the loan', () => {
    const shelf = aShelf(dueOn('2026-11-19'))
    performOn(shelf, 'loan.check-in', returning)
    expect(rowsOf(shelf, 'fee')).toMatchObject([
      { cause: 'overdue', amountFen: 90, loanId: 'loan-1', readerId: 'reader-1', settledAt: null },
    ])
    expect(rowOf(shelf, 'reader', 'reader-1')).toMatchObject({ feesOwedFen: 90, openLoansCount: 0 })
  })

  test('R3 closed days are free, and a year late is ¥10', () => {
    const feeOf = (records: Change[]) =>
      decideOn(records, 'loan.check-in', returning).summary.feeFen
    const closed = put('calendar', aCalendar({ closedOn: ['2026-11-20', '2026-11-21'] }))
    expect(feeOf([...dueOn('2026-11-19'), closed])).toBe(30)
    expect(feeOf(dueOn('2025-11-19'))).toBe(1000)
  })

  test('R6, L10 a withdrawn item stays withdrawn', () => {
    const shelf = aShelf(itemIs({ state: 'withdrawn' }))
    performOn(shelf, 'loan.check-in', returning)
    expect(rowOf(shelf, 'item', item.id)?.state).toBe('withdrawn')
  })

  test('R7 the return of an unknown item is a fact with a placeholder and an exception', () => {
    const shelf = aShelf([])
    const recorded = performOn(shelf, 'loan.check-in', returning)
    expect(recorded.exceptions.map(({ kind, rules }) => [kind, rules])).toEqual([
      ['unknown-item', ['R7']],
    ])
    expect(rowsOf(shelf, 'item')).toMatchObject([
      { barcode: item.barcode, isPlaceholder: true, state: 'in-workroom' },
    ])
    const again = { operationId: 'desk-a.1.2', at: NOW + 1000 }
    expect(performOn(shelf, 'loan.check-in', returning, again).exceptions).toEqual([])
    expect(rowsOf(shelf, 'item')).toHaveLength(1)
  })
})

describe('when it came back', () => {
  test.each([
    ['R8 in the book drop two days ago: charged to that day', '2026-11-20', '2026-11-18', 60],
    ['R8 in the book drop before it was due: free', '2026-11-17', '2026-11-18', 0],
  ])('%s', (_says, returnedOn, due, feeFen) => {
    const { summary } = decideOn(dueOn(due), 'loan.check-in', { ...returning, returnedOn })
    expect(summary.feeFen).toBe(feeFen)
  })

  test('R8 a back-dated return ends with its day', () => {
    const shelf = aShelf(lent)
    performOn(shelf, 'loan.check-in', { ...returning, returnedOn: '2026-11-20' })
    expect(rowOf(shelf, 'loan', 'loan-1')?.returnedAt).toBe(startOf(dateOf('2026-11-21')) - 1)
  })

  test('R8 today as a chosen day is now', () => {
    const shelf = aShelf(lent)
    performOn(shelf, 'loan.check-in', { ...returning, returnedOn: '2026-11-22' })
    expect(rowOf(shelf, 'loan', 'loan-1')?.returnedAt).toBe(NOW)
  })

  test('R8 the item in hand was lent after the day that was chosen: the loan ends all the same', () => {
    const lentAt = NOW - 3_600_000
    const shelf = aShelf([...lent, put('loan', aLoan({ lentAt }))])
    performOn(shelf, 'loan.check-in', { ...returning, returnedOn: '2026-11-20' })
    expect(rowOf(shelf, 'loan', 'loan-1')?.returnedAt).toBe(lentAt)
    expect(rowOf(shelf, 'item', item.id)?.openLoanId).toBeNull()
  })

  test('R8 tomorrow is refused; recorded, it is an exception and counts as now', () => {
    const tomorrow = { ...returning, returnedOn: '2026-11-23' }
    expect(said(decideOn(lent, 'loan.check-in', tomorrow))).toEqual([
      'impossible R8 return-date-in-future',
    ])
    const shelf = aShelf(lent)
    const recorded = performOn(shelf, 'loan.check-in', tomorrow)
    expect(recorded.exceptions.map(({ kind }) => kind)).toEqual(['rule-broken'])
    expect(rowOf(shelf, 'loan', 'loan-1')?.returnedAt).toBe(NOW)
  })
})

describe('a return that arrives late', () => {
  const tuesday = NOW - 5 * DAY
  const wednesday = NOW - 4 * DAY
  const thursday = NOW - 3 * DAY

  test('R8 it closes no loan that began later, and leaves the item with that reader', () => {
    const shelf = aShelf([...lent, put('loan', aLoan({ lentAt: wednesday }))])
    const recorded = recordOn(shelf, 'loan.check-in', returning, { at: tuesday })
    expect(said(recorded)).toEqual(['note R2 not-on-loan'])
    expect(recorded.changes).toEqual([])
  })

  test('R8, I21 it closes the loan it ended, by then disputed, and settles the exception', () => {
    const shelf = aShelf([
      put('item', { ...item, openLoanId: aLoan({ id: 'loan-2' }).id }),
      put('reader', reader),
      put('reader', aReader({ id: 'reader-2', cardNumber: '2', openLoansCount: 1 })),
      put('loan', aLoan({ isDisputed: true, dueOn: '2026-10-01' })),
      put('loan', aLoan({ id: 'loan-2', readerId: 'reader-2', lentAt: wednesday })),
      put('exception', anException({ loanId: 'loan-2', otherLoanId: 'loan-1' })),
    ])
    const recorded = performOn(shelf, 'loan.check-in', returning, { at: tuesday })
    expect(recorded.outcome).toBe('applied')
    expect(rowOf(shelf, 'loan', 'loan-1')).toMatchObject({ returnedAt: tuesday, isDisputed: false })
    expect(rowOf(shelf, 'loan', 'loan-2')).toMatchObject({ returnedAt: null, isDisputed: false })
    expect(rowOf(shelf, 'item', item.id)).toMatchObject({ state: 'on-loan', openLoanId: 'loan-2' })
    expect(rowOf(shelf, 'reader', 'reader-1')?.openLoansCount).toBe(0)
    expect(rowsOf(shelf, 'fee')).toEqual([])
    expect(rowsOf(shelf, 'exception')).toMatchObject([
      { settledAt: tuesday, settledBy: 'staff-lin', settlement: 'first-returned' },
    ])
  })

  test('R8 returned again elsewhere since: it does not fetch the item back', () => {
    const later = {
      atBranchId: OTHER_BRANCH,
      state: 'in-transit',
      lastCheckInAt: thursday,
    } as const
    const recorded = recordOn(itemIs(later), 'loan.check-in', returning, { at: tuesday })
    expect(recorded.changes).toEqual([])
  })

  describe('R10 nothing was open', () => {
    const elsewhere = { atBranchId: OTHER_BRANCH } as const
    const rows: [says: string, item: Parameters<typeof anItem>[0], opened: string[]][] = [
      ['last seen here: read in the house, or scanned twice', {}, []],
      [
        'last seen at another branch: a lending or a return is missing',
        elsewhere,
        ['return-not-on-loan'],
      ],
      [
        'on its way here: the transit ends',
        { ...elsewhere, state: 'in-transit', transitToBranchId: BRANCH },
        [],
      ],
      [
        'on its way somewhere else: it went astray',
        { ...elsewhere, state: 'in-transit', transitToBranchId: 'branch-third' },
        ['route-item'],
      ],
      ['a lost item is found', { ...elsewhere, state: 'lost' }, []],
      ['a placeholder has its exception already', { ...elsewhere, isPlaceholder: true }, []],
      ['seen again since', { ...elsewhere, lastCheckInAt: NOW + 1 }, []],
    ]
    test.each(rows)('R10 %s', (_says, parts, opened) => {
      const recorded = recordOn([put('item', anItem(parts))], 'loan.check-in', returning)
      expect(recorded.exceptions.map(({ kind }) => kind)).toEqual(opened)
    })

    test('R10 the missing lending arrives afterwards and answers it', () => {
      const shelf = aShelf([put('item', anItem(elsewhere)), put('reader', reader)])
      performOn(shelf, 'loan.check-in', returning, { at: thursday })
      expect(rowsOf(shelf, 'exception')).toMatchObject([{ settledAt: null }])
      const lending = { barcode: item.barcode, card: reader.cardNumber, dueOn: null }
      performOn(shelf, 'loan.check-out', lending, {
        operationId: 'desk-b.1.1',
        at: wednesday,
        branchId: OTHER_BRANCH,
      })
      expect(rowsOf(shelf, 'exception')).toMatchObject([
        { settledAt: wednesday, settledBy: 'staff-lin', settlement: 'lending-found' },
      ])
      expect(rowsOf(shelf, 'loan')).toMatchObject([{ returnedAt: thursday }])
    })
  })

  test('R8 while two claim the item, the desk says so and the later loan closes', () => {
    const shelf = aShelf([
      put('item', { ...item, openLoanId: aLoan({ id: 'loan-2' }).id }),
      put('reader', reader),
      put('loan', aLoan({ isDisputed: true })),
      put('loan', aLoan({ id: 'loan-2', lentAt: wednesday })),
      put('exception', anException({ loanId: 'loan-2', otherLoanId: 'loan-1' })),
    ])
    expect(said(performOn(shelf, 'loan.check-in', returning))).toEqual(['alert R8 loan-disputed'])
    expect(rowOf(shelf, 'loan', 'loan-2')?.returnedAt).toBe(NOW)
    expect(rowOf(shelf, 'loan', 'loan-1')).toMatchObject({ returnedAt: null, isDisputed: true })
    expect(rowsOf(shelf, 'exception')).toMatchObject([{ settledAt: null }])
  })
})
