import { afterEach, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import {
  BRANCH,
  KIOSK,
  LIBRARY,
  OTHER_BRANCH,
  aCalendar,
  aHold,
  aKiosk,
  aReader,
  aTitle,
  anItem,
} from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { holdShelf } from './hold-shelf.ts'

let stores: ReturnType<typeof someStores>
afterEach(() => {
  stores.close()
})

function asked(changes: readonly Change[]) {
  stores = someStores([put('title', aTitle()), put('reader', aReader()), ...changes])
  stores.outbox.saveIdentity({
    deviceId: 'desk-a',
    epoch: 1,
    branchId: BRANCH,
    libraryId: LIBRARY,
    deskName: '一号台',
    isSampleCity: false,
    serverUrl: null,
    serverEpoch: null,
  })
  return queries['hold-shelf'].answer.parse(holdShelf(stores, {}, ASKED))
}

const kept = (
  n: number,
  keepUntilOn: string,
  parts: Parameters<typeof anItem>[0] = {},
): Change[] => [
  put(
    'item',
    anItem({
      id: `item-${n}`,
      barcode: `code-${n}`,
      state: 'on-hold-shelf',
      holdId: `hold-${n}`,
      heldForReaderId: 'reader-1',
      ...parts,
    }),
  ),
  put(
    'hold',
    aHold({ id: `hold-${n}`, state: 'on-shelf', trappedItemId: `item-${n}`, keepUntilOn }),
  ),
]

test('H10 what was not collected first, then what nobody waits for, then what is kept', () => {
  const { rows, toClearCount } = asked([
    ...kept(1, '2026-11-24'),
    ...kept(2, '2026-11-21'),
    ...kept(3, '2026-11-22'),
    ...kept(4, '2026-11-24', { state: 'on-shelf' }),
    put('item', anItem({ id: 'item-5', barcode: 'code-5', state: 'on-hold-shelf' })),
    put(
      'item',
      anItem({ id: 'item-6', barcode: 'code-6', state: 'on-hold-shelf', atBranchId: OTHER_BRANCH }),
    ),
    put('hold', aHold({ id: 'hold-7', state: 'on-shelf', pickupBranchId: OTHER_BRANCH })),
  ])
  expect(rows.map(({ item, state }) => [item?.id, state])).toEqual([
    ['item-2', 'expired'],
    ['item-5', 'unheld'],
    ['item-4', 'missing'],
    ['item-3', 'kept'],
    ['item-1', 'kept'],
  ])
  expect(toClearCount).toBe(2)
})

test('H10 a closure declared since moves the last day to collect it; a kiosk is never shut', () => {
  const closed = aCalendar({ closedOn: ['2026-11-21', '2026-11-22'] })
  const { rows } = asked([
    put('calendar', closed),
    put('branch', aKiosk()),
    ...kept(1, '2026-11-21'),
    ...kept(2, '2026-11-21'),
    put(
      'hold',
      aHold({
        id: 'hold-2',
        pickupBranchId: KIOSK,
        state: 'on-shelf',
        trappedItemId: 'item-2',
        keepUntilOn: '2026-11-21',
      }),
    ),
  ])
  expect(rows.map(({ hold, state }) => [hold?.id, state, hold?.keepUntilOn])).toEqual([
    ['hold-1', 'kept', '2026-11-23'],
    ['hold-2', 'expired', '2026-11-21'],
  ])
})

test('whom it is for: masked, and nobody where the desk does not hold the reader', () => {
  const { rows } = asked([
    ...kept(1, '2026-11-23'),
    put(
      'item',
      anItem({ id: 'item-2', barcode: 'code-2', state: 'on-hold-shelf', holdId: 'hold-2' }),
    ),
    put(
      'hold',
      aHold({
        id: 'hold-2',
        readerId: 'reader-of-elsewhere',
        state: 'on-shelf',
        trappedItemId: 'item-2',
        keepUntilOn: '2026-11-24',
      }),
    ),
  ])
  expect(rows.map(({ reader, title }) => [reader, title?.title])).toEqual([
    [{ name: '王**', cardTail: '0017' }, '平凡的世界'],
    [null, '平凡的世界'],
  ])
})

test('the shelf is found by its own index', () => {
  asked([])
  const plan = stores.replica.rows.raw(
    `EXPLAIN QUERY PLAN SELECT id FROM item WHERE state = 'on-hold-shelf' AND atBranchId = ? ORDER BY id LIMIT 500`,
    BRANCH,
  )
  expect(JSON.stringify(plan)).toContain('item_atBranchId')
})

test('H13 by kiosk: what goes in, what lies there, what is to be taken out', () => {
  const inKiosk = { pickupBranchId: KIOSK, state: 'on-shelf' } as const
  const { rows, toClearCount } = asked([
    put('branch', aKiosk()),
    put('branch', aKiosk({ id: 'kiosk-elsewhere', servedByBranchId: OTHER_BRANCH })),
    ...kept(1, '2026-11-24'),
    ...kept(2, '2026-11-21'),
    put(
      'hold',
      aHold({ id: 'hold-2', ...inKiosk, trappedItemId: 'item-2', keepUntilOn: '2026-11-21' }),
    ),
    ...kept(3, '2026-11-24', { state: 'in-transit', transitToBranchId: KIOSK }),
    put('hold', aHold({ id: 'hold-3', ...inKiosk, state: 'in-transit', trappedItemId: 'item-3' })),
    ...kept(4, '2026-11-24', { state: 'in-transit', transitToBranchId: BRANCH }),
    put('hold', aHold({ id: 'hold-4', ...inKiosk, state: 'in-transit', trappedItemId: 'item-4' })),
    put('item', anItem({ id: 'item-5', barcode: 'code-5', state: 'on-hold-shelf' })),
    put(
      'hold',
      aHold({ id: 'hold-5', ...inKiosk, state: 'cancelled', trappedItemId: 'item-5', closedAt: 1 }),
    ),
    put('hold', aHold({ id: 'hold-6', state: 'on-shelf', pickupBranchId: 'kiosk-elsewhere' })),
  ])
  expect(rows.map(({ item, state, kioskId }) => [item?.id, state, kioskId])).toEqual([
    ['item-1', 'kept', null],
    ['item-2', 'expired', KIOSK],
    ['item-5', 'unheld', KIOSK],
    ['item-3', 'to-load', KIOSK],
  ])
  expect(toClearCount).toBe(2)
})
