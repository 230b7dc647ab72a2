import { afterEach, beforeEach, expect, test } from 'vitest'

import { put } from '../../domain/change.ts'
import { aLoan, aReader, anItem } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { lineEffect } from './line-effect.ts'

const anyLoan = {
  itemType: null,
  readerCategory: null,
  audience: null,
  lendingLibraryId: null,
  ownerLibraryId: null,
}

let stores: ReturnType<typeof someStores>
beforeEach(() => {
  stores = someStores([
    put('reader', aReader()),
    put('reader', aReader({ id: 'reader-2', cardNumber: '2', category: 'staff' })),
    put('item', anItem()),
    put('item', anItem({ id: 'disc', barcode: 'disc', itemType: 'av', audience: 'juvenile' })),
    put('loan', aLoan()),
    put('loan', aLoan({ id: 'loan-2', itemId: 'disc', readerId: 'reader-2' })),
    put('loan', aLoan({ id: 'loan-3', itemId: 'disc', returnedAt: ASKED.at })),
    put('loan', aLoan({ id: 'loan-4', itemId: 'nobody-knows', readerId: 'nor-whom' })),
  ])
})
afterEach(() => {
  stores.close()
})

test.each([
  ['all that are open', {}, 3],
  ['a type', { itemType: 'av' }, 1],
  ['a category', { readerCategory: 'lidu' }, 1],
  ['an audience', { audience: 'juvenile' }, 1],
  ['where it was lent', { lendingLibraryId: '044005' }, 3],
  ['elsewhere', { lendingLibraryId: '044006' }, 0],
  ['whose it is', { ownerLibraryId: '044005' }, 2],
  ['all at once', { itemType: 'av', readerCategory: 'lidu' }, 0],
])('%s', (_says, parts, loansCount) => {
  expect(lineEffect(stores, { ...anyLoan, ...parts }, ASKED)).toEqual({ loansCount })
})
