import { expect, test } from 'vitest'

import { NOW, aHold, anItem } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'

const missing = { hold: 'hold-1', item: 'item-1' }

test.each([
  ['H12 while it waits', aHold(), []],
  ['H11 over', aHold({ state: 'collected', closedAt: NOW }), ['impossible H11 hold-closed']],
])('%s', (_says, hold, expected) => {
  expect(said(decideOn([put('hold', hold)], 'hold.not-found', missing))).toEqual(expected)
})

test('H12 not on its shelf: the hold waits on, and asks for another copy', () => {
  const shelf = aShelf([put('hold', aHold()), put('item', anItem())])
  performOn(shelf, 'hold.not-found', missing)
  performOn(shelf, 'hold.not-found', missing, { operationId: 'desk-a.1.2' })
  expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject({
    state: 'waiting',
    missedItemIds: ['item-1'],
  })
})

test('H12 gone from the hold shelf: it waits again at its place', () => {
  const shelf = aShelf([
    put('hold', aHold({ state: 'on-shelf', trappedItemId: 'item-1', keepUntilOn: '2026-11-24' })),
    put('item', anItem({ state: 'on-hold-shelf', holdId: 'hold-1', heldForReaderId: 'reader-1' })),
  ])
  performOn(shelf, 'hold.not-found', missing)
  expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject({
    state: 'waiting',
    placedAt: aHold().placedAt,
    trappedItemId: null,
    keepUntilOn: null,
  })
  expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({ holdId: null, heldForReaderId: null })
})
