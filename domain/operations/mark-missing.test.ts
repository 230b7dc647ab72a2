import { expect, test } from 'vitest'

import { NOW, OTHER_BRANCH, aLoan, anItem } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const item = anItem()
const itemIs = (parts: Parameters<typeof anItem>[0]): Change[] => [put('item', anItem(parts))]

test.each([
  ['R17 not on its shelf', itemIs({}), []],
  ['T6, R17 never arrived', itemIs({ state: 'in-transit', transitToBranchId: OTHER_BRANCH }), []],
  ['R17 twice', itemIs({ state: 'missing' }), ['impossible R17 item-missing-already']],
  ['R17 lost', itemIs({ state: 'lost' }), ['impossible R17 already-lost']],
  ['L10 withdrawn', itemIs({ state: 'withdrawn' }), ['impossible L10 item-withdrawn']],
  [
    'R17 on loan',
    [...itemIs({ state: 'on-loan', openLoanId: 'loan-1' }), put('loan', aLoan())],
    ['impossible R17 item-on-loan'],
  ],
  [
    'R17 on loan elsewhere',
    itemIs({ state: 'on-loan', openLoanId: 'loan-of-another-desk' }),
    ['impossible R17 item-on-loan'],
  ],
  ['L1 unknown', [], ['impossible L1 unknown-item']],
] as [string, Change[], string[]][])('%s', (_says, records, expected) => {
  expect(said(decideOn(records, 'item.mark-missing', { item: item.id }))).toEqual(expected)
})

test('R12 a scan finds it, anywhere, and nobody has to explain', () => {
  const shelf = aShelf(
    itemIs({ state: 'in-transit', transitToBranchId: OTHER_BRANCH, transitSentAt: 1 }),
  )
  performOn(shelf, 'item.mark-missing', { item: item.id })
  expect(rowOf(shelf, 'item', item.id)).toMatchObject({
    state: 'missing',
    transitToBranchId: null,
    transitSentAt: null,
  })
  const scanned = performOn(
    shelf,
    'loan.check-in',
    { barcode: item.barcode, returnedOn: null },
    { operationId: 'desk-b.1.1', at: NOW + 1, branchId: OTHER_BRANCH },
  )
  expect(said(scanned)).toEqual([
    'note R2 not-on-loan',
    'alert R12 item-was-missing',
    'alert R4 belongs-elsewhere',
  ])
  expect(scanned.exceptions).toEqual([])
})
