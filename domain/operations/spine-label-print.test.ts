import { expect, test } from 'vitest'
import { BRANCH, NOW, aTitle, anItem } from '../../test/builders/city.ts'
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

const adding = {
  title: 'title-1',
  barcodes: ['04400530000001', '04400530000002'],
  branch: BRANCH,
  shelf: null,
  callNumber: 'I247.5/27',
  bookNumber: null,
  itemType: 'book',
  priceFen: null,
}
const first = 'desk-a.1.1.r1'
const printing = (callNumber: string, ...items: string[]) => ({
  labels: items.map((item) => ({ item, callNumber })),
})
const added = (callNumber: string | null = 'I247.5/27') => {
  const shelf = aShelf([put('title', aTitle())])
  performOn(shelf, 'item.add', { ...adding, callNumber })
  return shelf
}

test('C50 what is added with a call number owes a label, and what has none owes none', () => {
  const due = rowsOf(added(), 'spine-label')
  expect(due.map(({ id, isDue, printed }) => [id, isDue, printed])).toEqual([
    [first, true, null],
    ['desk-a.1.1.r2', true, null],
  ])
  expect(rowsOf(added(null), 'spine-label')).toEqual([])
})

test('C50 printed, it owes none; printed again, that is counted', () => {
  const shelf = added()
  for (const operationId of ['desk-a.1.2', 'desk-a.1.3']) {
    performOn(shelf, 'label.print', printing('I247.5/27', first), { operationId })
  }
  expect(rowOf(shelf, 'spine-label', first)).toMatchObject({
    printed: 'I247.5/27',
    printedAt: NOW,
    printsCount: 2,
    isDue: false,
  })
})

test('C51 what is called otherwise by now is not printed; printed already, it is still owed', () => {
  const shelf = added()
  const stale = printing('I247.5/26', first)
  expect(said(decideOn(shelf, 'label.print', stale))).toEqual([
    'impossible C51 call-number-changed',
  ])
  performOn(shelf, 'label.print', stale, { operationId: 'desk-b.1.1' })
  expect(rowOf(shelf, 'spine-label', first)).toMatchObject({ printed: 'I247.5/26', isDue: true })
})

test('C51 a book of before is owed a label as soon as its call number changes', () => {
  const item = anItem()
  const { callNumber, shelf, itemType, priceFen } = item
  const was = { callNumber, shelf, itemType, priceFen }
  const records = aShelf([put('item', item)])
  performOn(records, 'item.edit', { item: item.id, set: { ...was, callNumber: 'I247.5/9' }, was })
  expect(rowOf(records, 'spine-label', item.id)).toMatchObject({ printed: null, isDue: true })
})

test('C52 no label of a number that nobody has given', () => {
  const decided = decideOn(added('I247.5/?'), 'label.print', printing('I247.5/?', first))
  expect(said(decided)).toEqual(['impossible C52 call-number-provisional'])
})

test('C50 of an item that is gone nothing is kept', () => {
  const gone = printing('I247.5/27', 'item-gone')
  expect(said(decideOn([], 'label.print', gone))).toEqual(['impossible C50 unknown-item'])
  expect(
    recordOn([], 'label.print', gone).changes.filter(
      (one) => 'put' in one && one.put === 'spine-label',
    ),
  ).toEqual([])
})

test('C56 what is withdrawn owes none', () => {
  const shelf = added()
  performOn(shelf, 'item.withdraw', { item: first, reason: '破损' }, { operationId: 'desk-a.1.2' })
  expect(rowOf(shelf, 'spine-label', first)?.isDue).toBe(false)
})
