import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  BRANCH,
  NOW,
  OTHER_BRANCH,
  aFee,
  aLoan,
  aReader,
  anException,
  anItem,
} from '../../test/builders/city.ts'
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
import type { CtxParts, Shelf } from '../../test/builders/decide.ts'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'

const DAY = 86_400_000
const head: CtxParts = { role: 'branch-head', operationId: 'desk-a.1.900' }
const real = anItem()
const WRONG = '99999999999999'
const [one, two] = [aReader(), aReader({ id: 'reader-2', cardNumber: '2', name: '李思思' })]
const people = [put('reader', one), put('reader', two)]
const unknown = 'desk-a.1.1.x-unknown-item'

/** A lending under a label that nobody knows, by a real operation. */
function lentUnderWrongLabel(records: readonly Change[] = [], card = one.cardNumber): Shelf {
  const shelf = aShelf([put('item', real), ...people, ...records])
  const lending = { barcode: WRONG, card, dueOn: null }
  performOn(shelf, 'loan.check-out', lending, { overrides: answering('unknown-item') })
  return shelf
}
const binding = (barcode: string | null, card: string | null = null) => ({
  exception: unknown,
  barcode,
  card,
  comment: null,
})
const loan = 'desk-a.1.1.r1'
const placeholder = 'desk-a.1.1.r2'

describe('what may be bound', () => {
  const lent = lentUnderWrongLabel()
  const onLoan = [
    put('item', anItem({ state: 'on-loan', openLoanId: 'loan-1' })),
    put('loan', aLoan({ readerId: two.id, lentAt: NOW - 3 * DAY })),
    patch('reader', two.id, {}, { openLoansCount: 1 }),
  ]
  const settled = [patch('exception', unknown, { settledAt: 5 })]
  const rows: [says: string, shelf: Shelf, payload: object, said: string[]][] = [
    ['E1 nobody knows it', aShelf([]), binding(real.barcode), ['impossible E1 unknown-exception']],
    [
      'E2 settled already',
      aShelf([put('exception', anException({ id: unknown, kind: 'unknown-item' })), ...settled]),
      binding(real.barcode),
      ['impossible E2 already-settled'],
    ],
    ['E6 to a label nobody knows', lent, binding('404'), ['impossible E6 unknown-item']],
    ['E6 to itself', lent, binding(WRONG), ['impossible E6 bound-to-placeholder']],
    ['E6 an item has no card', lent, binding(null, '2'), ['impossible E6 nothing-to-bind']],
    [
      'E6 an exception about no placeholder',
      aShelf([
        put('item', real),
        put('exception', anException({ id: unknown, kind: 'reader-blocked' })),
      ]),
      binding(real.barcode),
      ['impossible E6 nothing-to-bind'],
    ],
    [
      'E7 somebody else has it',
      lentUnderWrongLabel(onLoan),
      binding(real.barcode),
      ['override E7 would-be-lent-twice'],
    ],
    ['E6 it lies on the shelf', lent, binding(real.barcode), []],
  ]
  test.each(rows)('%s', (_says, shelf, payload, expected) => {
    expect(said(decideOn(shelf, 'exception.bind', payload, head))).toEqual(expected)
  })

  test('E7, I20 without the yes the city refuses it', () => {
    const { outcome, changes } = recordOn(
      lentUnderWrongLabel(onLoan),
      'exception.bind',
      binding(real.barcode),
      head,
    )
    expect([outcome, changes]).toEqual(['refused', []])
  })

  test('E7, I20, I21 with it the exception becomes the clash of two readers', () => {
    const shelf = lentUnderWrongLabel(onLoan)
    const overrides = answering('would-be-lent-twice')
    performOn(shelf, 'exception.bind', binding(real.barcode), { ...head, overrides })
    expect(rowOf(shelf, 'loan', 'loan-1')).toMatchObject({ isDisputed: true, returnedAt: null })
    expect(rowOf(shelf, 'loan', loan)).toMatchObject({ itemId: real.id, isDisputed: false })
    expect(rowOf(shelf, 'item', real.id)?.openLoanId).toBe(loan)
    expect(rowsOf(shelf, 'exception')).toMatchObject([
      { kind: 'open-loan-other', loanId: loan, otherLoanId: 'loan-1', settledAt: null },
    ])
    // Now it is settled as any other.
    const payload = { exception: unknown, settlement: 'first-returned', comment: null }
    performOn(shelf, 'exception.settle', payload, { ...head, operationId: 'desk-a.1.901' })
    expect(rowOf(shelf, 'reader', two.id)?.openLoansCount).toBe(0)
  })
})

describe('what binding an item does', () => {
  test('E6 the loan moves, the placeholder goes', () => {
    const shelf = lentUnderWrongLabel([put('fee', aFee({ itemId: 'other' }))])
    performOn(shelf, 'exception.bind', { ...binding(real.barcode), comment: '贴错条码' }, head)
    expect(rowOf(shelf, 'item', placeholder)).toBeNull()
    expect(rowOf(shelf, 'loan', loan)).toMatchObject({ itemId: real.id, returnedAt: null })
    expect(rowOf(shelf, 'item', real.id)).toMatchObject({ state: 'on-loan', openLoanId: loan })
    expect(rowOf(shelf, 'reader', one.id)?.openLoansCount).toBe(1)
    expect(rowOf(shelf, 'exception', unknown)).toMatchObject({
      settlement: 'bound',
      settledBy: 'staff-lin',
      comment: '贴错条码',
    })
    expect(rowOf(shelf, 'fee', 'fee-1')?.itemId).toBe('other')
  })

  test('E6, R3, I29 a return under the wrong label ends the loan of the item, once, with its fee', () => {
    const lentAt = NOW - 60 * DAY
    const shelf = aShelf([
      ...people,
      put('item', anItem({ state: 'on-loan', openLoanId: 'loan-1' })),
      put('loan', aLoan({ lentAt, dueOn: '2026-11-19' })),
      patch('reader', one.id, {}, { openLoansCount: 1 }),
    ])
    performOn(shelf, 'loan.check-in', { barcode: WRONG, returnedOn: null }, { at: NOW })
    performOn(shelf, 'exception.bind', binding(real.barcode), { ...head, at: NOW + DAY })
    expect(rowOf(shelf, 'loan', 'loan-1')?.returnedAt).toBe(NOW)
    expect(rowsOf(shelf, 'fee')).toMatchObject([{ amountFen: 90, itemId: real.id }])
    expect(rowOf(shelf, 'reader', one.id)).toMatchObject({ openLoansCount: 0, feesOwedFen: 90 })
    expect(rowOf(shelf, 'item', real.id)).toMatchObject({
      state: 'in-workroom',
      openLoanId: null,
      lastCheckInAt: NOW,
    })
  })

  test('E6 the item was returned since: the loan under the wrong label ends there', () => {
    const shelf = lentUnderWrongLabel([patch('item', real.id, { lastCheckInAt: NOW + DAY })])
    performOn(shelf, 'exception.bind', binding(real.barcode), { ...head, at: NOW + 2 * DAY })
    expect(rowOf(shelf, 'loan', loan)?.returnedAt).toBe(NOW + DAY)
    expect(rowOf(shelf, 'item', real.id)).toMatchObject({ state: 'on-shelf', openLoanId: null })
    expect(rowOf(shelf, 'reader', one.id)?.openLoansCount).toBe(0)
  })

  test('E6 the same reader had it already: lent again, one loan stays', () => {
    const shelf = lentUnderWrongLabel([
      put('item', anItem({ state: 'on-loan', openLoanId: 'loan-1' })),
      put('loan', aLoan()),
      patch('reader', one.id, {}, { openLoansCount: 1 }),
    ])
    performOn(shelf, 'exception.bind', binding(real.barcode), head)
    expect(rowOf(shelf, 'reader', one.id)?.openLoansCount).toBe(1)
    expect(rowOf(shelf, 'loan', 'loan-1')?.returnedAt).toBe(NOW)
    expect(rowOf(shelf, 'item', real.id)?.openLoanId).toBe(loan)
  })
})

describe('a clash that was a wrong label', () => {
  const clash = anException({ id: unknown, loanId: 'loan-2', otherLoanId: 'loan-1' })
  const clashing = [
    ...people,
    put('item', anItem({ state: 'on-loan', openLoanId: 'loan-2' })),
    put('item', anItem({ id: 'item-2', barcode: 'right' })),
    put('loan', aLoan({ isDisputed: true })),
    put('loan', aLoan({ id: 'loan-2', readerId: two.id, lentAt: NOW - 3 * DAY })),
    put('exception', clash),
  ]

  test('E6, I20, I21 the later loan moves to the item that left', () => {
    const shelf = aShelf(clashing)
    performOn(shelf, 'exception.bind', binding('right'), head)
    expect(rowOf(shelf, 'loan', 'loan-1')).toMatchObject({ isDisputed: false, itemId: 'item-1' })
    expect(rowOf(shelf, 'item', 'item-1')?.openLoanId).toBe('loan-1')
    expect(rowOf(shelf, 'loan', 'loan-2')).toMatchObject({ itemId: 'item-2', returnedAt: null })
    expect(rowOf(shelf, 'item', 'item-2')).toMatchObject({ state: 'on-loan', openLoanId: 'loan-2' })
    expect(rowOf(shelf, 'exception', unknown)?.settlement).toBe('wrong-barcode')
  })

  test('E7 not to an item that somebody has', () => {
    const taken = put('item', anItem({ id: 'item-2', barcode: 'right', openLoanId: 'loan-9' }))
    const decision = decideOn([...clashing, taken], 'exception.bind', binding('right'), head)
    expect(said(decision)).toEqual(['impossible E7 would-be-lent-twice'])
  })

  test('E3 not to the very item', () => {
    const decision = decideOn(clashing, 'exception.bind', binding(real.barcode), head)
    expect(said(decision)).toEqual(['impossible E3 settlement-does-not-fit'])
  })
})

describe('binding a card', () => {
  const CARD = '0440050099999'
  const strange = 'desk-a.1.1.x-unknown-reader'
  function lentToUnknown(): Shelf {
    const shelf = aShelf([
      ...people,
      put('item', real),
      put('item', anItem({ id: 'item-2', barcode: 'b2' })),
    ])
    const overrides = answering('unknown-reader', 'item-limit-reached', 'card-expired')
    for (const [index, barcode] of [real.barcode, 'b2'].entries()) {
      const lending = { barcode, card: CARD, dueOn: null }
      performOn(shelf, 'loan.check-out', lending, {
        operationId: `desk-a.1.${index + 1}`,
        overrides,
      })
    }
    return shelf
  }
  const to = (card: string) => ({ ...binding(null, card), exception: strange })

  test('E6 loans, fees and what is counted go to the reader', () => {
    const shelf = lentToUnknown()
    performOn(
      shelf,
      'loan.check-in',
      { barcode: 'b2', returnedOn: null },
      { operationId: 'desk-a.1.3', at: NOW + 40 * DAY },
    )
    const before = rowsOf(shelf, 'reader').find(({ category }) => category === 'unregistered')
    expect(before).toMatchObject({ openLoansCount: 1 })
    const fees = before?.feesOwedFen ?? 0
    expect(fees).toBeGreaterThan(0)
    performOn(shelf, 'exception.bind', to('2'), head)
    expect(rowsOf(shelf, 'reader').map(({ id }) => id)).toEqual([one.id, two.id])
    expect(rowOf(shelf, 'reader', two.id)).toMatchObject({ openLoansCount: 1, feesOwedFen: fees })
    expect(rowsOf(shelf, 'loan').map(({ readerId }) => readerId)).toEqual([two.id, two.id])
    expect(rowsOf(shelf, 'fee').map(({ readerId }) => readerId)).toEqual([two.id])
    expect(rowsOf(shelf, 'exception').map(({ readerId }) => readerId)).not.toContain(before?.id)
    expect(rowOf(shelf, 'exception', strange)?.settlement).toBe('bound')
  })

  test('E6, L24 a loan for the reading room is counted as one', () => {
    const shelf = aShelf([...people, put('item', anItem({ id: 'room', barcode: 'room' }))])
    const lending = { barcode: 'room', card: CARD, dueOn: null, readingRoom: true }
    const { exceptions } = performOn(shelf, 'loan.check-out', lending)
    const exception = exceptions.find(({ kind }) => kind === 'unknown-reader')?.id
    performOn(shelf, 'exception.bind', { ...to('2'), exception }, head)
    const counts = { openLoansCount: 1, openReadingRoomCount: 1 }
    expect(rowOf(shelf, 'reader', two.id)).toMatchObject(counts)
  })

  test.each([
    ['E6 a desk of another branch leaves it to the city', '404', 'alert E6 unknown-reader'],
    ['E6 to itself', CARD, 'impossible E6 bound-to-placeholder'],
  ])('%s', (_says, card, expected) => {
    expect(said(decideOn(lentToUnknown(), 'exception.bind', to(card), head))).toEqual([expected])
  })

  test('E6 the city knows no such card', () => {
    const recorded = recordOn(lentToUnknown(), 'exception.bind', to('404'), head)
    expect([recorded.outcome, said(recorded)]).toEqual([
      'refused',
      ['impossible E6 unknown-reader'],
    ])
  })
})

type Step = {
  readonly does: 'lend' | 'return'
  readonly isWrong: boolean
  readonly to: 0 | 1
  readonly hours: number
}
const step: fc.Arbitrary<Step> = fc.record({
  does: fc.constantFrom('lend' as const, 'return' as const),
  isWrong: fc.boolean(),
  to: fc.constantFrom(0 as const, 1 as const),
  hours: fc.integer({ min: 1, max: 24 * 40 }),
})

/** Two stories of one item under two labels, each by real operations, then told as one. */
test('E6, I20, I21, I29 whatever happened under both labels, the sums are right afterwards', () => {
  const run = (steps: readonly Step[]): void => {
    const shelf = aShelf([...people, put('item', real)])
    let at = NOW - 400 * DAY
    for (const [index, { does, isWrong, to, hours }] of steps.entries()) {
      at += hours * 3_600_000
      const barcode = isWrong ? WRONG : real.barcode
      const card = [one, two][to]?.cardNumber
      const parts = {
        at,
        operationId: `desk-a.1.${index + 1}`,
        branchId: [BRANCH, OTHER_BRANCH][to] ?? BRANCH,
      }
      if (does === 'lend') performOn(shelf, 'loan.check-out', { barcode, card, dueOn: null }, parts)
      else performOn(shelf, 'loan.check-in', { barcode, returnedOn: null }, parts)
    }
    const open = rowsOf(shelf, 'exception').find(({ kind }) => kind === 'unknown-item')
    if (open === undefined) return
    const overrides = answering('would-be-lent-twice')
    const payload = { ...binding(real.barcode), exception: open.id }
    const { outcome } = performOn(shelf, 'exception.bind', payload, {
      ...head,
      at: at + 1,
      overrides,
    })
    expect(outcome).toBe('applied')
    expect(wrongSums(shelf)).toEqual([])
  }
  fc.assert(fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), run), { numRuns: 300 })
})

function wrongSums(shelf: Shelf): string[] {
  const wrong: string[] = []
  const loans = rowsOf(shelf, 'loan').filter(({ returnedAt }) => returnedAt === null)
  const items = rowsOf(shelf, 'item')
  if (items.length !== 1) wrong.push(`${items.length} items`)
  if (rowsOf(shelf, 'loan').some(({ itemId }) => itemId !== real.id))
    wrong.push('a loan left behind')
  if (rowsOf(shelf, 'fee').some(({ itemId }) => itemId !== real.id)) wrong.push('a fee left behind')
  const undisputed = loans.filter(({ isDisputed }) => !isDisputed)
  if (undisputed.length > 1) wrong.push('I20 two undisputed loans')
  if (items[0]?.openLoanId !== (undisputed[0]?.id ?? null))
    wrong.push('the item names another loan')
  for (const reader of rowsOf(shelf, 'reader')) {
    const count = loans.filter(({ readerId }) => readerId === reader.id).length
    if (count !== reader.openLoansCount) wrong.push(`${reader.id} has ${count} loans`)
    const fees = rowsOf(shelf, 'fee').filter(({ readerId }) => readerId === reader.id)
    const owed = fees.reduce((sum, { amountFen }) => sum + amountFen, 0)
    if (owed !== reader.feesOwedFen) wrong.push(`${reader.id} owes ${owed}`)
  }
  const causes = rowsOf(shelf, 'fee').map(({ loanId }) => loanId)
  if (new Set(causes).size !== causes.length) wrong.push('I29 two fees for one loan')
  const about = rowsOf(shelf, 'exception').filter(
    ({ kind, settledAt }) => kind === 'open-loan-other' && settledAt === null,
  )
  for (const { id } of loans.filter(({ isDisputed }) => isDisputed)) {
    const named = about.filter(({ loanId, otherLoanId }) => loanId === id || otherLoanId === id)
    if (named.length === 0) wrong.push(`I21 ${id} is disputed and nobody is asked`)
  }
  return wrong
}
