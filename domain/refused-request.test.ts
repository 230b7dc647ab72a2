/** A desk said done, the city refuses: what a person then finds, and the ways out of it. */
import { describe, expect, test } from 'vitest'

import {
  BRANCH,
  NOW,
  OTHER_BRANCH,
  aFee,
  aHold,
  aLoan,
  aReader,
  aTitle,
  anItem,
} from '../test/builders/city.ts'
import {
  aShelf,
  decideOn,
  performOn,
  recordOn,
  rowOf,
  rowsOf,
  said,
} from '../test/builders/decide.ts'
import type { CtxParts, Shelf } from '../test/builders/decide.ts'
import { put } from './change.ts'
import type { Change } from './change.ts'
import type { OperationKind } from './operations/index.ts'
import { refusedRequest } from './refused-request.ts'
import { settlementsFor } from './settlements.ts'
import { CalendarDate, addDays, startOf } from './words/calendar-date.ts'
import { HoldId } from './words/ids.ts'

const DAY = 86_400_000
const SLIP = CalendarDate.parse('2026-12-20')
const item = anItem({ state: 'on-loan', openLoanId: 'loan-1' })
const reader = aReader({ openLoansCount: 1 })
const loan = aLoan()
const others = aHold({ id: HoldId.parse('hold-9'), readerId: 'reader-9' })
const lent: Change[] = [put('item', item), put('reader', reader), put('loan', loan)]
const renewing = { loan: 'loan-1' }
const promised = { dueOn: SLIP }
const id = 'desk-a.1.1.x-request-refused'
const head: CtxParts = { role: 'branch-head', operationId: 'desk-a.1.2', at: NOW + 1000 }
const settling = (settlement: string, comment: string | null = null) => ({
  exception: id,
  settlement,
  comment,
})

/** Refused, for somebody else waits for the only copy by now. */
function refusedRenewal(): Shelf {
  const shelf = aShelf([...lent, put('hold', others)])
  performOn(shelf, 'loan.renew', renewing, { promised })
  return shelf
}

const asking = {
  title: 'title-1',
  item: null,
  card: reader.cardNumber,
  pickupBranch: OTHER_BRANCH,
  neededByOn: null,
}
/** Refused, for the reader has as many holds as the category allows. */
function refusedHold(): Shelf {
  const full = aReader({ openHoldsCount: 99 })
  const shelf = aShelf([put('title', aTitle()), put('item', anItem()), put('reader', full)])
  performOn(shelf, 'hold.place', asking)
  return shelf
}

function waysOf(shelf: Shelf): readonly string[] {
  const exception = rowOf(shelf, 'exception', id)
  if (exception === null) throw new Error('nobody is told')
  const openLoansOfItem = rowsOf(shelf, 'loan').filter(({ returnedAt }) => returnedAt === null)
  return settlementsFor(exception, { item: null, openLoansOfItem })
}

describe('E11 who is told', () => {
  test('a renewal: the slip, what stood against it, the branch of its desk', () => {
    const exception = rowOf(refusedRenewal(), 'exception', id)
    expect(exception).toMatchObject({
      kind: 'request-refused',
      operationKind: 'loan.renew',
      branchId: BRANCH,
      loanId: 'loan-1',
      readerId: 'reader-1',
      rules: ['E11', 'N7'],
    })
    expect(exception?.evidence?.findings).toMatchObject([
      { code: 'request-refused', params: { printedOn: SLIP, isFinal: 0 } },
      { code: 'title-waited-for', params: { count: 1 } },
    ])
  })

  test('a hold: where it was to be collected', () => {
    const exception = rowOf(refusedHold(), 'exception', id)
    expect(exception && refusedRequest(exception)).toEqual({
      isFinal: false,
      printedOn: null,
      hold: { titleId: 'title-1', itemId: null, pickupBranchId: OTHER_BRANCH, neededByOn: null },
      waiver: null,
    })
  })

  const quiet: readonly (readonly [string, OperationKind, object, Change[]])[] = [
    [
      'who asks the city and waits',
      'lease.request',
      { kind: 'points', reader: 'nobody', amount: 20 },
      [],
    ],
    ['who was only looked up', 'reader.welcome', { card: '404' }, []],
  ]
  test.each(quiet)('nobody: %s', (_says, kind, payload, records) => {
    const { outcome, told } = recordOn(records, kind, payload)
    expect([outcome, told]).toEqual(['refused', []])
  })

  test('nobody, where two desks settled an exception in the same way; otherwise a person', () => {
    const shelf = refusedRenewal()
    performOn(shelf, 'exception.settle', settling('later-date'), head)
    const again = { ...head, operationId: 'desk-b.1.1' }
    const same = recordOn(shelf, 'exception.settle', settling('later-date'), again)
    expect([same.outcome, same.told]).toEqual(['refused', []])
    const other = recordOn(shelf, 'exception.settle', settling('accepted'), again)
    expect(other.exceptions).toMatchObject([
      { kind: 'request-refused', operationKind: 'exception.settle' },
    ])
  })
})

describe('E11 the ways out', () => {
  test('a renewal: the date on the slip', () => {
    const shelf = refusedRenewal()
    expect(waysOf(shelf)).toEqual(['later-date', 'message-left', 'accepted'])
    performOn(shelf, 'exception.settle', settling('later-date'), head)
    expect(rowOf(shelf, 'loan', 'loan-1')).toMatchObject({ dueOn: SLIP, renewalsCount: 1 })
    expect(rowOf(shelf, 'exception', id)).toMatchObject({ settlement: 'later-date' })
  })

  test('a renewal of what came back since: nothing is left to be promised', () => {
    const shelf = refusedRenewal()
    performOn(shelf, 'loan.check-in', { barcode: item.barcode, returnedOn: null }, head)
    expect(waysOf(shelf)).toEqual(['accepted', 'message-left', 'done-by-hand'])
  })

  test('E12 a hold is placed anyway, where it would stand in the queue', () => {
    const shelf = refusedHold()
    expect(waysOf(shelf)).toEqual(['placed-anyway', 'message-left', 'accepted'])
    const later = { ...head, at: NOW + 3 * DAY }
    performOn(shelf, 'exception.settle', settling('placed-anyway'), later)
    expect(rowOf(shelf, 'hold', 'desk-a.1.2.r1')).toMatchObject({
      titleId: 'title-1',
      readerId: 'reader-1',
      pickupBranchId: OTHER_BRANCH,
      placedAt: NOW,
      state: 'waiting',
    })
    expect(rowOf(shelf, 'reader', 'reader-1')?.openHoldsCount).toBe(100)
  })

  test('E12 the reader has it by now, or is gone', () => {
    const shelf = refusedHold()
    const way = settling('placed-anyway')
    shelf.rows.set('hold:hold-1', aHold())
    expect(said(decideOn(shelf, 'exception.settle', way, head))).toEqual([
      'impossible E12 hold-placed-already',
    ])
    shelf.rows.delete('hold:hold-1')
    shelf.rows.set('reader:reader-1', aReader({ cardState: 'closed' }))
    expect(said(decideOn(shelf, 'exception.settle', way, head))).toEqual([
      'impossible E12 card-closed',
    ])
  })

  test('a hold that nobody could place is not offered', () => {
    const known = [put('title', aTitle()), put('item', anItem()), put('reader', aReader())]
    const shelf = aShelf([...known, put('hold', aHold())])
    performOn(shelf, 'hold.place', asking)
    expect(waysOf(shelf)).toEqual(['accepted', 'message-left', 'done-by-hand'])
  })

  const waiving = { reader: 'reader-1', fee: 'fee-1', amountFen: 90, as: 'waived', reason: '停电' }
  test('E12 a waiver beyond the limit is waived anyway, once', () => {
    const fee = aFee({ amountFen: 900_090, waivedFen: 900_000 })
    const shelf = aShelf([put('reader', aReader({ feesOwedFen: 90 })), put('fee', fee)])
    expect(performOn(shelf, 'fee.waive', waiving).outcome).toBe('refused')
    expect(waysOf(shelf)).toEqual(['waived-anyway', 'message-left', 'accepted'])
    performOn(shelf, 'exception.settle', settling('waived-anyway'), head)
    expect(rowOf(shelf, 'fee', 'fee-1')).toMatchObject({ waivedFen: 900_090 })
    expect(rowOf(shelf, 'reader', 'reader-1')?.feesOwedFen).toBe(0)
  })

  test('E12 a fee that was paid since takes no waiver', () => {
    const fee = aFee({ amountFen: 900_090, waivedFen: 900_000 })
    const shelf = aShelf([put('reader', aReader({ feesOwedFen: 90 })), put('fee', fee)])
    performOn(shelf, 'fee.waive', waiving)
    shelf.rows.set('fee:fee-1', { ...fee, paidFen: 90, settledAt: NOW })
    expect(said(decideOn(shelf, 'exception.settle', settling('waived-anyway'), head))).toEqual([
      'impossible E12 fee-settled',
    ])
  })

  test('E13 a message says something, and waits for the reader', () => {
    const shelf = refusedRenewal()
    expect(said(decideOn(shelf, 'exception.settle', settling('message-left'), head))).toEqual([
      'impossible E13 settlement-does-not-fit',
    ])
    performOn(shelf, 'exception.settle', settling('message-left', '没有续成'), head)
    expect(rowOf(shelf, 'reader-message', 'desk-a.1.2.r1')).toMatchObject({
      readerId: 'reader-1',
      text: '没有续成',
      dismissedAt: null,
    })
    expect(rowOf(shelf, 'loan', 'loan-1')?.dueOn).toBe(loan.dueOn)
  })

  test('an undo is done by hand', () => {
    const shelf = aShelf(lent)
    performOn(shelf, 'loan.renew', renewing, { operationId: 'desk-a.1.0' })
    shelf.rows.set('loan:loan-1', { ...loan, renewalsCount: 7 })
    performOn(shelf, 'operation.undo', { operation: 'desk-a.1.0', reason: null })
    expect(rowOf(shelf, 'exception', id)).toMatchObject({ loanId: 'loan-1' })
    expect(waysOf(shelf)).toEqual(['done-by-hand', 'accepted'])
  })
})

describe('I28 the date on the slip counts while nobody decided otherwise', () => {
  const returning = { barcode: item.barcode, returnedOn: null }
  const onDay = (date: string): CtxParts => ({
    operationId: 'desk-a.1.2',
    at: startOf(CalendarDate.parse(date)) + 36_000_000,
  })
  const feeOf = (shelf: Shelf) => rowsOf(shelf, 'fee').map(({ amountFen }) => amountFen)

  test('R3 returned on that day, after the loan’s own date: nothing to pay', () => {
    const shelf = refusedRenewal()
    expect(SLIP > loan.dueOn).toBe(true)
    performOn(shelf, 'loan.check-in', returning, onDay(SLIP))
    expect(feeOf(shelf)).toEqual([])
  })

  test('R3 later than both: counted from the slip', () => {
    const late = addDays(SLIP, 2)
    const shelf = refusedRenewal()
    performOn(shelf, 'loan.check-in', returning, onDay(late))
    const honoured = refusedRenewal()
    performOn(honoured, 'exception.settle', settling('later-date'), head)
    performOn(honoured, 'loan.check-in', returning, { ...onDay(late), operationId: 'desk-a.1.3' })
    expect(feeOf(shelf)).toEqual(feeOf(honoured))
  })

  test('R3 decided otherwise: the loan’s own date', () => {
    const shelf = refusedRenewal()
    performOn(shelf, 'exception.settle', settling('message-left', '没有续成'), head)
    performOn(shelf, 'loan.check-in', returning, { ...onDay(SLIP), operationId: 'desk-a.1.3' })
    expect(feeOf(shelf)).not.toEqual([])
  })
})

describe('U6 taken back before anybody looked', () => {
  const undoing = { operation: 'desk-a.1.1', reason: '读者不要了' }

  test('the undo settles it, and nothing is asked twice', () => {
    const shelf = refusedHold()
    const next = { operationId: 'desk-a.1.2', at: NOW + 1000 }
    expect(performOn(shelf, 'operation.undo', undoing, next).outcome).toBe('applied')
    expect(rowOf(shelf, 'exception', id)).toMatchObject({
      settlement: 'accepted',
      comment: '读者不要了',
    })
  })

  test('U1 not from another branch, and not once it was granted', () => {
    const shelf = refusedHold()
    const elsewhere = { branchId: OTHER_BRANCH, operationId: 'desk-b.1.1' }
    expect(said(decideOn(shelf, 'operation.undo', undoing, elsewhere))).toEqual([
      'impossible U1 other-branch',
    ])
    performOn(shelf, 'exception.settle', settling('placed-anyway'), head)
    const next = { operationId: 'desk-a.1.3', at: NOW + 2000 }
    const { outcome, exceptions } = recordOn(shelf, 'operation.undo', undoing, next)
    expect([outcome, exceptions.length]).toEqual(['refused', 1])
  })
})

test('evidence of an older program promises nothing', () => {
  const exception = rowOf(refusedRenewal(), 'exception', id)
  if (exception === null) throw new Error('nobody is told')
  expect(refusedRequest({ ...exception, evidence: null })).toBeNull()
})
