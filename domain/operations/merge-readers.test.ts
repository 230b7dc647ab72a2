import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  BRANCH,
  NOW,
  OTHER_BRANCH,
  TODAY,
  aCard,
  aFee,
  aHold,
  aLease,
  aLedgerEntry,
  aLoan,
  aMessage,
  aReader,
  anException,
  anItem,
} from '../../test/builders/city.ts'
import {
  aShelf,
  answering,
  decideOn,
  performOn,
  rowOf,
  rowsOf,
  said,
} from '../../test/builders/decide.ts'
import type { Shelf } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'
import type { Reader } from '../records.ts'

const twin = (parts: Parameters<typeof aReader>[0] = {}) =>
  aReader({ id: 'reader-2', cardNumber: '0440050000025', ...parts })
const both: Change[] = [put('reader', aReader()), put('reader', twin())]
const merging = { reader: 'reader-1', other: 'reader-2' }
const head = { role: 'branch-head' } as const
const standing = (shelf: Shelf): Reader | null => rowOf(shelf, 'reader', 'reader-1')

describe('merging', () => {
  const rows: [says: string, records: Change[], payload: object, said: string[]][] = [
    ['D13 one person twice', both, merging, []],
    [
      'D13 nobody of this id',
      [put('reader', aReader())],
      merging,
      ['impossible D13 unknown-reader'],
    ],
    ['D13 with itself', both, { ...merging, other: 'reader-1' }, ['impossible D13 same-reader']],
    [
      'D13 merged already',
      [put('reader', aReader()), put('reader', twin({ mergedIntoId: 'reader-3' }))],
      merging,
      ['impossible D13 already-merged'],
    ],
    [
      'D13 another name',
      [put('reader', aReader()), put('reader', twin({ name: '李四' }))],
      merging,
      ['override D13 persons-differ'],
    ],
    [
      'D13 another birth date',
      [put('reader', aReader()), put('reader', twin({ bornOn: '1990-05-02' }))],
      merging,
      ['override D13 persons-differ'],
    ],
    [
      'D13 another name, one identity number',
      [
        put('reader', aReader({ idNumberHash: 'a'.repeat(64) })),
        put('reader', twin({ name: '李四', idNumberHash: 'a'.repeat(64) })),
      ],
      merging,
      [],
    ],
    [
      'D16 a placeholder',
      [put('reader', aReader()), put('reader', twin({ category: 'unregistered' }))],
      merging,
      ['impossible D16 reader-to-be-completed'],
    ],
    [
      'D13 points lie at a desk',
      [...both, put('lease', aLease({ readerId: 'reader-2' }))],
      merging,
      ['impossible D13 lease-open'],
    ],
    [
      'D13 more than one operation can move',
      [
        ...both,
        ...Array.from({ length: 200 }, (_, n) =>
          put('loan', aLoan({ id: `l${n}`, readerId: 'reader-2', returnedAt: NOW })),
        ),
      ],
      merging,
      ['impossible D13 merge-too-large'],
    ],
  ]
  test.each(rows)('%s', (_says, records, payload, expected) => {
    expect(said(decideOn(records, 'reader.merge', payload, head))).toEqual(expected)
  })

  test('D13 what hung on the one hangs on the other, which answers for its card', () => {
    const shelf = aShelf([
      put('reader', aReader({ phone: null, activeAt: [{ branchId: BRANCH, lastOn: TODAY }] })),
      put(
        'reader',
        twin({
          openLoansCount: 1,
          phone: '139',
          activeAt: [{ branchId: OTHER_BRANCH, lastOn: TODAY }],
        }),
      ),
      put('item', anItem({ state: 'on-loan', openLoanId: 'loan-1' })),
      put('loan', aLoan({ readerId: 'reader-2' })),
      put('card', aCard({ readerId: 'reader-2' })),
      put('reader-message', aMessage({ readerId: 'reader-2' })),
      put('exception', anException({ readerId: 'reader-2', loanId: null })),
    ])
    performOn(shelf, 'reader.merge', merging, head)
    expect(standing(shelf)).toMatchObject({ openLoansCount: 1, phone: '139' })
    expect(standing(shelf)?.activeAt.map(({ branchId }) => branchId)).toEqual([
      BRANCH,
      OTHER_BRANCH,
    ])
    expect(rowOf(shelf, 'reader', 'reader-2')).toMatchObject({
      openLoansCount: 0,
      mergedIntoId: 'reader-1',
    })
    for (const kind of ['loan', 'card', 'reader-message', 'exception'] as const) {
      expect(rowsOf(shelf, kind).map(({ readerId }) => readerId)).not.toContain('reader-2')
    }
    const lending = { barcode: '04400510000001', card: twin().cardNumber, dueOn: null }
    const decision = decideOn(shelf, 'loan.check-out', lending)
    expect(decision.about.readerId).toBe('reader-1')
  })

  test('D13, L5 a lost card of the merged record stays lost', () => {
    const shelf = aShelf([
      put('reader', aReader()),
      put('reader', twin({ cardState: 'lost' })),
      put('item', anItem()),
    ])
    performOn(shelf, 'reader.merge', merging, head)
    const lending = { barcode: '04400510000001', card: twin().cardNumber, dueOn: null }
    expect(said(decideOn(shelf, 'loan.check-out', lending))).toEqual(['impossible L5 card-lost'])
  })

  test('D13 what a desk does to the merged record reaches the one that stands', () => {
    const shelf = aShelf(both)
    performOn(shelf, 'reader.merge', merging, head)
    const editing = { reader: 'reader-2', field: 'phone', from: twin().phone, to: '139' }
    performOn(shelf, 'reader.edit', editing, { operationId: 'desk-b.1.1' })
    expect(standing(shelf)?.phone).toBe('139')
  })

  test('D13 the longer and wider of two suspensions', () => {
    const shelf = aShelf([
      put('reader', aReader({ blockedUntilOn: '2026-12-01', blockedFor: ['lend'] })),
      put('reader', twin({ blockedUntilOn: '2027-01-01', blockedFor: ['hold'] })),
    ])
    performOn(shelf, 'reader.merge', merging, head)
    expect(standing(shelf)).toMatchObject({
      blockedUntilOn: '2027-01-01',
      blockedFor: ['lend', 'hold'],
    })
  })

  test('U4 a return from before the merge is not taken back after it', () => {
    const shelf = aShelf([
      put('reader', aReader()),
      put('reader', twin({ openLoansCount: 1 })),
      put('item', anItem({ state: 'on-loan', openLoanId: 'loan-1' })),
      put('loan', aLoan({ readerId: 'reader-2' })),
    ])
    performOn(shelf, 'loan.check-in', { barcode: '04400510000001', returnedOn: null })
    performOn(shelf, 'reader.merge', merging, { ...head, operationId: 'desk-b.1.1' })
    const undoing = { operation: 'desk-a.1.1', reason: null }
    const decision = decideOn(shelf, 'operation.undo', undoing, { operationId: 'desk-a.1.2' })
    expect(said(decision)).toEqual(['impossible U4 changed-since'])
  })

  test('U2 undone, both are as they were', () => {
    const shelf = aShelf([...both, put('loan', aLoan({ readerId: 'reader-2' }))])
    const before = new Map(shelf.rows)
    performOn(shelf, 'reader.merge', merging, head)
    const undoing = { operation: 'desk-a.1.1', reason: null }
    performOn(shelf, 'operation.undo', undoing, { ...head, operationId: 'desk-a.1.2', at: NOW + 1 })
    expect(shelf.rows).toEqual(before)
  })
})

const aPast = fc.record({
  loans: fc.array(
    fc.record({
      isOpen: fc.boolean(),
      countsAs: fc.constantFrom('chinese', 'foreign', 'av', 'reading-room'),
    }),
    { maxLength: 8 },
  ),
  fees: fc.array(fc.record({ isOwed: fc.boolean(), amountFen: fc.integer({ min: 1, max: 900 }) }), {
    maxLength: 6,
  }),
  entries: fc.array(
    fc.record({
      ledger: fc.constantFrom('points', 'money'),
      amount: fc.integer({ min: -50, max: 50 }),
    }),
    { maxLength: 6 },
  ),
  depositFen: fc.integer({ min: 0, max: 30_000 }),
  claimsCount: fc.nat(3),
})

type Past = typeof aPast extends fc.Arbitrary<infer T> ? T : never

/** The records of a reader with this past; the counters agree with them. */
function recordsOf(id: string, past: Past): Change[] {
  const open = past.loans.filter(({ isOpen }) => isOpen)
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
  const reader = aReader({
    id,
    cardNumber: `card-${id}`,
    openLoansCount: open.length,
    openForeignCount: open.filter(({ countsAs }) => countsAs === 'foreign').length,
    openAvCount: open.filter(({ countsAs }) => countsAs === 'av').length,
    openReadingRoomCount: open.filter(({ countsAs }) => countsAs === 'reading-room').length,
    feesOwedFen: sum(past.fees.flatMap(({ isOwed, amountFen }) => (isOwed ? [amountFen] : []))),
    pointsFree: sum(
      past.entries.flatMap(({ ledger, amount }) => (ledger === 'points' ? [amount] : [])),
    ),
    depositFen: past.depositFen,
    claimsCount: past.claimsCount,
  })
  return [
    put('reader', reader),
    ...past.loans.map(({ isOpen, countsAs }, n) =>
      put(
        'loan',
        aLoan({
          id: `${id}-l${n}`,
          readerId: id,
          returnedAt: isOpen ? null : NOW,
          countsAs: countsAs as 'av',
        }),
      ),
    ),
    ...past.fees.map(({ isOwed, amountFen }, n) =>
      put(
        'fee',
        aFee({ id: `${id}-f${n}`, readerId: id, amountFen, settledAt: isOwed ? null : NOW }),
      ),
    ),
    ...past.entries.map(({ ledger, amount }, n) =>
      put(
        'ledger-entry',
        aLedgerEntry({ id: `${id}-e${n}`, readerId: id, ledger: ledger as 'points', amount }),
      ),
    ),
  ]
}

/** What the rows of one reader come to. */
function sums(shelf: Shelf, id: string) {
  const loans = rowsOf(shelf, 'loan').filter(({ readerId }) => readerId === id)
  const open = loans.filter(({ returnedAt }) => returnedAt === null)
  const fees = rowsOf(shelf, 'fee').filter(({ readerId }) => readerId === id)
  const entries = rowsOf(shelf, 'ledger-entry').filter(({ readerId }) => readerId === id)
  const of = (ledger: string) =>
    entries.reduce((sum, one) => sum + (one.ledger === ledger ? one.amount : 0), 0)
  return {
    loans: loans.length,
    openLoansCount: open.length,
    openForeignCount: open.filter(({ countsAs }) => countsAs === 'foreign').length,
    openAvCount: open.filter(({ countsAs }) => countsAs === 'av').length,
    openReadingRoomCount: open.filter(({ countsAs }) => countsAs === 'reading-room').length,
    feesOwedFen: fees.reduce((sum, one) => sum + (one.settledAt === null ? one.amountFen : 0), 0),
    fees: fees.length,
    pointsFree: of('points'),
    money: of('money'),
  }
}

test('D13 merging keeps every sum, and the counters agree with the rows of both', () => {
  fc.assert(
    fc.property(aPast, aPast, (mine, theirs) => {
      const shelf = aShelf([...recordsOf('reader-1', mine), ...recordsOf('reader-2', theirs)])
      const [one, other] = [sums(shelf, 'reader-1'), sums(shelf, 'reader-2')]
      const overrides = answering('persons-differ')
      expect(performOn(shelf, 'reader.merge', merging, { ...head, overrides }).outcome).toBe(
        'applied',
      )
      const after = sums(shelf, 'reader-1')
      for (const name of Object.keys(one) as (keyof typeof one)[]) {
        expect(after[name]).toBe(one[name] + other[name])
      }
      const gone = sums(shelf, 'reader-2')
      expect(Object.values(gone).every((number) => number === 0)).toBe(true)
      for (const [id, is] of [
        ['reader-1', after],
        ['reader-2', gone],
      ] as const) {
        const { loans: _loans, fees: _fees, money: _money, ...counters } = is
        expect(rowOf(shelf, 'reader', id)).toMatchObject(counters)
      }
      expect(standing(shelf)).toMatchObject({
        depositFen: mine.depositFen + theirs.depositFen,
        claimsCount: mine.claimsCount + theirs.claimsCount,
      })
    }),
    { numRuns: 60 },
  )
})

test('D13 holds go with their reader, at their places, and so does what is kept for them', () => {
  const shelf = aShelf([
    put('reader', aReader({ openHoldsCount: 0 })),
    put('reader', twin({ openHoldsCount: 2, openReadingRoomCount: 1, claimsCount: 1 })),
    put('item', anItem({ state: 'on-hold-shelf', holdId: 'hold-1', heldForReaderId: 'reader-2' })),
    put('hold', aHold({ readerId: 'reader-2', state: 'on-shelf', trappedItemId: 'item-1' })),
    put('hold', aHold({ id: 'hold-2', titleId: 'title-2', readerId: 'reader-2' })),
  ])
  performOn(shelf, 'reader.merge', merging, head)
  expect(rowsOf(shelf, 'hold').map(({ readerId }) => readerId)).toEqual(['reader-1', 'reader-1'])
  expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({ heldForReaderId: 'reader-1' })
  expect(standing(shelf)).toMatchObject({
    openHoldsCount: 2,
    openReadingRoomCount: 1,
    claimsCount: 1,
  })
  expect(rowOf(shelf, 'reader', 'reader-2')).toMatchObject({ openHoldsCount: 0, claimsCount: 0 })
  const undo = { operation: 'desk-a.1.1', reason: null }
  performOn(shelf, 'operation.undo', undo, { ...head, operationId: 'desk-a.1.2' })
  expect(rowsOf(shelf, 'hold').map(({ readerId }) => readerId)).toEqual(['reader-2', 'reader-2'])
  expect(standing(shelf)).toMatchObject({ openHoldsCount: 0 })
})
