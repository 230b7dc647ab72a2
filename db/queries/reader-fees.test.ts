import { afterEach, beforeEach, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import {
  BRANCH,
  LIBRARY,
  NOW,
  aFee,
  aReader,
  aTill,
  aTitle,
  anItem,
} from '../../test/builders/city.ts'
import { ASKED, anOperation, someStores } from '../../test/builders/stores.ts'
import { readerFees } from './reader-fees.ts'

let stores: ReturnType<typeof someStores>

beforeEach(() => {
  stores = someStores([
    put('title', aTitle()),
    put('item', anItem()),
    put('reader', aReader({ feesOwedFen: 140 })),
    put('fee', aFee({ id: 'desk-a.1.1.r1', itemId: null, cause: 'card', openedAt: NOW + 1 })),
    put('fee', aFee({ id: 'part', paidFen: 30, waivedFen: 10 })),
    put('fee', aFee({ id: 'paid', paidFen: 90, settledAt: NOW })),
    put('fee', aFee({ id: 'paid-later', paidFen: 90, settledAt: NOW + 1 })),
    put('fee', aFee({ id: 'of-another', readerId: 'reader-2' })),
    put('till', aTill()),
  ])
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
})
afterEach(() => {
  stores.close()
})

test('Z11 what is owed, the oldest first, then what was settled, the newest first', () => {
  stores.outbox.append(anOperation(1), null)
  const fees = queries['reader-fees'].answer.parse(
    readerFees(stores, { readerId: 'reader-1' }, ASKED),
  )
  expect(fees.rows.map((row) => [row.fee.id, row.owedFen, row.title, row.isPending])).toEqual([
    ['part', 50, '平凡的世界', false],
    ['desk-a.1.1.r1', 90, null, true],
    ['paid-later', 0, '平凡的世界', false],
    ['paid', 0, '平凡的世界', false],
  ])
  expect(fees.owedFen).toBe(140)
  expect(fees.till?.id).toBe('till-1')
})
