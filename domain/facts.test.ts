import { describe, expect, it } from 'vitest'

import { BRANCH, aLoan, aReader, anException, anItem } from '../test/builders/city.ts'
import { aShelf, answerFrom } from '../test/builders/decide.ts'
import type { Shelf } from '../test/builders/decide.ts'
import { put } from './change.ts'
import { aSubject, gatherFacts } from './facts.ts'
import { gatherLater, gatherNow } from './gathering.ts'
import type { Subject } from './facts.ts'

const shelf = aShelf([
  put('item', anItem({ state: 'on-loan', openLoanId: 'loan-1', heldForReaderId: 'reader-2' })),
  put('item', anItem({ id: 'item-2', barcode: '2' })),
  put('item', anItem({ id: 'item-3', barcode: '2' })),
  put('reader', aReader({ guardianReaderId: 'reader-2' })),
  put('reader', aReader({ id: 'reader-2', cardNumber: '2', name: '李雷' })),
  put('loan', aLoan()),
  put('loan', aLoan({ id: 'loan-0', lentAt: 5, returnedAt: 6 })),
  put('loan', aLoan({ id: 'loan-2', itemId: 'item-2', dueOn: '2026-11-30' })),
  put('loan', aLoan({ id: 'loan-3', itemId: 'item-3', dueOn: '2026-01-01', isDisputed: true })),
  put('exception', anException()),
  put('exception', anException({ id: 'settled', settledAt: 5 })),
])
const factsOf = (named: Partial<Subject>, rows: Shelf = shelf) =>
  gatherNow(gatherFacts(aSubject(named), BRANCH), (lookup) => answerFrom(rows, lookup))

describe('the facts', () => {
  it('of a scanned item: its loan, who has it, who waits, what is open about it', () => {
    const facts = factsOf({ barcode: anItem().barcode })
    expect(facts).toMatchObject({
      item: { id: 'item-1' },
      isBarcodeAmbiguous: false,
      loan: { id: 'loan-1' },
      loanReader: { id: 'reader-1' },
      heldForReader: { id: 'reader-2' },
      itemHomeBranch: { id: BRANCH },
      openLoansOfItem: [{ id: 'loan-1' }],
      openExceptionsOfItem: [{ id: anException().id }],
    })
  })

  it('L1 of a barcode that two items carry', () => {
    expect(factsOf({ barcode: '2' })).toMatchObject({
      item: { id: 'item-2' },
      isBarcodeAmbiguous: true,
    })
  })

  it('of a barcode and a card that nobody knows', () => {
    expect(factsOf({ barcode: 'x', card: 'y' })).toMatchObject({
      item: null,
      loan: null,
      reader: null,
    })
  })

  it('N5, L14 the loan that falls due first is another than the one at hand, and undisputed', () => {
    expect(factsOf({ loanId: 'loan-2' }).earliestDueLoan?.id).toBe('loan-1')
    expect(factsOf({ loanId: 'loan-1' }).earliestDueLoan?.id).toBe('loan-2')
    expect(factsOf({ card: '2' }).earliestDueLoan).toBeNull()
  })

  it('of an exception: its loan and its item', () => {
    const facts = factsOf({ exceptionId: anException().id })
    expect(facts).toMatchObject({ exception: { kind: 'open-loan-other' }, loan: { id: 'loan-1' } })
    expect(facts.item?.id).toBe('item-1')
  })

  it('D2 of a reader: the guardian', () => {
    expect(factsOf({ card: aReader().cardNumber }).guardian?.id).toBe('reader-2')
  })

  it('are the same from a store that answers later', async () => {
    const subject = aSubject({ barcode: anItem().barcode, card: '2' })
    const later = await gatherLater(gatherFacts(subject, BRANCH), async (lookup) =>
      answerFrom(shelf, lookup),
    )
    expect(later).toEqual(factsOf({ barcode: anItem().barcode, card: '2' }))
  })

  it('cannot be had in a branch that the replica does not hold', () => {
    expect(() =>
      gatherNow(gatherFacts(aSubject({}), 'nowhere'), (lookup) => answerFrom(shelf, lookup)),
    ).toThrow('branch nowhere')
  })
})
