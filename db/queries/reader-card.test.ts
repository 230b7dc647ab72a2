import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import {
  TODAY,
  aCard,
  aFee,
  aLoan,
  aMessage,
  aReader,
  aStaff,
  aTitle,
  anItem,
} from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { readerCard } from './reader-card.ts'

const CARD = aReader().cardNumber
let stores: ReturnType<typeof someStores>
const ask = (parts: Partial<Parameters<typeof readerCard>[1]> = {}) =>
  queries['reader-card'].answer.parse(
    readerCard(stores, { card: CARD, readerId: null, loansLimit: 50, ...parts }, ASKED),
  )

afterEach(() => {
  stores.close()
})

describe('readerCard', () => {
  beforeEach(() => {
    stores = someStores([
      put('title', aTitle()),
      put('item', anItem()),
      put('reader', aReader({ category: 'juvenile', guardianReaderId: 'reader-2' })),
      put('reader', aReader({ id: 'reader-2', cardNumber: 'C2', category: 'of-another-time' })),
      put('loan', aLoan({ id: 'due-later', dueOn: '2026-12-13' })),
      put('loan', aLoan({ id: 'due-today', dueOn: TODAY, itemId: 'item-of-elsewhere' })),
      put('loan', aLoan({ id: 'overdue', dueOn: '2026-11-21' })),
      put('loan', aLoan({ id: 'disputed', dueOn: '2026-11-01', isDisputed: true })),
      put('loan', aLoan({ id: 'closed', returnedAt: 1, returnedBranchId: 'branch-futian' })),
      put('loan', aLoan({ id: 'of-another', readerId: 'reader-2' })),
      put('fee', aFee()),
      put('fee', aFee({ id: 'fee-2', settledAt: 1 })),
    ])
  })

  test('shows open loans, soonest due first, with items and titles', () => {
    const card = ask()
    expect(card?.loans.map((row) => [row.loan.id, row.isOverdue, row.title?.title])).toEqual([
      ['disputed', false, '平凡的世界'],
      ['overdue', true, '平凡的世界'],
      ['due-today', false, undefined],
      ['due-later', false, '平凡的世界'],
    ])
    expect(card).toMatchObject({ loansCount: 4, overdueCount: 1 })
    expect(card?.fees.map((fee) => fee.id)).toEqual(['fee-1'])
  })

  test('names the category, its limit and the guardian', () => {
    expect(ask()).toMatchObject({
      categoryNameZh: '少儿证',
      categoryNameEn: 'Juvenile card',
      itemsMax: 10,
      guardian: { id: 'reader-2' },
    })
  })

  test('a category that the policy has dropped shows by its id and may borrow nothing', () => {
    expect(ask({ card: 'C2' })).toMatchObject({ categoryNameZh: 'of-another-time', itemsMax: 0 })
  })

  test('shows as many as asked and counts all', () => {
    const card = ask({ loansLimit: 1 })
    expect(card?.loans).toHaveLength(1)
    expect(card?.loansCount).toBe(4)
  })

  test('by id, and nobody for an unknown card', () => {
    expect(ask({ card: null, readerId: 'reader-2' })?.reader.cardNumber).toBe('C2')
    expect(ask({ card: 'nobody' })).toBeNull()
    expect(ask({ card: null })).toBeNull()
  })
})

test('a card with 1,000 loans shows its first 50 and the right counts', () => {
  const loans = Array.from({ length: 1000 }, (_, index) =>
    put('loan', aLoan({ id: `loan-${index}`, dueOn: index < 300 ? '2026-11-01' : '2026-12-13' })),
  )
  stores = someStores([put('item', anItem()), put('reader', aReader()), ...loans])
  const card = ask()
  expect(card?.loans).toHaveLength(50)
  expect(card).toMatchObject({ loansCount: 1000, overdueCount: 300 })
})

describe('the cards of one reader', () => {
  beforeEach(() => {
    stores = someStores([
      put('staff', aStaff()),
      put('reader', aReader()),
      put('reader', aReader({ id: 'gone', cardNumber: 'G1', mergedIntoId: 'reader-1' })),
      put('card', aCard({ state: 'replaced' })),
      put('card', aCard({ id: 'card-2', number: 'G1' })),
      put('reader-message', aMessage()),
      put('reader-message', aMessage({ id: 'told', dismissedAt: 5, dismissedBy: 'staff-lin' })),
    ])
  })

  test.each([
    ['L23 a replaced card opens its reader', { card: 'V0001' }, 'replaced'],
    ['D13 the card of a merged record opens the one that stands', { card: 'G1' }, 'valid'],
    ['the main card', {}, null],
    ['D13 by the id of the merged record', { card: null, readerId: 'gone' }, null],
  ])('%s', (_says, parts, state) => {
    const card = ask(parts)
    expect([card?.reader.id, card?.scannedCard?.state ?? null]).toEqual(['reader-1', state])
    expect(card?.cards.map(({ id }) => id)).toEqual(['card-1', 'card-2'])
  })

  test('D12 what is still to be told, and who left it', () => {
    expect(ask()?.messages.map(({ message, staffName }) => [message.id, staffName])).toEqual([
      ['message-1', '林老师'],
    ])
  })
})
