import { describe, expect, test } from 'vitest'

import { NOW, aFee, aReader } from '../../test/builders/city.ts'
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
import type { Change } from '../change.ts'

const owing: Change[] = [put('reader', aReader({ feesOwedFen: 150 })), put('fee', aFee())]
const paying = { reader: 'reader-1', fee: 'fee-1', amountFen: 90 }
const settled = put('fee', aFee({ settledAt: NOW }))

describe('taking money', () => {
  test('Z11 settles the fee and lowers the debt by it', () => {
    const shelf = aShelf(owing)
    expect(performOn(shelf, 'payment.take', paying).outcome).toBe('applied')
    expect(rowOf(shelf, 'fee', 'fee-1')?.settledAt).toBe(NOW)
    expect(rowOf(shelf, 'reader', 'reader-1')?.feesOwedFen).toBe(60)
    expect(rowsOf(shelf, 'ledger-entry')).toMatchObject([
      { ledger: 'money', amount: 90, cause: 'paid', feeId: 'fee-1' },
    ])
  })

  test.each([
    ['Z11 for no fee', [], {}, 'unknown-fee'],
    ['Z11 for the fee of another', owing, { reader: 'reader-2' }, 'unknown-fee'],
    ['Z11 for a settled fee', [...owing, settled], {}, 'fee-settled'],
    ['Z11 for less than the fee', owing, { amountFen: 89 }, 'payment-differs'],
    ['Z11 for more', owing, { amountFen: 91 }, 'payment-differs'],
  ])(
    '%s: impossible, and entered with an exception where it happened',
    (_says, records, over, code) => {
      const payload = { ...paying, ...over }
      expect(said(decideOn(records, 'payment.take', payload))).toEqual([`impossible Z11 ${code}`])
      const recorded = recordOn(records, 'payment.take', payload)
      expect(recorded.exceptions.map(({ kind }) => kind)).toEqual(['rule-broken'])
      expect(recorded.changes[0]).toMatchObject({ put: 'ledger-entry' })
    },
  )

  test('Z11 paid at two desks: the debt is lowered once', () => {
    const shelf = aShelf(owing)
    performOn(shelf, 'payment.take', paying)
    performOn(shelf, 'payment.take', paying, { operationId: 'desk-b.1.1' })
    expect(rowOf(shelf, 'reader', 'reader-1')?.feesOwedFen).toBe(60)
    expect(rowsOf(shelf, 'ledger-entry')).toHaveLength(2)
  })
})
