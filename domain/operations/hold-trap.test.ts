import { describe, expect, test } from 'vitest'

import {
  BRANCH,
  NOW,
  OTHER_BRANCH,
  aHold,
  aLoan,
  aReader,
  anItem,
} from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, recordOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const item = anItem()
const fetched = { barcode: item.barcode }
const waiting: Change[] = [put('reader', aReader()), put('item', item), put('hold', aHold())]

describe('what was fetched from its shelf', () => {
  const rows: [says: string, records: Change[], to: string, said: string[]][] = [
    ['H7 kept here', waiting, 'hold-shelf', ['alert R5 hold-waiting']],
    [
      'H7 sent to the pick-up branch',
      [...waiting, put('hold', aHold({ pickupBranchId: OTHER_BRANCH }))],
      'transit',
      ['alert H7 hold-goes-to-branch'],
    ],
    [
      'H7 nobody waits any more: back on its shelf',
      [put('item', item)],
      'shelf',
      ['impossible H7 no-hold-waits'],
    ],
    ['H7 an unknown label', [], 'nowhere', ['impossible H7 unknown-item']],
  ]
  test.each(rows)('%s', (_says, records, to, expected) => {
    const decision = decideOn(records, 'hold.trap', fetched)
    expect([decision.summary.route.to, ...said(decision)]).toEqual([to, ...expected])
  })

  test('H8 on loan: it is to be returned first', () => {
    const lent = anItem({ state: 'on-loan', openLoanId: 'loan-1' })
    const decision = decideOn([put('item', lent), put('loan', aLoan())], 'hold.trap', fetched)
    expect(said(decision)).toContain('impossible H8 item-on-loan')
  })
})

test('H7 the hold is filled, the item kept', () => {
  const shelf = aShelf(waiting)
  performOn(shelf, 'hold.trap', fetched)
  expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject({
    state: 'on-shelf',
    trappedItemId: 'item-1',
    trappedAt: NOW,
    keepUntilOn: '2026-11-24',
  })
  expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({
    state: 'on-hold-shelf',
    atBranchId: BRANCH,
    holdId: 'hold-1',
    heldForReaderId: 'reader-1',
    lastCheckInAt: NOW,
  })
})

test('U2 undone: it is on its shelf, and the hold waits', () => {
  const shelf = aShelf(waiting)
  performOn(shelf, 'hold.trap', fetched)
  const parts = { operationId: 'desk-a.1.2', at: NOW + 1000 }
  performOn(shelf, 'operation.undo', { operation: 'desk-a.1.1', reason: null }, parts)
  expect(rowOf(shelf, 'hold', 'hold-1')).toEqual(aHold())
  expect(rowOf(shelf, 'item', 'item-1')).toEqual(item)
})

test('H8 lent at another desk before that scan arrived: an exception, the hold waits on', () => {
  const lent = anItem({ state: 'on-loan', openLoanId: 'loan-1' })
  const records = [put('item', lent), put('loan', aLoan()), put('hold', aHold())]
  const promised = { holdId: aHold().id }
  const { exceptions, changes } = recordOn(records, 'hold.trap', fetched, { promised })
  expect(exceptions.map(({ kind }) => kind)).toEqual(['hold-clash'])
  expect(changes.filter((one) => !('put' in one))).toEqual([])
})
