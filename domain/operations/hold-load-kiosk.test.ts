import { describe, expect, test } from 'vitest'

import {
  BRANCH,
  KIOSK,
  NOW,
  OTHER_BRANCH,
  aCalendar,
  aHold,
  aKiosk,
  aLoan,
  aReader,
  aTitle,
  anItem,
} from '../../test/builders/city.ts'
import {
  aShelf,
  applyTo,
  decideOn,
  performOn,
  recordOn,
  rowOf,
  said,
} from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'
import { HoldId } from '../words/ids.ts'

const item = anItem()
const scanned = { barcode: item.barcode }
const returned = { ...scanned, returnedOn: null }
const atOther = { branchId: OTHER_BRANCH }
const waiting: Change[] = [
  put('branch', aKiosk()),
  put('reader', aReader({ openHoldsCount: 1 })),
  put('item', item),
  put('hold', aHold({ pickupBranchId: KIOSK })),
]
const arrived: Change[] = [
  ...waiting,
  put(
    'item',
    anItem({
      state: 'in-transit',
      transitToBranchId: KIOSK,
      transitSentAt: NOW - 60_000,
      holdId: 'hold-1',
      heldForReaderId: 'reader-1',
    }),
  ),
  put(
    'hold',
    aHold({
      pickupBranchId: KIOSK,
      state: 'in-transit',
      trappedItemId: 'item-1',
      trappedAt: NOW - 60_000,
    }),
  ),
]
const told = { promised: { holdId: HoldId.parse('hold-1') } }

describe('what is kept for a hold at a kiosk', () => {
  test.each(['loan.check-in', 'hold.trap', 'item.receive'] as const)(
    'H13 %s at the branch that loads it: into the kiosk',
    (kind) => {
      const payload = kind === 'loan.check-in' ? returned : scanned
      const decision = decideOn(waiting, kind, payload)
      expect(decision.summary).toMatchObject({
        route: { to: 'kiosk', branchId: KIOSK },
        hold: { pickupBranchId: KIOSK, keepUntilOn: null },
      })
      expect(said(decision)).toContain('alert H13 hold-for-kiosk')
    },
  )

  test('H13 elsewhere: in transit to that branch', () => {
    const decision = decideOn(waiting, 'loan.check-in', returned, atOther)
    expect(decision.summary.route).toMatchObject({ to: 'transit', branchId: BRANCH })
    expect(said(decision)).toContain('alert H13 hold-goes-to-kiosk')
  })

  test('H13 on its way through the city, ready when it is loaded and not before', () => {
    const shelf = aShelf(waiting)
    performOn(shelf, 'hold.trap', scanned, atOther)
    expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({ transitToBranchId: BRANCH })
    performOn(shelf, 'item.receive', scanned, { at: NOW + 1000 })
    expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({
      state: 'in-transit',
      atBranchId: BRANCH,
      transitToBranchId: KIOSK,
    })
    expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject({ state: 'in-transit', keepUntilOn: null })
    performOn(shelf, 'hold.load-kiosk', scanned, { at: NOW + 2000 })
    expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({
      state: 'on-hold-shelf',
      atBranchId: BRANCH,
      transitToBranchId: null,
      heldForReaderId: 'reader-1',
    })
    expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject({
      state: 'on-shelf',
      keepUntilOn: '2026-11-24',
    })
  })

  test('H13 a kiosk has no closed days', () => {
    const closed = put('calendar', aCalendar({ closedOn: ['2026-11-24'] }))
    const { summary } = decideOn([...arrived, closed], 'hold.load-kiosk', scanned)
    expect(summary.hold?.keepUntilOn).toBe('2026-11-24')
  })

  test('H13 sent by hand to the branch that loads it: still for its reader', () => {
    const shelf = aShelf([...arrived, put('item', anItem({ ...itemIn(arrived), ...atShelf }))])
    performOn(shelf, 'item.send', { ...scanned, to: BRANCH, reason: 'request' }, atOther)
    expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject({ state: 'in-transit' })
  })
})

const atShelf = { state: 'on-shelf', atBranchId: OTHER_BRANCH, transitToBranchId: null } as const
const itemIn = (changes: readonly Change[]) => rowOf(aShelf(changes), 'item', 'item-1') ?? item

describe('what may be loaded', () => {
  const rows: [says: string, records: Change[], said: string[], parts?: typeof atOther][] = [
    ['H14 what waits for it', arrived, ['note H14 hold-in-kiosk']],
    ['H14 fetched and loaded in one', waiting, ['note H14 hold-in-kiosk']],
    ['H14 an unknown label', [], ['impossible H14 unknown-item']],
    ['H14 for nobody', [put('item', item)], ['impossible H14 not-for-kiosk']],
    ['H14 for a desk', [...waiting, put('hold', aHold())], ['impossible H14 not-for-kiosk']],
    ['H14 by another branch', arrived, ['impossible H14 not-for-kiosk'], atOther],
    [
      'H8 with a reader',
      [
        ...arrived,
        put('item', anItem({ state: 'on-loan', openLoanId: 'loan-1' })),
        put('loan', aLoan()),
      ],
      ['impossible H8 item-on-loan'],
    ],
  ]
  test.each(rows)('%s', (_says, records, expected, parts) => {
    expect(said(decideOn(records, 'hold.load-kiosk', scanned, parts ?? {}))).toEqual(expected)
  })

  test('H8 the hold was given up meanwhile: a person looks, and it lies there for nobody', () => {
    const gone = put(
      'hold',
      aHold({ pickupBranchId: KIOSK, state: 'cancelled', closedAt: NOW, closeReason: 'by-reader' }),
    )
    const shelf = aShelf([...arrived, gone])
    const { exceptions, changes } = recordOn(shelf, 'hold.load-kiosk', scanned, told)
    applyTo(shelf, changes)
    expect(exceptions.map(({ kind }) => kind)).toEqual(['hold-clash'])
    expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({ state: 'on-hold-shelf', holdId: null })
  })
})

describe('in the kiosk', () => {
  const loaded = (): ReturnType<typeof aShelf> => {
    const shelf = aShelf(arrived)
    performOn(shelf, 'hold.load-kiosk', scanned)
    return shelf
  }
  const on = (shelf: ReturnType<typeof aShelf>): Change[] => [
    ...arrived,
    put('item', rowOf(shelf, 'item', 'item-1') ?? item),
    put('hold', rowOf(shelf, 'hold', 'hold-1') ?? aHold()),
  ]

  test('H10 still kept: it goes back in', () => {
    const decision = decideOn(on(loaded()), 'hold.expire-from-shelf', scanned, { at: NOW + 1000 })
    expect(said(decision)).toContain('impossible H10 hold-still-kept')
  })

  test('H10 not collected: taken out, and home', () => {
    const shelf = loaded()
    const later = { at: NOW + 4 * 86_400_000 }
    performOn(shelf, 'hold.expire-from-shelf', scanned, later)
    expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject({ state: 'expired' })
    expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({ state: 'on-shelf', holdId: null })
  })

  test('H9 lent to who waits, at any desk', () => {
    const shelf = loaded()
    const lending = { ...scanned, card: aReader().cardNumber, dueOn: null }
    performOn(shelf, 'loan.check-out', lending, { ...atOther, at: NOW + 1000 })
    expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject({ state: 'collected' })
  })
})

test('H13 the branch that loads it gets to know the reader', () => {
  const shelf = aShelf([
    put('branch', aKiosk()),
    put('title', aTitle()),
    put('item', item),
    put('reader', aReader({ activeAt: [] })),
  ])
  const wish = { title: 'title-1', item: null, pickupBranch: KIOSK, neededByOn: null }
  performOn(shelf, 'hold.place', { ...wish, card: aReader().cardNumber }, atOther)
  expect(rowOf(shelf, 'reader', 'reader-1')?.activeAt.map(({ branchId }) => branchId)).toEqual([
    BRANCH,
  ])
})
