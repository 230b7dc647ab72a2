import { describe, expect, test } from 'vitest'

import {
  NOW,
  OTHER_BRANCH,
  aBib,
  aLoan,
  aReader,
  aTitle,
  anException,
  anItem,
} from '../../test/builders/city.ts'
import {
  aShelf,
  applyTo,
  decideOn,
  performOn,
  recordOn,
  rowOf,
  rowsOf,
  said,
} from '../../test/builders/decide.ts'
import type { CtxParts, Shelf } from '../../test/builders/decide.ts'
import { patch, put, remove } from '../change.ts'
import type { Change } from '../change.ts'

const DAY = 86_400_000
const item = anItem()
const reader = aReader()
const plain: Change[] = [put('item', item), put('reader', reader)]
const lending = { barcode: item.barcode, card: reader.cardNumber, dueOn: null }
const returning = { barcode: item.barcode, returnedOn: null }
const undoing = { operation: 'desk-a.1.1', reason: '扫错了' }
const next: CtxParts = { operationId: 'desk-a.1.2', at: NOW + 1000 }
const last: CtxParts = { operationId: 'desk-a.1.3', at: NOW + 2000 }

/** The item is lent as operation desk-a.1.1. */
function lentShelf(): Shelf {
  const shelf = aShelf(plain)
  performOn(shelf, 'loan.check-out', lending)
  return shelf
}
const undoSays = (shelf: Shelf, parts: CtxParts = {}): string[] =>
  said(decideOn(shelf, 'operation.undo', undoing, { ...last, ...parts }))

describe('what may be undone', () => {
  test.each([
    ['U1 own branch, today', {}, []],
    ['U1 another branch', { branchId: OTHER_BRANCH }, ['impossible U1 other-branch']],
    ['U1 tomorrow', { at: NOW + DAY }, ['impossible U1 other-branch']],
    ['U1 the branch head, anywhere', { branchId: OTHER_BRANCH, role: 'branch-head' }, []],
    ['U1 the branch head, tomorrow', { at: NOW + DAY, role: 'branch-head' }, []],
  ] as [string, CtxParts, string[]][])('%s', (_says, parts, expected) => {
    expect(undoSays(lentShelf(), parts)).toEqual(expected)
  })

  test('U1 an operation nobody knows', () => {
    expect(undoSays(aShelf([]))).toEqual(['impossible U1 unknown-operation'])
  })

  test('U3 an undo that is decided again is not in its own way; another one is', () => {
    const shelf = lentShelf()
    const lent = shelf.log.get('desk-a.1.1')
    if (lent === undefined) throw new Error('not lent')
    shelf.log.set(lent.id, { ...lent, undoneBy: next.operationId ?? null })
    expect(undoSays(shelf, next)).toEqual([])
    expect(undoSays(shelf)).toEqual(['impossible U3 already-undone'])
  })

  test('U4 titles that an undo has taken back already are not in the way of the rest', () => {
    const { id: _title, ...title } = aTitle()
    const { id: _bib, ...bib } = aBib()
    const shelf = aShelf([])
    const importing = { source: 'new.iso', records: [{ title, bib, items: [] }] }
    performOn(shelf, 'title.import', importing, { role: 'cataloguer' })
    applyTo(shelf, [remove('title', 'desk-a.1.1.r1'), remove('bib', 'desk-a.1.1.r1')])
    expect(undoSays(shelf, { role: 'cataloguer' })).toEqual(['impossible U4 changed-since'])
    const imported = shelf.log.get('desk-a.1.1')
    if (imported === undefined) throw new Error('not imported')
    shelf.log.set(imported.id, { ...imported, undoneBy: last.operationId ?? null })
    expect(undoSays(shelf, { role: 'cataloguer' })).toEqual([])
  })

  test('U2 an undo is not undone', () => {
    const shelf = lentShelf()
    performOn(shelf, 'operation.undo', undoing, next)
    const again = { operation: 'desk-a.1.2', reason: null }
    expect(said(decideOn(shelf, 'operation.undo', again, last))).toEqual([
      'impossible U2 not-undoable',
    ])
  })

  test('U2 an operation that changed nothing is not undone', () => {
    const shelf = lentShelf()
    performOn(shelf, 'loan.check-in', returning, { ...next, at: NOW - DAY })
    const nothing = { operation: 'desk-a.1.2', reason: null }
    expect(
      said(decideOn(shelf, 'operation.undo', nothing, { ...last, role: 'branch-head' })),
    ).toContain('impossible U2 not-undoable')
  })

  test('U2 who may not settle an exception may not unsettle one', () => {
    const shelf = aShelf([...plain, put('exception', anException({ kind: 'reader-blocked' }))])
    const settling = { exception: anException().id, settlement: 'accepted', comment: null }
    performOn(shelf, 'exception.settle', settling, { role: 'branch-head' })
    expect(undoSays(shelf)).toEqual(['impossible U2 not-undoable'])
    expect(undoSays(shelf, { role: 'branch-head' })).toEqual([])
  })

  test('U3 what was undone already', () => {
    const shelf = lentShelf()
    const logged = shelf.log.get('desk-a.1.1')!
    shelf.log.set(logged.id, { ...logged, undoneBy: 'desk-a.1.2' })
    expect(undoSays(shelf)).toEqual(['impossible U3 already-undone'])
  })
})

describe('U4 a later operation stands upon it', () => {
  test.each([
    ['U4 a lending, returned since', 'loan.check-in', returning],
    ['U4 a lending, renewed since', 'loan.renew', { loan: 'desk-a.1.1.r1' }],
  ] as const)('%s', (_says, kind, payload) => {
    const shelf = lentShelf()
    performOn(shelf, kind, payload, next)
    expect(undoSays(shelf)).toEqual(['impossible U4 changed-since'])
  })

  test('U4 a return, lent again since', () => {
    const shelf = aShelf([
      put('item', anItem({ state: 'on-loan', openLoanId: 'loan-1' })),
      put('reader', aReader({ openLoansCount: 1 })),
      put('loan', aLoan()),
    ])
    performOn(shelf, 'loan.check-in', returning)
    performOn(shelf, 'loan.check-out', lending, next)
    expect(undoSays(shelf)).toEqual(['impossible U4 changed-since'])
  })

  test.each([
    ['U4 a use in the building, lent since', [], { ...returning, inHouse: true }],
    ['U4 an unknown item that came back, lent since', [remove('item', item.id)], returning],
  ] as [string, Change[], unknown][])('%s', (_says, changes, payload) => {
    const shelf = aShelf(plain)
    applyTo(shelf, changes)
    performOn(shelf, 'loan.check-in', payload)
    expect(undoSays(shelf)).toEqual([])
    performOn(shelf, 'loan.check-out', lending, next)
    expect(undoSays(shelf)).toEqual(['impossible U4 changed-since'])
  })

  test('U4 an unknown card that borrowed, borrowing once more since', () => {
    const shelf = aShelf([put('item', item), put('item', anItem({ id: 'item-2', barcode: '2' }))])
    performOn(shelf, 'loan.check-out', lending)
    expect(undoSays(shelf)).toEqual([])
    performOn(shelf, 'loan.check-out', { ...lending, barcode: '2' }, next)
    expect(undoSays(shelf)).toEqual(['impossible U4 changed-since'])
  })

  test('U4 a return whose fee was paid since', () => {
    const shelf = returnedLate()
    applyTo(shelf, [patch('fee', 'desk-a.1.1.r1', { settledAt: NOW + 500 })])
    expect(undoSays(shelf)).toEqual(['impossible U4 changed-since'])
  })

  test('U4 a registration, after the reader borrowed', () => {
    const shelf = aShelf(plain)
    const registering = {
      card: '0440050000099',
      name: '陈静',
      category: 'lidu',
      bornOn: '1988-02-29',
      phone: null,
      idNumberHash: null,
      guardianReaderId: null,
      hasGuardianConsent: false,
      note: null,
    }
    performOn(shelf, 'reader.register', registering)
    expect(undoSays(shelf)).toEqual([])
    performOn(shelf, 'loan.check-out', { ...lending, card: registering.card }, next)
    expect(undoSays(shelf)).toEqual(['impossible U4 changed-since'])
  })

  test('U4 another loan of the same reader is no hindrance', () => {
    const shelf = lentShelf()
    applyTo(shelf, [put('item', anItem({ id: 'item-2', barcode: '2' }))])
    performOn(shelf, 'loan.check-out', { ...lending, barcode: '2' }, next)
    performOn(shelf, 'operation.undo', undoing, last)
    expect(rowOf(shelf, 'reader', reader.id)?.openLoansCount).toBe(1)
    expect(rowsOf(shelf, 'loan').map(({ id }) => id)).toEqual(['desk-a.1.2.r1'])
  })
})

describe('what an undo takes back', () => {
  test('U2 a lending: every row is as it was', () => {
    const before = new Map(aShelf(plain).rows)
    const shelf = lentShelf()
    performOn(shelf, 'operation.undo', undoing, next)
    expect(shelf.rows).toEqual(before)
  })

  test('U2, R3 a late return: the loan is open again and the fee is gone', () => {
    const shelf = returnedLate()
    expect(rowOf(shelf, 'reader', reader.id)?.feesOwedFen).toBe(90)
    performOn(shelf, 'operation.undo', undoing, next)
    expect(rowsOf(shelf, 'fee')).toEqual([])
    expect(rowOf(shelf, 'reader', reader.id)).toMatchObject({ feesOwedFen: 0, openLoansCount: 1 })
    expect(rowOf(shelf, 'loan', 'loan-1')).toMatchObject({ returnedAt: null })
    expect(rowOf(shelf, 'item', item.id)).toMatchObject({ state: 'on-loan', openLoanId: 'loan-1' })
  })

  test('U2, I21 a clash: the first loan is undisputed and the exception gone with it', () => {
    const shelf = aShelf([
      put('reader', reader),
      put('item', anItem({ state: 'on-loan', openLoanId: 'loan-1' })),
      put('loan', aLoan({ readerId: 'reader-2' })),
    ])
    const before = new Map(shelf.rows)
    expect(performOn(shelf, 'loan.check-out', lending).exceptions).toHaveLength(1)
    performOn(shelf, 'operation.undo', undoing, next)
    expect(shelf.rows).toEqual(before)
  })

  test('U2 an unknown item: the placeholder goes too', () => {
    const shelf = aShelf([])
    const before = new Map(shelf.rows)
    performOn(shelf, 'loan.check-in', returning)
    performOn(shelf, 'operation.undo', undoing, next)
    expect(shelf.rows).toEqual(before)
  })

  test('U4 refused by the server, it takes nothing back', () => {
    const shelf = lentShelf()
    performOn(shelf, 'loan.check-in', returning, next)
    const { outcome, changes } = recordOn(shelf, 'operation.undo', undoing, last)
    expect([outcome, changes]).toEqual(['refused', []])
  })
})

/** Returned three days late as operation desk-a.1.1. */
function returnedLate(): Shelf {
  const shelf = aShelf([
    put('item', anItem({ state: 'on-loan', openLoanId: 'loan-1' })),
    put('reader', aReader({ openLoansCount: 1 })),
    put('loan', aLoan({ dueOn: '2026-11-19' })),
  ])
  performOn(shelf, 'loan.check-in', returning)
  return shelf
}
