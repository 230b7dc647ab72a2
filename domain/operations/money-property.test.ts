/** Fees, payments and tills under any interleaving of two desks that send whatever they like. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { NOW, aReader, theCity } from '../../test/builders/city.ts'
import { aShelf, performOn, rowsOf } from '../../test/builders/decide.ts'
import type { Shelf } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import { excessFen, owedFen, sumFen } from '../policy/fee-balance.ts'
import type { OperationKind } from './index.ts'

const readers = ['reader-1', 'reader-2']
const desks = ['desk-a', 'desk-b']
const doings = [
  'charge',
  'pay',
  'pay-all',
  'waive',
  'refund',
  'reverse',
  'return',
  'accept',
  'undo',
  'open',
  'close',
] as const

const steps = fc.array(
  fc.record({
    does: fc.constantFrom(...doings),
    desk: fc.constantFrom(...desks),
    reader: fc.constantFrom(...readers),
    /** Which of several, and how much of it. */
    nth: fc.nat(5),
    share: fc.constantFrom(1, 1, 2, 3),
    tender: fc.constantFrom('cash', 'wechat', null),
  }),
  { maxLength: 60 },
)
type Step = typeof steps extends fc.Arbitrary<(infer S)[]> ? S : never

const nth = <T>(all: readonly T[], index: number): T | null => all[index % all.length] ?? null

/** Null where nothing of the kind is there. What is sent may be stale, doubled, or too much. */
function madeUp(
  shelf: Shelf,
  step: Step,
  done: readonly string[],
): [OperationKind, unknown] | null {
  const fee = nth(rowsOf(shelf, 'fee'), step.nth)
  const entry = nth(rowsOf(shelf, 'ledger-entry'), step.nth)
  const exception = nth(rowsOf(shelf, 'exception'), step.nth)
  const tills = rowsOf(shelf, 'till').filter(({ deviceId }) => deviceId === step.desk)
  const till = nth(tills, step.nth)?.id ?? null
  const { tender, share } = step
  switch (step.does) {
    case 'charge': {
      const note = '污损'
      return [
        'fee.charge',
        { reader: step.reader, cause: 'other', amountFen: 90, item: null, note },
      ]
    }
    case 'pay': {
      if (fee === null) return null
      const fees = [{ fee: fee.id, amountFen: Math.ceil(fee.amountFen / share) }]
      return ['payment.take', { reader: fee.readerId, fees, tender, till }]
    }
    case 'pay-all': {
      const all = rowsOf(shelf, 'fee').filter(({ readerId }) => readerId === step.reader)
      const fees = all.map(({ id, amountFen }) => ({ fee: id, amountFen }))
      return fees.length === 0
        ? null
        : ['payment.take', { reader: step.reader, fees, tender, till }]
    }
    case 'waive': {
      if (fee === null) return null
      const amountFen = Math.ceil(fee.amountFen / share)
      return [
        'fee.waive',
        { reader: fee.readerId, fee: fee.id, amountFen, as: 'waived', reason: '故障' },
      ]
    }
    case 'refund': {
      if (entry === null || entry.amount <= 0) return null
      const amountFen = Math.ceil(entry.amount / share)
      const payload = {
        reader: entry.readerId,
        entry: entry.id,
        amountFen,
        reason: '免收',
        tender,
        till,
      }
      return ['payment.refund', payload]
    }
    case 'reverse':
      return entry === null ? null : ['ledger.reverse', { entry: entry.id, reason: '录错了' }]
    case 'return': {
      if (entry === null || entry.amount <= 0 || exception === null) return null
      const entries = [{ entry: entry.id, amountFen: Math.ceil(entry.amount / share) }]
      const { id } = exception
      return [
        'payment.return',
        {
          exception: id,
          reader: entry.readerId,
          entries,
          tender: tender ?? 'cash',
          till,
          comment: null,
        },
      ]
    }
    case 'accept':
      if (exception === null) return null
      return [
        'exception.settle',
        { exception: exception.id, settlement: 'accepted', comment: null },
      ]
    case 'undo': {
      const operation = nth(done, step.nth)
      return operation === null ? null : ['operation.undo', { operation, reason: null }]
    }
    case 'open':
      return ['till.open', { device: step.desk, floatFen: 1000 }]
    case 'close':
      return till === null ? null : ['till.close', { till, countedFen: 500, note: null }]
  }
}

function check(shelf: Shelf): void {
  const entries = rowsOf(shelf, 'ledger-entry')
  const told = new Set(rowsOf(shelf, 'exception').map(({ kind }) => kind))
  for (const fee of rowsOf(shelf, 'fee')) {
    const own = entries.filter(({ feeId }) => feeId === fee.id)
    const room = fee.amountFen - fee.waivedFen
    expect(fee.paidFen, 'Z11').toBe(Math.max(0, Math.min(sumFen(own), room)))
    expect(owedFen(fee), 'F4').toBeGreaterThanOrEqual(0)
    expect(fee.settledAt === null, 'Z11').toBe(owedFen(fee) > 0)
    expect(excessFen(fee, own) === 0 || told.has('fee-settled-twice'), 'F6').toBe(true)
  }
  for (const reader of rowsOf(shelf, 'reader')) {
    const owed = rowsOf(shelf, 'fee')
      .filter(({ readerId, settledAt }) => readerId === reader.id && settledAt === null)
      .reduce((sum, fee) => sum + owedFen(fee), 0)
    expect(reader.feesOwedFen).toBe(owed)
  }
  for (const till of rowsOf(shelf, 'till')) {
    const cash = entries.filter(({ tillId, tender }) => tillId === till.id && tender === 'cash')
    expect(till.expectedFen, 'F8').toBe(till.floatFen + sumFen(cash))
  }
  for (const desk of desks) {
    const open = rowsOf(shelf, 'till').filter((one) => one.deviceId === desk && !one.closedAt)
    const isTold = told.has('rule-broken')
    expect(isTold || open.length <= 1, 'F7').toBe(true)
  }
}

/** What the operation says went into the till, or out of it. */
function movedFen(kind: OperationKind, summary: unknown, changes: readonly unknown[]): number {
  const { amountFen = 0 } = summary as { amountFen?: number }
  if (kind === 'payment.take') return amountFen
  if (kind === 'payment.refund' || kind === 'payment.return') return -amountFen
  if (kind !== 'ledger.reverse') return 0
  const [first] = changes as { row: { amount: number } }[]
  return first?.row.amount ?? 0
}

describe('money', () => {
  test('Z11, Z12, F4, F6, F8 whatever desks send, in whatever order', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const shelf = aShelf([
          ...theCity(),
          ...readers.map((id) => put('reader', aReader({ id, cardNumber: id }))),
        ])
        const done: string[] = []
        let inLedgerFen = 0
        for (const [index, step] of all.entries()) {
          const made = madeUp(shelf, step, done)
          if (made === null) continue
          const operationId = `${step.desk}.1.${index + 1}`
          const recorded = performOn(shelf, ...made, {
            operationId,
            at: NOW + index,
            clock: { now: NOW + index, isSuspect: false },
            role: 'branch-head',
          })
          done.push(operationId)
          inLedgerFen += movedFen(made[0], recorded.summary, recorded.changes)
          check(shelf)
          expect(sumFen(rowsOf(shelf, 'ledger-entry')), 'I26').toBe(inLedgerFen)
        }
      }),
      { numRuns: 120 },
    )
  })
})
