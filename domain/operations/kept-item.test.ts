/** What becomes of a hold whose item is lost, damaged, sent away, found or received. */
import { describe, expect, test } from 'vitest'

import {
  BRANCH,
  NOW,
  OTHER_BRANCH,
  aHold,
  aLoan,
  aReader,
  anItem,
} from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import type { CtxParts } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'
import type { OperationKind } from './index.ts'

const reader = aReader({ openHoldsCount: 1 })
const holder = aReader({ id: 'reader-2', cardNumber: '0440050000025', openLoansCount: 1 })
const item = anItem({ state: 'on-hold-shelf', holdId: 'hold-1', heldForReaderId: 'reader-1' })
const kept = aHold({
  state: 'on-shelf',
  trappedItemId: 'item-1',
  trappedAt: NOW,
  keepUntilOn: '2026-11-24',
})
const onShelf: Change[] = [
  put('reader', reader),
  put('reader', holder),
  put('item', item),
  put('hold', kept),
]
const waits = { state: 'waiting', trappedItemId: null, trappedAt: null, keepUntilOn: null }
const forNobody = { holdId: null, heldForReaderId: null }

describe('what cannot be given any more', () => {
  const rows: [says: string, kind: OperationKind, payload: object, item: object][] = [
    ['H7 lost', 'item.mark-lost', { item: 'item-1' }, { state: 'lost' }],
    ['H7 missing', 'item.mark-missing', { item: 'item-1' }, { state: 'missing' }],
    [
      'H7 damaged',
      'item.mark-damaged',
      { item: 'item-1', note: '缺页' },
      { state: 'in-workroom', condition: 'damaged' },
    ],
    [
      'H7 sent where it is not collected',
      'item.send',
      { barcode: item.barcode, to: OTHER_BRANCH, reason: 'stock' },
      { state: 'in-transit', transitToBranchId: OTHER_BRANCH },
    ],
  ]
  test.each(rows)('%s: the hold waits again at its place', (_says, kind, payload, after) => {
    const shelf = aShelf(onShelf)
    performOn(shelf, kind, payload)
    expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({ ...after, ...forNobody })
    expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject({
      ...waits,
      placedAt: kept.placedAt,
      closedAt: null,
    })
    performOn(
      shelf,
      'operation.undo',
      { operation: 'desk-a.1.1', reason: null },
      { operationId: 'desk-a.1.2' },
    )
    expect(rowOf(shelf, 'item', 'item-1')).toEqual(item)
    expect(rowOf(shelf, 'hold', 'hold-1')).toEqual(kept)
  })
})

test('H7 T1 sent to where it is collected, it stays kept and is on its way', () => {
  const collected = aHold({ ...kept, pickupBranchId: OTHER_BRANCH })
  const shelf = aShelf([...onShelf, put('hold', collected)])
  const done = performOn(shelf, 'item.send', {
    barcode: item.barcode,
    to: OTHER_BRANCH,
    reason: 'request',
  })
  expect(said(done)).toEqual([])
  expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({ state: 'in-transit', holdId: 'hold-1' })
  expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject({ state: 'in-transit', keepUntilOn: null })
})

describe('what turns up without a reader', () => {
  const waiting = put('hold', aHold())
  const travelling = anItem({
    state: 'in-transit',
    atBranchId: OTHER_BRANCH,
    transitToBranchId: BRANCH,
    transitSentAt: NOW - 3_600_000,
    holdId: 'hold-1',
    heldForReaderId: 'reader-1',
  })
  const underWay = aHold({ ...kept, state: 'in-transit', keepUntilOn: null })
  const rows: [
    says: string,
    kind: OperationKind,
    records: Change[],
    said: string[],
    to: string,
    CtxParts?,
  ][] = [
    [
      'H7 R12 found on a shelf',
      'item.found',
      [put('item', anItem({ state: 'missing' })), waiting],
      ['alert R12 item-was-missing', 'alert R5 hold-waiting'],
      'hold-shelf',
    ],
    [
      'H7 T2 a parcel that is collected here',
      'item.receive',
      [put('item', travelling), put('hold', underWay)],
      ['note T2 parcel-arrived', 'alert R5 hold-waiting'],
      'hold-shelf',
    ],
    [
      'H7 T2 a parcel for somewhere else to collect',
      'item.receive',
      [
        put('item', anItem({ ...travelling, holdId: null, heldForReaderId: null })),
        put('hold', aHold({ pickupBranchId: OTHER_BRANCH })),
      ],
      ['note T2 parcel-arrived', 'alert H7 hold-goes-to-branch'],
      'transit',
    ],
    [
      'H7 T8 what waits for a reader elsewhere does not stay here',
      'item.keep',
      [
        put('item', anItem({ ...travelling, atBranchId: BRANCH, transitToBranchId: OTHER_BRANCH })),
        put('hold', aHold({ ...underWay, pickupBranchId: OTHER_BRANCH })),
      ],
      ['alert H7 hold-goes-to-branch'],
      'transit',
    ],
    [
      'H7 R11 read in the building',
      'loan.check-in',
      [put('item', anItem()), waiting],
      ['note R11 used-in-house', 'alert R5 hold-waiting'],
      'hold-shelf',
    ],
    [
      'H7 R13 whoever waits is known, however old the facts',
      'item.found',
      [put('item', anItem({ state: 'missing' })), waiting],
      ['alert R12 item-was-missing', 'alert R5 hold-waiting'],
      'hold-shelf',
      { factsAgeMs: 30 * 86_400_000 },
    ],
  ]
  test.each(rows)('%s', (_says, kind, records, expected, to, parts = {}) => {
    const payload =
      kind === 'loan.check-in'
        ? { barcode: item.barcode, returnedOn: null, inHouse: true }
        : { barcode: item.barcode }
    const all = [put('reader', reader), ...records]
    const decision = decideOn(all, kind, payload, parts)
    expect(said(decision)).toEqual(expected)
    expect(decision.summary).toMatchObject({ route: { to }, hold: { id: 'hold-1' } })
  })
})

test('H7 damaged on the way, a parcel goes to the workroom and its hold waits again', () => {
  const damaged = anItem({
    state: 'in-transit',
    transitToBranchId: BRANCH,
    condition: 'damaged',
    conditionNote: '缺页',
    holdId: 'hold-1',
    heldForReaderId: 'reader-1',
  })
  const underWay = aHold({ ...kept, state: 'in-transit', keepUntilOn: null })
  const shelf = aShelf([put('reader', reader), put('item', damaged), put('hold', underWay)])
  performOn(shelf, 'item.receive', { barcode: item.barcode })
  expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({ state: 'in-workroom', ...forNobody })
  expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject(waits)
})

describe('from reader to reader', () => {
  const taking = { barcode: item.barcode, card: reader.cardNumber }
  const onLoan: Change[] = [
    put('reader', aReader()),
    put('reader', holder),
    put('item', anItem({ state: 'on-loan', openLoanId: 'loan-1' })),
    put('loan', aLoan({ readerId: 'reader-2' })),
  ]
  const third = put('reader', aReader({ id: 'reader-3', cardNumber: '0440050000033' }))
  const rows: [says: string, records: Change[], said: string[]][] = [
    [
      'V1 another reader waits for it',
      [...onLoan, third, put('hold', aHold({ readerId: 'reader-3' }))],
      ['impossible V1 title-waited-for'],
    ],
    [
      'V1 another waits, and a copy on a shelf will do',
      [
        ...onLoan,
        third,
        put('hold', aHold({ readerId: 'reader-3' })),
        put('item', anItem({ id: 'item-2', barcode: '04400500002002' })),
      ],
      [],
    ],
    [
      'V1 H9 whoever takes it over waits for it',
      [...onLoan, put('hold', aHold())],
      ['note H9 hold-filled'],
    ],
  ]
  test.each(rows)('%s', (_says, records, expected) => {
    expect(said(decideOn(records, 'loan.take-over', taking))).toEqual(expected)
  })

  test('H9 the hold of whoever takes it over is filled', () => {
    const shelf = aShelf([...onLoan, put('reader', reader), put('hold', aHold())])
    performOn(shelf, 'loan.take-over', taking)
    expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject({ state: 'collected' })
    expect(rowOf(shelf, 'reader', 'reader-1')).toMatchObject({ openHoldsCount: 0 })
  })
})

test('H9 handed out under a clock that was set back, it is kept no more', () => {
  const shelf = aShelf(onShelf)
  const lending = { barcode: item.barcode, card: reader.cardNumber, dueOn: null }
  performOn(shelf, 'loan.check-out', lending, { at: kept.placedAt - 60_000 })
  expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({ state: 'on-loan', ...forNobody })
  expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject({ state: 'collected' })
  expect(rowOf(shelf, 'reader', 'reader-1')).toMatchObject({ openHoldsCount: 0 })
})
