import { describe, expect, test } from 'vitest'

import {
  BRANCH,
  NOW,
  OTHER_BRANCH,
  aBranch,
  aLoan,
  aReader,
  anItem,
} from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, recordOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const THIRD = 'branch-third'
const third = put('branch', aBranch({ id: THIRD, nameZh: '罗湖馆', nameEn: 'Luohu' }))
const hub = put('branch', aBranch({ id: '044WL', nameZh: '物流', nameEn: 'Logistics' }))
const item = anItem()
const scanned = { barcode: item.barcode }
const parcel = (parts: Parameters<typeof anItem>[0] = {}): Change[] => [
  third,
  hub,
  put(
    'item',
    anItem({
      state: 'in-transit',
      atBranchId: OTHER_BRANCH,
      transitToBranchId: BRANCH,
      transitSentAt: NOW - 5000,
      ...parts,
    }),
  ),
]

describe('what is received', () => {
  const rows: [says: string, records: Change[], route: object, said: string[], at?: string][] = [
    ['T2 sent here', parcel(), { to: 'shelf' }, ['note T2 parcel-arrived']],
    [
      'T2, R5 sent here for a reader who waits',
      parcel({ heldForReaderId: 'reader-1' }),
      { to: 'hold-shelf' },
      ['note T2 parcel-arrived', 'alert R5 hold-waiting'],
    ],
    [
      'T2, R4 sent here on its way home',
      parcel({ homeBranchId: THIRD }),
      { to: 'transit', branchId: THIRD },
      ['note T2 parcel-arrived', 'alert R4 belongs-elsewhere'],
    ],
    [
      'T4 sent somewhere else, though this is its home',
      parcel({ transitToBranchId: THIRD }),
      { to: 'transit', branchId: THIRD },
      ['alert T4 wrong-arrival'],
    ],
    [
      'T5 it only passes',
      parcel({ homeBranchId: THIRD, transitToBranchId: THIRD }),
      { to: 'transit', branchId: THIRD },
      ['note T5 parcel-passes'],
      '044WL',
    ],
    [
      'T5 sent to the logistics alone, it goes home',
      parcel({ homeBranchId: THIRD, transitToBranchId: '044WL' }),
      { to: 'transit', branchId: THIRD },
      ['note T2 parcel-arrived', 'alert R4 belongs-elsewhere'],
      '044WL',
    ],
    [
      'T3 nothing says that it was sent',
      [put('item', item)],
      { to: 'shelf' },
      ['note T3 not-in-transit'],
    ],
    [
      'L25 a set: the parts are counted',
      parcel({ partsCount: 3 }),
      { to: 'shelf' },
      ['note T2 parcel-arrived', 'alert L25 parts-to-count'],
    ],
    ['R7 unknown', [], { to: 'cataloguing' }, ['alert R7 unknown-item']],
  ]
  test.each(rows)('%s', (_says, records, route, expected, branchId = BRANCH) => {
    const decision = decideOn(records, 'item.receive', scanned, { branchId })
    expect(said(decision)).toEqual(expected)
    expect(decision.summary.route).toMatchObject(route)
  })

  test('T4 the transit goes on from here, as late as it was', () => {
    const shelf = aShelf(parcel({ transitToBranchId: THIRD }))
    const recorded = performOn(shelf, 'item.receive', scanned)
    expect(rowOf(shelf, 'item', item.id)).toMatchObject({
      state: 'in-transit',
      atBranchId: BRANCH,
      transitToBranchId: THIRD,
      transitSentAt: NOW - 5000,
    })
    expect(recorded.exceptions.map(({ kind }) => kind)).toEqual(['route-item'])
    expect(recorded.findings[0]?.params).toEqual({ branchZh: '罗湖馆', branchEn: 'Luohu' })
    const again = performOn(shelf, 'item.receive', scanned, {
      operationId: 'desk-a.1.2',
      at: NOW + 1,
    })
    expect(said(again)).toEqual(['note T3 not-in-transit', 'alert R4 belongs-elsewhere'])
    expect(rowOf(shelf, 'item', item.id)?.transitToBranchId).toBe(THIRD)
  })

  test('R1 what a reader had at the time is returned', () => {
    const records = [
      ...parcel({ openLoanId: 'loan-1' }),
      put('loan', aLoan()),
      put('reader', aReader({ openLoansCount: 1 })),
    ]
    const shelf = aShelf(records)
    performOn(shelf, 'item.receive', scanned)
    expect(rowOf(shelf, 'loan', 'loan-1')?.returnedAt).toBe(NOW)
    expect(rowOf(shelf, 'item', item.id)).toMatchObject({ state: 'on-shelf', openLoanId: null })
  })
})

describe('what stays', () => {
  const sentFromHere = parcel({ atBranchId: BRANCH, transitToBranchId: THIRD })
  test('T8 the transit ends', () => {
    const shelf = aShelf(sentFromHere)
    expect(said(performOn(shelf, 'item.keep', scanned))).toEqual(['note T8 transit-ended'])
    expect(rowOf(shelf, 'item', item.id)).toMatchObject({
      state: 'on-shelf',
      transitToBranchId: null,
      transitSentAt: null,
    })
  })
  test('T8 there is none', () => {
    expect(said(decideOn([put('item', item)], 'item.keep', scanned))).toEqual([
      'note T8 not-in-transit',
    ])
  })
  test('T4 a return at the counter does not end it: the parcel is on its way', () => {
    const returning = { ...scanned, returnedOn: null }
    const decision = decideOn(sentFromHere, 'loan.check-in', returning)
    expect(decision.summary.route).toMatchObject({ to: 'transit', branchId: THIRD })
  })
})

describe('what is found', () => {
  test.each([
    ['L11 lost', { state: 'lost' as const }, ['alert L11 item-was-lost']],
    ['R12 missing', { state: 'missing' as const }, ['alert R12 item-was-missing']],
    ['R12 neither', {}, ['note R12 nothing-was-missing']],
  ])('%s', (_says, parts, expected) => {
    const decision = decideOn([put('item', anItem(parts))], 'item.found', scanned)
    expect(said(decision)).toEqual(expected)
  })
})

describe('in the house', () => {
  const reading = { ...scanned, returnedOn: null, inHouse: true }
  test('R11 a use is counted where nothing was open', () => {
    const shelf = aShelf([put('item', item)])
    expect(said(performOn(shelf, 'loan.check-in', reading))).toEqual(['note R11 used-in-house'])
    expect(rowOf(shelf, 'item', item.id)).toMatchObject({ state: 'on-shelf', inHouseUsesCount: 1 })
  })
  test('R11 a loan is returned, and counts as none', () => {
    const shelf = aShelf([
      put('item', anItem({ state: 'on-loan', openLoanId: 'loan-1' })),
      put('loan', aLoan()),
      put('reader', aReader({ openLoansCount: 1 })),
    ])
    expect(said(performOn(shelf, 'loan.check-in', reading))).toEqual([])
    expect(rowOf(shelf, 'item', item.id)?.inHouseUsesCount).toBe(0)
  })
  test('R11, R10 from another branch it is a riddle all the same', () => {
    const recorded = recordOn(
      [put('item', anItem({ atBranchId: OTHER_BRANCH }))],
      'loan.check-in',
      reading,
    )
    expect(recorded.exceptions.map(({ kind }) => kind)).toEqual(['return-not-on-loan'])
  })
})

test('R13 with very old facts the shelf is not believed in', () => {
  const returning = { ...scanned, returnedOn: null }
  const day = 86_400_000
  const routeAt = (factsAgeMs: number) =>
    decideOn([put('item', item)], 'loan.check-in', returning, { factsAgeMs })
  expect(routeAt(7 * day).summary.route.to).toBe('shelf')
  const old = routeAt(7 * day + 1)
  expect(old.summary.route.to).toBe('set-aside')
  expect(said(old)).toContain('alert R13 facts-too-old')
})
