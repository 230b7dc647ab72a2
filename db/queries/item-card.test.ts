import { afterEach, beforeEach, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import { FEED, OTHER_BRANCH, aLoan, aTitle, anItem } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { itemCard } from './item-card.ts'

let stores: ReturnType<typeof someStores>
beforeEach(() => {
  stores = someStores([
    put('title', aTitle()),
    put('item', anItem({ openLoanId: 'now', atBranchId: OTHER_BRANCH })),
    put('item', anItem({ id: 'bare', barcode: 'bare', titleId: null })),
    put('loan', aLoan({ id: 'first', lentAt: 1, returnedAt: 2, returnedBranchId: OTHER_BRANCH })),
    put('loan', aLoan({ id: 'now', lentAt: 3 })),
    put('loan', aLoan({ id: 'of-another', itemId: 'bare' })),
    put('former-barcode', { id: 'f', barcode: 'before', itemId: 'bare', replacedAt: 1 } as never),
  ])
})
afterEach(() => {
  stores.close()
})

const ask = (barcode: string | null, itemId: string | null) =>
  queries['item-card'].answer.parse(itemCard(stores, { barcode, itemId }, ASKED))

test('an item by barcode: title, branches, the open loan, and loans latest first', () => {
  const card = ask(anItem().barcode, null)
  expect(card).toMatchObject({
    item: { id: 'item-1' },
    title: { id: 'title-1', isbn: '9787020049295' },
    homeBranch: { nameZh: '福田总馆' },
    atBranch: { nameZh: '南山分馆' },
    loan: { id: 'now' },
  })
  expect(card?.loans.map((loan) => loan.id)).toEqual(['now', 'first'])
})

test('by id, with no title and no loan of its own', () => {
  expect(ask(null, 'bare')).toMatchObject({ title: null, loan: null })
})

test('C55 by the label that it had before', () => {
  expect(ask('before', null)?.item.barcode).toBe('bare')
})

test('an unknown barcode, an unknown id and nothing at all', () => {
  expect([ask('nobody', null), ask(null, 'nobody'), ask(null, null)]).toEqual([null, null, null])
})

test('an item of more loans than fit shows the latest 50', () => {
  stores.replica.applyPage({
    entries: [
      {
        scope: FEED,
        number: 2,
        changes: Array.from({ length: 60 }, (_, index) =>
          put('loan', aLoan({ id: `loan-${index}`, itemId: 'bare', lentAt: 10 + index })),
        ),
      },
    ],
    settled: [],
    redecide: () => [],
  })
  const loans = ask('bare', null)?.loans ?? []
  expect([loans.length, loans[1]?.id]).toEqual([50, 'loan-59'])
})
