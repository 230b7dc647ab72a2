import { describe, expect, test } from 'vitest'

import { NOW, aFee, aLedgerEntry, aReader } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const settled = put('fee', aFee({ settledAt: NOW }))

describe('handing money back', () => {
  const paid = put(
    'ledger-entry',
    aLedgerEntry({ ledger: 'money', cause: 'paid', amount: 90, feeId: 'fee-1' }),
  )
  const refunding = { reader: 'reader-1', entry: 'entry-1', amountFen: 90, reason: '免收' }
  const after: Change[] = [put('reader', aReader({ feesOwedFen: 60 })), settled, paid]

  test('Z12 is entered against the payment; the fee stays settled', () => {
    const shelf = aShelf(after)
    expect(performOn(shelf, 'payment.refund', refunding).outcome).toBe('applied')
    expect(rowOf(shelf, 'ledger-entry', 'desk-a.1.1.r1')).toMatchObject({
      amount: -90,
      cause: 'refunded',
      reversesId: 'entry-1',
      feeId: 'fee-1',
    })
    expect(rowOf(shelf, 'fee', 'fee-1')?.settledAt).toBe(NOW)
    const again = decideOn(shelf, 'payment.refund', refunding, { operationId: 'desk-a.1.2' })
    expect(said(again)).toEqual(['impossible Z12 already-reversed'])
  })

  test.each([
    ['Z12 of no payment', [], {}, 'unknown-entry'],
    ['Z12 of the payment of another', after, { reader: 'reader-2' }, 'unknown-entry'],
    ['Z12 of points', [put('ledger-entry', aLedgerEntry())], {}, 'not-reversible'],
    ['Z12 of another sum', after, { amountFen: 91 }, 'payment-differs'],
  ])('%s: impossible', (_says, records, over, code) => {
    const decision = decideOn(records, 'payment.refund', { ...refunding, ...over })
    expect(said(decision)).toEqual([`impossible Z12 ${code}`])
    expect(decision.changes).toHaveLength(1)
  })
})
