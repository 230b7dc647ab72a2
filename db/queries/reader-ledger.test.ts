import { afterEach, beforeEach, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import { BRANCH, LIBRARY, NOW, aLease, aLedgerEntry, aReader } from '../../test/builders/city.ts'
import { ASKED, anOperation, someStores } from '../../test/builders/stores.ts'
import { readerLedger } from './reader-ledger.ts'

let stores: ReturnType<typeof someStores>
const ask = (readerId = 'reader-1', limit = 50) =>
  queries['reader-ledger'].answer.parse(readerLedger(stores, { readerId, limit }, ASKED))
const about = { itemId: null, readerId: 'reader-1', loanId: null, otherLoanId: null }

beforeEach(() => {
  stores = someStores([
    put('reader', aReader({ pointsFree: 70 })),
    put('lease', aLease({ id: 'good', spent: 40 })),
    put('lease', aLease({ id: 'over', notAfter: NOW })),
    put('lease', aLease({ id: 'of-another', readerId: 'reader-2' })),
    put('ledger-entry', aLedgerEntry({ id: 'old', at: NOW - 9 })),
    put('ledger-entry', aLedgerEntry({ id: 'desk-a.1.1.r1', at: NOW - 5 })),
    put('ledger-entry', aLedgerEntry({ id: 'new', at: NOW, cause: 'reversed', reversesId: 'old' })),
    put('ledger-entry', aLedgerEntry({ id: 'other', readerId: 'reader-2' })),
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

test('shows what is free, what is leased here and what may be redeemed now', () => {
  const ledger = ask()
  expect(ledger).toMatchObject({ pointsFree: 70, spendable: 60, reader: { id: 'reader-1' } })
  expect(ledger?.leases.map(({ lease, state }) => [lease.id, state])).toEqual([
    ['good', 'usable'],
    ['over', 'stopped'],
  ])
})

test('I26 shows the newest entries first, and which of them were taken back', () => {
  stores.outbox.append(anOperation(1), null)
  expect(
    ask()?.entries.map(({ entry, isReversed, isPending }) => [entry.id, isReversed, isPending]),
  ).toEqual([
    ['new', false, false],
    ['desk-a.1.1.r1', false, true],
    ['old', true, false],
  ])
  const first = ask('reader-1', 1)
  expect([first?.entries.length, first?.entriesCount]).toEqual([1, 3])
  expect(first?.entries[0]?.branch?.id).toBe(BRANCH)
})

test('Z7 says what became of what was asked for today', () => {
  expect(ask()?.request).toBeNull()
  const request = { kind: 'lease.request', about }
  stores.outbox.append(anOperation(1, request), null)
  expect(ask()?.request).toEqual({ outcome: 'pending', findings: [] })
  const findings = [
    {
      level: 'impossible',
      code: 'not-enough-points',
      rule: 'Z7',
      params: {},
      permission: null,
      needsSecondPerson: false,
      exception: null,
    },
  ]
  stores.outbox.saveOutcomes([{ seq: 1, outcome: 'refused', positions: {}, findings }])
  expect(ask()?.request).toEqual({ outcome: 'refused', findings })
  stores.outbox.append(anOperation(2, request), null)
  expect(ask()?.request?.outcome).toBe('pending')
})

test('nobody of this id', () => {
  expect(ask('nobody')).toBeNull()
})

test('D13, Z12 shows what was entered for the records that became part of this one', () => {
  const merged = someStores([
    put('reader', aReader()),
    put('reader', aReader({ id: 'reader-2', cardNumber: '2', mergedIntoId: 'reader-1' })),
    put('reader', aReader({ id: 'reader-3', cardNumber: '3', mergedIntoId: 'reader-2' })),
    put('ledger-entry', aLedgerEntry({ id: 'own', at: NOW - 1 })),
    put('ledger-entry', aLedgerEntry({ id: 'of-2', readerId: 'reader-2', at: NOW - 2 })),
    put('ledger-entry', aLedgerEntry({ id: 'of-3', readerId: 'reader-3', at: NOW - 3 })),
    put('ledger-entry', aLedgerEntry({ id: 'other', readerId: 'reader-4' })),
  ])
  merged.outbox.saveIdentity({
    deviceId: 'desk-a',
    epoch: 1,
    branchId: BRANCH,
    libraryId: LIBRARY,
    deskName: '一号台',
    isSampleCity: false,
    serverUrl: null,
    serverEpoch: null,
  })
  const ledger = readerLedger(merged, { readerId: 'reader-1', limit: 50 }, ASKED)
  expect(ledger?.entries.map(({ entry }) => entry.id)).toEqual(['own', 'of-2', 'of-3'])
  expect(ledger?.entriesCount).toBe(3)
  merged.close()
})
