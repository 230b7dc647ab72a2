import { expect, test } from 'vitest'

import { NOW, aHold } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'

const raising = { hold: 'hold-1', priority: 1 }

test.each([
  ['H11 while it waits', aHold(), []],
  [
    'H11 an item is kept for it',
    aHold({ state: 'on-shelf', trappedItemId: 'item-1' }),
    ['impossible H11 hold-kept-already'],
  ],
  ['H11 over', aHold({ state: 'cancelled', closedAt: NOW }), ['impossible H11 hold-closed']],
])('%s', (_says, hold, expected) => {
  expect(said(decideOn([put('hold', hold)], 'hold.prioritise', raising))).toEqual(expected)
})

test('H6 the greater priority is set', () => {
  const shelf = aShelf([put('hold', aHold())])
  performOn(shelf, 'hold.prioritise', raising)
  expect(rowOf(shelf, 'hold', 'hold-1')?.priority).toBe(1)
})
