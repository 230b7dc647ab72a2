import { describe, expect, test } from 'vitest'

import { NOW, aPolicy, aReader, anItem } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, rowsOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const known: Change[] = [put('reader', aReader({ feesOwedFen: 90 })), put('item', anItem())]
interface Charge {
  readonly reader: string
  readonly cause: string
  readonly amountFen: number
  readonly item: string | null
  readonly note: string | null
}

const charge: Charge = {
  reader: 'reader-1',
  cause: 'rfid-tag',
  amountFen: 500,
  item: null,
  note: null,
}
/** Its price is ¥39. */
const loss: Charge = { ...charge, cause: 'loss', amountFen: 11_700, item: 'item-1' }
const unpriced = [...known, put('item', anItem({ priceFen: null }))]
const { charges } = aPolicy()
const noCards = { ...charges, lines: charges.lines.filter(({ cause }) => cause !== 'card') }

const rows: [says: string, records: Change[], payload: Charge, expected: string[]][] = [
  ['F1 a tag is ¥5', known, charge, []],
  ['F1 and not ¥4', known, { ...charge, amountFen: 400 }, ['override F1 charge-out-of-bounds']],
  ['F1 a label is ¥2', known, { ...charge, cause: 'label', amountFen: 200 }, []],
  [
    'F1 damage beyond the policy',
    known,
    { ...charge, cause: 'damage', amountFen: 10_001 },
    ['override F1 charge-out-of-bounds'],
  ],
  [
    'F1 something else without a word',
    known,
    { ...charge, cause: 'other' },
    ['impossible F1 charge-unexplained'],
  ],
  [
    'F1 what the policy does not charge',
    [...known, put('policy', aPolicy({ charges: noCards }))],
    { ...charge, cause: 'card' },
    ['impossible F1 cause-not-charged'],
  ],
  ['F1 a reader nobody knows', [], charge, ['impossible F1 unknown-reader']],
  ['F2 loss at three times the price', known, loss, []],
  ['F2 at ten times', known, { ...loss, amountFen: 39_000 }, []],
  [
    'F2 below three times',
    known,
    { ...loss, amountFen: 11_699 },
    ['override F2 charge-out-of-bounds'],
  ],
  [
    'F2 above ten times',
    known,
    { ...loss, amountFen: 39_001 },
    ['override F2 charge-out-of-bounds'],
  ],
  ['F2 of unknown price', unpriced, { ...loss, amountFen: 12_000 }, []],
  [
    'F2 loss of nothing',
    known,
    { ...loss, amountFen: 12_000, item: null },
    ['impossible F2 charge-of-no-item'],
  ],
]

describe('charging', () => {
  test.each(rows)('%s', (_says, records, payload, expected) => {
    expect(said(decideOn(records, 'fee.charge', payload))).toEqual(expected)
  })

  test('F1 the fee is owed at once, and the undo takes it back', () => {
    const shelf = aShelf(known)
    performOn(shelf, 'fee.charge', { ...loss, note: '读者称遗失' })
    expect(rowsOf(shelf, 'fee')).toMatchObject([
      {
        cause: 'loss',
        amountFen: 11_700,
        paidFen: 0,
        waivedFen: 0,
        lastWaiver: null,
        openedAt: NOW,
        note: '读者称遗失',
      },
    ])
    expect(rowOf(shelf, 'reader', 'reader-1')?.feesOwedFen).toBe(11_790)
    performOn(
      shelf,
      'operation.undo',
      { operation: 'desk-a.1.1', reason: null },
      { operationId: 'desk-a.1.2' },
    )
    expect(rowsOf(shelf, 'fee')).toEqual([])
    expect(rowOf(shelf, 'reader', 'reader-1')?.feesOwedFen).toBe(90)
  })

  test('F1 told to a reader under the policy of yesterday: entered, and a person looks', () => {
    const shelf = aShelf(known)
    const done = performOn(shelf, 'fee.charge', { ...charge, amountFen: 400 })
    expect(done.exceptions).toMatchObject([{ kind: 'rule-broken', rules: ['F1'] }])
    expect(rowsOf(shelf, 'fee')).toMatchObject([{ amountFen: 400 }])
  })
})
