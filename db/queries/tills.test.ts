import { afterEach, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import {
  BRANCH,
  LIBRARY,
  NOW,
  OTHER_BRANCH,
  aLedgerEntry,
  aTill,
} from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { tills } from './tills.ts'

let stores: ReturnType<typeof someStores>
afterEach(() => {
  stores.close()
})

function opened(...changes: Change[]) {
  stores = someStores(changes)
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
  return queries.tills.answer.parse(tills(stores, { limit: 2 }, ASKED))
}

const money = (id: string, parts: Parameters<typeof aLedgerEntry>[0]): Change =>
  put(
    'ledger-entry',
    aLedgerEntry({
      id,
      ledger: 'money',
      cause: 'paid',
      tender: 'cash',
      tillId: 'till-1',
      ...parts,
    }),
  )

test('F8 the till of this desk: cash in and out, other tenders apart', () => {
  const { open, deviceId } = opened(
    put('till', aTill({ expectedFen: 10_150 })),
    money('e1', { amount: 200 }),
    money('e2', { amount: -50, cause: 'refunded' }),
    money('e3', { amount: 900, tender: 'wechat' }),
    money('e4', { amount: -100, tender: 'wechat', cause: 'refunded' }),
    money('e5', { amount: 700, tillId: 'till-2' }),
    money('e6', { amount: 700, tillId: null }),
  )
  expect(deviceId).toBe('desk-a')
  expect(open).toMatchObject({
    till: { id: 'till-1', expectedFen: 10_150 },
    openedByName: '林老师',
    cashInFen: 200,
    cashOutFen: 50,
    others: [{ tender: 'wechat', amountFen: 800, count: 2 }],
  })
})

test('F9 those of the branch, the latest first; the open one of this desk stands apart', () => {
  const closed = { closedAt: NOW, closedBy: 'staff-lin', countedFen: 10_000 } as const
  const { open, history } = opened(
    put('till', aTill({ id: 'now' })),
    put('till', aTill({ id: 'old', openedAt: NOW - 9, ...closed })),
    put('till', aTill({ id: 'older', openedAt: NOW - 99, ...closed })),
    put('till', aTill({ id: 'theirs', openedAt: NOW - 5, deviceId: 'desk-b' })),
    put('till', aTill({ id: 'elsewhere', openedAt: NOW, branchId: OTHER_BRANCH, ...closed })),
  )
  expect(open?.till.id).toBe('now')
  expect(history.map(({ till, closedByName }) => [till.id, closedByName])).toEqual([
    ['theirs', null],
    ['old', '林老师'],
  ])
})

test('a desk that is not enrolled has none', () => {
  stores = someStores([put('till', aTill())])
  expect(tills(stores, { limit: 2 }, ASKED)).toEqual({ deviceId: null, open: null, history: [] })
})
