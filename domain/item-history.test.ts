import { describe, expect, test } from 'vitest'
import { BRANCH, NOW, aHold, aLoan, aReader, aTitle, anItem } from '../test/builders/city.ts'
import { aShelf, decideOn, performOn, recordOn, rowOf, said } from '../test/builders/decide.ts'
import { put } from './change.ts'
import type { Change } from './change.ts'
import type { BranchId, OfflineLineId, OperationId } from './words/ids.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const item = anItem()
const reader = aReader()
const lending = { barcode: item.barcode, card: reader.cardNumber, dueOn: null }
const returning = { barcode: item.barcode, returnedOn: null }
/** Returned just now; a clock behind says that it is earlier. */
const returned: Change[] = [put('reader', reader), put('item', anItem({ lastCheckInAt: NOW }))]
const lent: Change[] = [
  put('reader', aReader({ openLoansCount: 1 })),
  put('item', anItem({ state: 'on-loan', openLoanId: 'loan-1' })),
  put('loan', aLoan({ lentAt: NOW })),
]
const clocks = [
  ['30 seconds behind', NOW - 30_000],
  ['an hour behind', NOW - HOUR],
  ['eleven days behind', NOW - 11 * DAY],
  ['of 1970', 0],
] as const

describe('E14 whoever has it in hand comes after what the desk knows', () => {
  test.each(clocks)('lent after its return, the clock %s', (_says, at) => {
    const decided = decideOn(returned, 'loan.check-out', lending, { at })
    expect(decided.summary).toMatchObject({ openLoansCount: 1 })
    const shelf = aShelf(returned)
    performOn(shelf, 'loan.check-out', lending, { at, knewAt: NOW })
    expect(rowOf(shelf, 'loan', 'desk-a.1.1.r1')).toMatchObject({ lentAt: NOW, returnedAt: null })
    expect(rowOf(shelf, 'item', item.id)?.openLoanId).toBe('desk-a.1.1.r1')
  })

  test.each(clocks)('returned after its lending, the clock %s', (_says, at) => {
    const decided = decideOn(lent, 'loan.check-in', returning, { at })
    expect(said(decided)).toEqual([])
    expect(decided.summary).toMatchObject({ loanId: 'loan-1', feeFen: 0 })
    const shelf = aShelf(lent)
    performOn(shelf, 'loan.check-in', returning, { at, knewAt: NOW })
    expect(rowOf(shelf, 'loan', 'loan-1')?.returnedAt).toBe(NOW)
    expect(rowOf(shelf, 'item', item.id)).toMatchObject({ state: 'on-shelf', lastCheckInAt: NOW })
  })

  test('a due date is counted by the clock, not by a lending of next year', () => {
    const ahead = [put('reader', reader), put('item', anItem({ lastCheckInAt: NOW + 365 * DAY }))]
    expect(decideOn(ahead, 'loan.check-out', lending).summary.dueOn).toBe('2026-12-23')
  })

  test('a return is charged by the day of its own clock', () => {
    const ahead = [...lent, put('loan', aLoan({ lentAt: NOW + 365 * DAY, dueOn: '2026-11-22' }))]
    expect(decideOn(ahead, 'loan.check-in', returning).summary).toMatchObject({ feeFen: 0 })
  })

  test('H9 a hold that was placed before is filled, whatever the clock says', () => {
    const waiting = [
      put('title', aTitle()),
      put('reader', aReader({ openHoldsCount: 1 })),
      put('item', item),
      put('hold', aHold({ readerId: reader.id, placedAt: NOW })),
    ]
    expect(said(decideOn(waiting, 'loan.check-out', lending, { at: NOW - HOUR }))).toEqual([
      'note H9 hold-filled',
    ])
  })
})

describe('E14 what came first is doubtful', () => {
  const kinds = (recorded: ReturnType<typeof recordOn>) =>
    recorded.exceptions.map(({ kind, rules }) => [kind, rules])
  const suspect = { isClockSuspect: true }
  const doubtful = [['clock-suspect', ['E14']]]
  const at = NOW - HOUR

  test('a lending that is over at once, under a suspect clock', () => {
    const recorded = recordOn(returned, 'loan.check-out', lending, { at }, suspect)
    expect(kinds(recorded)).toEqual(doubtful)
  })

  test('a return that ends nothing, under a suspect clock', () => {
    const recorded = recordOn(lent, 'loan.check-in', returning, { at }, suspect)
    expect(recorded.changes).toEqual(recorded.exceptions.map((row) => put('exception', row)))
    expect(kinds(recorded)).toEqual(doubtful)
  })

  test('a return that ends a loan which its desk did not know of, under a suspect clock', () => {
    const recorded = recordOn(lent, 'loan.check-in', returning, { at: NOW + 1 }, suspect)
    expect(kinds(recorded)).toEqual(doubtful)
  })

  test('a return that ends nothing, where the lending tells of what is still to come', () => {
    const ahead = [...lent, put('loan', aLoan({ lentAt: NOW + HOUR }))]
    expect(kinds(recordOn(ahead, 'loan.check-in', returning))).toEqual(doubtful)
  })

  test('a lending of what is still to come', () => {
    const parts = { at: NOW + HOUR, clock: { now: NOW, isSuspect: false } }
    const recorded = recordOn(returned, 'loan.check-out', lending, parts)
    expect(kinds(recorded)).toEqual(doubtful)
  })

  test('none where the line of a file was recorded before (X1)', () => {
    const line = '1'.repeat(40)
    const recorded = put('offline-line', {
      id: line as OfflineLineId,
      operationId: 'desk-b.1.1' as OperationId,
      branchId: BRANCH as BranchId,
      happenedAt: at,
      recordedAt: at,
    })
    const payload = { ...returning, elsewhere: { line, happenedAt: at } }
    const again = recordOn([...lent, recorded], 'loan.check-in', payload, { at }, suspect)
    expect(again.changes).toEqual([])
  })

  test.each([
    ['its desk knew all that the city knows', { at, knewAt: NOW }, suspect],
    ['both clocks are right', { at }, {}],
  ])('none where %s', (_says, parts, knew) => {
    expect(kinds(recordOn(returned, 'loan.check-out', lending, parts, knew))).toEqual([])
  })
})
