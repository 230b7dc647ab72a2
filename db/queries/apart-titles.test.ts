import { afterEach, expect, test } from 'vitest'
import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { aBib, aTitle } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { aRedirect, apart } from '../../test/builders/titles.ts'
import { apartTitles } from './apart-titles.ts'
import { redirectedTitles } from './redirected-titles.ts'
import { titleCard } from './title-card.ts'

let stores: ReturnType<typeof someStores>
afterEach(() => {
  stores.close()
})
const areApart = (...changes: Change[]) => {
  stores = someStores(changes)
  return apartTitles(stores, {}, ASKED)
}

test('Q8 each two of those that were told apart, in either order', () => {
  const is = areApart(put('titles-apart', apart('a', 'b', 'c')))
  expect([is('a', 'c'), is('c', 'a'), is('b', 'c')]).toEqual([true, true, true])
  expect(is('a', 'd')).toBe(false)
})

test('Q8 what was told of a title holds for the one that it became part of', () => {
  const is = areApart(
    put('titles-apart', apart('a', 'b')),
    put('title-redirect', aRedirect({ id: 'b', intoId: 'd' })),
  )
  expect(is('a', 'd')).toBe(true)
})

test('Q7 the numbers of a title that went lead to the one that stays, and so does its id', () => {
  stores = someStores([
    put('title', aTitle({ id: 'title-d' })),
    put('bib', aBib({ id: 'title-d' })),
    put('title-redirect', aRedirect({ id: 'title-b', intoId: 'title-d' })),
  ])
  const found = (text: string) => redirectedTitles(stores, { text }, ASKED).map(({ id }) => id)
  expect(found('012026000002')).toEqual(['title-d'])
  expect(found('978-7-02-002475-9')).toEqual(['title-d'])
  expect(found('012026000003')).toEqual([])
  expect(titleCard(stores, { titleId: 'title-b' }, ASKED)?.title.id).toBe('title-d')
})
