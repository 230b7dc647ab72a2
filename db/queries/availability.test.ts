import { afterEach, beforeEach, expect, test } from 'vitest'

import { put } from '../../domain/change.ts'
import { anItem } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { availability } from './availability.ts'

let stores: ReturnType<typeof someStores>
beforeEach(() => {
  stores = someStores([
    put('item', anItem({ id: 'a', barcode: 'a' })),
    put('item', anItem({ id: 'b', barcode: 'b', state: 'on-loan' })),
    put('item', anItem({ id: 'c', barcode: 'c', isForLoan: false })),
    put('item', anItem({ id: 'd', barcode: 'd', state: 'withdrawn' })),
    put('item', anItem({ id: 'e', barcode: 'e', titleId: 'title-2', state: 'lost' })),
    put('item', anItem({ id: 'f', barcode: 'f', titleId: null })),
  ])
})
afterEach(() => {
  stores.close()
})

test('counts items, and those on a shelf and for loan, for each title asked', () => {
  const titleIds = ['title-1', 'title-2', `nobody's`]
  expect(availability(stores, { titleIds }, ASKED)).toEqual(
    new Map([
      ['title-1', { itemsCount: 3, availableCount: 1 }],
      ['title-2', { itemsCount: 1, availableCount: 0 }],
      [`nobody's`, { itemsCount: 0, availableCount: 0 }],
    ]),
  )
})

test('no title, no answer', () => {
  expect(availability(stores, { titleIds: [] }, ASKED).size).toBe(0)
})
