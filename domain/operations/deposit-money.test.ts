import { assert, property, array, constantFrom, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'

import { aReader, aTill } from '../../test/builders/city.ts'
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

const known: Change[] = [put('reader', aReader()), put('till', aTill())]
const asking = (
  depositFen: number,
  takenFen: number,
  parts: { tender?: 'cash' | 'wechat'; till?: string | null } = {},
) => ({
  reader: 'reader-1',
  category: depositFen === 0 ? 'lidu' : 'deposit-100',
  depositFen,
  deposit: { takenFen, tender: 'cash' as const, till: 'till-1' as string | null, ...parts },
})
const back = (parts = {}) => ({ ...asking(0, -10_000, parts), category: 'lidu' })

describe('a deposit is money', () => {
  test('D17 taken in cash: entry, sum held, till', () => {
    const shelf = aShelf(known)
    expect(performOn(shelf, 'reader.set-category', asking(10_000, 10_000)).outcome).toBe('applied')
    expect(rowOf(shelf, 'reader', 'reader-1')).toMatchObject({
      category: 'deposit-100',
      depositFen: 10_000,
    })
    expect(rowOf(shelf, 'till', 'till-1')?.expectedFen).toBe(20_000)
    expect(rowsOf(shelf, 'ledger-entry')).toMatchObject([
      {
        ledger: 'money',
        cause: 'deposited',
        amount: 10_000,
        feeId: null,
        tender: 'cash',
        tillId: 'till-1',
      },
    ])
  })

  test('D17 handed back on another category', () => {
    const shelf = aShelf(known)
    performOn(shelf, 'reader.set-category', asking(10_000, 10_000))
    const { summary } = performOn(shelf, 'reader.set-category', back(), {
      operationId: 'desk-a.1.2',
    })
    expect(summary).toMatchObject({ depositTakenFen: -10_000 })
    expect(rowOf(shelf, 'reader', 'reader-1')?.depositFen).toBe(0)
    expect(rowOf(shelf, 'till', 'till-1')?.expectedFen).toBe(10_000)
    expect(rowsOf(shelf, 'ledger-entry').map(({ cause, amount }) => [cause, amount])).toEqual([
      ['deposited', 10_000],
      ['deposit-returned', -10_000],
    ])
  })

  test('D17 by telephone the till stays as it was', () => {
    const shelf = aShelf(known)
    performOn(shelf, 'reader.set-category', asking(10_000, 10_000, { tender: 'wechat' }))
    expect(rowOf(shelf, 'till', 'till-1')?.expectedFen).toBe(10_000)
  })

  test('D17 a program that did not ask how: an entry all the same', () => {
    const shelf = aShelf(known)
    const { deposit: _asked, ...plain } = asking(10_000, 10_000)
    performOn(shelf, 'reader.set-category', plain)
    expect(rowsOf(shelf, 'ledger-entry')).toMatchObject([{ amount: 10_000, tender: null }])
  })

  test('D10 no deposit, no entry', () => {
    const shelf = aShelf(known)
    performOn(shelf, 'reader.set-category', {
      reader: 'reader-1',
      category: 'staff',
      depositFen: 0,
    })
    expect(rowsOf(shelf, 'ledger-entry')).toEqual([])
  })

  test('U2 what moved money is not undone: the deposit goes back instead', () => {
    const shelf = aShelf(known)
    performOn(shelf, 'reader.set-category', asking(10_000, 10_000))
    const undo = { operation: 'desk-a.1.1', reason: null }
    expect(said(decideOn(shelf, 'operation.undo', undo, { operationId: 'desk-a.1.2' }))).toEqual([
      'impossible U2 not-undoable',
    ])
  })
})

describe('what stands against it', () => {
  const rows: [says: string, payload: object, said: string[]][] = [
    ['D17 as asked', asking(10_000, 10_000), []],
    ['F8 cash, no till', asking(10_000, 10_000, { till: null }), ['override F8 no-open-till']],
    ['D18 less than the card asks', asking(5_000, 5_000), ['alert D18 deposit-short']],
    ['D17 it does not add up', asking(10_000, 5_000), ['impossible D17 deposit-differs']],
  ]
  test.each(rows)('%s', (_says, payload, expected) => {
    expect(said(decideOn(known, 'reader.set-category', payload))).toEqual(expected)
  })

  test('D17 handed back at two desks: both entries stand, and a person is asked', () => {
    const shelf = aShelf(known)
    performOn(shelf, 'reader.set-category', asking(10_000, 10_000))
    performOn(shelf, 'reader.set-category', back(), { operationId: 'desk-a.1.2' })
    const again = back({ tender: 'wechat' })
    const second = recordOn(shelf, 'reader.set-category', again, { operationId: 'desk-b.1.1' })
    expect(second.exceptions).toMatchObject([{ kind: 'rule-broken' }])
    performOn(shelf, 'reader.set-category', again, { operationId: 'desk-b.1.1' })
    expect(rowsOf(shelf, 'ledger-entry')).toHaveLength(3)
    expect(rowOf(shelf, 'reader', 'reader-1')?.depositFen).toBe(0)
  })
})

test('D17 whatever is taken and handed back, ledger, reader and till agree', () => {
  const step = tuple(constantFrom(0, 5_000, 10_000, 20_000, 30_000), constantFrom('cash', 'wechat'))
  assert(
    property(array(step, { maxLength: 12 }), (steps) => {
      const shelf = aShelf(known)
      for (const [index, [depositFen, tender]] of steps.entries()) {
        const heldFen = rowOf(shelf, 'reader', 'reader-1')?.depositFen ?? 0
        const takenFen = depositFen - heldFen
        const payload = { ...asking(depositFen, takenFen), category: 'deposit-100' }
        performOn(
          shelf,
          'reader.set-category',
          { ...payload, deposit: { ...payload.deposit, tender } },
          { operationId: `desk-a.1.${index + 1}` },
        )
      }
      const entries = rowsOf(shelf, 'ledger-entry')
      const sumOf = (of: typeof entries): number => of.reduce((sum, { amount }) => sum + amount, 0)
      expect(rowOf(shelf, 'reader', 'reader-1')?.depositFen).toBe(sumOf(entries))
      const cash = entries.filter(({ tender }) => tender === 'cash')
      expect(rowOf(shelf, 'till', 'till-1')?.expectedFen).toBe(10_000 + sumOf(cash))
    }),
    { numRuns: 60 },
  )
})
