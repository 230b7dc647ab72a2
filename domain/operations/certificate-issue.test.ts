import { describe, expect, test } from 'vitest'

import { NOW, aNumberBlock, aReader } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, rowsOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const reader = put('reader', aReader())
const issuing = {
  card: aReader().cardNumber,
  series: 'certificate',
  lease: 'block-1',
  number: 24,
  text: '捐赠图书 12 册',
}
/** Three of 21 … 40 are drawn. */
const block = (parts: Parameters<typeof aNumberBlock>[0] = {}): Change[] => [
  reader,
  put('lease', aNumberBlock({ spent: 3, ...parts })),
]
type Row = [
  says: string,
  records: Change[],
  over: object,
  onDesk: string[],
  inCity: string[],
  drawn: number,
]
const rows: Row[] = [
  ['Z10 the next number', block(), {}, [], [], 4],
  ['Z10 the last one', block({ spent: 19 }), { number: 40 }, [], [], 20],
  ['Z10 drawn already', block(), { number: 23 }, ['Z10 number-taken'], ['double-spend'], 3],
  ['Z10 one too far', block(), { number: 26 }, ['Z10 number-taken'], [], 6],
  ['Z10 beyond it', block(), { number: 41 }, ['Z10 number-not-leased'], ['double-spend'], 3],
  ['Z10 before it', block(), { number: 20 }, ['Z10 number-not-leased'], ['double-spend'], 3],
  [
    'Z10 no such series',
    block(),
    { series: 'lottery' },
    ['Z10 unknown-series', 'Z4 lease-of-other-reader'],
    ['rule-broken', 'double-spend'],
    3,
  ],
  ['Z4 a block nobody gave', [reader], {}, ['Z4 no-lease'], ['double-spend'], 0],
  [
    'Z4 the block of another desk',
    block({ deviceId: 'desk-b' }),
    {},
    ['Z4 lease-of-other-desk'],
    ['double-spend'],
    3,
  ],
  [
    'Z6 after its end',
    block({ notAfter: NOW - 1 }),
    {},
    ['Z6 lease-expired'],
    ['lease-expired'],
    4,
  ],
  [
    'Z6 told after the block was given back',
    block({ closedAt: NOW }),
    {},
    ['Z6 lease-closed'],
    ['lease-expired'],
    4,
  ],
  [
    'I27 … and the same number once more',
    block({ closedAt: NOW, spent: 4 }),
    {},
    ['Z6 lease-closed', 'Z10 number-taken'],
    ['lease-expired', 'double-spend'],
    4,
  ],
]

describe('issuing a certificate', () => {
  test.each(rows)('%s: what the desk says', (_says, records, over, onDesk) => {
    const decision = decideOn(records, 'certificate.issue', { ...issuing, ...over })
    expect(said(decision)).toEqual(onDesk.map((finding) => `impossible ${finding}`))
  })

  test.each(rows)('Z9 %s: what the city records', (_says, records, over, _desk, inCity, drawn) => {
    const shelf = aShelf(records)
    const recorded = performOn(shelf, 'certificate.issue', { ...issuing, ...over })
    expect(recorded.exceptions.map(({ kind }) => kind)).toEqual(inCity)
    expect(rowsOf(shelf, 'ledger-entry')).toMatchObject([
      {
        ledger: 'certificates',
        cause: 'issued',
        amount: 0,
        number: { ...issuing, ...over }.number,
      },
    ])
    expect(rowOf(shelf, 'lease', 'block-1')?.spent ?? 0).toBe(drawn)
  })

  test('Z10 is printed with the prefix of its series', () => {
    expect(decideOn(block(), 'certificate.issue', issuing).summary).toMatchObject({
      printed: 'JZ00000024',
      readerId: 'reader-1',
    })
  })

  test('L2 for a card that nobody knows: a placeholder keeps it', () => {
    const decision = decideOn(block(), 'certificate.issue', { ...issuing, card: '9999999' })
    expect(said(decision)).toEqual(['alert L2 unknown-reader'])
    expect(decision.changes[0]).toMatchObject({ put: 'reader', row: { cardNumber: '9999999' } })
  })
})
