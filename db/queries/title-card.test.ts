import { afterEach, beforeEach, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import { NOW, aBib, aLoan, aStaff, aTitle, anItem } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { aSuppression } from '../../test/builders/titles.ts'
import { titleCard } from './title-card.ts'

let stores: ReturnType<typeof someStores>
beforeEach(() => {
  stores = someStores([
    put('title', aTitle()),
    put('bib', aBib()),
    put('title', aTitle({ id: 'title-2', controlNumber: null })),
    put('item', anItem({ id: 'a', barcode: 'a' })),
    put('item', anItem({ id: 'b', barcode: 'b', state: 'on-loan', openLoanId: 'loan-1' })),
    put('item', anItem({ id: 'c', barcode: 'c', homeBranchId: 'branch-of-elsewhere' })),
    put('item', anItem({ id: 'd', barcode: 'd', titleId: 'title-2' })),
    put('loan', aLoan({ itemId: 'b' })),
    put('staff', aStaff()),
    put('title-suppression', aSuppression({ id: 'title-2', staffId: aStaff().id })),
  ])
})
afterEach(() => {
  stores.close()
})

const ask = (titleId: string) =>
  queries['title-card'].answer.parse(titleCard(stores, { titleId }, ASKED))

test('a title with its record and its items, the lent one with its due date', () => {
  const card = ask('title-1')
  expect(card?.title).toEqual(aTitle())
  expect(card?.bib).toEqual(aBib())
  expect(
    card?.items.map(({ item, homeBranch, due }) => [item.id, homeBranch?.id, due?.on ?? null]),
  ).toEqual([
    ['b', 'branch-futian', '2026-12-13'],
    ['a', 'branch-futian', null],
    ['c', undefined, null],
  ])
})

test('a title without a full record, and none at all', () => {
  expect(ask('title-2')).toMatchObject({ bib: null, items: [{ item: { id: 'd' } }] })
  expect(ask('nobody')).toBeNull()
})

test('whether readers see it, and why not', () => {
  expect(ask('title-1')?.suppression).toBeNull()
  expect(ask('title-2')?.suppression).toEqual({
    reason: '等待审读',
    at: NOW,
    staffName: aStaff().name,
  })
})
