import { describe, expect, test } from 'vitest'

import { aReader } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'
import type { OperationKind } from './index.ts'

const reader = aReader()
const known: Change[] = [put('reader', reader)]
const readerIs = (parts: Parameters<typeof aReader>[0]): Change[] => [put('reader', aReader(parts))]
const of = { reader: 'reader-1' }

describe('another category', () => {
  const deposit = { ...of, category: 'deposit-100', depositFen: 10_000 }
  const rows: [
    says: string,
    kind: OperationKind,
    records: Change[],
    payload: object,
    said: string[],
  ][] = [
    ['D10 another category', 'reader.set-category', known, deposit, []],
    [
      'D4 no such category',
      'reader.set-category',
      known,
      { ...deposit, category: 'vip' },
      ['impossible D4 unknown-category'],
    ],
    [
      'D10 nothing changes',
      'reader.set-category',
      known,
      { ...of, category: 'lidu', depositFen: 0 },
      ['impossible D10 same-category'],
    ],
    [
      'L6 more on loan than it allows',
      'reader.set-category',
      readerIs({ openLoansCount: 11 }),
      deposit,
      ['alert L6 item-limit-reached'],
    ],
  ]
  test.each(rows)('%s', (_says, kind, records, payload, expected) => {
    expect(said(decideOn(records, kind, payload))).toEqual(expected)
  })

  test('D10 the deposit is recorded, and what is handed back said', () => {
    const shelf = aShelf(known)
    performOn(shelf, 'reader.set-category', deposit)
    expect(rowOf(shelf, 'reader', 'reader-1')).toMatchObject({
      depositFen: 10_000,
      category: 'deposit-100',
    })
    const back = decideOn(shelf, 'reader.set-category', {
      ...deposit,
      category: 'lidu',
      depositFen: 0,
    })
    expect(back.summary.depositTakenFen).toBe(-10_000)
  })
})
