import { afterEach, beforeEach, expect, test } from 'vitest'
import { put } from '../../domain/change.ts'
import { NOW } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { aSuppression } from '../../test/builders/titles.ts'
import { suppressedAmong, suppressedTitles } from './suppressed-titles.ts'

let stores: ReturnType<typeof someStores>
beforeEach(() => {
  stores = someStores([
    put('title-suppression', aSuppression({ id: 'a', at: NOW - 2 })),
    put('title-suppression', aSuppression({ id: 'b', at: NOW })),
    put('title-suppression', aSuppression({ id: 'c', at: NOW - 1 })),
  ])
})
afterEach(() => stores.close())

test('of the titles of a list, those that are hidden', () => {
  const found = suppressedAmong(stores, { titleIds: ['x', 'a', 'c'] }, ASKED)
  expect([...found].toSorted()).toEqual(['a', 'c'])
  expect(suppressedAmong(stores, { titleIds: [] }, ASKED).size).toBe(0)
})

test('all of them, the last hidden first, as many as are asked for', () => {
  expect(suppressedTitles(stores, { limit: 10 }, ASKED)).toEqual(['b', 'c', 'a'])
  expect(suppressedTitles(stores, { limit: 1 }, ASKED)).toEqual(['b'])
})
