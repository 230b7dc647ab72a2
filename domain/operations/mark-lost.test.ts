import { describe, expect, test } from 'vitest'

import {
  BRANCH,
  NOW,
  OTHER_BRANCH,
  aFee,
  aLedgerEntry,
  aLoan,
  aPolicy,
  aReader,
  anItem,
} from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, rowsOf, said } from '../../test/builders/decide.ts'
import type { Shelf } from '../../test/builders/decide.ts'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'

const DAY = 86_400_000
const item = anItem({ state: 'on-loan', openLoanId: 'loan-1' })
const reader = aReader({ openLoansCount: 1 })
const lent: Change[] = [put('item', item), put('reader', reader), put('loan', aLoan())]
const losing = { item: item.id }
const returning = { barcode: item.barcode, returnedOn: null }
const later = { operationId: 'desk-a.1.2', at: NOW + DAY }

describe('what is told lost', () => {
  const rows: [says: string, records: Change[], said: string[], feeFen: number][] = [
    ['R15 three times the price', lent, ['alert R15 loss-charged'], 3 * 3900],
    [
      'R15 without a price, what the policy says',
      [...lent, patch('item', item.id, { priceFen: null })],
      ['alert R15 loss-charged'],
      3 * 4000,
    ],
    ['R15 on nobody’s card', [put('item', anItem())], ['note R15 not-on-loan'], 0],
    [
      'R15 never twice',
      [...lent, patch('item', item.id, { state: 'lost' })],
      ['impossible R15 already-lost'],
      3 * 3900,
    ],
    [
      'R15 while two claim it',
      [...lent, put('loan', aLoan({ id: 'loan-2', isDisputed: true }))],
      ['impossible R15 loan-disputed'],
      3 * 3900,
    ],
    [
      'L10 withdrawn',
      [put('item', anItem({ state: 'withdrawn' }))],
      ['impossible L10 item-withdrawn'],
      0,
    ],
    ['L1 unknown', [], ['impossible L1 unknown-item'], 0],
  ]
  test.each(rows)('%s', (_says, records, expected, feeFen) => {
    const decision = decideOn(records, 'item.mark-lost', losing)
    expect([said(decision), decision.summary.feeFen]).toEqual([expected, feeFen])
  })

  test('R15 the loan stays open and counted, and the reader owes', () => {
    const shelf = aShelf(lent)
    performOn(shelf, 'item.mark-lost', losing)
    expect(rowOf(shelf, 'item', item.id)).toMatchObject({ state: 'lost', openLoanId: 'loan-1' })
    expect(rowOf(shelf, 'loan', 'loan-1')).toMatchObject({ lostAt: NOW, returnedAt: null })
    expect(rowOf(shelf, 'reader', reader.id)).toMatchObject({
      openLoansCount: 1,
      feesOwedFen: 11_700,
    })
    expect(rowsOf(shelf, 'fee')).toMatchObject([
      { cause: 'loss', loanId: 'loan-1', settledAt: null },
    ])
  })
})

describe('R14 it is found', () => {
  const lost = (): Shelf => {
    const shelf = aShelf([...lent, put('loan', aLoan({ dueOn: '2026-11-20' }))])
    performOn(shelf, 'item.mark-lost', losing)
    return shelf
  }
  const feeId = 'desk-a.1.1.r1'

  test.each(['loan.check-in', 'item.found'] as const)(
    'R14 by %s: unpaid, it falls away',
    (kind) => {
      const shelf = lost()
      const payload = kind === 'item.found' ? { barcode: item.barcode } : returning
      expect(said(performOn(shelf, kind, payload, later))).toEqual([
        'alert L11 item-was-lost',
        'alert R3 returned-late',
        'alert R14 loss-fee-dropped',
      ])
      expect(rowOf(shelf, 'fee', feeId)).toMatchObject({ settledAt: later.at })
      // Three days late: the overdue alone.
      expect(rowOf(shelf, 'reader', reader.id)).toMatchObject({
        openLoansCount: 0,
        feesOwedFen: 90,
      })
      expect(rowOf(shelf, 'item', item.id)).toMatchObject({ state: 'on-shelf', openLoanId: null })
    },
  )

  const paid = (shelf: Shelf, settledAt: number): Shelf => {
    const fee = rowOf(shelf, 'fee', feeId) ?? aFee()
    const entry = aLedgerEntry({
      ledger: 'money',
      amount: fee.amountFen,
      cause: 'paid',
      policyLine: null,
      feeId,
    })
    const moved = [
      put('fee', { ...fee, paidFen: fee.amountFen, settledAt }),
      put('ledger-entry', entry),
    ]
    return aShelf([
      ...['item', 'loan', 'reader'].flatMap((kind) =>
        rowsOf(shelf, kind as 'item').map((row) => put(kind as 'item', row)),
      ),
      ...moved,
      patch('reader', reader.id, {}, { feesOwedFen: -fee.amountFen }),
    ])
  }

  test('R14 paid: refunded within the window, and the loan says until when', () => {
    const shelf = paid(lost(), NOW)
    expect(said(performOn(shelf, 'loan.check-in', returning, later))).toContain(
      'alert R14 loss-refund-due',
    )
    expect(rowOf(shelf, 'loan', 'loan-1')?.lossRefundUntilOn).toBe('2027-02-20')
    expect(rowOf(shelf, 'reader', reader.id)?.feesOwedFen).toBe(90)
  })

  test('R14 paid long ago: nothing is refunded', () => {
    const shelf = paid(lost(), NOW)
    const late = { ...later, at: NOW + 91 * DAY }
    const found = performOn(shelf, 'loan.check-in', returning, late)
    expect(said(found)).toContain('note R14 loss-refund-over')
    expect(rowOf(shelf, 'loan', 'loan-1')).toMatchObject({
      returnedAt: late.at,
      lossRefundUntilOn: null,
    })
  })

  test('R14 the overdue is charged up to its maximum', () => {
    const shelf = lost()
    performOn(shelf, 'loan.check-in', returning, { ...later, at: NOW + 400 * DAY })
    expect(rowOf(shelf, 'reader', reader.id)?.feesOwedFen).toBe(1000)
  })

  test('U2 undone, it is lost again and charged', () => {
    const shelf = lost()
    const before = structuredClone(shelf.rows)
    performOn(shelf, 'loan.check-in', returning, { operationId: 'desk-a.1.2', at: NOW + 1000 })
    performOn(
      shelf,
      'operation.undo',
      { operation: 'desk-a.1.2', reason: null },
      { operationId: 'desk-a.1.3', at: NOW + 2000 },
    )
    expect(shelf.rows).toEqual(before)
  })
})

test('T7 what floats stays where it is found, within its own library', () => {
  const policy = aPolicy()
  const floating = { ...policy, itemRules: { ...policy.itemRules, floatingTypes: ['book'] } }
  const shelf = aShelf([put('policy', floating), put('item', anItem({ state: 'lost' }))])
  const at = { branchId: OTHER_BRANCH }
  expect(said(performOn(shelf, 'item.found', { barcode: item.barcode }, at))).toContain(
    'note T7 stays-here',
  )
  expect(rowOf(shelf, 'item', item.id)).toMatchObject({
    state: 'on-shelf',
    homeBranchId: OTHER_BRANCH,
    shelf: null,
  })
  const others = anItem({ state: 'lost', ownerLibraryId: '044006' })
  const decision = decideOn(
    [put('policy', floating), put('item', others)],
    'item.found',
    { barcode: item.barcode },
    at,
  )
  expect(decision.summary.route).toMatchObject({ to: 'transit', branchId: BRANCH })
})
