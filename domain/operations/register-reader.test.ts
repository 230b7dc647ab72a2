import { describe, expect, test } from 'vitest'

import { BRANCH, LIBRARY, NOW, TODAY, aReader } from '../../test/builders/city.ts'
import {
  aShelf,
  answering,
  decideOn,
  performOn,
  recordOn,
  rowsOf,
  said,
} from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const hash = 'a'.repeat(64)
const adult = {
  card: '0440050000099',
  name: '陈静',
  category: 'lidu',
  bornOn: '1988-02-29',
  phone: null,
  idNumberHash: hash,
  guardianReaderId: null,
  hasGuardianConsent: false,
  note: null,
}
const child = {
  ...adult,
  category: 'juvenile',
  bornOn: '2018-06-01',
  idNumberHash: null,
  guardianReaderId: 'reader-1',
  hasGuardianConsent: true,
}
const parent: Change[] = [put('reader', aReader())]
const twinOf = (parts: Parameters<typeof aReader>[0]): Change[] => [
  put('reader', aReader({ id: 'reader-7', cardNumber: '7', ...parts })),
]

describe('registering a reader', () => {
  const rows: [says: string, records: Change[], payload: object, said: string[]][] = [
    ['D1 a new card', [], adult, []],
    [
      'D1 a card that exists',
      twinOf({ cardNumber: adult.card }),
      adult,
      ['impossible D1 card-number-taken'],
    ],
    ['D2 a child with guardian and consent', parent, child, []],
    [
      'D2 no guardian',
      [],
      { ...child, guardianReaderId: null },
      ['impossible D2 guardian-missing'],
    ],
    ['D2 a guardian nobody knows', [], child, ['impossible D2 guardian-missing']],
    [
      'D2 no consent',
      parent,
      { ...child, hasGuardianConsent: false },
      ['impossible D2 consent-missing'],
    ],
    ['D2 three today', parent, { ...child, bornOn: '2023-11-22' }, []],
    ['D2 three tomorrow', parent, { ...child, bornOn: '2023-11-23' }, ['impossible D2 too-young']],
    ['D2 fourteen today', [], { ...adult, bornOn: '2012-11-22' }, []],
    [
      'D2 fourteen tomorrow, whatever the category',
      [],
      { ...adult, bornOn: '2012-11-23' },
      ['impossible D2 guardian-missing', 'impossible D2 consent-missing'],
    ],
    ['D2 a juvenile card without a birth date', parent, { ...child, bornOn: null }, []],
    [
      'D2 a juvenile card without birth date, guardian and consent',
      [],
      { ...child, bornOn: null, guardianReaderId: null, hasGuardianConsent: false },
      ['impossible D2 guardian-missing', 'impossible D2 consent-missing'],
    ],
    ['D2 an adult who does not say', [], { ...adult, bornOn: null }, []],
    [
      'D3 the same name and birth date',
      twinOf({ name: adult.name, bornOn: adult.bornOn }),
      adult,
      ['override D3 possible-duplicate'],
    ],
    [
      'D3 the same identity number',
      twinOf({ idNumberHash: hash }),
      adult,
      ['override D3 possible-duplicate'],
    ],
    ['D3 the same name only', twinOf({ name: adult.name, bornOn: '1999-01-01' }), adult, []],
    [
      'D3 the same name, neither birth date known',
      twinOf({ name: adult.name, bornOn: null }),
      { ...adult, bornOn: null },
      [],
    ],
    [
      'D4 a category that policy does not have',
      [],
      { ...adult, category: 'vip' },
      ['impossible D4 unknown-category'],
    ],
  ]

  test.each(rows)('%s', (_says, records, payload, expected) => {
    expect(said(decideOn(records, 'reader.register', payload))).toEqual(expected)
  })

  test('D1 the card holds for the years of its category', () => {
    const { changes, summary } = decideOn([], 'reader.register', adult)
    expect(changes).toEqual([
      put('reader', {
        ...aReader({
          id: 'desk-a.1.1.r1',
          cardNumber: adult.card,
          name: adult.name,
          bornOn: adult.bornOn,
          phone: null,
          expiresOn: '2036-11-22',
          idNumberHash: hash,
          homeLibraryId: LIBRARY,
          activeAt: [{ branchId: BRANCH, lastOn: TODAY }],
        }),
      }),
    ])
    expect(summary).toEqual({
      readerId: 'desk-a.1.1.r1',
      card: adult.card,
      expiresOn: '2036-11-22',
    })
  })

  test('D1 a card made on 29 February ends on 28 February', () => {
    const at = Date.UTC(2028, 1, 29, 4)
    const { summary } = decideOn([], 'reader.register', adult, { at })
    expect(summary.expiresOn).toBe('2038-02-28')
  })

  test('D2 consent is dated', () => {
    const { changes } = decideOn(parent, 'reader.register', child)
    expect(changes).toMatchObject([
      { row: { guardianConsentAt: NOW, guardianReaderId: 'reader-1' } },
    ])
  })

  test.each([
    ['D1 a card given twice while desks were apart', twinOf({ cardNumber: adult.card }), [], 1],
    ['D3 a twin nobody asked about', twinOf({ idNumberHash: hash }), [], 1],
    ['D3 a twin somebody asked about', twinOf({ idNumberHash: hash }), ['possible-duplicate'], 0],
  ])('%s: the card is in the hand, the reader is kept', (_says, records, codes, exceptions) => {
    const shelf = aShelf(records)
    const overrides = answering(...codes)
    const recorded = performOn(shelf, 'reader.register', adult, { overrides })
    expect(recorded.exceptions.map(({ kind }) => kind)).toEqual(
      Array.from({ length: exceptions }, () => 'duplicate-registration'),
    )
    expect(rowsOf(shelf, 'reader')).toHaveLength(2)
  })

  test('D4 recorded, a category without policy is an exception', () => {
    const recorded = recordOn([], 'reader.register', { ...adult, category: 'vip' })
    expect(recorded.exceptions).toMatchObject([{ kind: 'rule-broken', rules: ['D4'] }])
  })
})
