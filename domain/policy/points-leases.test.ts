import { describe, expect, test } from 'vitest'

import { NOW, aLease, aNumberBlock } from '../../test/builders/city.ts'
import {
  nextNumberOf,
  numberText,
  reclaimableFrom,
  seriesTerms,
  spendingOf,
  valueAtRisk,
} from './points-leases.ts'
import { shenzhenPoints } from './shenzhen-points.ts'

const HOUR = 3_600_000
const desk = { deviceId: 'desk-a', epoch: 1, at: NOW }
const short = aLease({ id: 'short', amount: 30, notAfter: NOW + 3 * HOUR })
const long = aLease({ id: 'long', amount: 40 })

describe('which leases give how much', () => {
  test.each([
    [
      'Z4 what ends first is spent first',
      50,
      [long, short],
      [
        ['short', 30],
        ['long', 20],
      ],
    ],
    ['Z4 no more leases than are needed', 30, [long, short], [['short', 30]]],
    [
      'Z5 all of them',
      70,
      [long, short],
      [
        ['short', 30],
        ['long', 40],
      ],
    ],
    ['Z5 not more than they hold', 71, [long, short], null],
    ['Z4 not from another desk', 10, [aLease({ deviceId: 'desk-b' })], null],
    ['Z4 not from another epoch', 10, [aLease({ epoch: 2 })], null],
    ['Z6 not after the end less the skew', 10, [aLease({ notAfter: NOW + 2 * HOUR - 1 })], null],
    ['Z8 not from a closed one', 10, [aLease({ closedAt: NOW })], null],
    ['Z10 not from numbers', 10, [aNumberBlock()], null],
  ] as const)('%s', (_says, amount, leases, expected) => {
    const pieces = spendingOf(leases, amount, desk, shenzhenPoints)
    expect(pieces?.map((piece) => [piece.lease, piece.amount]) ?? null).toEqual(expected)
  })
})

test('the value at risk is what is left of points in open leases', () => {
  const leases = [aLease({ spent: 40 }), long, aLease({ closedAt: NOW }), aNumberBlock()]
  expect(valueAtRisk(leases)).toBe(100)
})

test('Z8 a lease is reclaimed when no desk can come late any more', () => {
  expect(reclaimableFrom(aLease({ notAfter: NOW }), shenzhenPoints)).toBe(NOW + 30 * 24 * HOUR)
})

test('Z10 numbers are drawn in order, until the block is used up', () => {
  expect(nextNumberOf(aNumberBlock({ spent: 3 }))).toBe(24)
  expect(nextNumberOf(aNumberBlock({ spent: 20 }))).toBeNull()
  expect(nextNumberOf(aLease())).toBeNull()
  const terms = seriesTerms(shenzhenPoints, 'certificate')
  expect(terms && numberText(terms, 24)).toBe('JZ00000024')
  expect(seriesTerms(shenzhenPoints, 'lottery')).toBeUndefined()
})
