import { expect, test } from 'vitest'

import { aLibrary, anItem } from '../../test/builders/city.ts'
import { decideOn } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import { binFor } from './sorter-bins.ts'
import type { SorterBin } from './sorter-bins.ts'

const bin = (name: string, parts: Partial<SorterBin> = {}): SorterBin => ({
  bin: name,
  to: null,
  toBranchId: null,
  ownerLibraryId: null,
  itemType: null,
  shelfBegins: null,
  ...parts,
})
const bins = [
  bin('A', { to: 'hold-shelf' }),
  bin('B', { to: 'transit', toBranchId: 'far' }),
  bin('C', { ownerLibraryId: 'other' }),
  bin('D', { itemType: 'av' }),
  bin('E', { to: 'shelf', shelfBegins: 'I2' }),
]
const one = {
  to: 'shelf',
  branchId: null,
  ownerLibraryId: 'own',
  itemType: 'book',
  shelf: 'A-01',
}

test.each([
  ['R19 by where it goes', { to: 'hold-shelf' }, 'A'],
  ['R19 by the branch it travels to', { to: 'transit', branchId: 'far' }, 'B'],
  ['R19 by the library that owns it', { ownerLibraryId: 'other' }, 'C'],
  ['R19 by its type', { itemType: 'av' }, 'D'],
  ['R19 by its collection', { shelf: 'I247' }, 'E'],
  ['R19 the first that fits', { to: 'hold-shelf', itemType: 'av' }, 'A'],
  ['R19 none', {}, null],
])('%s', (_says, parts, found) => {
  expect(binFor(bins, { ...one, ...parts })).toBe(found)
})

test('R19 a return says the bin where the library has a sorter', () => {
  const { barcode } = anItem()
  const returning = { barcode, returnedOn: null }
  const rows = [put('item', anItem()), put('library', aLibrary({ sorterBins: [bin('7')] }))]
  expect(decideOn(rows, 'loan.check-in', returning).summary.route).toMatchObject({ bin: '7' })
  expect(
    decideOn([put('item', anItem())], 'loan.check-in', returning).summary.route,
  ).not.toHaveProperty('bin')
})
