import { describe, expect, test } from 'vitest'

import { NOW, aFee, aLoan, aReader, anItem } from '../../test/builders/city.ts'
import { aShelf, performOn, rowOf, rowsOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const DAY = 86_400_000
const line = (digit: string) => digit.repeat(40)
const item = anItem()
const reader = aReader()
const known: Change[] = [put('item', item), put('reader', reader)]
const lending = (digit: string, daysAgo: number) => ({
  barcode: item.barcode,
  card: reader.cardNumber,
  dueOn: null,
  elsewhere: { line: line(digit), happenedAt: NOW - daysAgo * DAY },
})
const returning = (digit: string, daysAgo: number) => ({
  barcode: item.barcode,
  returnedOn: null,
  elsewhere: { line: line(digit), happenedAt: NOW - daysAgo * DAY },
})

describe('X2 decided as of the time of the file', () => {
  test('X2 a lending counts from its day, also past its due date', () => {
    const shelf = aShelf(known)
    const { summary } = performOn(shelf, 'loan.check-out', lending('a', 40))
    expect(summary).toMatchObject({ dueOn: '2026-11-13' })
    expect(rowsOf(shelf, 'loan')).toMatchObject([{ lentAt: NOW - 40 * DAY, dueOn: '2026-11-13' }])
  })
  test('X2 out and in again in one file: the loan is closed on its day, and no fee', () => {
    const shelf = aShelf(known)
    performOn(shelf, 'loan.check-out', lending('a', 40))
    performOn(shelf, 'loan.check-in', returning('b', 30), { operationId: 'desk-a.1.2' })
    expect(rowsOf(shelf, 'loan')).toMatchObject([{ returnedAt: NOW - 30 * DAY }])
    expect(rowsOf(shelf, 'fee')).toEqual([])
    expect(rowOf(shelf, 'item', item.id)).toMatchObject({
      state: 'on-shelf',
      lastCheckInAt: NOW - 30 * DAY,
    })
  })
  test('X2 an old return does not close a loan that began since', () => {
    const loan = aLoan({ lentAt: NOW - DAY })
    const lent: Change[] = [
      put('item', { ...item, state: 'on-loan', openLoanId: loan.id }),
      put('loan', loan),
    ]
    const shelf = aShelf([put('reader', aReader({ openLoansCount: 1 })), ...lent])
    performOn(shelf, 'loan.check-in', returning('a', 30))
    expect(rowOf(shelf, 'loan', loan.id)?.returnedAt).toBeNull()
    expect(rowOf(shelf, 'item', item.id)?.state).toBe('on-loan')
  })
  test('X2 an old lending of what came back since is kept as a closed loan', () => {
    const shelf = aShelf([put('item', anItem({ lastCheckInAt: NOW - DAY })), put('reader', reader)])
    performOn(shelf, 'loan.check-out', lending('a', 30))
    expect(rowsOf(shelf, 'loan')).toMatchObject([{ returnedAt: NOW - DAY }])
    expect(rowOf(shelf, 'reader', reader.id)?.openLoansCount).toBe(0)
  })
  test('X2 a clock that was ahead counts as now', () => {
    const shelf = aShelf(known)
    performOn(shelf, 'loan.check-out', lending('a', -400))
    expect(rowsOf(shelf, 'loan')).toMatchObject([{ lentAt: NOW, dueOn: '2026-12-23' }])
  })
  test('X2 an exception tells the time of the file', () => {
    const shelf = aShelf([put('reader', reader)])
    performOn(shelf, 'loan.check-out', lending('a', 3))
    expect(rowsOf(shelf, 'exception')).toMatchObject([
      { kind: 'unknown-item', happenedAt: NOW - 3 * DAY, openedAt: NOW + 60_000 },
    ])
  })
})

describe('X1 a line is recorded once', () => {
  const owing = [put('reader', aReader({ feesOwedFen: 90 })), put('fee', aFee())]
  const paying = {
    reader: reader.id,
    fees: [{ fee: 'fee-1', amountFen: 50 }],
    tender: null,
    till: null,
    elsewhere: { line: line('c'), happenedAt: NOW - DAY },
  }
  test.each([
    ['X1 lending', 'loan.check-out', lending('a', 3)],
    ['X1 returning', 'loan.check-in', returning('b', 2)],
    ['X1 paying', 'payment.take', paying],
  ] as const)('%s', (_says, kind, payload) => {
    const shelf = aShelf([put('item', item), ...owing])
    performOn(shelf, kind, payload)
    const kinds = ['loan', 'item', 'ledger-entry', 'fee', 'reader', 'offline-line'] as const
    const before = kinds.map((one) => rowsOf(shelf, one))
    const again = performOn(shelf, kind, payload, { operationId: 'desk-b.1.1' })
    expect(again.outcome).toBe('applied')
    expect(said(again)).toEqual(['note X1 line-recorded-already'])
    expect(kinds.map((one) => rowsOf(shelf, one))).toEqual(before)
    expect(rowsOf(shelf, 'offline-line')).toMatchObject([{ operationId: 'desk-a.1.1' }])
  })
})
