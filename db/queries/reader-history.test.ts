import { afterEach, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import { BRANCH, aLoan, aReader, aTitle, anItem } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { readerHistory } from './reader-history.ts'

let stores: ReturnType<typeof someStores>
afterEach(() => {
  stores.close()
})
const historyOf = (keepsHistory: boolean, readerId = 'reader-1') => {
  const back = { returnedBranchId: BRANCH }
  stores = someStores([
    put('title', aTitle()),
    put('item', anItem()),
    put('reader', aReader({ keepsHistory })),
    put('loan', aLoan({ id: 'open' })),
    put('loan', aLoan({ id: 'first', returnedAt: 5, ...back })),
    put('loan', aLoan({ id: 'last', returnedAt: 9, ...back })),
    put('loan', aLoan({ id: 'other', readerId: 'reader-2', returnedAt: 9, ...back })),
  ])
  return queries['reader-history'].answer.parse(
    readerHistory(stores, { readerId, limit: 10 }, ASKED),
  )
}

test('D15 with consent: what came back, the latest first', () => {
  const loans = historyOf(true)?.loans ?? []
  expect(loans.map(({ loan, title }) => [loan.id, title?.title])).toEqual([
    ['last', '平凡的世界'],
    ['first', '平凡的世界'],
  ])
})
test('D15 without consent nothing is shown', () => {
  expect(historyOf(false)).toEqual({ reader: { id: 'reader-1' }, loans: null })
})
test('nobody of this id', () => {
  expect(historyOf(true, 'reader-9')).toBe(null)
})
