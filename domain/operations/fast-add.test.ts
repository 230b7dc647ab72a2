import { expect, test } from 'vitest'

import { NOW, aBib, aReader, aTitle, anItem } from '../../test/builders/city.ts'
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
  barcode: '04400599999999',
  title: '福田图书馆读者自选图书',
  itemType: 'book',
  priceFen: 4500,
}
const reader = aReader()
const second = { operationId: 'desk-a.1.2', at: NOW + 1 }

test('L26 it has a record of a few words, and cataloguing is told', () => {
  const shelf = aShelf([])
  const recorded = performOn(shelf, 'item.fast-add', adding)
  expect(said(recorded)).toEqual(['alert L26 fast-added'])
  expect(recorded.exceptions).toMatchObject([{ kind: 'unknown-item', itemId: 'desk-a.1.1.r2' }])
  expect(rowOf(shelf, 'item', 'desk-a.1.1.r2')).toMatchObject({
    barcode: adding.barcode,
    titleId: 'desk-a.1.1.r1',
    priceFen: 4500,
    isPlaceholder: true,
  })
  expect(rowOf(shelf, 'title', 'desk-a.1.1.r1')).toMatchObject({ title: adding.title })
})

test('L26 the same words twice are two titles', () => {
  const shelf = aShelf([])
  performOn(shelf, 'item.fast-add', adding)
  performOn(shelf, 'item.fast-add', { ...adding, barcode: '04400599999998' }, second)
  expect(rowsOf(shelf, 'title').map(({ title }) => title)).toEqual([adding.title, adding.title])
})

test('L26, R7 it is lent at once, and goes to cataloguing when it comes back', () => {
  const shelf = aShelf([put('reader', reader)])
  performOn(shelf, 'item.fast-add', adding)
  const lending = { barcode: adding.barcode, card: reader.cardNumber, dueOn: null }
  expect(said(performOn(shelf, 'loan.check-out', lending, second))).toEqual([])
  const returning = { barcode: adding.barcode, returnedOn: null }
  expect(decideOn(shelf, 'loan.check-in', returning, { at: NOW + 2 }).summary.route.to).toBe(
    'cataloguing',
  )
})

test('C1 a label that is in use is not given twice', () => {
  const taken = [put('item', anItem({ barcode: adding.barcode }))]
  expect(said(decideOn(taken, 'item.fast-add', adding))).toEqual(['impossible C1 barcode-taken'])
  expect(recordOn(taken, 'item.fast-add', adding).exceptions).toMatchObject([
    { kind: 'rule-broken' },
  ])
})

test('L26 decided again, it makes the same and does not stand in its own way', () => {
  const shelf = aShelf([])
  const first = performOn(shelf, 'item.fast-add', adding)
  expect(recordOn(shelf, 'item.fast-add', adding).changes).toEqual(first.changes)
})

test('L26, E6 bound to its record, the typed title goes too', () => {
  const real = anItem({ barcode: '04400510000077', titleId: 'title-1' })
  const shelf = aShelf([put('item', real), put('title', aTitle()), put('bib', aBib())])
  const recorded = performOn(shelf, 'item.fast-add', adding)
  const exception = recorded.exceptions[0]?.id ?? ''
  const binding = { exception, barcode: real.barcode, card: null, comment: null }
  const bound = performOn(shelf, 'exception.bind', binding, { ...second, role: 'branch-head' })
  expect(bound.outcome).toBe('applied')
  expect(rowsOf(shelf, 'title').map(({ id }) => id)).toEqual(['title-1'])
  expect(rowsOf(shelf, 'item').map(({ id }) => id)).toEqual([real.id])
})
