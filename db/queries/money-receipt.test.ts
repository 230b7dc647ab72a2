import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { patch, put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import {
  BRANCH,
  LIBRARY,
  NOW,
  aFee,
  aLedgerEntry,
  aReader,
  aTitle,
  anItem,
} from '../../test/builders/city.ts'
import { ASKED, anOperation, hashOf, someStores } from '../../test/builders/stores.ts'
import { moneyReceipt, newestReceiptOf } from './money-receipt.ts'

const paid = (id: string, feeId: string, amount: number) =>
  aLedgerEntry({ id, ledger: 'money', cause: 'paid', feeId, amount, tender: 'cash', at: NOW })
const entries = [paid('desk-a.1.1.r1', 'fee-1', 90), paid('desk-a.1.1.r2', 'fee-2', 200)]
const refund = aLedgerEntry({
  ...paid('desk-a.1.2.r1', 'fee-2', -200),
  cause: 'refunded',
  tender: 'wechat',
  note: '标签没有换',
  at: NOW + 1,
})
const payload = {
  reader: 'reader-1',
  fees: [
    { fee: 'fee-1', amountFen: 90 },
    { fee: 'fee-2', amountFen: 200 },
  ],
  tender: 'cash',
  till: null,
  givenFen: 500,
}
let stores: ReturnType<typeof someStores>

beforeEach(() => {
  stores = someStores([
    put('title', aTitle()),
    put('item', anItem()),
    put('reader', aReader({ feesOwedFen: 60 })),
    put('fee', aFee({ id: 'fee-1', itemId: 'item-1', paidFen: 90, settledAt: NOW })),
    put('fee', aFee({ id: 'fee-2', itemId: null, cause: 'label', amountFen: 200 })),
    ...[...entries, refund].map((entry): Change => put('ledger-entry', entry)),
    put('ledger-entry', aLedgerEntry({ id: 'desk-b.1.9.r1', ledger: 'money', at: NOW + 9 })),
  ])
  const { outbox } = stores
  outbox.saveIdentity({
    deviceId: 'desk-a',
    epoch: 1,
    branchId: BRANCH,
    libraryId: LIBRARY,
    deskName: '一号台',
    isSampleCity: false,
    serverUrl: null,
    serverEpoch: null,
  })
  const puts = (of: typeof entries): Change[] => of.map((entry) => put('ledger-entry', entry))
  outbox.append(
    anOperation(1, {
      kind: 'payment.take',
      body: { prevHash: hashOf(0), payload },
      changes: puts(entries),
    }),
    null,
  )
  outbox.append(anOperation(2, { kind: 'payment.refund', changes: puts([refund]) }), null)
  outbox.append(anOperation(3, { changes: [patch('item', 'item-1', { shelf: 'x' })] }), null)
})
afterEach(() => stores.close())

const receiptOf = (operationId: string) =>
  queries['money-receipt'].answer.parse(moneyReceipt(stores, { operationId }, ASKED))

describe('the receipt of an operation', () => {
  test('names what was paid, how, what is left, who took it, and where it is found again', () => {
    expect(receiptOf('desk-a.1.1')).toEqual({
      operationId: 'desk-a.1.1',
      number: '一号台 1.1',
      slip: 'payment-receipt',
      at: NOW,
      staffName: '林老师',
      deskName: '一号台',
      reader: { id: 'reader-1', name: aReader().name, cardNumber: aReader().cardNumber },
      lines: [
        { cause: 'overdue', title: '平凡的世界', barcode: '04400510000001', amountFen: 90 },
        { cause: 'label', title: null, barcode: null, amountFen: 200 },
      ],
      amountFen: 290,
      tender: 'cash',
      givenFen: 500,
      owedFen: 60,
      note: null,
    })
  })
  test('of a refund: what went back, and why', () => {
    expect(receiptOf('desk-a.1.2')).toMatchObject({
      slip: 'refund-receipt',
      amountFen: 200,
      tender: 'wechat',
      givenFen: null,
      note: '标签没有换',
    })
  })
  test.each([
    ['of what moved no money', 'desk-a.1.3'],
    ['of another desk', 'desk-b.1.9'],
    ['of nothing', 'x'],
  ])('none %s', (_says, operationId) => {
    expect(receiptOf(operationId)).toBeNull()
  })
  test('none of what the city refused', () => {
    stores.outbox.saveOutcomes([{ seq: 2, outcome: 'refused', positions: {}, findings: [] }])
    expect(receiptOf('desk-a.1.2')).toBeNull()
  })
})

test('the newest that this desk can print, not another desk’s', () => {
  expect(newestReceiptOf(stores, 'reader-1')).toBe('desk-a.1.2')
  expect(newestReceiptOf(stores, 'reader-2')).toBeNull()
})
