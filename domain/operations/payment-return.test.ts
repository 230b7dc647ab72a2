import { describe, expect, test } from 'vitest'

import { NOW, aFee, aReader, aTill, anException } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, rowsOf, said } from '../../test/builders/decide.ts'
import type { CtxParts, Shelf } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import { excessFen } from '../policy/fee-balance.ts'

const head: CtxParts = { role: 'branch-head' }
const exceptionId = 'desk-a.1.1.x-fee-settled-twice'
const paying = {
  reader: 'reader-1',
  fees: [{ fee: 'fee-1', amountFen: 90 }],
  tender: 'cash',
  till: 'till-1',
}
const returning = (amountFen = 90) => ({
  exception: exceptionId,
  reader: 'reader-1',
  entries: [{ entry: 'desk-a.1.1.r1', amountFen }],
  tender: 'cash',
  till: 'till-1',
  comment: '别台已减免',
})

/** Desk B waived all but `owed`, then desk A's payment of the whole arrived. */
function afterClash(owed = 0): Shelf {
  const shelf = aShelf([
    put('reader', aReader({ feesOwedFen: 90 })),
    put('fee', aFee()),
    put('till', aTill()),
  ])
  const waiver = {
    reader: 'reader-1',
    fee: 'fee-1',
    amountFen: 90 - owed,
    as: 'waived',
    reason: '故障',
  }
  performOn(shelf, 'fee.waive', waiver, { operationId: 'desk-b.1.1' })
  const done = performOn(shelf, 'payment.take', paying)
  expect(done.exceptions.map(({ id }) => id)).toEqual([exceptionId])
  return shelf
}

describe('giving back what was paid too much', () => {
  test('F6 a fee waived elsewhere and paid here: the money goes back, the exception is settled', () => {
    const shelf = afterClash()
    expect(rowOf(shelf, 'fee', 'fee-1')).toMatchObject({ paidFen: 0, waivedFen: 90 })
    const done = performOn(shelf, 'payment.return', returning(), {
      ...head,
      operationId: 'desk-a.1.2',
    })
    expect(done).toMatchObject({ outcome: 'applied', summary: { amountFen: 90 } })
    expect(rowOf(shelf, 'exception', exceptionId)).toMatchObject({
      settlement: 'excess-returned',
      settledBy: 'staff-lin',
      comment: '别台已减免',
    })
    expect(rowsOf(shelf, 'ledger-entry').map(({ amount }) => amount)).toEqual([90, -90])
    expect(rowOf(shelf, 'till', 'till-1')?.expectedFen).toBe(10_000)
    expect(rowOf(shelf, 'reader', 'reader-1')?.feesOwedFen).toBe(0)
  })

  test('F6 only what was too much goes back', () => {
    const shelf = afterClash(30)
    const fee = rowOf(shelf, 'fee', 'fee-1')
    expect(fee).toMatchObject({ paidFen: 30, settledAt: NOW })
    expect(excessFen(fee, rowsOf(shelf, 'ledger-entry'))).toBe(60)
    const next: CtxParts = { ...head, operationId: 'desk-a.1.2' }
    expect(said(decideOn(shelf, 'payment.return', returning(61), next))).toEqual([
      'impossible F6 no-excess',
    ])
    expect(performOn(shelf, 'payment.return', returning(60), next).outcome).toBe('applied')
    expect(rowOf(shelf, 'fee', 'fee-1')).toMatchObject({ paidFen: 30, settledAt: NOW })
  })

  test('F6 money for a fee that is gone goes back whole', () => {
    const shelf = aShelf([put('reader', aReader()), put('till', aTill())])
    performOn(shelf, 'payment.take', paying)
    const done = performOn(shelf, 'payment.return', returning(), {
      ...head,
      operationId: 'desk-a.1.2',
    })
    expect(done.outcome).toBe('applied')
  })

  test('E2 given back at two desks: entered twice, the fee is owed again, a person looks', () => {
    const shelf = aShelf([
      put('reader', aReader({ feesOwedFen: 90 })),
      put('fee', aFee()),
      put('till', aTill()),
    ])
    performOn(shelf, 'payment.take', paying, { operationId: 'desk-b.1.1' })
    performOn(shelf, 'payment.take', paying)
    performOn(shelf, 'payment.return', returning(), { ...head, operationId: 'desk-a.1.2' })
    expect(rowOf(shelf, 'fee', 'fee-1')).toMatchObject({ paidFen: 90, settledAt: NOW })
    const second = performOn(shelf, 'payment.return', returning(), {
      ...head,
      operationId: 'desk-b.1.2',
    })
    expect(said(second)).toEqual([
      'impossible E2 already-settled',
      'impossible F6 no-excess',
      'override F8 no-open-till',
    ])
    expect(second.exceptions).toMatchObject([{ kind: 'rule-broken' }])
    expect(rowOf(shelf, 'fee', 'fee-1')).toMatchObject({ paidFen: 0, settledAt: null })
    expect(rowOf(shelf, 'reader', 'reader-1')?.feesOwedFen).toBe(90)
  })

  test.each([
    ['E1 no such exception', [], 'E1 unknown-exception'],
    [
      'E3 an exception about something else',
      [put('exception', anException({ id: exceptionId }))],
      'E3 settlement-does-not-fit',
    ],
    [
      'F6 no such payment',
      [put('exception', anException({ id: exceptionId, kind: 'fee-settled-twice' }))],
      'F6 unknown-entry',
    ],
  ])('%s', (_says, records, code) => {
    const decision = decideOn(
      [...records, put('till', aTill())],
      'payment.return',
      returning(),
      head,
    )
    expect(said(decision)).toEqual([`impossible ${code}`])
  })
})
