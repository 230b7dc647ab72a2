import { expect, test } from 'vitest'

import { aLibrary } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, recordOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import { editedRule } from '../edited-rule.ts'
import type { SorterBin } from '../policy/sorter-bins.ts'

const any = { to: null, toBranchId: null, ownerLibraryId: null, itemType: null, shelfBegins: null }
const bin = (name: string, parts: Partial<SorterBin> = {}): SorterBin => ({
  bin: name,
  ...any,
  ...parts,
})
const head = { role: 'branch-head' } as const
const { id: library } = aLibrary()
const shelves = [bin('1', { to: 'shelf' }), bin('2')]
const setting = { library, from: [], to: shelves }

test('R19 bins are written in their order, and taken out', () => {
  const shelf = aShelf([])
  performOn(shelf, 'library.set-bins', setting, head)
  expect(rowOf(shelf, 'library', library)?.sorterBins).toEqual(shelves)
  const none = { library, from: shelves, to: [] }
  performOn(shelf, 'library.set-bins', none, { ...head, operationId: 'desk-a.1.2' })
  expect(rowOf(shelf, 'library', library)?.sorterBins).toEqual([])
})

const changed = [put('library', aLibrary({ sorterBins: [bin('9')] }))]
const done = [put('library', aLibrary({ sorterBins: shelves }))]
test.each([
  ['changed elsewhere', changed, setting, ['impossible R19 bins-changed-meanwhile']],
  [
    'in another order',
    done,
    { ...setting, from: shelves.toReversed(), to: [] },
    ['impossible R19 bins-changed-meanwhile'],
  ],
  ['the same written elsewhere', done, setting, []],
  ['of nobody', [], { ...setting, library: 'nowhere' }, ['impossible R19 line-names-unknown']],
])('R19 bins %s', (_says, records, payload, expected) => {
  expect(said(decideOn(records, 'library.set-bins', payload, head))).toEqual(expected)
})

test('E11 refused by the city it is called by its library', () => {
  const [told] = recordOn(changed, 'library.set-bins', setting, head).exceptions
  expect(told && editedRule(told)).toEqual({ is: 'sorter', id: library })
})
