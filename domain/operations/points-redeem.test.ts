import { describe, expect, test } from 'vitest'

import { NOW, aLease, aReader } from '../../test/builders/city.ts'
import type { CtxParts } from '../../test/builders/decide.ts'
import { aShelf, decideOn, performOn, rowOf, rowsOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
const reader = put('reader', aReader({ pointsFree: 50 }))
const redeeming = {
  reader: 'reader-1',
  reward: 'notebook',
  amount: 60,
  from: [{ lease: 'lease-1', amount: 60 }],
  note: null,
}
const leaseIs = (parts: Parameters<typeof aLease>[0] = {}): Change[] => [
  reader,
  put('lease', aLease(parts)),
]
const suspect: CtxParts = { clock: { now: NOW, isSuspect: true } }

type Row = [
  says: string,
  records: Change[],
  over: object,
  parts: CtxParts,
  onDesk: string[],
  inCity: string[],
]
const rows: Row[] = [
  ['Z4 from an own lease', leaseIs(), {}, {}, [], []],
  ['Z5 to its last point', leaseIs({ amount: 100, spent: 40 }), {}, {}, [], []],
  [
    'Z5 beyond what is left',
    leaseIs({ amount: 100, spent: 41 }),
    {},
    {},
    ['Z5 lease-used-up'],
    ['double-spend'],
  ],
  ['Z4 without a lease', [reader], { from: [] }, {}, ['Z4 no-lease'], ['double-spend']],
  [
    'Z4 for a part of it only',
    leaseIs(),
    { from: [{ lease: 'lease-1', amount: 59 }] },
    {},
    ['Z4 no-lease'],
    ['double-spend'],
  ],
  ['Z4 from a lease nobody gave', [reader], {}, {}, ['Z4 no-lease'], ['double-spend']],
  [
    'Z4 from the lease of another desk',
    leaseIs({ deviceId: 'desk-b' }),
    {},
    {},
    ['Z4 lease-of-other-desk'],
    ['double-spend'],
  ],
  [
    'Z4 from a lease of another epoch of this desk',
    leaseIs({ epoch: 2 }),
    {},
    {},
    ['Z4 lease-of-other-desk'],
    ['double-spend'],
  ],
  [
    'Z4 from the lease of another reader',
    leaseIs({ readerId: 'reader-2' }),
    {},
    {},
    ['Z4 lease-of-other-reader'],
    ['double-spend'],
  ],
  [
    'Z4 from a block of numbers',
    leaseIs({ kind: 'numbers', readerId: null, series: 'certificate', firstNumber: 1 }),
    {},
    {},
    ['Z4 no-lease'],
    ['double-spend'],
  ],
  ['Z6 with two hours left', leaseIs({ notAfter: NOW + 2 * HOUR }), {}, {}, [], []],
  [
    'Z6 within the two hours that a clock may be wrong: the desk stops, the city takes it',
    leaseIs({ notAfter: NOW + 2 * HOUR - 1 }),
    {},
    {},
    ['Z6 lease-expired'],
    [],
  ],
  [
    'Z6 after its end',
    leaseIs({ notAfter: NOW - 1 }),
    {},
    {},
    ['Z6 lease-expired'],
    ['lease-expired'],
  ],
  ['Z6 under a clock that nobody trusts', leaseIs(), {}, suspect, ['Z6 clock-not-trusted'], []],
  [
    'Z6 taken back since: it arrives too late',
    leaseIs({ closedAt: NOW + DAY }),
    {},
    {},
    ['Z6 lease-closed'],
    ['lease-expired', 'double-spend'],
  ],
  [
    'Z6 given back before it was spent',
    leaseIs({ closedAt: NOW - DAY }),
    {},
    {},
    ['Z6 lease-closed'],
    ['double-spend'],
  ],
  ['Z3 no such reward', leaseIs(), { reward: 'car' }, {}, ['Z3 unknown-reward'], ['rule-broken']],
  [
    'Z3 at another price',
    leaseIs(),
    { amount: 59, from: [{ lease: 'lease-1', amount: 59 }] },
    {},
    ['Z3 unknown-reward'],
    ['rule-broken'],
  ],
  [
    'L5 with a lost card',
    [put('reader', aReader({ cardState: 'lost' })), put('lease', aLease())],
    {},
    {},
    ['L5 card-lost'],
    ['reader-blocked'],
  ],
  [
    'L2 a reader nobody knows',
    [],
    { from: [] },
    {},
    ['L2 unknown-reader', 'Z4 no-lease'],
    ['unknown-reader', 'double-spend'],
  ],
]

describe('redeeming points', () => {
  test.each(rows)('%s: what the desk says', (_says, records, over, parts, onDesk) => {
    const decision = decideOn(records, 'points.redeem', { ...redeeming, ...over }, parts)
    expect(said(decision)).toEqual(onDesk.map((finding) => `impossible ${finding}`))
  })

  test.each(rows)('Z9 %s: what the city records', (_says, records, over, parts, _desk, inCity) => {
    const payload = { ...redeeming, ...over }
    const shelf = aShelf(records)
    const total = pointsOf(shelf)
    const recorded = performOn(shelf, 'points.redeem', payload, parts)
    expect(recorded.exceptions.map(({ kind }) => kind)).toEqual(inCity)
    const entered = rowsOf(shelf, 'ledger-entry').map(({ amount }) => amount)
    expect(entered.reduce((sum, amount) => sum + amount, 0)).toBe(-payload.amount)
    // I24: what left is paid for by the lease or by what is free.
    const isKnown = rowOf(shelf, 'reader', 'reader-1') !== null
    expect(pointsOf(shelf)).toBe(isKnown ? total - payload.amount : 0)
    for (const lease of rowsOf(shelf, 'lease')) {
      expect(lease.spent).toBeLessThanOrEqual(lease.amount)
    }
  })

  test('Z5, I25 what a lease does not hold comes out of the free points', () => {
    const shelf = aShelf(leaseIs({ amount: 100, spent: 60 }))
    performOn(shelf, 'points.redeem', redeeming)
    expect(rowOf(shelf, 'lease', 'lease-1')?.spent).toBe(100)
    expect(rowOf(shelf, 'reader', 'reader-1')?.pointsFree).toBe(30)
    expect(
      rowsOf(shelf, 'ledger-entry').map(({ id, amount, leaseId }) => [id, amount, leaseId]),
    ).toEqual([
      ['desk-a.1.1.r1', -40, 'lease-1'],
      ['desk-a.1.1.r2', -20, null],
    ])
  })

  test('Z4 the lease of another desk is left alone', () => {
    const shelf = aShelf(leaseIs({ deviceId: 'desk-b' }))
    performOn(shelf, 'points.redeem', redeeming)
    expect(rowOf(shelf, 'lease', 'lease-1')?.spent).toBe(0)
  })

  test('I23 below the floor there is an exception that says by how much', () => {
    const shelf = aShelf([put('reader', aReader({ pointsFree: 10 }))])
    const recorded = performOn(shelf, 'points.redeem', { ...redeeming, from: [] })
    expect(rowOf(shelf, 'reader', 'reader-1')?.pointsFree).toBe(-50)
    expect(recorded.exceptions[0]?.rules).toEqual(['Z4', 'Z9'])
    expect(recorded.exceptions[0]?.evidence?.findings[1]?.params).toEqual({ free: -50 })
  })

  test('Z4 two leases together, one named twice', () => {
    const shelf = aShelf([
      reader,
      put('lease', aLease({ amount: 30 })),
      put('lease', aLease({ id: 'lease-2', amount: 40 })),
    ])
    const from = [
      { lease: 'lease-1', amount: 20 },
      { lease: 'lease-2', amount: 30 },
      { lease: 'lease-1', amount: 10 },
    ]
    expect(performOn(shelf, 'points.redeem', { ...redeeming, from }).outcome).toBe('applied')
    expect(rowsOf(shelf, 'lease').map(({ spent }) => spent)).toEqual([30, 30])
    expect(rowOf(shelf, 'reader', 'reader-1')?.pointsFree).toBe(50)
  })
})

/** All that reader-1 has: free, and left in open leases. */
function pointsOf(shelf: Parameters<typeof rowsOf>[0]): number {
  const leased = rowsOf(shelf, 'lease')
    .filter(({ readerId, closedAt }) => readerId === 'reader-1' && closedAt === null)
    .reduce((sum, { amount, spent }) => sum + amount - spent, 0)
  return (rowOf(shelf, 'reader', 'reader-1')?.pointsFree ?? 0) + leased
}
