import { describe, expect, test } from 'vitest'

import { TODAY, aLoan, aReader, anItem } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import type { CtxParts } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const reader = aReader()
const known: Change[] = [put('reader', reader)]
const readerIs = (parts: Parameters<typeof aReader>[0]): Change[] => [put('reader', aReader(parts))]
const of = { reader: 'reader-1' }
const next: CtxParts = { operationId: 'desk-b.1.1' }

describe('suspending', () => {
  const suspending = { ...of, untilOn: '2026-12-31', blockedFor: ['lend'], reason: '未赔偿' }
  const longer = { blockedUntilOn: '2027-03-01', blockedFor: ['renew' as const] }
  const rows: [says: string, records: Change[], payload: object, said: string[]][] = [
    ['D7 until a day', known, suspending, []],
    ['D7 until today', known, { ...suspending, untilOn: TODAY }, []],
    [
      'D7 until yesterday',
      known,
      { ...suspending, untilOn: '2026-11-21' },
      ['impossible D7 suspension-in-past'],
    ],
    ['D7 longer already', readerIs(longer), suspending, ['note D7 suspended-longer']],
    ['D7 nobody', [], suspending, ['impossible D7 unknown-reader']],
  ]
  test.each(rows)('%s', (_says, records, payload, expected) => {
    expect(said(decideOn(records, 'reader.suspend', payload))).toEqual(expected)
  })

  test('D7 two desks, in either order: the later day and both scopes', () => {
    const other = { ...suspending, untilOn: null, blockedFor: ['hold', 'renew'], reason: '冒用' }
    const both = [
      [suspending, other],
      [other, suspending],
    ].map(([first, second]) => {
      const shelf = aShelf(known)
      performOn(shelf, 'reader.suspend', first)
      performOn(shelf, 'reader.suspend', second, next)
      const now = rowOf(shelf, 'reader', 'reader-1')
      return [now?.blockedUntilOn, now?.blockedFor]
    })
    expect(both[0]).toEqual(['9999-12-31', ['lend', 'renew', 'hold']])
    expect(both[1]).toEqual(both[0])
  })

  test('D7 one that has run out does not widen the new one', () => {
    const shelf = aShelf(readerIs({ blockedUntilOn: '2026-11-01', blockedFor: ['hold'] }))
    performOn(shelf, 'reader.suspend', suspending)
    expect(rowOf(shelf, 'reader', 'reader-1')?.blockedFor).toEqual(['lend'])
  })

  const item = anItem({ state: 'on-loan', openLoanId: 'loan-1' })
  const lent = [put('item', item), put('loan', aLoan())]
  const blocked = (blockedFor: ('lend' | 'renew' | 'hold')[]): Change[] =>
    readerIs({ openLoansCount: 1, blockedUntilOn: TODAY, blockedFor })
  test.each([
    ['N9 blocked for renewals', ['renew'], ['override N9 renewal-blocked']],
    ['N9 blocked for lending alone', ['lend'], []],
    ['N9 blocked for holds alone', ['hold'], []],
  ] as const)('%s', (_says, blockedFor, expected) => {
    const records = [...lent, ...blocked([...blockedFor])]
    expect(said(decideOn(records, 'loan.renew', { loan: 'loan-1' }))).toEqual(expected)
  })
  test.each([
    ['L4 blocked for lending', ['lend'], ['override L4 reader-blocked']],
    ['L4 blocked for renewals alone', ['renew'], []],
    ['L4 blocked for holds alone', ['hold'], []],
  ] as const)('%s', (_says, blockedFor, expected) => {
    const records = [put('item', anItem()), ...blocked([...blockedFor])]
    const lending = { barcode: item.barcode, card: reader.cardNumber, dueOn: null }
    expect(said(decideOn(records, 'loan.check-out', lending))).toEqual(expected)
  })

  const lifting = { ...of, reason: '已赔偿' }
  test.each([
    ['D8 suspended', blocked(['lend']), []],
    ['D8 not suspended', known, ['impossible D8 not-suspended']],
    ['D8 run out', readerIs({ blockedUntilOn: '2026-11-21' }), ['impossible D8 not-suspended']],
  ])('%s', (_says, records, expected) => {
    expect(said(decideOn(records, 'reader.lift-suspension', lifting))).toEqual(expected)
  })
  test('D8 lifted, nothing stands against the reader', () => {
    const shelf = aShelf(
      readerIs({ blockedUntilOn: TODAY, blockedFor: ['lend'], blockReason: '冒用' }),
    )
    performOn(shelf, 'reader.lift-suspension', lifting)
    expect(rowOf(shelf, 'reader', 'reader-1')).toEqual(reader)
  })
})
