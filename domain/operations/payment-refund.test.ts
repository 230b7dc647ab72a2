import { describe, expect, test } from 'vitest'

import { NOW, aFee, aLedgerEntry, aReader, aTill } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const settled = put('fee', aFee({ settledAt: NOW, paidFen: 90 }))

describe('handing money back', () => {
  const paid = put(
    'ledger-entry',
    aLedgerEntry({ ledger: 'money', cause: 'paid', amount: 90, feeId: 'fee-1', tender: 'cash' }),
  )
  const refunding = {
    reader: 'reader-1',
    entry: 'entry-1',
    amountFen: 90,
    reason: '免收',
    tender: 'cash',
    till: 'till-1',
  }
  const after: Change[] = [
    put('reader', aReader({ feesOwedFen: 60 })),
    settled,
    paid,
    put('till', aTill({ expectedFen: 10_090 })),
  ]

  test('Z12 is entered against the payment; the fee stays settled, now as waived', () => {
    const shelf = aShelf(after)
    expect(performOn(shelf, 'payment.refund', refunding).outcome).toBe('applied')
    expect(rowOf(shelf, 'ledger-entry', 'desk-a.1.1.r1')).toMatchObject({
      amount: -90,
      cause: 'refunded',
      reversesId: 'entry-1',
      feeId: 'fee-1',
      tender: 'cash',
      tillId: 'till-1',
    })
    expect(rowOf(shelf, 'fee', 'fee-1')).toMatchObject({
      settledAt: NOW,
      paidFen: 0,
      waivedFen: 90,
    })
    expect(rowOf(shelf, 'reader', 'reader-1')?.feesOwedFen).toBe(60)
    expect(rowOf(shelf, 'till', 'till-1')?.expectedFen).toBe(10_000)
    const again = decideOn(shelf, 'payment.refund', refunding, { operationId: 'desk-a.1.2' })
    expect(said(again)).toEqual(['impossible Z12 already-reversed'])
  })

  test('Z12 one of two payments: the other pays the fee', () => {
    const second = aLedgerEntry({
      id: 'entry-2',
      ledger: 'money',
      cause: 'paid',
      amount: 90,
      feeId: 'fee-1',
    })
    const shelf = aShelf([...after, put('ledger-entry', second)])
    performOn(shelf, 'payment.refund', refunding)
    expect(rowOf(shelf, 'fee', 'fee-1')).toMatchObject({ paidFen: 90, waivedFen: 0 })
  })

  test('Z12 what of a payment went back as excess is not given twice', () => {
    const back = aLedgerEntry({
      id: 'entry-2',
      ledger: 'money',
      cause: 'refunded',
      amount: -60,
      feeId: 'fee-1',
      reversesId: 'entry-1',
    })
    const records = [...after, put('ledger-entry', back)]
    expect(said(decideOn(records, 'payment.refund', refunding))).toEqual([
      'impossible Z12 payment-differs',
    ])
    expect(said(decideOn(records, 'payment.refund', { ...refunding, amountFen: 30 }))).toEqual([])
  })

  test.each([
    ['Z12 of no payment', [put('till', aTill())], {}, 'unknown-entry'],
    ['Z12 of the payment of another', after, { reader: 'reader-2' }, 'unknown-entry'],
    [
      'Z12 of points',
      [put('ledger-entry', aLedgerEntry()), put('till', aTill())],
      {},
      'not-reversible',
    ],
    ['Z12 of another sum', after, { amountFen: 91 }, 'payment-differs'],
  ])('%s: impossible, and entered where it happened', (_says, records, over, code) => {
    const decision = decideOn(records, 'payment.refund', { ...refunding, ...over })
    expect(said(decision)).toEqual([`impossible Z12 ${code}`])
    expect(decision.changes[0]).toMatchObject({ put: 'ledger-entry' })
  })

  test('F8 cash without an open till asks', () => {
    const decision = decideOn(after, 'payment.refund', { ...refunding, till: null })
    expect(said(decision)).toEqual(['override F8 no-open-till'])
  })
})
