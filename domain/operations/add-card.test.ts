import { describe, expect, test } from 'vitest'

import { aCard, aReader } from '../../test/builders/city.ts'
import { decideOn, recordOn, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const reader = aReader()
const known: Change[] = [put('reader', reader)]
const closed = [put('reader', aReader({ cardState: 'closed' }))]

describe('adding a card', () => {
  const adding = { reader: 'reader-1', card: 'V0002', kind: 'virtual' }
  const rows: [says: string, records: Change[], payload: object, said: string[]][] = [
    ['D5 a virtual one', known, adding, []],
    [
      'D1 the reader’s own number',
      known,
      { ...adding, card: reader.cardNumber },
      ['impossible D1 card-number-taken'],
    ],
    ['D16 closed', closed, adding, ['impossible D16 card-closed']],
  ]
  test.each(rows)('%s', (_says, records, payload, expected) => {
    expect(said(decideOn(records, 'reader.add-card', payload))).toEqual(expected)
  })

  test('D1 given out at two desks: the fact is kept, and an exception', () => {
    const taken = [...known, put('card', aCard({ number: 'V0002', readerId: 'reader-2' }))]
    const { exceptions, outcome } = recordOn(taken, 'reader.add-card', adding)
    expect(outcome).toBe('applied-with-exception')
    expect(exceptions.map(({ kind }) => kind)).toEqual(['duplicate-registration'])
  })
})
