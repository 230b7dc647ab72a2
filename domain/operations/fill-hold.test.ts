import { describe, expect, test } from 'vitest'

import { NOW, OTHER_BRANCH, aHold, aReader, anItem } from '../../test/builders/city.ts'
import { aShelf, performOn, rowOf } from '../../test/builders/decide.ts'
import type { Shelf } from '../../test/builders/decide.ts'
import { put } from '../change.ts'

const MINUTE = 60_000
const reader = aReader({ openHoldsCount: 1 })
const second = aReader({ id: 'reader-2', cardNumber: '0440050000102' })
const onHoldShelf = {
  state: 'on-hold-shelf',
  holdId: 'hold-1',
  heldForReaderId: 'reader-1',
} as const

const lend = (shelf: Shelf, number: number, at: number, barcode: string, card: string) =>
  performOn(
    shelf,
    'loan.check-out',
    { barcode, card, dueOn: null },
    { operationId: `desk-a.1.${number}`, at },
  )
const back = (shelf: Shelf, number: number, at: number, barcode: string) =>
  performOn(
    shelf,
    'loan.check-in',
    { barcode, returnedOn: null },
    { operationId: `desk-b.1.${number}`, at, branchId: OTHER_BRANCH },
  )
const undo = (shelf: Shelf, number: number, at: number) =>
  performOn(
    shelf,
    'operation.undo',
    { operation: `desk-a.1.${number}`, reason: null },
    { operationId: `desk-a.1.${number + 1}`, at },
  )

/** Kept on the hold shelf, and by then lent and back again at a desk that the city heard of late. */
function lentLate(): Shelf {
  const item = anItem({ ...onHoldShelf, lastCheckInAt: NOW + 2 * MINUTE })
  const hold = aHold({ state: 'on-shelf', trappedItemId: item.id, keepUntilOn: '2026-11-24' })
  const shelf = aShelf([
    put('reader', reader),
    put('reader', second),
    put('item', item),
    put('hold', hold),
  ])
  lend(shelf, 1, NOW + MINUTE, item.barcode, reader.cardNumber)
  return shelf
}

describe('H9 a lending that is heard of after its return', () => {
  test('the hold is collected, and the item on the hold shelf kept for nobody', () => {
    const shelf = lentLate()
    expect(rowOf(shelf, 'hold', 'hold-1')?.state).toBe('collected')
    expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({
      state: 'on-hold-shelf',
      holdId: null,
      heldForReaderId: null,
      openLoanId: null,
    })
  })

  test('U2 undone at once, the item is kept again', () => {
    const shelf = lentLate()
    expect(undo(shelf, 1, NOW + 3 * MINUTE).outcome).toBe('applied')
    expect(rowOf(shelf, 'hold', 'hold-1')?.state).toBe('on-shelf')
    expect(rowOf(shelf, 'item', 'item-1')).toMatchObject(onHoldShelf)
  })

  test('U4 not undone once the item was lent and came back elsewhere', () => {
    const shelf = lentLate()
    const { barcode } = anItem()
    performOn(
      shelf,
      'loan.check-out',
      { barcode, card: second.cardNumber, dueOn: null },
      { operationId: 'desk-b.1.1', at: NOW + 4 * MINUTE },
    )
    back(shelf, 2, NOW + 5 * MINUTE, barcode)
    const undone = undo(shelf, 1, NOW + 6 * MINUTE)
    expect(undone.outcome).toBe('refused')
    expect(undone.findings.map(({ code }) => code)).toEqual(['changed-since'])
    expect(rowOf(shelf, 'hold', 'hold-1')?.state).toBe('collected')
  })
})

test('U4 the other copy was lent from the hold shelf since: its hold is not kept again', () => {
  const other = anItem({ ...onHoldShelf, id: 'item-2', barcode: 'other-copy' })
  const hold = aHold({ state: 'on-shelf', trappedItemId: other.id, keepUntilOn: '2026-11-24' })
  const records = [put('reader', reader), put('reader', second), put('hold', hold)]
  const shelf = aShelf([...records, put('item', anItem()), put('item', other)])
  lend(shelf, 1, NOW + MINUTE, anItem().barcode, reader.cardNumber)
  expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject({
    state: 'collected',
    trappedItemId: 'item-1',
  })
  expect(rowOf(shelf, 'item', other.id)?.holdId).toBeNull()
  lend(shelf, 5, NOW + 2 * MINUTE, other.barcode, second.cardNumber)
  expect(undo(shelf, 1, NOW + 3 * MINUTE).outcome).toBe('refused')
})
