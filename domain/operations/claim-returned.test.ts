import { expect, test } from 'vitest'

import { NOW, aLoan, aReader, anItem } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, rowsOf, said } from '../../test/builders/decide.ts'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'

const DAY = 86_400_000
const item = anItem({ state: 'on-loan', openLoanId: 'loan-1' })
const reader = aReader({ openLoansCount: 1 })
const lent: Change[] = [put('item', item), put('reader', reader), put('loan', aLoan())]
const claiming = { loan: 'loan-1' }

test.each([
  ['R16 the first time', lent, []],
  [
    'R16 not the first time',
    [...lent, patch('reader', reader.id, { claimsCount: 2 })],
    ['alert R16 claims-before'],
  ],
  [
    'R16 claimed already',
    [...lent, patch('loan', 'loan-1', { claimedReturnedAt: NOW })],
    ['impossible R16 already-claimed'],
  ],
  [
    'R16 told lost',
    [...lent, patch('loan', 'loan-1', { lostAt: NOW })],
    ['impossible R16 loan-lost'],
  ],
  [
    'R16 disputed',
    [...lent, patch('loan', 'loan-1', { isDisputed: true })],
    ['impossible R16 loan-disputed'],
  ],
  [
    'R16 returned',
    [...lent, patch('loan', 'loan-1', { returnedAt: NOW })],
    ['impossible R16 loan-closed'],
  ],
  ['R16 unknown', [], ['impossible R16 unknown-loan']],
] as [string, Change[], string[]][])('%s', (_says, records, expected) => {
  expect(said(decideOn(records, 'loan.claim-returned', claiming))).toEqual(expected)
})

const claimed = (dueOn: string) => {
  const shelf = aShelf([...lent, put('loan', aLoan({ dueOn }))])
  performOn(shelf, 'loan.claim-returned', claiming)
  return shelf
}
const later = { operationId: 'desk-a.1.2', at: NOW + 20 * DAY }

test('R16 it is counted on the reader, and nothing is overdue from then on', () => {
  const shelf = claimed('2026-11-25')
  expect(rowOf(shelf, 'reader', reader.id)).toMatchObject({ claimsCount: 1, openLoansCount: 1 })
  expect(rowOf(shelf, 'item', item.id)?.state).toBe('claimed-returned')
  performOn(shelf, 'loan.check-in', { barcode: item.barcode, returnedOn: null }, later)
  expect(rowsOf(shelf, 'fee')).toEqual([])
  expect(rowOf(shelf, 'reader', reader.id)).toMatchObject({ openLoansCount: 0, feesOwedFen: 0 })
})

test('R16 what was overdue before is owed, found on the shelf or not', () => {
  const shelf = claimed('2026-11-20')
  expect(said(performOn(shelf, 'item.found', { barcode: item.barcode }, later))).toEqual([
    'alert R3 returned-late',
    'note R16 claim-resolved',
  ])
  expect(rowsOf(shelf, 'fee')).toMatchObject([{ cause: 'overdue', amountFen: 60 }])
})

test('R16, R15 never found: it is told lost', () => {
  const shelf = claimed('2026-11-25')
  expect(said(performOn(shelf, 'item.mark-lost', { item: item.id }, later))).toEqual([
    'alert R15 loss-charged',
  ])
})

test.each([
  ['N8 claimed', { claimedReturnedAt: NOW }, 'loan-claimed'],
  ['N8 lost', { lostAt: NOW }, 'loan-lost'],
  ['N8 for the reading room', { countsAs: 'reading-room' as const }, 'renewal-in-reading-room'],
])('%s: not renewed', (_says, parts, code) => {
  const records = [...lent, put('loan', aLoan(parts))]
  expect(said(decideOn(records, 'loan.renew', claiming))).toEqual([`impossible N8 ${code}`])
})

test('N5 a claimed or lost loan is not what stops another one', () => {
  const overdue = { id: 'loan-2', itemId: 'item-2', dueOn: '2026-11-01' }
  const other = anItem({ id: 'item-2', barcode: '2' })
  const says = (parts: Parameters<typeof aLoan>[0]): string[] =>
    said(
      decideOn(
        [...lent, put('item', other), put('loan', aLoan({ ...overdue, ...parts }))],
        'loan.renew',
        claiming,
      ),
    )
  expect(says({})).toEqual(['override N5 other-loan-overdue'])
  expect(says({ claimedReturnedAt: NOW })).toEqual([])
  expect(says({ lostAt: NOW })).toEqual([])
})
