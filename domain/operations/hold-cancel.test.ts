import { describe, expect, test } from 'vitest'

import { NOW, aHold, aReader, anItem } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, recordOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const waiting: Change[] = [put('hold', aHold()), put('reader', aReader({ openHoldsCount: 1 }))]
const kept: Change[] = [
  ...waiting,
  put('hold', aHold({ state: 'on-shelf', trappedItemId: 'item-1', keepUntilOn: '2026-11-24' })),
  put('item', anItem({ state: 'on-hold-shelf', holdId: 'hold-1', heldForReaderId: 'reader-1' })),
]
const cancelling = { hold: 'hold-1', reason: 'by-reader' }

describe('may it be cancelled?', () => {
  const rows: [says: string, records: Change[], said: string[]][] = [
    ['H11 while it waits', waiting, []],
    ['H11 while an item is kept', kept, ['alert H11 hold-item-to-clear']],
    ['H11 unknown', [], ['impossible H11 unknown-hold']],
    [
      'H11 collected meanwhile',
      [put('hold', aHold({ state: 'collected', closedAt: NOW }))],
      ['impossible H11 hold-closed'],
    ],
  ]
  test.each(rows)('%s', (_says, records, expected) => {
    expect(said(decideOn(records, 'hold.cancel', cancelling))).toEqual(expected)
  })
})

test('H11 the item is kept for nobody, and is where it was', () => {
  const shelf = aShelf(kept)
  performOn(shelf, 'hold.cancel', cancelling)
  expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject({
    state: 'cancelled',
    closedAt: NOW,
    closeReason: 'by-reader',
  })
  expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({
    state: 'on-hold-shelf',
    holdId: null,
    heldForReaderId: null,
  })
  expect(rowOf(shelf, 'reader', 'reader-1')?.openHoldsCount).toBe(0)
})

test('U2 undone: it is kept again', () => {
  const shelf = aShelf(kept)
  performOn(shelf, 'hold.cancel', cancelling)
  const parts = { operationId: 'desk-a.1.2', at: NOW + 1000 }
  performOn(shelf, 'operation.undo', { operation: 'desk-a.1.1', reason: null }, parts)
  expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject({ state: 'on-shelf', closedAt: null })
  expect(rowOf(shelf, 'item', 'item-1')?.holdId).toBe('hold-1')
  expect(rowOf(shelf, 'reader', 'reader-1')?.openHoldsCount).toBe(1)
})

test('H11 cancelled after it was collected elsewhere: refused', () => {
  const records = [put('hold', aHold({ state: 'collected', closedAt: NOW - 1 }))]
  expect(recordOn(records, 'hold.cancel', cancelling).outcome).toBe('refused')
})
