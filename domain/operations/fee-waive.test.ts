import { describe, expect, test } from 'vitest'

import { BRANCH, NOW, aFee, aReader, aTill } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, recordOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const owing = (fee: Parameters<typeof aFee>[0] = {}): Change[] => [
  put('reader', aReader({ feesOwedFen: 150 })),
  put('fee', aFee(fee)),
]
const waiving = {
  reader: 'reader-1',
  fee: 'fee-1',
  amountFen: 90,
  as: 'waived',
  reason: '系统故障',
}
const large = { amountFen: 5000 }
const undo = { operation: 'desk-a.1.1', reason: null }

describe('waiving', () => {
  test('F3 the fee is settled and the debt less', () => {
    const shelf = aShelf(owing())
    performOn(shelf, 'fee.waive', waiving)
    expect(rowOf(shelf, 'fee', 'fee-1')).toMatchObject({
      settledAt: NOW,
      waivedFen: 90,
      paidFen: 0,
      lastWaiver: { staffId: 'staff-lin', branchId: BRANCH, at: NOW },
    })
    expect(rowOf(shelf, 'reader', 'reader-1')?.feesOwedFen).toBe(60)
  })

  test('F3 a part of it, and back', () => {
    const shelf = aShelf(owing())
    performOn(shelf, 'fee.waive', { ...waiving, amountFen: 30 })
    expect(rowOf(shelf, 'fee', 'fee-1')).toMatchObject({ settledAt: null, waivedFen: 30 })
    performOn(shelf, 'operation.undo', undo, { operationId: 'desk-a.1.2' })
    expect(rowOf(shelf, 'fee', 'fee-1')).toEqual(aFee())
    expect(rowOf(shelf, 'reader', 'reader-1')?.feesOwedFen).toBe(150)
  })

  const rows: [says: string, records: Change[], over: object, expected: string[]][] = [
    ['F3 up to ¥10', owing(large), { amountFen: 1000 }, []],
    ['F3 beyond', owing(large), { amountFen: 1001 }, ['override F3 waiver-above-limit']],
    [
      'F3 in several steps',
      owing({ ...large, waivedFen: 900 }),
      { amountFen: 101 },
      ['override F3 waiver-above-limit'],
    ],
    ['F4 no such fee', [], {}, ['impossible F4 unknown-fee']],
    ['F4 of another reader', owing({ readerId: 'reader-2' }), {}, ['impossible F4 unknown-fee']],
    ['F4 paid already', owing({ settledAt: NOW, paidFen: 90 }), {}, ['impossible F4 fee-settled']],
    ['F4 more than is owed', owing({ paidFen: 30 }), {}, ['impossible F4 waiver-exceeds-owed']],
    [
      'F5 the same edition brought: no limit',
      owing({ ...large, cause: 'loss' }),
      { amountFen: 5000, as: 'replaced' },
      [],
    ],
    ['F5 for what is no loss', owing(), { as: 'replaced' }, ['impossible F5 nothing-to-replace']],
  ]
  test.each(rows)('%s', (_says, records, over, expected) => {
    expect(said(decideOn(records, 'fee.waive', { ...waiving, ...over }))).toEqual(expected)
  })

  test('F3 the branch head answers for more', () => {
    const { findings } = decideOn(owing(large), 'fee.waive', { ...waiving, amountFen: 2000 })
    expect(findings).toMatchObject([
      { permission: 'override-blocks', params: { waiveMaxFen: 1000 } },
    ])
  })

  test('F4 waived offline, paid elsewhere meanwhile: refused, the money stays', () => {
    const paid = owing({ settledAt: NOW, paidFen: 90 })
    expect(recordOn(paid, 'fee.waive', waiving)).toMatchObject({ outcome: 'refused', changes: [] })
  })

  test('U4 not undone once money stands upon it', () => {
    const shelf = aShelf([...owing(), put('till', aTill())])
    performOn(shelf, 'fee.waive', waiving)
    const paying = {
      reader: 'reader-1',
      fees: [{ fee: 'fee-1', amountFen: 90 }],
      tender: 'cash',
      till: 'till-1',
    }
    performOn(shelf, 'payment.take', paying, { operationId: 'desk-a.1.2', at: NOW + 1 })
    expect(said(decideOn(shelf, 'operation.undo', undo, { operationId: 'desk-a.1.3' }))).toEqual([
      'impossible U4 changed-since',
    ])
  })
})
