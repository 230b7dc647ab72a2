import { expect, test } from 'vitest'

import { BRANCH, NOW, OTHER_BRANCH, aLoan, aReader, anItem } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, recordOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const item = anItem()
const itemIs = (parts: Parameters<typeof anItem>[0] = {}): Change[] => [put('item', anItem(parts))]
const sending = { barcode: item.barcode, to: OTHER_BRANCH, reason: 'stock' }
const lent = itemIs({ state: 'on-loan', openLoanId: 'loan-1' })
const loan = put('loan', aLoan())

test.each([
  ['T1 to another branch', itemIs(), sending, []],
  ['T1 to itself', itemIs(), { ...sending, to: BRANCH }, ['impossible T1 sent-to-itself']],
  ['T1 nowhere', itemIs(), { ...sending, to: 'moon' }, ['impossible T1 unknown-branch']],
  ['T1 unknown', [], sending, ['impossible T1 unknown-item']],
  ['T9 on loan', [...lent, loan], sending, ['impossible T9 sent-while-on-loan']],
  ['T1 held', itemIs({ heldForReaderId: 'reader-1' }), sending, ['alert T1 item-held-for-another']],
  ['L27 with a note', itemIs({ alertNote: '易碎' }), sending, ['alert L27 item-note']],
  ['L10 withdrawn', itemIs({ state: 'withdrawn' }), sending, ['alert L10 item-withdrawn']],
] as [string, Change[], object, string[]][])('%s', (_says, records, payload, expected) => {
  expect(said(decideOn(records, 'item.send', payload))).toEqual(expected)
})

test('T1 seen since, and told of late', () => {
  const seen = itemIs({ lastCheckInAt: NOW + 1 })
  expect(said(recordOn(seen, 'item.send', sending))).toEqual(['note T1 parcel-behind'])
  expect(said(decideOn(seen, 'item.send', sending))).toEqual([])
})

test('T1 it is on its way from here, and since when is kept', () => {
  const shelf = aShelf(itemIs({ atBranchId: OTHER_BRANCH }))
  performOn(shelf, 'item.send', sending)
  expect(rowOf(shelf, 'item', item.id)).toMatchObject({
    state: 'in-transit',
    atBranchId: BRANCH,
    transitToBranchId: OTHER_BRANCH,
    transitSentAt: NOW,
  })
})

test('T9 recorded all the same, the loan stays until somebody returns it', () => {
  const records = [...lent, loan, put('reader', aReader({ openLoansCount: 1 }))]
  const recorded = recordOn(records, 'item.send', sending)
  expect(recorded.exceptions.map(({ kind }) => kind)).toEqual(['rule-broken'])
  expect(recorded.changes[0]).toMatchObject({ set: { state: 'in-transit' } })
})

test('T1 lent again since, it stays with its reader', () => {
  const records = [...lent, put('loan', aLoan({ lentAt: NOW + 1 }))]
  expect(recordOn(records, 'item.send', sending)).toMatchObject({ outcome: 'applied', changes: [] })
})

test('U2 undone, it lies where it lay', () => {
  const shelf = aShelf(itemIs())
  performOn(shelf, 'item.send', sending)
  const undoing = { operation: 'desk-a.1.1', reason: null }
  performOn(shelf, 'operation.undo', undoing, { operationId: 'desk-a.1.2', at: NOW + 1 })
  expect(rowOf(shelf, 'item', item.id)).toEqual(item)
})

test('U4 received since, it is not unsent', () => {
  const shelf = aShelf(itemIs())
  performOn(shelf, 'item.send', sending)
  const there = { operationId: 'desk-b.1.1', branchId: OTHER_BRANCH, at: NOW + 1 }
  performOn(shelf, 'item.receive', { barcode: item.barcode }, there)
  const undo = decideOn(
    shelf,
    'operation.undo',
    { operation: 'desk-a.1.1', reason: null },
    { at: NOW + 2 },
  )
  expect(said(undo)).toEqual(['impossible U4 changed-since'])
})
