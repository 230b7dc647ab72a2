import { expect, test } from 'vitest'

import { NOW, aHold } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'

const suspending = { hold: 'hold-1', untilOn: '2026-12-22' }

test.each([
  ['H11 while it waits', aHold(), []],
  [
    'H11 an item is kept for it',
    aHold({ state: 'on-shelf', trappedItemId: 'item-1' }),
    ['impossible H11 hold-kept-already'],
  ],
  [
    'H11 an item is on its way',
    aHold({ state: 'in-transit', trappedItemId: 'item-1' }),
    ['impossible H11 hold-kept-already'],
  ],
  ['H11 over', aHold({ state: 'expired', closedAt: NOW }), ['impossible H11 hold-closed']],
])('%s', (_says, hold, expected) => {
  expect(said(decideOn([put('hold', hold)], 'hold.suspend', suspending))).toEqual(expected)
})

test('H11 unknown', () => {
  expect(said(decideOn([], 'hold.suspend', suspending))).toEqual(['impossible H11 unknown-hold'])
})

test('H6 suspended through a day, and resumed', () => {
  const shelf = aShelf([put('hold', aHold())])
  performOn(shelf, 'hold.suspend', suspending)
  expect(rowOf(shelf, 'hold', 'hold-1')?.suspendedUntilOn).toBe('2026-12-22')
  performOn(shelf, 'hold.suspend', { hold: 'hold-1', untilOn: null }, { operationId: 'desk-a.1.2' })
  expect(rowOf(shelf, 'hold', 'hold-1')?.suspendedUntilOn).toBeNull()
})
