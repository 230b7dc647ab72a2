import { afterEach, beforeEach, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import { aLoan, aReader, aTitle, anException, anItem } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { exceptions } from './exceptions.ts'

let stores: ReturnType<typeof someStores>
beforeEach(() => {
  const settled = { settledBy: 'staff-lin', settlement: 'accepted' }
  stores = someStores([
    put('title', aTitle()),
    put('item', anItem()),
    put('reader', aReader()),
    put('reader', aReader({ id: 'reader-2', cardNumber: 'C2' })),
    put('loan', aLoan()),
    put('loan', aLoan({ id: 'loan-2', readerId: 'reader-2', isDisputed: true })),
    put('exception', anException({ id: 'clash', otherLoanId: 'loan-2', openedAt: 20 })),
    put('exception', anException({ id: 'blocked', kind: 'reader-blocked', openedAt: 10 })),
    put(
      'exception',
      anException({ id: 'bare', openedAt: 30, itemId: null, readerId: null, loanId: null }),
    ),
    put('exception', anException({ id: 'was', ...settled, settledAt: 40 })),
    put('exception', anException({ id: 'was-later', ...settled, settledAt: 50 })),
  ])
})
afterEach(() => {
  stores.close()
})

const ask = (state: 'open' | 'settled', limit = 50) =>
  queries.exceptions.answer.parse(exceptions(stores, { state, limit }, ASKED))

test('open ones, the oldest first, with both histories and what fits', () => {
  const { rows, openCount } = ask('open')
  expect(rows.map((row) => row.exception.id)).toEqual(['blocked', 'clash', 'bare'])
  expect(openCount).toBe(3)
  expect(rows[1]).toMatchObject({
    item: { id: 'item-1' },
    title: { title: '平凡的世界' },
    reader: { id: 'reader-1' },
    loan: { id: 'loan-1' },
    otherLoan: { id: 'loan-2' },
    otherReader: { id: 'reader-2' },
    branch: { id: 'branch-futian' },
    settlements: ['first-returned'],
  })
  expect(rows[0]?.settlements).toEqual(['accepted'])
  expect(rows[2]).toMatchObject({ item: null, reader: null, loan: null, otherReader: null })
})

test('the first reader may still have it only while the second loan has the item', () => {
  stores.close()
  stores = someStores([
    put('item', anItem({ state: 'on-loan', openLoanId: 'loan-1' })),
    put('loan', aLoan()),
    put('loan', aLoan({ id: 'loan-2', readerId: 'reader-2', isDisputed: true })),
    put('exception', anException({ otherLoanId: 'loan-2' })),
  ])
  expect(ask('open').rows[0]?.settlements).toEqual(['first-returned', 'first-has-it'])
})

test('settled ones, the latest first, with nothing left to choose', () => {
  const { rows, openCount } = ask('settled')
  expect(rows.map((row) => [row.exception.id, row.settlements])).toEqual([
    ['was-later', []],
    ['was', []],
  ])
  expect(openCount).toBe(3)
})

test('no more than asked', () => {
  expect(ask('open', 1).rows.map((row) => row.exception.id)).toEqual(['blocked'])
})
