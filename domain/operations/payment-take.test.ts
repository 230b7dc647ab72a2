import { describe, expect, test } from 'vitest'

import { NOW, aFee, aLedgerEntry, aReader, aTill } from '../../test/builders/city.ts'
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

const owing: Change[] = [
  put('reader', aReader({ feesOwedFen: 150 })),
  put('fee', aFee()),
  put('fee', aFee({ id: 'fee-2', cause: 'label', amountFen: 60 })),
  put('till', aTill()),
]
const line = (amountFen = 90, fee = 'fee-1') => ({ fee, amountFen })
const paying = (...fees: { fee: string; amountFen: number }[]) => ({
  reader: 'reader-1',
  fees: fees.length === 0 ? [line()] : fees,
  tender: 'cash' as 'cash' | 'wechat' | null,
  till: 'till-1' as string | null,
})
const settled = put('fee', aFee({ settledAt: NOW, paidFen: 90 }))

describe('taking money', () => {
  test('Z11 settles the fee, lowers the debt by it, and is in the till', () => {
    const shelf = aShelf(owing)
    expect(performOn(shelf, 'payment.take', paying()).outcome).toBe('applied')
    expect(rowOf(shelf, 'fee', 'fee-1')).toMatchObject({ settledAt: NOW, paidFen: 90 })
    expect(rowOf(shelf, 'reader', 'reader-1')?.feesOwedFen).toBe(60)
    expect(rowOf(shelf, 'till', 'till-1')?.expectedFen).toBe(10_090)
    expect(rowsOf(shelf, 'ledger-entry')).toMatchObject([
      {
        ledger: 'money',
        amount: 90,
        cause: 'paid',
        feeId: 'fee-1',
        tender: 'cash',
        tillId: 'till-1',
      },
    ])
  })

  test('Z11 a part of it: the rest is owed, and paid another time', () => {
    const shelf = aShelf(owing)
    performOn(shelf, 'payment.take', paying(line(40)))
    expect(rowOf(shelf, 'fee', 'fee-1')).toMatchObject({ settledAt: null, paidFen: 40 })
    expect(rowOf(shelf, 'reader', 'reader-1')?.feesOwedFen).toBe(110)
    performOn(shelf, 'payment.take', paying(line(50)), { operationId: 'desk-a.1.2' })
    expect(rowOf(shelf, 'fee', 'fee-1')).toMatchObject({ settledAt: NOW, paidFen: 90 })
  })

  test('Z11 several fees at once: an entry for each', () => {
    const shelf = aShelf(owing)
    const { summary } = performOn(shelf, 'payment.take', paying(line(), line(20, 'fee-2')))
    expect(summary).toEqual({
      entryIds: ['desk-a.1.1.r1', 'desk-a.1.1.r2'],
      amountFen: 110,
      tender: 'cash',
    })
    expect(rowOf(shelf, 'reader', 'reader-1')?.feesOwedFen).toBe(40)
    expect(rowOf(shelf, 'till', 'till-1')?.expectedFen).toBe(10_110)
  })

  test('F8 other tenders move no cash', () => {
    const shelf = aShelf(owing)
    performOn(shelf, 'payment.take', { ...paying(), tender: 'wechat' })
    expect(rowOf(shelf, 'till', 'till-1')?.expectedFen).toBe(10_000)
    expect(rowsOf(shelf, 'ledger-entry')).toMatchObject([{ tender: 'wechat', tillId: 'till-1' }])
  })

  const closed = put('till', aTill({ closedAt: NOW, closedBy: 'staff-lin', countedFen: 0 }))
  test.each([
    ['F8 no till', owing, { till: null }, ['override F8 no-open-till']],
    ['F8 a till that is closed', [...owing, closed], {}, ['override F8 no-open-till']],
    [
      'F8 the till of another desk',
      [...owing, put('till', aTill({ deviceId: 'desk-b' }))],
      {},
      ['override F8 no-open-till'],
    ],
    ['F8 no till, no cash', owing, { till: null, tender: 'wechat' as const }, []],
    ['F8 from a program that did not ask', owing, { till: null, tender: null }, []],
  ])('%s', (_says, records, over, expected) => {
    expect(said(decideOn(records, 'payment.take', { ...paying(), ...over }))).toEqual(expected)
  })

  test('F8 cash without a till is taken with a reason, and is in no till', () => {
    const shelf = aShelf(owing)
    const overrides = answering('no-open-till')
    const done = performOn(shelf, 'payment.take', { ...paying(), till: null }, { overrides })
    expect(done.outcome).toBe('applied')
    expect(rowOf(shelf, 'till', 'till-1')?.expectedFen).toBe(10_000)
    expect(rowsOf(shelf, 'ledger-entry')).toMatchObject([{ amount: 90, tillId: null }])
  })

  test.each([
    ['Z11 for no fee', [put('till', aTill())], line(), 'Z11 unknown-fee', 90],
    ['F6 for a settled fee', [...owing, settled], line(), 'F6 fee-settled', 90],
    [
      'F6 for a waived fee',
      [...owing, put('fee', aFee({ settledAt: NOW, waivedFen: 90 }))],
      line(),
      'F6 fee-settled',
      90,
    ],
    ['Z11 for more than is owed', owing, line(91), 'Z11 payment-exceeds-owed', 1],
  ])(
    '%s: impossible; where it happened it is entered, and a person looks',
    (_says, records, one, code, excessFen) => {
      expect(said(decideOn(records, 'payment.take', paying(one)))).toEqual([`impossible ${code}`])
      const recorded = recordOn(records, 'payment.take', paying(one))
      expect(recorded.exceptions).toMatchObject([
        { kind: 'fee-settled-twice', evidence: { findings: [{ params: { excessFen } }] } },
      ])
      expect(recorded.changes[0]).toMatchObject({
        put: 'ledger-entry',
        row: { amount: one.amountFen },
      })
    },
  )

  test('F6 paid at two desks: the debt is lowered once, the money is there twice', () => {
    const shelf = aShelf([...owing, put('till', aTill({ id: 'till-b', deviceId: 'desk-b' }))])
    performOn(shelf, 'payment.take', paying())
    const second = { ...paying(), till: 'till-b' }
    performOn(shelf, 'payment.take', second, { operationId: 'desk-b.1.1' })
    expect(rowOf(shelf, 'reader', 'reader-1')?.feesOwedFen).toBe(60)
    expect(rowOf(shelf, 'fee', 'fee-1')?.paidFen).toBe(90)
    expect(rowsOf(shelf, 'ledger-entry')).toHaveLength(2)
    expect(rowOf(shelf, 'till', 'till-b')?.expectedFen).toBe(10_090)
  })

  test('Z11 a fee that went to another reader with its card counts for that one', () => {
    const shelf = aShelf([
      ...owing,
      put('reader', aReader({ id: 'reader-2', cardNumber: '2', feesOwedFen: 90 })),
      put('fee', aFee({ readerId: 'reader-2' })),
    ])
    const recorded = performOn(shelf, 'payment.take', paying())
    expect(said(recorded)).toEqual(['impossible Z11 fee-of-other-reader'])
    expect(recorded.exceptions).toMatchObject([{ kind: 'rule-broken' }])
    expect(rowOf(shelf, 'reader', 'reader-2')?.feesOwedFen).toBe(0)
    expect(rowsOf(shelf, 'ledger-entry')).toMatchObject([{ readerId: 'reader-2' }])
  })

  test('U4 a payment keeps what it is for from being undone', () => {
    const shelf = aShelf([put('reader', aReader()), put('till', aTill())])
    const charge = { reader: 'reader-1', cause: 'label', amountFen: 200, item: null, note: null }
    performOn(shelf, 'fee.charge', charge)
    const undo = { operation: 'desk-a.1.1', reason: null }
    expect(said(decideOn(shelf, 'operation.undo', undo, { operationId: 'desk-a.1.9' }))).toEqual([])
    performOn(shelf, 'payment.take', paying(line(50, 'desk-a.1.1.r1')), {
      operationId: 'desk-a.1.2',
    })
    expect(said(decideOn(shelf, 'operation.undo', undo, { operationId: 'desk-a.1.9' }))).toEqual([
      'impossible U4 changed-since',
    ])
  })

  test('an entry of points is none of the fee', () => {
    const shelf = aShelf([...owing, put('ledger-entry', aLedgerEntry())])
    performOn(shelf, 'payment.take', paying(line(10)))
    expect(rowOf(shelf, 'fee', 'fee-1')?.paidFen).toBe(10)
  })
})

describe('money that nobody owes here', () => {
  const LINE = 'b'.repeat(40)
  const received = {
    reader: 'reader-1' as string | null,
    fees: [],
    unowedFen: 500,
    tender: null,
    till: null,
    elsewhere: { line: LINE, happenedAt: NOW - 3_600_000 },
  }

  test('X3, F6 is entered, for no fee, and becomes an exception', () => {
    const { exceptions, changes } = recordOn([put('reader', aReader())], 'payment.take', received)
    expect(exceptions).toMatchObject([{ kind: 'fee-settled-twice', rules: ['F6'] }])
    expect(changes[0]).toMatchObject({
      put: 'ledger-entry',
      row: { amount: 500, cause: 'paid', feeId: null, readerId: 'reader-1', at: NOW - 3_600_000 },
    })
  })

  test('X3, L2 of a card that nobody knows waits for its reader', () => {
    const unknown = { ...received, reader: null, card: '0440059999999' }
    const { exceptions, changes } = recordOn([], 'payment.take', unknown)
    expect(exceptions.map(({ kind }) => kind)).toEqual(['unknown-reader', 'fee-settled-twice'])
    expect(changes.slice(0, 2)).toMatchObject([
      { put: 'reader', row: { id: 'desk-a.1.1.r2', cardNumber: '0440059999999' } },
      { put: 'ledger-entry', row: { id: 'desk-a.1.1.r1', readerId: 'desk-a.1.1.r2' } },
    ])
  })

  test('X3 the city knows the card: the entry has the same id, and its own reader', () => {
    const card = aReader().cardNumber
    const unknown = { ...received, reader: null, card }
    const { exceptions, changes } = recordOn([put('reader', aReader())], 'payment.take', unknown)
    expect(exceptions.map(({ kind }) => kind)).toEqual(['fee-settled-twice'])
    expect(changes[0]).toMatchObject({ row: { id: 'desk-a.1.1.r1', readerId: 'reader-1' } })
  })

  test('F6 goes back once, and no more than came', () => {
    const shelf = aShelf([put('reader', aReader())])
    performOn(shelf, 'payment.take', received)
    const [exception] = recordOn([put('reader', aReader())], 'payment.take', received).exceptions
    if (exception === undefined) throw new Error('no exception')
    shelf.rows.set(`exception:${exception.id}`, exception)
    const back = (amountFen: number) => ({
      exception: exception.id,
      reader: 'reader-1',
      entries: [{ entry: 'desk-a.1.1.r1', amountFen }],
      tender: 'cash',
      till: null,
      comment: null,
    })
    const parts = { role: 'branch-head', overrides: answering('no-open-till') } as const
    const saidOf = (fen: number) => said(decideOn(shelf, 'payment.return', back(fen), parts))
    expect(saidOf(501)).toContain('impossible F6 no-excess')
    expect(saidOf(500)).toEqual(['override F8 no-open-till'])
    performOn(shelf, 'payment.return', back(500), { ...parts, operationId: 'desk-a.1.2' })
    expect(saidOf(1)).toContain('impossible F6 no-excess')
  })
})
