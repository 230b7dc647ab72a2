import { describe, expect, test } from 'vitest'

import { aCard, aReader } from '../../test/builders/city.ts'
import {
  aShelf,
  answering,
  decideOn,
  performOn,
  recordOn,
  rowOf,
  rowsOf,
  said,
} from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'
import type { OperationKind } from './index.ts'

const reader = aReader()
const known: Change[] = [put('reader', reader)]
const readerIs = (parts: Parameters<typeof aReader>[0]): Change[] => [put('reader', aReader(parts))]
const of = { reader: 'reader-1' }

describe('closing', () => {
  const rows: [
    says: string,
    kind: OperationKind,
    records: Change[],
    payload: object,
    said: string[],
  ][] = [
    ['D14 nothing left', 'reader.close', known, of, []],
    [
      'D14 a loan',
      'reader.close',
      readerIs({ openLoansCount: 1 }),
      of,
      ['impossible D14 loans-open'],
    ],
    ['D14 a fee', 'reader.close', readerIs({ feesOwedFen: 30 }), of, ['impossible D14 fees-owed']],
    [
      'D14 a hold',
      'reader.close',
      readerIs({ openHoldsCount: 1 }),
      of,
      ['impossible D14 holds-open'],
    ],
    [
      'D14 a deposit that was not handed back',
      'reader.close',
      readerIs({ depositFen: 10_000 }),
      of,
      ['impossible D14 deposit-held'],
    ],
    [
      'D16 closed already',
      'reader.close',
      readerIs({ cardState: 'closed' }),
      of,
      ['impossible D16 card-closed'],
    ],
  ]
  test.each(rows)('%s', (_says, kind, records, payload, expected) => {
    expect(said(decideOn(records, kind, payload))).toEqual(expected)
  })

  test('D14 all cards end', () => {
    const shelf = aShelf([...known, put('card', aCard())])
    performOn(shelf, 'reader.close', of)
    expect(rowOf(shelf, 'reader', 'reader-1')).toMatchObject({ cardState: 'closed' })
    expect(rowsOf(shelf, 'card').map(({ state }) => state)).toEqual(['closed'])
  })

  test('D14 an intent: refused by the city, nothing is closed', () => {
    const { outcome, changes } = recordOn(readerIs({ openLoansCount: 1 }), 'reader.close', of, {
      overrides: answering('loans-open'),
    })
    expect([outcome, changes]).toEqual(['refused', []])
  })
})
