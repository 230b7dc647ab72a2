import { describe, expect, test } from 'vitest'

import {
  NOW,
  OTHER_BRANCH,
  aCalendar,
  aHold,
  aLoan,
  aReader,
  anItem,
} from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const kept = anItem({ state: 'on-hold-shelf', holdId: 'hold-1', heldForReaderId: 'reader-1' })
const scanned = { barcode: kept.barcode }
const onShelf = (keepUntilOn: string) =>
  put('hold', aHold({ state: 'on-shelf', trappedItemId: 'item-1', keepUntilOn }))
const shelf: Change[] = [put('reader', aReader({ openHoldsCount: 1 })), put('item', kept)]
const expired = [...shelf, onShelf('2026-11-21')]
const next = put('hold', aHold({ id: 'hold-2', readerId: 'reader-2' }))

describe('an item scanned at the hold shelf', () => {
  const rows: [says: string, records: Change[], to: string, said: string[]][] = [
    ['H10 not collected, nobody else waits', expired, 'shelf', ['note H10 hold-not-collected']],
    [
      'H10 not collected: the next one',
      [...expired, next],
      'hold-shelf',
      ['note H10 hold-not-collected', 'alert R5 hold-waiting'],
    ],
    [
      'H10 not collected, of another branch',
      [...expired, put('item', { ...kept, homeBranchId: onBranch(OTHER_BRANCH) })],
      'transit',
      ['note H10 hold-not-collected'],
    ],
    [
      'H10 the last day is today',
      [...shelf, onShelf('2026-11-22')],
      'hold-shelf',
      ['impossible H10 hold-still-kept', 'alert R5 hold-waiting'],
    ],
    [
      'H10 its last day was closed since: still kept',
      [...expired, put('calendar', aCalendar({ closedOn: ['2026-11-21'] }))],
      'hold-shelf',
      ['impossible H10 hold-still-kept', 'alert R5 hold-waiting'],
    ],
    [
      'H10 cancelled meanwhile',
      [put('item', { ...kept, holdId: null, heldForReaderId: null })],
      'shelf',
      [],
    ],
    [
      'H10 it belongs on the open shelf',
      [put('item', anItem())],
      'shelf',
      ['alert H10 not-on-hold-shelf'],
    ],
    [
      'H10 it belongs to another hold shelf',
      [
        put('item', { ...kept, state: 'in-transit' }),
        put(
          'hold',
          aHold({ state: 'in-transit', trappedItemId: 'item-1', pickupBranchId: OTHER_BRANCH }),
        ),
      ],
      'transit',
      ['alert H10 not-on-hold-shelf', 'alert H7 hold-goes-to-branch'],
    ],
    ['H10 an unknown label', [], 'nowhere', ['impossible H10 unknown-item']],
  ]
  test.each(rows)('%s', (_says, records, to, expected) => {
    const decision = decideOn(records, 'hold.expire-from-shelf', scanned)
    expect([decision.summary.route.to, ...said(decision)]).toEqual([to, ...expected])
  })

  test('H10 on loan: to be returned first', () => {
    const lent = anItem({ state: 'on-loan', openLoanId: 'loan-1' })
    const records = [put('item', lent), put('loan', aLoan())]
    expect(said(decideOn(records, 'hold.expire-from-shelf', scanned))).toContain(
      'impossible H10 item-on-loan',
    )
  })
})

function onBranch(id: string) {
  return anItem({ homeBranchId: id }).homeBranchId
}

test('H10 the old hold ends and is counted off, the next is filled', () => {
  const city = aShelf([...expired, next])
  performOn(city, 'hold.expire-from-shelf', scanned)
  expect(rowOf(city, 'hold', 'hold-1')).toMatchObject({
    state: 'expired',
    closedAt: NOW,
    closeReason: 'not-collected',
  })
  expect(rowOf(city, 'reader', 'reader-1')?.openHoldsCount).toBe(0)
  expect(rowOf(city, 'hold', 'hold-2')).toMatchObject({
    state: 'on-shelf',
    trappedItemId: 'item-1',
    keepUntilOn: '2026-11-24',
  })
  expect(rowOf(city, 'item', 'item-1')).toMatchObject({ holdId: 'hold-2', state: 'on-hold-shelf' })
})

test('H8 cleared for nobody at the desk: the city keeps it for nobody', () => {
  const city = aShelf([...expired, next])
  performOn(city, 'hold.expire-from-shelf', scanned, { promised: { holdId: null } })
  expect(rowOf(city, 'hold', 'hold-2')?.state).toBe('waiting')
  expect(rowOf(city, 'item', 'item-1')).toMatchObject({ holdId: null, state: 'on-shelf' })
})

test('U2 undone: it is kept as before', () => {
  const city = aShelf([...expired, next])
  performOn(city, 'hold.expire-from-shelf', scanned)
  const parts = { operationId: 'desk-a.1.2', at: NOW + 1000 }
  performOn(city, 'operation.undo', { operation: 'desk-a.1.1', reason: null }, parts)
  expect(rowOf(city, 'hold', 'hold-1')?.state).toBe('on-shelf')
  expect(rowOf(city, 'hold', 'hold-2')?.state).toBe('waiting')
  expect(rowOf(city, 'item', 'item-1')).toEqual(kept)
})
