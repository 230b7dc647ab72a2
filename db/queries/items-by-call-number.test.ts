import { afterEach, beforeEach, expect, test } from 'vitest'

import { put } from '../../domain/change.ts'
import { soughtCallNumber } from '../../domain/search/sought-call-number.ts'
import { anItem } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { itemsByCallNumber } from './items-by-call-number.ts'

let stores: ReturnType<typeof someStores>
beforeEach(() => {
  const labels = [
    ['ten', 'I247.57/10'],
    ['two', 'I247.57/2'],
    ['hundred', 'I247.57/100'],
    ['one', 'i247.57/1'],
    ['second-volume', 'I247.57/10-2'],
    ['ten', 'I247.57/10'],
    ['braille', 'MW/I247.57/1'],
    ['other', 'I247.571/1'],
    ['none', null],
  ] as const
  stores = someStores([
    ...labels.map(([titleId, callNumber], index) =>
      put('item', anItem({ id: `i${index}`, barcode: `b${index}`, titleId, callNumber })),
    ),
    put(
      'item',
      anItem({
        id: 'w',
        barcode: 'w',
        titleId: 'gone',
        callNumber: 'I247.57/3',
        state: 'withdrawn',
      }),
    ),
    put('item', anItem({ id: 'u', barcode: 'u', titleId: null, callNumber: 'I247.57/4' })),
  ])
})
afterEach(() => {
  stores.close()
})

const found = (typed: string, limit = 20): string[] => {
  const sought = soughtCallNumber(typed)
  if (sought === null) throw new Error(`${typed} asks for no shelf`)
  return itemsByCallNumber(stores, { sought, limit }, ASKED).map(({ titleId }) => titleId)
}

test('titles stand as their first copies do on the shelf: 2 before 10 before 100', () => {
  expect(found('I247.57/')).toEqual(['one', 'two', 'ten', 'second-volume', 'hundred'])
  expect(found('I247.57/1')).toEqual(['one', 'ten', 'second-volume', 'hundred'])
  expect(found('I247.57/10', 1)).toEqual(['ten'])
  expect(found('mw/')).toEqual(['braille'])
  expect(found('I999/')).toEqual([])
})

test('the look-up stays within the index of call numbers', () => {
  const plan = stores.replica.rows.raw(
    `EXPLAIN QUERY PLAN SELECT titleId, callNumber FROM item
     WHERE callNumber >= 'I2' AND callNumber < 'I3' AND titleId IS NOT NULL`,
  )
  expect(String(plan[0]?.['detail'])).toContain('item_callNumber')
})

test('a number is found in a class that has more labels than are looked at', () => {
  stores.close()
  stores = someStores(
    Array.from({ length: 5_100 }, (_, at) => {
      const number = String(at + 1)
      const named = { id: `n${number}`, barcode: `n${number}`, titleId: `t${number}` }
      return put('item', anItem({ ...named, callNumber: `I247.5/${number}` }))
    }),
  )
  expect(found('I247.5/999')).toEqual(['t999'])
  expect(found('i247.5/5099')).toEqual(['t5099'])
})
