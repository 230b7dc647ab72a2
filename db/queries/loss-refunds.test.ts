import { afterEach, describe, expect, test } from 'vitest'

import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { addDays } from '../../domain/words/calendar-date.ts'
import { NOW, TODAY, aFee, aLedgerEntry, aLoan, aTitle, anItem } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { lossRefunds } from './loss-refunds.ts'

let stores: ReturnType<typeof someStores>
afterEach(() => {
  stores.close()
})

const loan = (lossRefundUntilOn: string | null): Change =>
  put('loan', aLoan({ returnedAt: NOW, lossRefundUntilOn: lossRefundUntilOn as never }))
const loss = put('fee', aFee({ cause: 'loss', loanId: aLoan().id, paidFen: 90, settledAt: NOW }))
const entry = (parts: Parameters<typeof aLedgerEntry>[0]): Change =>
  put('ledger-entry', aLedgerEntry({ ledger: 'money', feeId: aFee().id, tender: 'cash', ...parts }))
const paid = entry({ id: 'paid', cause: 'paid', amount: 90 })
const back = entry({ id: 'back', cause: 'refunded', amount: -90, reversesId: 'paid' })
const refundsIn = (changes: readonly Change[]) => {
  stores = someStores([put('title', aTitle()), put('item', anItem()), ...changes])
  return lossRefunds(stores, 'reader-1', ASKED)
}

describe('R14 what was paid for a loss', () => {
  test('goes back through the last day, by the payment it came with', () => {
    expect(refundsIn([loan(TODAY), loss, paid])).toMatchObject([
      { entry: { id: 'paid' }, leftFen: 90, untilOn: TODAY, barcode: anItem().barcode },
    ])
  })

  test.each([
    ['was not found', [loan(null), loss, paid]],
    ['was found too late', [loan(addDays(TODAY, -1)), loss, paid]],
    ['went back already', [loan(TODAY), loss, paid, back]],
    ['was never paid', [loan(TODAY), put('fee', aFee({ cause: 'loss', loanId: aLoan().id }))]],
    ['was for something else', [loan(TODAY), put('fee', aFee({ paidFen: 90 })), paid]],
  ])('R14 nothing, where it %s', (_says, changes) => {
    expect(refundsIn(changes)).toEqual([])
  })
})
