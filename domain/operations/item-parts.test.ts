import { expect, test } from 'vitest'

import { OTHER_BRANCH, aReader, anItem } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { OperationKind } from './index.ts'

const reader = aReader()
const lending = { barcode: anItem().barcode, card: reader.cardNumber, dueOn: null }
const damaged = { condition: 'damaged', conditionNote: '缺页', state: 'in-workroom' } as const

test.each([
  ['item.mark-missing-parts', { missing: '光盘' }],
  ['item.complete-parts', {}],
  ['item.describe', { partsCount: 2, alertNote: null }],
  ['item.clear-damage', {}],
] as [OperationKind, object][])('L1 %s of an item that nobody knows', (kind, payload) => {
  expect(said(decideOn([], kind, { item: 'item-1', ...payload }))).toEqual([
    'impossible L1 unknown-item',
  ])
})

test('L25 parts are noted as missing, named at the next lending, and complete again', () => {
  const shelf = aShelf([put('item', anItem({ partsCount: 2 })), put('reader', reader)])
  const counted = (): string[] => said(decideOn(shelf, 'loan.check-out', lending))
  expect(counted()).toEqual(['alert L25 parts-to-count'])
  performOn(shelf, 'item.mark-missing-parts', { item: 'item-1', missing: '光盘' })
  expect(counted()).toEqual(['alert L25 parts-missing'])
  const again = { operationId: 'desk-a.1.2' }
  expect(said(performOn(shelf, 'item.complete-parts', { item: 'item-1' }, again))).toEqual([])
  expect(said(decideOn(shelf, 'item.complete-parts', { item: 'item-1' }))).toEqual([
    'note L25 parts-complete-already',
  ])
  expect(counted()).toEqual(['alert L25 parts-to-count'])
})

test('L27 a note is shown at the lending and at the return', () => {
  const shelf = aShelf([put('item', anItem()), put('reader', reader)])
  performOn(shelf, 'item.describe', { item: 'item-1', partsCount: 1, alertNote: '签名本' })
  const lent = performOn(shelf, 'loan.check-out', lending, { operationId: 'desk-a.1.2' })
  expect(lent.findings).toMatchObject([{ code: 'item-note', params: { note: '签名本' } }])
  const returning = { barcode: anItem().barcode, returnedOn: null }
  expect(said(decideOn(shelf, 'loan.check-in', returning))).toEqual(['alert L27 item-note'])
})

test.each([
  ['R18 home, to its shelf', damaged, { state: 'on-shelf' }, []],
  [
    'R18 a reader waits',
    { ...damaged, heldForReaderId: 'reader-1' },
    { state: 'on-hold-shelf' },
    [],
  ],
  [
    'R18, R4 of another branch, sent home',
    { ...damaged, homeBranchId: OTHER_BRANCH },
    { state: 'in-transit', transitToBranchId: OTHER_BRANCH },
    ['alert R4 belongs-elsewhere'],
  ],
  [
    'R18 on loan, it stays there',
    { ...damaged, state: 'on-loan' as const },
    { state: 'on-loan' },
    [],
  ],
  ['R18 nothing to clear', {}, { state: 'on-shelf' }, ['note R18 item-not-damaged']],
])('%s', (_says, parts, after, expected) => {
  const shelf = aShelf([put('item', anItem(parts))])
  expect(said(performOn(shelf, 'item.clear-damage', { item: 'item-1' }))).toEqual(expected)
  expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({
    condition: 'good',
    conditionNote: null,
    ...after,
  })
})
