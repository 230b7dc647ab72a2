/** F6 at a city that came back from its backup: the money is told before the fee. */
import { describe, expect, test } from 'vitest'

import { NOW, aLedgerEntry, aLoan, aReader, anItem } from '../test/builders/city.ts'
import { aShelf, performOn, rowOf, rowsOf } from '../test/builders/decide.ts'
import { put } from './change.ts'
import type { Change } from './change.ts'
import type { OperationKind } from './operations/index.ts'

const item = anItem({ state: 'on-loan', openLoanId: 'loan-1' })
const reader = aReader({ openLoansCount: 1 })
const lent: Change[] = [
  put('item', item),
  put('reader', reader),
  put('loan', aLoan({ dueOn: '2026-11-13' })),
]
const charge = { reader: 'reader-1', cause: 'label', amountFen: 200, item: null, note: null }
const card = '0440050000999'
const replacing = { reader: 'reader-1', card, insteadOf: reader.cardNumber, reason: 'lost' }

/** Everything that makes a fee. */
const makers: [kind: OperationKind, payload: unknown][] = [
  ['fee.charge', charge],
  ['item.mark-lost', { item: item.id }],
  ['reader.replace-card', replacing],
  ['loan.check-in', { barcode: item.barcode, returnedOn: null }],
]

/** The fee and the debt after `maker`, where `amounts` were entered for its id before. */
function charged([kind, payload]: (typeof makers)[number], amounts: (feeFen: number) => number[]) {
  const alone = aShelf(lent)
  performOn(alone, kind, payload)
  const [fee] = rowsOf(alone, 'fee')
  if (fee === undefined) throw new Error(`${kind} made no fee`)
  const entries = amounts(fee.amountFen).map((amount, index) => {
    const at = NOW + 1 + index
    const cause = amount < 0 ? 'refunded' : 'paid'
    const ids = { id: `entry-${index}`, feeId: fee.id }
    return put('ledger-entry', aLedgerEntry({ ...ids, ledger: 'money', amount, cause, at }))
  })
  const shelf = aShelf([...lent, ...entries])
  performOn(shelf, kind, payload)
  const debt = rowOf(shelf, 'reader', 'reader-1')?.feesOwedFen
  return { feeFen: fee.amountFen, fee: rowOf(shelf, 'fee', fee.id), debt }
}

describe.each(makers)('F6 %s after the money for it', (kind, payload) => {
  const maker: (typeof makers)[number] = [kind, payload]

  test('counts it, and asks for nothing any more', () => {
    const { fee, feeFen, debt } = charged(maker, (whole) => [whole - 1, 1])
    expect(fee).toMatchObject({ paidFen: feeFen, settledAt: NOW + 2 })
    expect(debt).toBe(0)
  })

  test('asks for the rest where it was a part', () => {
    const { fee, feeFen, debt } = charged(maker, () => [30])
    expect(fee).toMatchObject({ paidFen: 30, settledAt: null })
    expect(debt).toBe(feeFen - 30)
  })

  test('takes no more than it comes to', () => {
    const { fee, feeFen, debt } = charged(maker, (whole) => [whole, 50])
    expect(fee).toMatchObject({ paidFen: feeFen })
    expect(debt).toBe(0)
  })

  test('is owed whole where the money went back', () => {
    const { fee, feeFen, debt } = charged(maker, (whole) => [whole, -whole])
    expect(fee).toMatchObject({ paidFen: 0, settledAt: null })
    expect(debt).toBe(feeFen)
  })
})
