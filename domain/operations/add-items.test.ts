import { expect, test } from 'vitest'

import { BRANCH, OTHER_BRANCH, aTitle, anItem } from '../../test/builders/city.ts'
import {
  aShelf,
  decideOn,
  performOn,
  recordOn,
  rowOf,
  rowsOf,
  said,
} from '../../test/builders/decide.ts'
import { put } from '../change.ts'

const title = aTitle({ language: 'chi', audience: 'juvenile' })
const adding = {
  title: title.id,
  barcodes: ['04400530000001', '04400530000002', '04400530000003'],
  branch: BRANCH,
  shelf: '三楼文学',
  callNumber: 'I247.57/26',
  bookNumber: null,
  itemType: 'book',
  priceFen: 4500,
}
const taken = put('item', anItem({ id: 'item-old', barcode: '04400530000002' }))
const labels = (shelf: ReturnType<typeof aShelf>) => rowsOf(shelf, 'item').map((one) => one.barcode)

test('C30 a batch of labels is as many items of the title, on the shelf here', () => {
  const shelf = aShelf([put('title', title)])
  expect(said(performOn(shelf, 'item.add', adding))).toEqual([])
  expect(labels(shelf)).toEqual(adding.barcodes)
  expect(rowOf(shelf, 'item', 'desk-a.1.1.r2')).toMatchObject({
    barcode: '04400530000002',
    titleId: title.id,
    callNumber: 'I247.57/26',
    shelf: '三楼文学',
    language: 'chi',
    audience: 'juvenile',
    state: 'on-shelf',
    isForLoan: true,
    isPlaceholder: false,
  })
})

test('C30 a label that is in use stops the batch, and is named', () => {
  const decided = decideOn([put('title', title), taken], 'item.add', adding)
  expect(said(decided)).toEqual(['impossible C30 barcode-taken'])
  expect(decided.findings[0]?.params).toEqual({ barcode: '04400530000002' })
})

test('C30 a label scanned twice is one item', () => {
  const barcodes = ['04400530000001', '04400530000001']
  const decided = decideOn([put('title', title)], 'item.add', { ...adding, barcodes })
  expect(said(decided)).toEqual(['impossible C30 barcode-taken'])
  expect(decided.summary.itemIds).toHaveLength(1)
})

test('C30 labelled at another desk meanwhile: the others are kept, a person looks at the one', () => {
  const shelf = aShelf([put('title', title), taken])
  const recorded = recordOn(shelf, 'item.add', adding)
  expect(recorded.summary).toMatchObject({
    itemIds: ['desk-a.1.1.r1', 'desk-a.1.1.r3'],
    takenBarcodes: ['04400530000002'],
  })
  expect(recorded.exceptions).toMatchObject([{ kind: 'rule-broken', itemId: 'item-old' }])
})

test('C30 decided again, it makes the same and does not stand in its own way', () => {
  const shelf = aShelf([put('title', title)])
  const first = performOn(shelf, 'item.add', adding)
  const again = recordOn(shelf, 'item.add', adding)
  expect(again.changes).toEqual(first.changes)
  expect(again.exceptions).toEqual([])
})

test('C31 its title is gone: nothing is offered, what is labelled waits for its title', () => {
  expect(said(decideOn([], 'item.add', adding))).toEqual(['impossible C31 unknown-title'])
  const recorded = recordOn([], 'item.add', adding)
  expect(recorded.exceptions).toMatchObject([{ kind: 'unknown-item', itemId: 'desk-a.1.1.r1' }])
  expect(recorded.changes[0]).toMatchObject({ row: { titleId: null, isPlaceholder: true } })
})

test('C32 of another branch, it lies in the workroom until it is sent there', () => {
  const shelf = aShelf([put('title', title)])
  performOn(shelf, 'item.add', { ...adding, branch: OTHER_BRANCH })
  expect(rowOf(shelf, 'item', 'desk-a.1.1.r1')).toMatchObject({
    homeBranchId: OTHER_BRANCH,
    atBranchId: BRANCH,
    state: 'in-workroom',
  })
})

test('C32 a branch that the city has not', () => {
  const elsewhere = { ...adding, branch: 'branch-of-nowhere' }
  expect(said(decideOn([put('title', title)], 'item.add', elsewhere))).toEqual([
    'impossible C32 unknown-branch',
  ])
})

test('C30 a work of reference stays in the building', () => {
  const shelf = aShelf([put('title', title)])
  performOn(shelf, 'item.add', { ...adding, itemType: 'reference' })
  expect(rowOf(shelf, 'item', 'desk-a.1.1.r1')).toMatchObject({ isForLoan: false })
})

test('C30 taken back, they are gone', () => {
  const shelf = aShelf([put('title', title)])
  performOn(shelf, 'item.add', adding, { role: 'cataloguer' })
  const undoing = { operation: 'desk-a.1.1', reason: null }
  const undone = { operationId: 'desk-a.1.2', role: 'cataloguer' } as const
  expect(said(performOn(shelf, 'operation.undo', undoing, undone))).toEqual([])
  expect(labels(shelf)).toEqual([])
})
