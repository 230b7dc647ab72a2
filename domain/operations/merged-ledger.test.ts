/** Money and points of a record that became part of another (D13, Z12, Z13, F6). */
import { beforeEach, describe, expect, test } from 'vitest'
import { aFee, aReader, aTill, anException } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, rowsOf, said } from '../../test/builders/decide.ts'
import type { Shelf } from '../../test/builders/decide.ts'
import { put } from '../change.ts'

const head = { role: 'branch-head' } as const
const second = aReader({ id: 'reader-2', cardNumber: '2', feesOwedFen: 90 })
const third = aReader({ id: 'reader-3', cardNumber: '3' })
let shelf: Shelf
let seq: number
const perform = (kind: Parameters<typeof performOn>[1], payload: object) =>
  performOn(shelf, kind, payload, { ...head, operationId: `desk-a.1.${++seq}` })
const moneyOf = (readerId: string): number =>
  rowsOf(shelf, 'ledger-entry')
    .filter((entry) => entry.ledger === 'money' && entry.readerId === readerId)
    .reduce((sum, { amount }) => sum + amount, 0)

/** The second paid ¥0.90, and became part of the first by way of the third. */
beforeEach(() => {
  seq = 0
  shelf = aShelf([
    ...[aReader(), second, third].map((one) => put('reader', one)),
    put('fee', aFee({ readerId: 'reader-2' })),
    put('till', aTill()),
  ])
  const fees = [{ fee: 'fee-1', amountFen: 90 }]
  perform('payment.take', { reader: 'reader-2', fees, tender: 'cash', till: 'till-1' })
  perform('points.earn', { card: '2', earning: 'activity', amount: 10, note: null })
  perform('reader.merge', { reader: 'reader-3', other: 'reader-2' })
  perform('reader.merge', { reader: 'reader-1', other: 'reader-3' })
})

const refunding = (reader: string) => ({
  reader,
  entry: 'desk-a.1.1.r1',
  amountFen: 90,
  reason: '免收',
  tender: 'cash',
  till: 'till-1',
})

describe('a payment of before the merge', () => {
  test.each(['reader-1', 'reader-2'])('D13, Z12 is refunded, told as of %s', (reader) => {
    expect(perform('payment.refund', refunding(reader))).toMatchObject({
      outcome: 'applied',
      findings: [],
    })
    expect(rowOf(shelf, 'ledger-entry', 'desk-a.1.5.r1')).toMatchObject({
      readerId: 'reader-1',
      amount: -90,
      reversesId: 'desk-a.1.1.r1',
    })
    expect(['reader-1', 'reader-2', 'reader-3'].map(moneyOf)).toEqual([0, 0, 0])
    expect(rowOf(shelf, 'fee', 'fee-1')).toMatchObject({ paidFen: 0, waivedFen: 90 })
  })

  test('D13, Z12 is nobody else’s', () => {
    shelf.rows.set('reader:reader-9', aReader({ id: 'reader-9', cardNumber: '9' }))
    const decision = decideOn(shelf, 'payment.refund', refunding('reader-9'), head)
    expect(said(decision)).toEqual(['impossible Z12 unknown-entry'])
  })

  test('D13, Z13 is reversed: the fee is owed again, by the one that stands', () => {
    expect(perform('ledger.reverse', { entry: 'desk-a.1.1.r1', reason: '录错了' })).toMatchObject({
      outcome: 'applied',
    })
    expect(['reader-1', 'reader-2', 'reader-3'].map(moneyOf)).toEqual([0, 0, 0])
    expect(rowOf(shelf, 'reader', 'reader-1')?.feesOwedFen).toBe(90)
    expect(rowOf(shelf, 'reader', 'reader-2')?.feesOwedFen).toBe(0)
  })

  test('D13, F6 what was too much goes back on the ledger of the one that stands', () => {
    const id = 'desk-a.1.1.x-fee-settled-twice'
    const about = { id, kind: 'fee-settled-twice', itemId: null, loanId: null } as const
    shelf.rows.set(`exception:${id}`, anException(about))
    // Waived before the money came: all of it is too much.
    const fee = rowOf(shelf, 'fee', 'fee-1')
    if (fee === null) throw new Error('no fee')
    shelf.rows.set('fee:fee-1', { ...fee, paidFen: 0, waivedFen: 90 })
    const entries = [{ entry: 'desk-a.1.1.r1', amountFen: 90 }]
    const given = { exception: id, entries, tender: 'cash', till: 'till-1', comment: null }
    expect(perform('payment.return', { ...given, reader: 'reader-1' })).toMatchObject({
      outcome: 'applied',
    })
    expect(moneyOf('reader-1')).toBe(0)
  })
})

test('D13 merged twice, each record points to the next', () => {
  expect(rowOf(shelf, 'reader', 'reader-2')?.mergedIntoId).toBe('reader-3')
  expect(rowOf(shelf, 'reader', 'reader-3')?.mergedIntoId).toBe('reader-1')
})

test('D13, Z13 points of before the merge are taken back from the one that stands', () => {
  expect(rowOf(shelf, 'reader', 'reader-1')?.pointsFree).toBe(10)
  perform('ledger.reverse', { entry: 'desk-a.1.2.r1', reason: '录错了' })
  expect(rowOf(shelf, 'reader', 'reader-1')?.pointsFree).toBe(0)
  expect(rowOf(shelf, 'reader', 'reader-2')?.pointsFree).toBe(0)
})
