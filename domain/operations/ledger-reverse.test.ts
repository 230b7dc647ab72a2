import { describe, expect, test } from 'vitest'

import {
  NOW,
  OTHER_BRANCH,
  aFee,
  aLease,
  aLedgerEntry,
  aReader,
  aTill,
} from '../../test/builders/city.ts'
import type { CtxParts } from '../../test/builders/decide.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const DAY = 86_400_000
const reversing = { entry: 'entry-1', reason: '录错了' }
const with10 = (...more: Change[]): Change[] => [
  put('reader', aReader({ pointsFree: 10 })),
  put('ledger-entry', aLedgerEntry()),
  ...more,
]
const entryIs = (parts: Parameters<typeof aLedgerEntry>[0]): Change[] => [
  ...with10(),
  put('ledger-entry', aLedgerEntry(parts)),
]
const reversal = put(
  'ledger-entry',
  aLedgerEntry({ id: 'entry-2', cause: 'reversed', reversesId: 'entry-1' }),
)
const head: CtxParts = { role: 'branch-head' }

const rows: [says: string, records: Change[], parts: CtxParts, expected: string[]][] = [
  ['Z13 what was earned here today', with10(), {}, []],
  ['Z13 yesterday', entryIs({ at: NOW - DAY }), {}, ['impossible Z13 other-branch']],
  [
    'Z13 at another branch',
    entryIs({ branchId: OTHER_BRANCH }),
    {},
    ['impossible Z13 other-branch'],
  ],
  [
    'Z13 the branch head goes further',
    entryIs({ branchId: OTHER_BRANCH, at: NOW - DAY }),
    head,
    [],
  ],
  ['Z13 an entry nobody knows', [], {}, ['impossible Z13 unknown-entry']],
  ['Z13 twice', with10(reversal), {}, ['impossible Z13 already-reversed']],
  [
    'Z13 a reversal',
    entryIs({ cause: 'reversed', reversesId: 'entry-0' }),
    {},
    ['impossible Z13 not-reversible'],
  ],
  [
    'Z13, I23 points that are spent, or leased, already',
    [...with10(), put('reader', aReader({ pointsFree: 9 }))],
    {},
    ['impossible Z13 points-spent-already'],
  ],
]

describe('reversing an entry', () => {
  test.each(rows)('%s', (_says, records, parts, expected) => {
    const decision = decideOn(records, 'ledger.reverse', reversing, parts)
    expect(said(decision)).toEqual(expected)
    expect(decision.changes).toHaveLength(expected.length === 0 ? 2 : 0)
  })

  test('I26 the entry stays as it was, another takes it back', () => {
    const shelf = aShelf(with10())
    performOn(shelf, 'ledger.reverse', reversing)
    expect(rowOf(shelf, 'ledger-entry', 'entry-1')).toEqual(aLedgerEntry())
    expect(rowOf(shelf, 'ledger-entry', 'desk-a.1.1.r1')).toMatchObject({
      amount: -10,
      cause: 'reversed',
      reversesId: 'entry-1',
      note: '录错了',
    })
    expect(rowOf(shelf, 'reader', 'reader-1')?.pointsFree).toBe(0)
    const again = performOn(shelf, 'ledger.reverse', reversing, { operationId: 'desk-b.1.1' })
    expect([again.outcome, again.changes]).toEqual(['refused', []])
  })

  test('I24 a reward taken back is free again, and its lease left alone', () => {
    const spent = aLedgerEntry({ amount: -60, cause: 'redeemed', leaseId: 'lease-1' })
    const shelf = aShelf([
      put('reader', aReader({ pointsFree: 10 })),
      put('ledger-entry', spent),
      put('lease', aLease({ spent: 60 })),
    ])
    performOn(shelf, 'ledger.reverse', reversing)
    expect(rowOf(shelf, 'reader', 'reader-1')?.pointsFree).toBe(70)
    expect(rowOf(shelf, 'lease', 'lease-1')?.spent).toBe(60)
  })

  const paid = { ledger: 'money', cause: 'paid', amount: 90, feeId: 'fee-1' } as const
  const settledFee = put('fee', aFee({ settledAt: NOW, paidFen: 90 }))
  test('Z13 a payment that never was: the fee is owed again', () => {
    const shelf = aShelf([...entryIs(paid), settledFee])
    performOn(shelf, 'ledger.reverse', reversing)
    expect(rowOf(shelf, 'fee', 'fee-1')?.settledAt).toBeNull()
    expect(rowOf(shelf, 'reader', 'reader-1')).toMatchObject({ feesOwedFen: 90, pointsFree: 10 })
  })

  test('Z13 of a fee paid twice, one payment taken back: it is paid', () => {
    const shelf = aShelf([
      ...entryIs(paid),
      put('ledger-entry', aLedgerEntry({ ...paid, id: 'entry-2' })),
      settledFee,
    ])
    performOn(shelf, 'ledger.reverse', reversing)
    expect(rowOf(shelf, 'fee', 'fee-1')?.settledAt).toBe(NOW)
    expect(rowOf(shelf, 'reader', 'reader-1')?.feesOwedFen).toBe(0)
  })

  test('Z13 a cash payment that never was is missing from its till, unless that is counted', () => {
    const cash = { ...paid, tender: 'cash', tillId: 'till-1' } as const
    const shelf = aShelf([
      ...entryIs(cash),
      settledFee,
      put('till', aTill({ expectedFen: 10_090 })),
    ])
    performOn(shelf, 'ledger.reverse', reversing)
    expect(rowOf(shelf, 'till', 'till-1')?.expectedFen).toBe(10_000)
    const counted = put('till', aTill({ expectedFen: 10_090, closedAt: NOW }))
    const decision = decideOn([...entryIs(cash), settledFee, counted], 'ledger.reverse', reversing)
    expect(decision.changes.filter((one) => 'patch' in one && one.patch === 'till')).toEqual([])
    expect(decision.changes[0]).toMatchObject({ row: { amount: -90, tillId: null } })
  })

  test('Z13 a certificate is void; its number is given to nobody', () => {
    const certificate = { ledger: 'certificates', cause: 'issued', amount: 0, number: 21 } as const
    const decision = decideOn(entryIs(certificate), 'ledger.reverse', reversing)
    expect(decision.changes).toMatchObject([
      { put: 'ledger-entry', row: { cause: 'reversed', number: 21, amount: 0 } },
    ])
  })

  test('U2, I26 an undo takes no entry out of a ledger', () => {
    const shelf = aShelf([put('reader', aReader())])
    performOn(shelf, 'points.earn', {
      card: aReader().cardNumber,
      earning: 'activity',
      amount: 10,
      note: null,
    })
    const undo = { operation: 'desk-a.1.1', reason: null }
    const decision = decideOn(shelf, 'operation.undo', undo, { operationId: 'desk-a.1.2' })
    expect(said(decision)).toEqual(['impossible U2 not-undoable'])
  })
})
