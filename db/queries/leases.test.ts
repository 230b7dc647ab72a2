import { afterEach, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import { BRANCH, LIBRARY, NOW, aLease, aNumberBlock, aReader } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { leases } from './leases.ts'

const HOUR = 3_600_000
let stores: ReturnType<typeof someStores>
afterEach(() => {
  stores.close()
})

/** The desk `desk-a`, in its second epoch. */
function opened(...changes: Parameters<typeof put>[1][]) {
  stores = someStores([
    put('reader', aReader()),
    ...changes.map((row) => put('lease', row as ReturnType<typeof aLease>)),
  ])
  stores.outbox.saveIdentity({
    deviceId: 'desk-a',
    epoch: 2,
    branchId: BRANCH,
    libraryId: LIBRARY,
    deskName: '一号台',
    isSampleCity: false,
    serverUrl: null,
    serverEpoch: null,
  })
  return queries.leases.answer.parse(leases(stores, {}, ASKED))
}

test('Z4, Z6 says of each lease what may be done with it, what ends first before the others', () => {
  const { rows, valueAtRisk } = opened(
    aLease({ id: 'usable', epoch: 2 }),
    aLease({ id: 'ends-soon', epoch: 2, notAfter: NOW + 25 * HOUR }),
    aLease({ id: 'stopped', epoch: 2, notAfter: NOW + HOUR, spent: 90 }),
    aLease({ id: 'used-up', epoch: 2, spent: 100, notAfter: NOW + 300 * HOUR }),
    aLease({ id: 'frozen', epoch: 1, notAfter: NOW - HOUR }),
    aLease({ id: 'closed', epoch: 2, closedAt: NOW }),
  )
  expect(rows.map(({ lease, state }) => [lease.id, state])).toEqual([
    ['frozen', 'frozen'],
    ['stopped', 'stopped'],
    ['ends-soon', 'ends-soon'],
    ['usable', 'usable'],
    ['used-up', 'used-up'],
  ])
  expect(rows[0]?.reader).toEqual({
    id: 'reader-1',
    name: aReader().name,
    cardNumber: aReader().cardNumber,
  })
  expect(valueAtRisk).toBe(100 + 100 + 10 + 100)
})

test('Z10 the next number is of the oldest block that has one', () => {
  const { blocks } = opened(
    aNumberBlock({ id: 'b2', epoch: 2, firstNumber: 61, grantedAt: NOW }),
    aNumberBlock({ id: 'b1', epoch: 2, spent: 18, grantedAt: NOW - HOUR }),
    aNumberBlock({ id: 'b0', epoch: 1, firstNumber: 1, grantedAt: NOW - 2 * HOUR }),
  )
  expect(blocks).toMatchObject([
    {
      series: 'certificate',
      next: { leaseId: 'b1', number: 39, printed: 'JZ00000039' },
      left: 22,
    },
  ])
})

test('Z10 without a block there is no number', () => {
  expect(opened().blocks).toMatchObject([{ series: 'certificate', next: null, left: 0 }])
})
