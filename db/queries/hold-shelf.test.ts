import { afterEach, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import {
  BRANCH,
  LIBRARY,
  OTHER_BRANCH,
  aHold,
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
