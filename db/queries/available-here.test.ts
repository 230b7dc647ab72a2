import { afterEach, beforeEach, expect, test } from 'vitest'

import { put } from '../../domain/change.ts'
import { anItem } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { availableHere } from './available-here.ts'

const here = anItem({}).atBranchId
let stores: ReturnType<typeof someStores>
beforeEach(() => {
  const copies = [
    anItem({ id: 'a', barcode: 'a', titleId: 'shelved' }),
    anItem({ id: 'b', barcode: 'b', titleId: 'shelved' }),
    anItem({ id: 'c', barcode: 'c', titleId: 'lent', state: 'on-loan' }),
    anItem({ id: 'd', barcode: 'd', titleId: 'stays', isForLoan: false }),
    anItem({ id: 'e', barcode: 'e', titleId: 'elsewhere', atBranchId: 'elsewhere' }),
    anItem({ id: 'f', barcode: 'f', titleId: 'not-asked' }),
  ]
  stores = someStores(copies.map((copy) => put('item', copy)))
})
afterEach(() => {
  stores.close()
})

test('only what stands for loan on the shelves of that branch, each title once', () => {
  const titleIds = ['shelved', 'lent', 'stays', 'elsewhere', 'nobody']
  const found = (branchId: string) => [...availableHere(stores, { titleIds, branchId }, ASKED)]
  expect(found(here)).toEqual(['shelved'])
  expect(found('elsewhere')).toEqual(['elsewhere'])
  expect(found('closed')).toEqual([])
})
