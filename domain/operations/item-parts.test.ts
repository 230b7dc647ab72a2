import { expect, test } from 'vitest'

import { aReader, anItem } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { OperationKind } from './index.ts'

const reader = aReader()
const lending = { barcode: anItem().barcode, card: reader.cardNumber, dueOn: null }

test.each([
  ['item.mark-missing-parts', { missing: '光盘' }],
  ['item.complete-parts', {}],
  ['item.describe', { partsCount: 2, alertNote: null }],
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
