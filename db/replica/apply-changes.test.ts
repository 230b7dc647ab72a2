import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { applyChange, patch, put, remove } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { FEED, aReader, anItem } from '../../test/builders/city.ts'
import { someStores } from '../../test/builders/stores.ts'

let stores: ReturnType<typeof someStores>
let number = 1
beforeEach(() => {
  stores = someStores([put('item', anItem()), put('reader', aReader())])
  number = 1
})
afterEach(() => {
  stores.close()
})

const apply = (...changes: Change[]) => {
  number += 1
  return stores.replica.applyPage({
    entries: [{ scope: FEED, number, changes }],
    settled: [],
    redecide: () => [],
  })
}
const item = () => stores.replica.row('item', 'item-1')
const reader = () => stores.replica.row('reader', 'reader-1')

test('put replaces the whole row, patch its own columns, remove the row', () => {
  apply(patch('item', 'item-1', { shelf: null, isForLoan: false }))
  expect(item()).toEqual(anItem({ shelf: null, isForLoan: false }))
  apply(put('item', anItem({ barcode: 'new' })))
  expect(item()).toEqual(anItem({ barcode: 'new' }))
  apply(remove('item', 'item-1'))
  expect(item()).toBeNull()
})

test('add moves a counter from where it is', () => {
  apply(patch('reader', 'reader-1', {}, { openLoansCount: 2, feesOwedFen: 50 }))
  apply(patch('reader', 'reader-1', { name: 'x' }, { openLoansCount: -1 }))
  expect(reader()).toEqual(aReader({ openLoansCount: 1, feesOwedFen: 50, name: 'x' }))
})

test('I19 a patch of a removed row leaves it removed', () => {
  apply(remove('item', 'item-1'))
  apply(patch('item', 'item-1', { shelf: 'back' }), patch('item', 'item-1', {}))
  expect(item()).toBeNull()
})

describe('a name that is no field is refused before it is SQL, and nothing of the page stays', () => {
  test.each<[string, Change]>([
    ['set', { patch: 'item', id: 'item-1', set: { 'shelf" = 1 --': 'x' }, add: {} } as Change],
    ['add', { patch: 'item', id: 'item-1', set: {}, add: { shelves: 1 } } as unknown as Change],
    [
      'add to text',
      { patch: 'item', id: 'item-1', set: {}, add: { shelf: 1 } } as unknown as Change,
    ],
    ['set the id', { patch: 'item', id: 'item-1', set: { id: 'x' }, add: {} } as unknown as Change],
  ])('%s', (_what, change) => {
    expect(() => apply(patch('item', 'item-1', { shelf: 'first' }), change)).toThrow(/item/)
    expect(item()).toEqual(anItem())
    number -= 1
    apply(patch('item', 'item-1', { shelf: 'second' }))
    expect(item()?.shelf).toBe('second')
  })
})

test('rows move exactly as applyChange says', () => {
  const change = fc.oneof(
    fc
      .record({ name: fc.string({ maxLength: 20 }) })
      .map((set) => patch('reader', 'reader-1', set)),
    fc
      .integer({ min: -5, max: 5 })
      .map((by) => patch('reader', 'reader-1', {}, { feesOwedFen: by })),
    fc
      .tuple(fc.nat(9), fc.nat(9))
      .map(([set, by]) =>
        patch('reader', 'reader-1', { openLoansCount: set }, { openLoansCount: by }),
      ),
    fc.constant(remove('reader', 'reader-1')),
    fc.nat(9).map((count) => put('reader', aReader({ openLoansCount: count }))),
  )
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 10 }), (changes) => {
      const before = reader()
      apply(...changes)
      const expected = changes.reduce(
        (row, one) => applyChange(row, one),
        before as Parameters<typeof applyChange>[0],
      )
      expect(reader()).toEqual(expected)
    }),
    { numRuns: 200 },
  )
})
