import { expect, test } from 'vitest'

import { OTHER_BRANCH, aHold, aReader, anItem } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import { HoldId } from '../words/ids.ts'

const damaged = { condition: 'damaged', conditionNote: '缺页', state: 'in-workroom' } as const
const reader = aReader({ openHoldsCount: 1 })

test('L1 of an item that nobody knows', () => {
  expect(said(decideOn([], 'item.clear-damage', { item: 'item-1' }))).toEqual([
    'impossible L1 unknown-item',
  ])
})

test.each([
  ['R18 home, to its shelf', damaged, { state: 'on-shelf' }, []],
  [
    'R18 kept by hand for a reader',
    { ...damaged, heldForReaderId: 'reader-1' },
    { state: 'on-hold-shelf' },
    [],
  ],
  [
    'R18, R4 of another branch, sent home',
    { ...damaged, homeBranchId: OTHER_BRANCH },
    { state: 'in-transit', transitToBranchId: OTHER_BRANCH },
    ['alert R4 belongs-elsewhere'],
  ],
  [
    'R18 on loan, it stays there',
    { ...damaged, state: 'on-loan' as const },
    { state: 'on-loan' },
    [],
  ],
  ['R18 nothing to clear', {}, { state: 'on-shelf' }, ['note R18 item-not-damaged']],
])('%s', (_says, parts, after, expected) => {
  const shelf = aShelf([put('item', anItem(parts))])
  expect(said(performOn(shelf, 'item.clear-damage', { item: 'item-1' }))).toEqual(expected)
  expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({
    condition: 'good',
    conditionNote: null,
    ...after,
  })
})

const waited = () =>
  aShelf([put('reader', reader), put('item', anItem(damaged)), put('hold', aHold())])

test('H7 repaired, it is kept for who waits, as on a return', () => {
  const shelf = waited()
  const done = performOn(shelf, 'item.clear-damage', { item: 'item-1' })
  expect(said(done)).toEqual(['alert R5 hold-waiting'])
  expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({
    state: 'on-hold-shelf',
    condition: 'good',
    holdId: 'hold-1',
    heldForReaderId: 'reader-1',
  })
  expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject({
    state: 'on-shelf',
    trappedItemId: 'item-1',
  })
})

test('H8 the desk told nobody: it goes to its shelf', () => {
  const shelf = waited()
  performOn(shelf, 'item.clear-damage', { item: 'item-1' }, { promised: { holdId: null } })
  expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({ state: 'on-shelf', holdId: null })
  expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject({ state: 'waiting' })
})

test('H8 the hold it was put aside for was cancelled meanwhile', () => {
  const shelf = aShelf([put('reader', reader), put('item', anItem(damaged))])
  const promised = { holdId: HoldId.parse('hold-1') }
  const done = performOn(shelf, 'item.clear-damage', { item: 'item-1' }, { promised })
  expect(done.exceptions.map(({ kind }) => kind)).toEqual(['hold-clash'])
  expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({ state: 'on-hold-shelf' })
})
