import { afterEach, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import { BRANCH, NOW, aHold, aReader, aTitle } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { readerHolds } from './reader-holds.ts'

let stores: ReturnType<typeof someStores>
afterEach(() => {
  stores.close()
})

test('H6 the place in each queue, and what is kept already', () => {
  stores = someStores([
    put('title', aTitle()),
    put('reader', aReader()),
    put('hold', aHold({ id: 'other', readerId: 'reader-2', placedAt: 1 })),
    put('hold', aHold({ suspendedUntilOn: '2026-12-01' })),
    put('hold', aHold({ id: 'hold-2', titleId: 'title-2', placedAt: NOW })),
    put(
      'hold',
      aHold({
        id: 'hold-3',
        titleId: 'title-3',
        placedAt: NOW + 1,
        state: 'on-shelf',
        trappedItemId: 'x',
      }),
    ),
    put('hold', aHold({ id: 'over', state: 'collected', closedAt: NOW })),
  ])
  const { rows } = queries['reader-holds'].answer.parse(
    readerHolds(stores, { readerId: 'reader-1' }, ASKED),
  )
  expect(rows.map(({ hold, position, isPassedOver }) => [hold.id, position, isPassedOver])).toEqual(
    [
      ['hold-1', 2, true],
      ['hold-2', 1, false],
      ['hold-3', null, false],
    ],
  )
  expect(rows[0]).toMatchObject({ title: { title: '平凡的世界' }, pickupBranch: { id: BRANCH } })
})
