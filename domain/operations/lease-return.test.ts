import { describe, expect, test } from 'vitest'

import { NOW, aLease, aNumberBlock, aPolicy, aReader } from '../../test/builders/city.ts'
import { aShelf, applyTo, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import { reclaimLease } from './lease-close.ts'

const DAY = 86_400_000
const reader = put('reader', aReader({ pointsFree: 10 }))
const returning = { lease: 'lease-1' }

describe('giving a lease back', () => {
  test('Z8, I24 what is left is free again', () => {
    const shelf = aShelf([reader, put('lease', aLease({ spent: 30 }))])
    expect(performOn(shelf, 'lease.return', returning).outcome).toBe('applied')
    expect(rowOf(shelf, 'lease', 'lease-1')?.closedAt).toBe(NOW)
    expect(rowOf(shelf, 'reader', 'reader-1')?.pointsFree).toBe(80)
  })

  test('Z10 a block of numbers ends; what was not drawn is given to nobody', () => {
    const shelf = aShelf([put('lease', aNumberBlock({ spent: 3 }))])
    expect(performOn(shelf, 'lease.return', { lease: 'block-1' }).changes).toEqual([
      { patch: 'lease', id: 'block-1', set: { closedAt: NOW }, add: {} },
    ])
  })

  test.each([
    ['Z8 one that nobody gave', [reader], 'unknown-lease'],
    [
      'Z8 that of another desk',
      [reader, put('lease', aLease({ deviceId: 'desk-b' }))],
      'lease-of-other-desk',
    ],
    [
      'Z8 that of an epoch before',
      [reader, put('lease', aLease({ epoch: 9 }))],
      'lease-of-other-desk',
    ],
    ['Z8 a second time', [reader, put('lease', aLease({ closedAt: 1 }))], 'lease-closed'],
  ])('%s is refused and changes nothing', (_says, records, code) => {
    const decision = decideOn(records, 'lease.return', returning)
    expect(said(decision)).toEqual([`impossible Z8 ${code}`])
    expect(decision.changes).toEqual([])
  })
})

describe('taking a lease back', () => {
  const policy = aPolicy()
  const over = (days: number) => aLease({ spent: 30, notAfter: NOW - days * DAY })

  test('Z8 not before the longest time that a desk may be offline', () => {
    expect(reclaimLease(over(30), policy, NOW)).toEqual([])
  })

  test('Z8, I24 then what is left is free again, once', () => {
    const lease = over(31)
    const shelf = aShelf([reader, put('lease', lease)])
    applyTo(shelf, reclaimLease(lease, policy, NOW))
    expect(rowOf(shelf, 'reader', 'reader-1')?.pointsFree).toBe(80)
    const after = rowOf(shelf, 'lease', 'lease-1')
    expect(after?.closedAt).toBe(NOW)
    expect(after && reclaimLease(after, policy, NOW + DAY)).toEqual([])
  })

  test('Z9 what was spent in time and told after that is kept, with an exception', () => {
    const lease = over(31)
    const shelf = aShelf([reader, put('lease', lease)])
    applyTo(shelf, reclaimLease(lease, policy, NOW))
    const from = [{ lease: 'lease-1', amount: 60 }]
    const payload = { reader: 'reader-1', reward: 'notebook', amount: 60, from, note: null }
    const late = performOn(shelf, 'points.redeem', payload, { at: NOW - 32 * DAY })
    expect(late.exceptions.map(({ kind }) => kind)).toEqual(['lease-expired'])
    expect(rowOf(shelf, 'reader', 'reader-1')?.pointsFree).toBe(20)
  })
})
