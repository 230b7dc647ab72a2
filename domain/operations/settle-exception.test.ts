import { describe, expect, test } from 'vitest'

import { BRANCH, NOW, aLoan, aReader, anException, anItem } from '../../test/builders/city.ts'
import {
  aShelf,
  decideOn,
  performOn,
  recordOn,
  rowOf,
  rowsOf,
  said,
} from '../../test/builders/decide.ts'
import type { CtxParts, Shelf } from '../../test/builders/decide.ts'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import { ExceptionKind } from '../records.ts'
import { editConflict } from '../edit-conflict.ts'
import { isFirstLoan, settlementsFor } from '../settlements.ts'

const DAY = 86_400_000
const head: CtxParts = { role: 'branch-head' }
const clash = anException({ loanId: 'loan-2', otherLoanId: 'loan-1', readerId: 'reader-2' })
const settling = (settlement: string) => ({ exception: clash.id, settlement, comment: null })
const barcode = anItem().barcode

/** reader-1 had it first, reader-2 was lent it three days ago. */
const clashing: Change[] = [
  put('item', anItem({ state: 'on-loan', openLoanId: 'loan-2' })),
  put('reader', aReader({ openLoansCount: 1 })),
  put('reader', aReader({ id: 'reader-2', cardNumber: '2', openLoansCount: 1 })),
  put('loan', aLoan({ isDisputed: true })),
  put('loan', aLoan({ id: 'loan-2', readerId: 'reader-2', lentAt: NOW - 3 * DAY })),
  put('exception', clash),
]
const blocked: Change[] = [put('exception', { ...clash, kind: 'reader-blocked' })]
const counts = (shelf: Shelf) =>
  ['reader-1', 'reader-2'].map((id) => rowOf(shelf, 'reader', id)?.openLoansCount)

describe('what may be settled', () => {
  const rows: [says: string, records: Change[], settlement: string, said: string[]][] = [
    ['E1 nobody knows it', [], 'accepted', ['impossible E1 unknown-exception']],
    [
      'E2 settled already',
      [...clashing, patch('exception', clash.id, { settledAt: 5 })],
      'first-returned',
      ['impossible E2 already-settled'],
    ],
    [
      'E3 a clash is not merely accepted',
      clashing,
      'accepted',
      ['impossible E3 settlement-does-not-fit'],
    ],
    [
      'E3 a block has no first reader',
      blocked,
      'first-has-it',
      ['impossible E3 settlement-does-not-fit'],
    ],
    ['E3 the first returned it', clashing, 'first-returned', []],
    ['E3 the first has it', clashing, 'first-has-it', []],
    ['E3 accepted', blocked, 'accepted', []],
  ]

  test.each(rows)('%s', (_says, records, settlement, expected) => {
    const decision = decideOn(records, 'exception.settle', settling(settlement), head)
    expect(said(decision)).toEqual(expected)
  })

  test('E3 each kind of exception has a settlement', () => {
    for (const kind of ExceptionKind.options) {
      const facts = { item: null, openLoansOfItem: [] }
      expect(settlementsFor({ ...clash, kind }, facts), kind).not.toEqual([])
    }
  })

  test('E2 the second of two desks is refused', () => {
    const shelf = aShelf(clashing)
    performOn(shelf, 'exception.settle', settling('first-returned'), head)
    const { outcome, changes } = recordOn(shelf, 'exception.settle', settling('first-has-it'), head)
    expect([outcome, changes]).toEqual(['refused', []])
  })

  test.each([
    ['E3, I20 the item came back since: nobody has it', false],
    ['E3, I20 the item was lent on since: a third reader has it', true],
  ])('%s', (_says, isLentOn) => {
    const shelf = aShelf([...clashing, put('reader', aReader({ id: 'reader-3', cardNumber: '3' }))])
    performOn(shelf, 'loan.check-in', { barcode, returnedOn: null })
    const again = { operationId: 'desk-a.1.2', at: NOW + 1000 }
    if (isLentOn) performOn(shelf, 'loan.check-out', { barcode, card: '3', dueOn: null }, again)
    expect(rowOf(shelf, 'item', 'item-1')?.openLoanId).toBe(isLentOn ? 'desk-a.1.2.r1' : null)
    const says = (settlement: string) =>
      said(decideOn(shelf, 'exception.settle', settling(settlement), head))
    expect(says('first-has-it')).toEqual(['impossible E3 settlement-does-not-fit'])
    expect(says('first-returned')).toEqual([])
  })
})

test.each([
  ['E3 the disputed loan is the first', true, 5, false, 3, true],
  ['E3 the undisputed loan is the second', false, 3, true, 5, false],
  ['E3 settled: the earlier loan is the first', false, 3, false, 5, true],
  ['E3 settled: the later loan is the second', false, 5, false, 3, false],
])('%s', (_says, isDisputed, lentAt, isOtherDisputed, otherAt, isFirst) => {
  const other = aLoan({ isDisputed: isOtherDisputed, lentAt: otherAt })
  expect(isFirstLoan(aLoan({ isDisputed, lentAt }), other)).toBe(isFirst)
})

describe('what settling does', () => {
  test('E3, I21 the first had returned it: that loan ends, the second stands', () => {
    const shelf = aShelf(clashing)
    performOn(shelf, 'exception.settle', settling('first-returned'), head)
    expect(rowOf(shelf, 'loan', 'loan-1')).toMatchObject({
      returnedAt: NOW,
      returnedBranchId: BRANCH,
      isDisputed: false,
    })
    expect(rowOf(shelf, 'loan', 'loan-2')).toMatchObject({ returnedAt: null, isDisputed: false })
    expect(rowOf(shelf, 'item', 'item-1')?.openLoanId).toBe('loan-2')
    expect(counts(shelf)).toEqual([0, 1])
    expect(rowsOf(shelf, 'exception')).toMatchObject([
      { settledAt: NOW, settledBy: 'staff-lin', settlement: 'first-returned' },
    ])
    expect(rowsOf(shelf, 'fee')).toEqual([])
  })

  test('E3, I21 the first has it: the second loan ends, the item is with the first', () => {
    const shelf = aShelf(clashing)
    performOn(shelf, 'exception.settle', settling('first-has-it'), head)
    expect(rowOf(shelf, 'loan', 'loan-1')).toMatchObject({ returnedAt: null, isDisputed: false })
    expect(rowOf(shelf, 'loan', 'loan-2')).toMatchObject({ returnedAt: NOW, isDisputed: false })
    expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({ state: 'on-loan', openLoanId: 'loan-1' })
    expect(counts(shelf)).toEqual([1, 0])
  })

  test('E3 the loan that arrived late was the first, whatever its place in the exception', () => {
    const late = { ...clash, loanId: clash.otherLoanId, otherLoanId: clash.loanId }
    const shelf = aShelf([...clashing, put('exception', late)])
    performOn(shelf, 'exception.settle', settling('first-returned'), head)
    expect(rowOf(shelf, 'loan', 'loan-1')?.returnedAt).toBe(NOW)
    expect(rowOf(shelf, 'loan', 'loan-2')?.returnedAt).toBeNull()
  })

  test('E3 accepted: only the exception changes', () => {
    const { changes } = decideOn(blocked, 'exception.settle', settling('accepted'), head)
    expect(changes).toEqual([
      patch('exception', clash.id, {
        settledAt: NOW,
        settledBy: clash.settledBy ?? ('staff-lin' as never),
        settlement: 'accepted',
        comment: null,
      }),
    ])
  })
})

describe('what else settling does', () => {
  const one = (kind: ExceptionKind, parts: Partial<typeof clash> = {}) =>
    put('exception', { ...clash, kind, otherLoanId: null, ...parts })
  const settle = (records: Change[], settlement: string) => {
    const shelf = aShelf(records)
    const { outcome } = performOn(shelf, 'exception.settle', settling(settlement), head)
    expect(outcome).toBe('applied')
    return shelf
  }

  test('E3, L16 the hold that was passed over is released', () => {
    const held = put('item', anItem({ state: 'on-loan', heldForReaderId: 'reader-1' }))
    const kept = settle([held, one('hold-bypassed')], 'waiting-reader-first')
    expect(rowOf(kept, 'item', 'item-1')?.heldForReaderId).toBe('reader-1')
    const released = settle([held, one('hold-bypassed')], 'hold-released')
    expect(rowOf(released, 'item', 'item-1')?.heldForReaderId).toBeNull()
  })

  test('E3, L10 what came back stays withdrawn', () => {
    const underWay = anItem({ state: 'in-transit', transitToBranchId: BRANCH, transitSentAt: NOW })
    const shelf = settle([put('item', underWay), one('item-lost-or-withdrawn')], 'withdrawn-again')
    expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({
      state: 'withdrawn',
      transitToBranchId: null,
      transitSentAt: null,
    })
  })

  test('E3, I28 the later of two slips counts', () => {
    const shelf = aShelf([
      put('item', anItem({ state: 'on-loan', openLoanId: 'loan-1' })),
      put('reader', aReader({ openLoansCount: 1 })),
      put('loan', aLoan()),
    ])
    const lending = { barcode, card: aReader().cardNumber, dueOn: null }
    const recorded = performOn(shelf, 'loan.check-out', lending, { operationId: 'desk-b.1.1' })
    expect(recorded.exceptions.map(({ kind }) => kind)).toEqual(['open-loan-same'])
    const exception = recorded.exceptions[0]?.id
    const payload = { exception, settlement: 'later-date', comment: null }
    performOn(shelf, 'exception.settle', payload, head)
    // 31 days from the second lending; the first said 13 December.
    expect(rowOf(shelf, 'loan', 'loan-1')?.dueOn).toBe('2026-12-23')
  })

  test.each([
    ['keep-mine', '第 12 页缺损'],
    ['keep-theirs', '封面脱落'],
  ])('E3, E9 %s', (settlement, expected) => {
    const edit = { record: 'item', id: 'item-1', field: 'conditionNote' } as const
    const { code, rule, params } = editConflict({
      ...edit,
      mine: '第 12 页缺损',
      theirs: '封面脱落',
    })
    const evidence = {
      staffId: 'staff-lin',
      factsAgeMs: null,
      policyVersion: 1,
      baseCursor: 0,
      isClockSuspect: false,
      findings: [{ code, rule, params }],
      other: null,
    }
    const damaged = put('item', anItem({ condition: 'damaged', conditionNote: '封面脱落' }))
    const shelf = settle([damaged, one('edit-conflict', { evidence })], settlement)
    expect(rowOf(shelf, 'item', 'item-1')?.conditionNote).toBe(expected)
  })
})
