import { describe, expect, test } from 'vitest'

import { aCard, aReader, anItem } from '../../test/builders/city.ts'
import { answering, decideOn, recordOn, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const reader = aReader()
const item = anItem()

describe('the card that is scanned decides', () => {
  const lend = (card: string) => ({ barcode: item.barcode, card, dueOn: null })
  const withCard = (state: 'valid' | 'lost' | 'replaced' | 'closed', of = {}): Change[] => [
    put('item', item),
    put('reader', aReader(of)),
    put('card', aCard({ state })),
  ]
  const rows: [says: string, records: Change[], card: string, said: string[]][] = [
    ['L23 a virtual card that is good', withCard('valid'), 'V0001', []],
    [
      'L23 the main one is lost, the virtual one good',
      withCard('valid', { cardState: 'lost' }),
      'V0001',
      [],
    ],
    [
      'L5 the main one is lost',
      withCard('valid', { cardState: 'lost' }),
      reader.cardNumber,
      ['impossible L5 card-lost'],
    ],
    ['L5 the virtual one is lost', withCard('lost'), 'V0001', ['impossible L5 card-lost']],
    ['L5 the virtual one is lost, the main one scanned', withCard('lost'), reader.cardNumber, []],
    ['L23 a replaced one', withCard('replaced'), 'V0001', ['override L23 card-replaced']],
    [
      'L5 the reader is closed',
      withCard('valid', { cardState: 'closed' }),
      'V0001',
      ['impossible L5 card-closed'],
    ],
  ]
  test.each(rows)('%s', (_says, records, card, expected) => {
    expect(said(decideOn(records, 'loan.check-out', lend(card)))).toEqual(expected)
  })

  test('L23 lent by an old card: the loan is the reader’s, and asked about where nobody did', () => {
    const recorded = recordOn(withCard('replaced'), 'loan.check-out', lend('V0001'))
    expect(recorded.exceptions.map(({ kind, readerId }) => [kind, readerId])).toEqual([
      ['reader-blocked', 'reader-1'],
    ])
    const overrides = answering('card-replaced')
    const asked = recordOn(withCard('replaced'), 'loan.check-out', lend('V0001'), { overrides })
    expect(asked.outcome).toBe('applied')
  })

  test('D1 a card of somebody is not given to a new reader', () => {
    const payload = {
      card: 'V0001',
      name: '陈静',
      category: 'lidu',
      bornOn: '1988-02-29',
      phone: null,
      idNumberHash: null,
      guardianReaderId: null,
      hasGuardianConsent: false,
      note: null,
    }
    expect(said(decideOn(withCard('valid'), 'reader.register', payload))).toEqual([
      'impossible D1 card-number-taken',
    ])
  })
})
