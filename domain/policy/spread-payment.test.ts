import { describe, expect, test } from 'vitest'

import { aFee } from '../../test/builders/city.ts'
import { spreadPayment } from './spread-payment.ts'

const fees = [
  aFee({ id: 'late', openedAt: 3, amountFen: 100 }),
  aFee({ id: 'early', openedAt: 1, amountFen: 90, paidFen: 40 }),
  aFee({ id: 'settled', openedAt: 2, amountFen: 60, paidFen: 60, settledAt: 2 }),
]

describe('X3 a payment of another system names no fee', () => {
  test.each([
    ['less than the oldest', 20, [['early', 20]]],
    ['the oldest', 50, [['early', 50]]],
    [
      'some of the next too',
      80,
      [
        ['early', 50],
        ['late', 30],
      ],
    ],
    [
      'all, and more: the excess stays with the last',
      500,
      [
        ['early', 50],
        ['late', 450],
      ],
    ],
  ])('%s', (_says, amountFen, expected) => {
    const parts = spreadPayment(fees, amountFen)
    expect(parts.map((part) => [part.fee, part.amountFen])).toEqual(expected)
  })
  test('nothing is owed', () => {
    expect(spreadPayment(fees.slice(2), 100)).toEqual([])
  })
})
