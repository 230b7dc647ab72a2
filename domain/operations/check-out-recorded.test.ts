import { describe, expect, test } from 'vitest'

import { BRANCH, LIBRARY, NOW, TODAY, aLoan, aReader, anItem } from '../../test/builders/city.ts'
import {
  aShelf,
  answering,
  decideOn,
  performOn,
  recordOn,
  rowOf,
  rowsOf,
} from '../../test/builders/decide.ts'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'

const DAY = 86_400_000
const item = anItem()
const reader = aReader()
const second = aReader({ id: 'reader-2', cardNumber: '0440050000025', name: '李雷' })
const lending = { barcode: item.barcode, card: reader.cardNumber, dueOn: null }

/** reader-2 has the item. */
const onLoanToOther: Change[] = [
  put('item', anItem({ state: 'on-loan', openLoanId: 'loan-1' })),
  put('reader', { ...second, openLoansCount: 1 }),
  put('loan', aLoan({ readerId: second.id })),
]
/** reader-1 has the item. */
const onLoanToSelf: Change[] = [
  put('item', anItem({ state: 'on-loan', openLoanId: 'loan-1' })),
  put('reader', aReader({ openLoansCount: 1 })),
  put('loan', aLoan()),
]
const plain: Change[] = [put('item', item), put('reader', reader)]
const itemIs = (parts: Parameters<typeof anItem>[0]): Change[] => [
  ...plain,
  put('item', anItem(parts)),
]
const readerIs = (parts: Parameters<typeof aReader>[0]): Change[] => [
  ...plain,
  put('reader', aReader(parts)),
]

describe('what the server records although a rule was broken', () => {
  test('L7, I20, I21 lent to two: the later has it, the earlier is disputed, one exception', () => {
    const shelf = aShelf([put('reader', reader), ...onLoanToOther])
    const recorded = performOn(shelf, 'loan.check-out', lending)
    expect(recorded.outcome).toBe('applied-with-exception')
    expect(recorded.exceptions).toEqual([
      {
        id: 'desk-a.1.1.x-open-loan-other',
        kind: 'open-loan-other',
        operationId: 'desk-a.1.1',
        operationKind: 'loan.check-out',
        deviceId: 'desk-a',
        branchId: BRANCH,
        itemId: item.id,
        readerId: reader.id,
        loanId: 'desk-a.1.1.r1',
        otherLoanId: 'loan-1',
        otherBranchId: null,
        rules: ['L7'],
        happenedAt: NOW,
        openedAt: NOW + 60_000,
        settledAt: null,
        settledBy: null,
        settlement: null,
        comment: null,
        assignedTo: null,
        comments: [],
        evidence: {
          staffId: 'staff-lin',
          factsAgeMs: 0,
          policyVersion: 1,
          baseCursor: 0,
          isClockSuspect: false,
          findings: [
            { code: 'item-on-loan', rule: 'L7', params: { dueOn: '2026-12-13', reader: '李*' } },
          ],
          other: null,
        },
      },
    ])
    expect(undisputed(shelf)).toEqual(['desk-a.1.1.r1'])
    expect(rowOf(shelf, 'loan', 'loan-1')).toMatchObject({ isDisputed: true, returnedAt: null })
  })

  test('L2, L7, I21 a card nobody knows disputes nothing without an exception about it', () => {
    const recorded = recordOn(onLoanToOther, 'loan.check-out', { ...lending, card: '9999999' })
    expect(recorded.exceptions.map(({ kind, rules }) => [kind, rules])).toEqual([
      ['unknown-reader', ['L2']],
      ['open-loan-other', ['L7']],
    ])
    expect(recorded.changes[0]).toMatchObject({
      put: 'reader',
      row: { id: 'desk-a.1.1.r2', cardNumber: '9999999', category: 'unregistered' },
    })
  })

  test('L2 each loan on a card nobody knows is answered for; one exception tells of it', () => {
    const shelf = aShelf([put('item', item), put('item', anItem({ id: 'item-2', barcode: 'b2' }))])
    const overrides = answering('unknown-reader')
    const kinds = [lending.barcode, 'b2'].map((barcode, index) =>
      performOn(
        shelf,
        'loan.check-out',
        { ...lending, barcode, card: '9999999' },
        { operationId: `desk-a.1.${index + 1}`, overrides },
      ).exceptions.map(({ kind }) => kind),
    )
    expect(kinds).toEqual([['unknown-reader'], []])
  })

  test('L8 lent twice to one reader: nothing changes, a person looks', () => {
    const recorded = recordOn(onLoanToSelf, 'loan.check-out', lending)
    expect(recorded.exceptions.map(({ kind }) => kind)).toEqual(['open-loan-same'])
    expect(recorded.changes).toHaveLength(1)
  })

  test('L1, L9 an unknown label gets a placeholder that keeps the fact', () => {
    const shelf = aShelf([put('reader', reader)])
    const recorded = performOn(shelf, 'loan.check-out', { ...lending, barcode: '04400599999999' })
    expect(recorded.exceptions.map(({ kind, rules }) => [kind, rules])).toEqual([
      ['unknown-item', ['L1']],
    ])
    expect(rowOf(shelf, 'item', 'desk-a.1.1.r2')).toMatchObject({
      barcode: '04400599999999',
      ownerLibraryId: LIBRARY,
      titleId: null,
      isPlaceholder: true,
      state: 'on-loan',
      openLoanId: 'desk-a.1.1.r1',
    })
  })

  test('L1 the loan has the same id whether or not the item is known', () => {
    const known = decideOn(plain, 'loan.check-out', lending)
    const unknown = decideOn([put('reader', reader)], 'loan.check-out', lending)
    expect(unknown.summary.loanId).toBe(known.summary.loanId)
  })

  test.each([
    ['L4 blocked', readerIs({ blockedUntilOn: TODAY, blockedFor: ['lend'] }), 'reader-blocked'],
    ['L5 reported lost', readerIs({ cardState: 'lost' }), 'reader-blocked'],
    ['L6 above the limit', readerIs({ openLoansCount: 11 }), 'limit-exceeded'],
    ['L10 withdrawn', itemIs({ state: 'withdrawn' }), 'item-lost-or-withdrawn'],
    ['L16 held for another', itemIs({ heldForReaderId: 'reader-2' }), 'hold-bypassed'],
    ['L3 expired', readerIs({ expiresOn: '2026-01-01' }), 'rule-broken'],
    ['L9 not for loan', itemIs({ isForLoan: false }), 'rule-broken'],
  ])('%s: lent all the same, and an exception opens', (_says, records, kind) => {
    const recorded = recordOn(records, 'loan.check-out', lending)
    expect(recorded.exceptions.map((one) => one.kind)).toEqual([kind])
    expect(
      recorded.changes.filter((change) => 'put' in change && change.put === 'loan'),
    ).toHaveLength(1)
  })

  test.each([
    ['L4 blocked', readerIs({ blockedUntilOn: TODAY, blockedFor: ['lend'] }), 'reader-blocked'],
    [
      'L6 above the limit',
      readerIs({ openLoansCount: 11, openForeignCount: 2 }),
      'item-limit-reached',
    ],
    ['L9 not for loan', itemIs({ isForLoan: false }), 'item-not-for-loan'],
    ['L13 in debt', readerIs({ feesOwedFen: 9000 }), 'debt-above-limit'],
    ['L16 held for another', itemIs({ heldForReaderId: 'reader-2' }), 'item-held-for-another'],
  ])('%s: no exception where somebody answered for it', (_says, records, code) => {
    const recorded = recordOn(records, 'loan.check-out', lending, { overrides: answering(code) })
    expect([recorded.outcome, recorded.exceptions]).toEqual(['applied', []])
  })
})

describe('a lending that arrives late', () => {
  const monday = NOW - 6 * DAY
  const tuesday = NOW - 5 * DAY
  const wednesday = NOW - 4 * DAY

  test('R8 its return came first: it is closed by that return and moves nothing', () => {
    const shelf = aShelf(itemIs({ lastCheckInAt: tuesday }))
    const recorded = performOn(shelf, 'loan.check-out', lending, { at: monday })
    expect(recorded.outcome).toBe('applied')
    expect(rowOf(shelf, 'loan', 'desk-a.1.1.r1')).toMatchObject({
      lentAt: monday,
      returnedAt: tuesday,
    })
    expect(rowOf(shelf, 'item', item.id)).toMatchObject({ state: 'on-shelf', openLoanId: null })
    expect(rowOf(shelf, 'reader', reader.id)?.openLoansCount).toBe(0)
  })

  test('R8 returned and lent again since: the later loan is left alone', () => {
    const shelf = aShelf([
      put('reader', reader),
      ...onLoanToOther,
      patch('item', item.id, { lastCheckInAt: tuesday }),
      patch('loan', 'loan-1', { lentAt: wednesday }),
    ])
    const before = rowOf(shelf, 'loan', 'loan-1')
    expect(performOn(shelf, 'loan.check-out', lending, { at: monday }).exceptions).toEqual([])
    expect(rowOf(shelf, 'loan', 'loan-1')).toEqual(before)
  })

  test.each([
    ['L7, I20 not answered for', []],
    [
      'L7, I20 an override given for an earlier loan closes no later one',
      answering('item-on-loan'),
    ],
  ])('%s: lent again since, it is the disputed one', (_says, overrides) => {
    const shelf = aShelf([
      put('reader', reader),
      ...onLoanToOther,
      patch('loan', 'loan-1', { lentAt: wednesday }),
    ])
    const recorded = performOn(shelf, 'loan.check-out', lending, { at: monday, overrides })
    expect(recorded.exceptions.map(({ kind }) => kind)).toEqual(['open-loan-other'])
    expect(undisputed(shelf)).toEqual(['loan-1'])
    expect(rowOf(shelf, 'item', item.id)?.openLoanId).toBe('loan-1')
    expect(rowOf(shelf, 'loan', 'desk-a.1.1.r1')).toMatchObject({
      isDisputed: true,
      returnedAt: null,
    })
    expect(rowOf(shelf, 'reader', reader.id)?.openLoansCount).toBe(1)
  })
})

const undisputed = (shelf: Parameters<typeof rowsOf>[0]): string[] =>
  rowsOf(shelf, 'loan').flatMap((loan) =>
    loan.returnedAt === null && !loan.isDisputed ? [loan.id as string] : [],
  )
