import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { patch, put } from '../../domain/change.ts'
import {
  aBib,
  aLoan,
  aReader,
  aTitle,
  anException,
  anItem,
  theCity,
} from '../../test/builders/city.ts'
import { someStores } from '../../test/builders/stores.ts'

const HASH = 'a'.repeat(64)
let stores: ReturnType<typeof someStores>
beforeEach(() => {
  stores = someStores([
    put('title', aTitle()),
    put('bib', aBib()),
    put('item', anItem()),
    put('item', anItem({ id: 'item-2', barcode: 'twice' })),
    put('item', anItem({ id: 'item-3', barcode: 'twice' })),
    put('reader', aReader({ idNumberHash: HASH })),
    put('reader', aReader({ id: 'reader-2', cardNumber: 'C2', bornOn: null })),
    put('loan', aLoan({ id: 'late', dueOn: '2026-12-20' })),
    put('loan', aLoan({ id: 'soon', dueOn: '2026-12-01' })),
    put('loan', aLoan({ id: 'closed', dueOn: '2026-11-01', returnedAt: 1, returnedBranchId: 'b' })),
    put('exception', anException()),
  ])
})
afterEach(() => {
  stores.close()
})

test('every record comes back as it was put', () => {
  for (const change of theCity()) {
    if (!('put' in change)) continue
    expect(stores.replica.row(change.put, change.row.id)).toEqual(change.row)
  }
  expect(stores.replica.row('item', 'item-1')).toEqual(anItem())
  expect(stores.replica.row('exception', anException().id)).toEqual(anException())
  expect(stores.replica.row('item', 'nobody')).toBeNull()
})

test('titles and full records come from the catalogue', () => {
  expect(stores.replica.row('title', 'title-1')).toEqual(aTitle())
  expect(stores.replica.row('bib', 'title-1')).toEqual(aBib())
  expect(stores.replica.row('title', 'nobody')).toBeNull()
})

describe('finders', () => {
  const ids = (rows: readonly { id: string }[]) => rows.map((row) => row.id)

  test('equal values, in order, as many as the finder says', () => {
    const { find } = stores.replica
    expect(ids(find('itemByBarcode', ['twice']))).toEqual(['item-2', 'item-3'])
    expect(ids(find('readerByCard', ['C2']))).toEqual(['reader-2'])
    expect(ids(find('openLoansByDue', ['reader-1', null]))[0]).toBe('soon')
    expect(ids(find('openLoansOfItem', ['item-1', null]))).toHaveLength(2)
    expect(ids(find('loansOfItem', ['item-1']))).toHaveLength(3)
    expect(ids(find('openExceptionsOfItem', ['item-1', null]))).toHaveLength(1)
    expect(ids(find('titleByControlNumber', ['012026000001']))).toEqual(['title-1'])
    expect(ids(find('staffByUsername', ['lin']))).toEqual(['staff-lin'])
  })

  test('a null value matches null, except the hash of an ID number', () => {
    const { find } = stores.replica
    expect(ids(find('readersByNameAndBirth', ['王小明', null]))).toEqual(['reader-2'])
    expect(ids(find('readersByIdHash', [HASH]))).toEqual(['reader-1'])
    expect(find('readersByIdHash', [null])).toEqual([])
    expect(find('titleByControlNumber', [null])).toEqual([])
  })
})

test('policy is kept decoded until someone changes it', () => {
  const { replica } = stores
  const first = replica.row('policy', 'city')
  expect(replica.row('policy', 'city')).toBe(first)
  replica.applyPage({
    entries: [{ scope: 'city', number: 1, changes: [patch('policy', 'city', { debtMaxFen: 1 })] }],
    settled: [],
    redecide: () => [],
  })
  expect(replica.row('policy', 'city')?.debtMaxFen).toBe(1)
})
