import { expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import {
  BRANCH,
  KIOSK,
  LIBRARY,
  NOW,
  OTHER_BRANCH,
  aHold,
  aKiosk,
  aTitle,
  anItem,
} from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { pullList } from './pull-list.ts'

function askedAt(branchId: string, changes: readonly Change[]) {
  const stores = someStores([put('title', aTitle()), ...changes])
  stores.outbox.saveIdentity({
    deviceId: 'desk-a',
    epoch: 1,
    branchId,
    libraryId: LIBRARY,
    deskName: '一号台',
    isSampleCity: false,
    serverUrl: null,
    serverEpoch: null,
  })
  const { rows } = queries['pull-list'].answer.parse(pullList(stores, {}, ASKED))
  stores.close()
  return rows.map(({ hold, item }) => [hold?.id, item?.id])
}

const here = put('item', anItem({ id: 'here', barcode: '1', callNumber: 'B' }))
const there = put(
  'item',
  anItem({ id: 'there', barcode: '2', homeBranchId: OTHER_BRANCH, atBranchId: OTHER_BRANCH }),
)

test('H12 each hold asks one branch: that of the pick-up first', () => {
  const holds = [put('hold', aHold({ pickupBranchId: OTHER_BRANCH }))]
  expect(askedAt(BRANCH, [here, there, ...holds])).toEqual([])
  expect(askedAt(OTHER_BRANCH, [here, there, ...holds])).toEqual([['hold-1', 'there']])
  expect(askedAt(BRANCH, [here, ...holds])).toEqual([['hold-1', 'here']])
})

test('H12 as one walks along the shelves, and nothing that nobody waits for', () => {
  const first = put(
    'item',
    anItem({ id: 'first', barcode: '3', callNumber: 'A', titleId: 'title-2' }),
  )
  const idle = put('item', anItem({ id: 'idle', barcode: '4', titleId: 'title-3' }))
  const holds = [
    put('hold', aHold()),
    put('hold', aHold({ id: 'hold-2', titleId: 'title-2' })),
    put('hold', aHold({ id: 'hold-3', titleId: 'title-3', state: 'cancelled', closedAt: NOW })),
  ]
  expect(askedAt(BRANCH, [here, first, idle, ...holds])).toEqual([
    ['hold-2', 'first'],
    ['hold-1', 'here'],
  ])
})

test('H13 for a kiosk: the shelves of the branch that loads it first', () => {
  const kiosk = put('branch', aKiosk({ servedByBranchId: OTHER_BRANCH }))
  const holds = [put('hold', aHold({ pickupBranchId: KIOSK }))]
  expect(askedAt(BRANCH, [kiosk, here, there, ...holds])).toEqual([])
  expect(askedAt(OTHER_BRANCH, [kiosk, here, there, ...holds])).toEqual([['hold-1', 'there']])
})
