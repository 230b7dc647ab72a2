import { describe, expect, test } from 'vitest'

import { BRANCH, NOW, TODAY, aLoan, aReader, anItem } from '../../test/builders/city.ts'
import {
  aShelf,
  answering,
  decideOn,
  performOn,
  recordOn,
  rowOf,
  rowsOf,
  said,
} from '../../test/builders/decide.ts'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'

const DAY = 86_400_000
const item = anItem({ state: 'on-loan', openLoanId: 'loan-1' })
const giver = aReader({ openLoansCount: 1 })
const taker = aReader({ id: 'reader-2', cardNumber: '0440050000025', name: '李思思' })
const lent: Change[] = [
  put('item', item),
  put('reader', giver),
  put('reader', taker),
  put('loan', aLoan()),
]
const taking = { barcode: item.barcode, card: taker.cardNumber }
const earlier = (daysAgo: number, parts: Parameters<typeof aLoan>[0] = {}) =>
  put(
    'loan',
    aLoan({
      id: `loan-${daysAgo}-ago`,
      readerId: taker.id,
      lentAt: NOW - daysAgo * DAY,
      returnedAt: NOW - (daysAgo - 5) * DAY,
      returnedBranchId: BRANCH,
      takenOverFromId: 'loan-of-somebody',
      ...parts,
    }),
  )

describe('what is passed on', () => {
  const rows: [says: string, records: Change[], said: string[]][] = [
    ['V1 face to face', lent, []],
    [
      'V1 overdue',
      [...lent, patch('loan', 'loan-1', { dueOn: '2026-11-21' as never })],
      ['impossible V1 not-taken-over-overdue', 'alert R3 returned-late'],
    ],
    [
      'V1 held for somebody',
      [...lent, patch('item', item.id, { heldForReaderId: 'reader-3' as never })],
      ['impossible V1 not-taken-over-held'],
    ],
    ['V1 held for the taker', [...lent, patch('item', item.id, { heldForReaderId: taker.id })], []],
    [
      'V1 claimed returned',
      [...lent, patch('loan', 'loan-1', { claimedReturnedAt: NOW })],
      ['impossible V1 loan-claimed', 'note R16 claim-resolved'],
    ],
    ['V1 lost', [...lent, patch('loan', 'loan-1', { lostAt: NOW })], ['impossible V1 loan-lost']],
    [
      'V2 to a blocked reader',
      [...lent, patch('reader', taker.id, { blockedUntilOn: TODAY, blockedFor: ['lend'] })],
      ['impossible V2 not-taken-over-blocked'],
    ],
    ['V3 the second time in a year', [...lent, earlier(100)], []],
    [
      'V3 the third time in a year',
      [...lent, earlier(100), earlier(50)],
      ['override V3 take-overs-used-up'],
    ],
    ['V3 the year is over', [...lent, earlier(400), earlier(50)], []],
    [
      'V3 lent at a desk it does not count',
      [...lent, earlier(100), earlier(50, { takenOverFromId: null })],
      [],
    ],
    [
      'V4 nobody has it',
      [put('item', anItem()), put('reader', taker)],
      ['impossible V4 nothing-to-take-over'],
    ],
    [
      'V4 the taker has it',
      [...lent, put('loan', aLoan({ readerId: taker.id }))],
      ['impossible V4 nothing-to-take-over'],
    ],
    [
      'L21 the loan is of another desk',
      [put('item', anItem({ state: 'on-loan', openLoanId: 'loan-9' })), put('reader', taker)],
      ['override L21 item-on-loan-elsewhere'],
    ],
    [
      'L6, L22 at the limit',
      [...lent, patch('reader', taker.id, { openLoansCount: 99 })],
      ['override L6 item-limit-reached', 'override L22 class-limit-reached'],
    ],
  ]
  test.each(rows)('%s', (_says, records, expected) => {
    expect(said(decideOn(records, 'loan.take-over', taking))).toEqual(expected)
  })

  test('V1 the first loan ends and the second goes on with it: the liability passes', () => {
    const shelf = aShelf(lent)
    const { outcome } = performOn(shelf, 'loan.take-over', taking)
    expect(outcome).toBe('applied')
    expect(rowOf(shelf, 'loan', 'loan-1')).toMatchObject({ returnedAt: NOW, isDisputed: false })
    expect(rowOf(shelf, 'loan', 'desk-a.1.1.r1')).toMatchObject({
      readerId: taker.id,
      takenOverFromId: 'loan-1',
      dueOn: '2026-12-23',
    })
    expect(rowOf(shelf, 'item', item.id)).toMatchObject({
      state: 'on-loan',
      openLoanId: 'desk-a.1.1.r1',
    })
    expect(rowsOf(shelf, 'reader').map(({ openLoansCount }) => openLoansCount)).toEqual([0, 1])
  })

  test('V1 recorded although it was overdue: it happened, the first reader owes, a person looks', () => {
    const records = [...lent, put('loan', aLoan({ dueOn: '2026-11-20' }))]
    const recorded = recordOn(records, 'loan.take-over', taking)
    expect(recorded.exceptions.map(({ kind }) => kind)).toEqual(['rule-broken'])
    const fees = recorded.changes.filter((change) => 'put' in change && change.put === 'fee')
    expect(fees).toMatchObject([{ row: { readerId: giver.id, amountFen: 60 } }])
  })

  test('L7 lent to a third reader meanwhile, afterwards: a clash like any other', () => {
    const later = put('loan', aLoan({ id: 'loan-1', lentAt: NOW + 1000 }))
    const recorded = recordOn([...lent, later], 'loan.take-over', taking)
    expect(recorded.exceptions.map(({ kind }) => kind)).toEqual(['open-loan-other'])
    expect(recorded.changes).toContainEqual(
      expect.objectContaining({ put: 'loan', row: expect.objectContaining({ isDisputed: true }) }),
    )
  })

  test('L21 the city knows whose loan it is and ends it', () => {
    const overrides = answering('item-on-loan-elsewhere')
    const onDesk = [put('item', item), put('reader', taker)]
    const proposed = decideOn(onDesk, 'loan.take-over', taking, { overrides })
    expect(proposed.changes).toContainEqual(
      expect.objectContaining({ row: expect.objectContaining({ takenOverFromId: 'loan-1' }) }),
    )
    const recorded = recordOn(lent, 'loan.take-over', taking, { overrides })
    expect(recorded).toMatchObject({ outcome: 'applied', exceptions: [] })
  })

  test('U2 undone, the first reader has it again', () => {
    const shelf = aShelf(lent)
    const before = structuredClone(shelf.rows)
    performOn(shelf, 'loan.take-over', taking)
    const undoing = { operation: 'desk-a.1.1', reason: null }
    performOn(shelf, 'operation.undo', undoing, { operationId: 'desk-a.1.2', at: NOW + 1 })
    expect(shelf.rows).toEqual(before)
  })
})
