import { describe, expect, test } from 'vitest'

import {
  BRANCH,
  NOW,
  OTHER_BRANCH,
  TODAY,
  aCalendar,
  aHold,
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
  said,
} from '../../test/builders/decide.ts'
import type { CtxParts } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'
import { HoldId } from '../words/ids.ts'

const HOUR = 3_600_000
const reader = aReader({ openHoldsCount: 1 })
const other = aReader({
  id: 'reader-2',
  cardNumber: '0440050000025',
  name: '李二',
  openHoldsCount: 1,
})
const item = anItem({ state: 'on-loan', openLoanId: 'loan-1' })
const onLoan: Change[] = [
  put('reader', reader),
  put('reader', other),
  put('item', item),
  put('loan', aLoan({ readerId: other.id })),
]
const returning = { barcode: item.barcode, returnedOn: null }
const holds = (...all: Parameters<typeof aHold>[0][]): Change[] =>
  all.map((parts) => put('hold', aHold(parts)))
const told = (id: string | null) => ({
  promised: { holdId: id === null ? null : HoldId.parse(id) },
})
const keptOnShelf = {
  state: 'on-shelf',
  trappedItemId: 'item-1',
  keepUntilOn: '2026-11-24',
} as const
const onHoldShelf = anItem({
  state: 'on-hold-shelf',
  holdId: 'hold-1',
  heldForReaderId: 'reader-1',
})
const backThen = { operationId: 'desk-a.1.2', at: NOW + HOUR }

describe('for whom a returned item is kept', () => {
  const rows: [says: string, records: Change[], to: string, hold: string | null, CtxParts?][] = [
    ['H7 nobody waits', [], 'shelf', null],
    ['H7 the first, collected here', holds({}), 'hold-shelf', 'hold-1'],
    ['H7 collected elsewhere', holds({ pickupBranchId: OTHER_BRANCH }), 'transit', 'hold-1'],
    [
      'H6 who waited longer',
      holds({}, { id: 'hold-2', placedAt: NOW - 2 * HOUR }),
      'hold-shelf',
      'hold-2',
    ],
    [
      'H6 the greater priority',
      holds({ priority: 1 }, { id: 'hold-2', placedAt: NOW - 2 * HOUR }),
      'hold-shelf',
      'hold-1',
    ],
    [
      'H6 suspended through today: the next one',
      holds({ suspendedUntilOn: TODAY }, { id: 'hold-2', placedAt: NOW }),
      'hold-shelf',
      'hold-2',
    ],
    [
      'H6 suspended until yesterday',
      holds({ suspendedUntilOn: '2026-11-21' }),
      'hold-shelf',
      'hold-1',
    ],
    ['H6 needed by yesterday', holds({ neededByOn: '2026-11-21' }), 'shelf', null],
    ['H6 needed by today', holds({ neededByOn: TODAY }), 'hold-shelf', 'hold-1'],
    ['H7 for another item of the title', holds({ itemId: 'item-9' }), 'shelf', null],
    ['H7 for this very item', holds({ itemId: 'item-1' }), 'hold-shelf', 'hold-1'],
    ['H7 for another title', holds({ titleId: 'title-9' }), 'shelf', null],
    [
      'H7 damaged: to the workroom, the hold waits on',
      [...holds({}), put('item', { ...item, condition: 'damaged', conditionNote: '水' })],
      'workroom',
      null,
    ],
    ['H7 reference', [...holds({}), put('item', { ...item, isForLoan: false })], 'shelf', null],
  ]
  test.each(rows)('%s', (_says, records, to, hold, parts = {}) => {
    const { summary } = decideOn([...onLoan, ...records], 'loan.check-in', returning, parts)
    expect([summary.route.to, summary.hold?.id ?? null]).toEqual([to, hold])
  })

  test('H10, R5 the slip: masked, until the day after tomorrow, or the next open one', () => {
    const records = [...onLoan, ...holds({})]
    const open = decideOn(records, 'loan.check-in', returning)
    expect(open.summary.hold).toEqual({
      id: 'hold-1',
      reader: '王**',
      cardTail: '0017',
      pickupBranchId: BRANCH,
      keepUntilOn: '2026-11-24',
    })
    expect(said(open)).toEqual(['alert R5 hold-waiting'])
    const closed = put('calendar', aCalendar({ closedOn: ['2026-11-24'] }))
    const pushed = decideOn([...records, closed], 'loan.check-in', returning)
    expect(pushed.summary.hold?.keepUntilOn).toBe('2026-11-25')
  })

  test('H7 on its way: the branch is named, the days are counted from the arrival', () => {
    const shelf = aShelf([...onLoan, ...holds({ pickupBranchId: OTHER_BRANCH })])
    const sent = performOn(shelf, 'loan.check-in', returning)
    expect(said(sent)).toEqual(['alert H7 hold-goes-to-branch'])
    expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject({ state: 'in-transit', keepUntilOn: null })
    expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({
      state: 'in-transit',
      transitToBranchId: OTHER_BRANCH,
      holdId: 'hold-1',
    })
    performOn(shelf, 'loan.check-in', returning, { ...backThen, branchId: OTHER_BRANCH })
    expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject({
      state: 'on-shelf',
      keepUntilOn: '2026-11-24',
      trappedAt: NOW,
    })
    expect(rowOf(shelf, 'item', 'item-1')?.state).toBe('on-hold-shelf')
  })

  test('H7 met at a third branch, which knows it in brief only: sent on', () => {
    const brief = anItem({
      state: 'in-transit',
      transitToBranchId: OTHER_BRANCH,
      holdId: null,
      heldForReaderId: null,
    })
    const trapped = { state: 'in-transit', trappedItemId: 'item-1' } as const
    const records = [put('item', brief), ...holds({ ...trapped, pickupBranchId: OTHER_BRANCH })]
    const { summary } = decideOn(records, 'loan.check-in', returning)
    expect([summary.route.to, summary.hold?.id]).toEqual(['transit', 'hold-1'])
  })

  test('H7 damaged on its way: the hold waits again', () => {
    const broken = anItem({ ...onHoldShelf, condition: 'damaged' })
    const shelf = aShelf([put('item', broken), ...holds(keptOnShelf)])
    performOn(shelf, 'loan.check-in', returning)
    expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject({ state: 'waiting', trappedItemId: null })
    expect(rowOf(shelf, 'item', 'item-1')?.holdId).toBeNull()
  })
})

describe('H8 what the desk said stands', () => {
  const first = { id: 'hold-0', placedAt: NOW - 5 * HOUR }

  test('H8 kept for the promised one, whoever is first by now', () => {
    const shelf = aShelf([...onLoan, ...holds({}, first)])
    const { exceptions } = performOn(shelf, 'loan.check-in', returning, told('hold-1'))
    expect(exceptions).toEqual([])
    expect(rowOf(shelf, 'hold', 'hold-1')?.state).toBe('on-shelf')
    expect(rowOf(shelf, 'hold', 'hold-0')?.state).toBe('waiting')
  })

  test('H8 suspended since: it still waits, so it is kept', () => {
    const records = [...onLoan, ...holds({ suspendedUntilOn: '2026-12-01' })]
    const { exceptions, changes } = recordOn(records, 'loan.check-in', returning, told('hold-1'))
    expect(exceptions).toEqual([])
    expect(changes.filter((one) => 'patch' in one && one.patch === 'hold')).toHaveLength(1)
  })

  test('H8 the desk kept it for nobody: nobody gets it now', () => {
    const shelf = aShelf([...onLoan, ...holds({})])
    performOn(shelf, 'loan.check-in', returning, told(null))
    expect(rowOf(shelf, 'item', 'item-1')?.state).toBe('on-shelf')
    expect(rowOf(shelf, 'hold', 'hold-1')?.state).toBe('waiting')
  })

  const clashes: [string, Change[], string][] = [
    [
      'filled at another desk',
      holds({ state: 'on-shelf', trappedItemId: 'item-2' }),
      'on-hold-shelf',
    ],
    ['cancelled', holds({ state: 'cancelled', closedAt: NOW }), 'on-hold-shelf'],
    ['never taken on by the city', [], 'on-hold-shelf'],
    [
      'filled, and to be collected elsewhere',
      holds({ state: 'collected', closedAt: NOW, pickupBranchId: OTHER_BRANCH }),
      'in-transit',
    ],
  ]
  test.each(clashes)('H8 %s: an exception, and no hold moves', (_says, records, state) => {
    const shelf = aShelf([...onLoan, ...records, ...holds({ id: 'hold-2', readerId: other.id })])
    const before = rowOf(shelf, 'hold', 'hold-1')
    const { exceptions } = performOn(shelf, 'loan.check-in', returning, told('hold-1'))
    expect(exceptions.map(({ kind, rules }) => [kind, rules])).toEqual([['hold-clash', ['H8']]])
    expect(rowOf(shelf, 'hold', 'hold-1')).toEqual(before)
    expect(rowOf(shelf, 'hold', 'hold-2')?.state).toBe('waiting')
    expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({ state, holdId: null, openLoanId: null })
  })

  const settling = (settlement: string) => ({
    exception: anException().id,
    settlement,
    comment: null,
  })
  const clash = put('exception', anException({ kind: 'hold-clash', loanId: null }))
  const parts = { role: 'branch-head' } as const

  test('E3, H8 settled: given to the next', () => {
    const shelf = aShelf([
      clash,
      put('item', anItem({ state: 'on-hold-shelf' })),
      ...holds({ id: 'hold-2' }),
    ])
    performOn(shelf, 'exception.settle', settling('given-to-next'), parts)
    expect(rowOf(shelf, 'hold', 'hold-2')?.state).toBe('on-shelf')
    expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({
      state: 'on-hold-shelf',
      holdId: 'hold-2',
    })
  })

  test('E3, H8 settled: back on its shelf', () => {
    const shelf = aShelf([clash, put('item', anItem({ state: 'on-hold-shelf' }))])
    performOn(shelf, 'exception.settle', settling('shelved-again'), parts)
    expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({ state: 'on-shelf', holdId: null })
  })

  test('E3 moved on since: only accepted', () => {
    const decision = decideOn(
      [clash, put('item', item)],
      'exception.settle',
      settling('shelved-again'),
    )
    expect(said(decision)).toEqual(['impossible E3 settlement-does-not-fit'])
  })
})

describe('lending and holds', () => {
  const lending = { barcode: item.barcode, card: reader.cardNumber, dueOn: null }
  const kept: Change[] = [
    put('reader', reader),
    put('reader', other),
    put('item', onHoldShelf),
    ...holds(keptOnShelf),
  ]

  test('H9 to who waits: collected, and counted off', () => {
    const shelf = aShelf(kept)
    const lent = performOn(shelf, 'loan.check-out', lending)
    expect(said(lent)).toEqual(['note H9 hold-filled'])
    expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject({
      state: 'collected',
      closedAt: NOW,
      closeReason: 'collected',
    })
    expect(rowOf(shelf, 'reader', reader.id)?.openHoldsCount).toBe(0)
    expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({ holdId: null, heldForReaderId: null })
  })

  test('H9, U2 undone: the hold is open again, the item on its hold shelf', () => {
    const shelf = aShelf(kept)
    performOn(shelf, 'loan.check-out', lending)
    performOn(shelf, 'operation.undo', { operation: 'desk-a.1.1', reason: null }, backThen)
    expect(rowOf(shelf, 'hold', 'hold-1')).toEqual(aHold(keptOnShelf))
    expect(rowOf(shelf, 'item', 'item-1')).toEqual(onHoldShelf)
    expect(rowOf(shelf, 'reader', reader.id)?.openHoldsCount).toBe(1)
  })

  test('H9 another copy fills it: the one on the hold shelf is to be cleared', () => {
    const copy = anItem({ id: 'item-2', barcode: '04400510000002' })
    const shelf = aShelf([...kept, put('item', copy)])
    const lent = performOn(shelf, 'loan.check-out', { ...lending, barcode: copy.barcode })
    expect(said(lent)).toEqual(['note H9 hold-filled-by-other-copy'])
    expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject({
      closeReason: 'other-copy',
      trappedItemId: 'item-2',
    })
    expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({
      state: 'on-hold-shelf',
      holdId: null,
      heldForReaderId: null,
    })
  })

  test('H9 a lending of before the hold fills nothing', () => {
    const records = [
      put('reader', reader),
      put('item', anItem()),
      ...holds({ placedAt: NOW + HOUR }),
    ]
    const { changes } = recordOn(records, 'loan.check-out', lending)
    expect(changes.filter((one) => 'patch' in one && one.patch === 'hold')).toEqual([])
  })

  test('L16 lent past the hold: it waits at its place, and the item comes back to it', () => {
    const shelf = aShelf([...kept, ...holds({ id: 'hold-0', placedAt: 0, readerId: 'reader-3' })])
    const toOther = { ...lending, card: other.cardNumber }
    const plain = decideOn(shelf, 'loan.check-out', toOther)
    expect(said(plain)).toContain('override L16 item-held-for-another')
    const overrides = answering('item-held-for-another')
    performOn(shelf, 'loan.check-out', toOther, { overrides })
    expect(rowOf(shelf, 'hold', 'hold-1')).toMatchObject({ state: 'waiting', trappedItemId: null })
    expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({ holdId: 'hold-1' })
    performOn(shelf, 'loan.check-in', returning, backThen)
    expect(rowOf(shelf, 'hold', 'hold-1')?.state).toBe('on-shelf')
    expect(rowOf(shelf, 'hold', 'hold-0')?.state).toBe('waiting')
  })

  test('L16 lent past the hold, which another copy filled: kept for nobody', () => {
    const past = anItem({ ...item, holdId: 'hold-1', heldForReaderId: 'reader-1' })
    const shelf = aShelf([
      ...onLoan,
      put('item', past),
      ...holds({ state: 'collected', closedAt: NOW }),
    ])
    performOn(shelf, 'loan.check-in', returning, backThen)
    expect(rowOf(shelf, 'item', 'item-1')).toMatchObject({
      state: 'on-shelf',
      holdId: null,
      heldForReaderId: null,
    })
  })
})

describe('U2 a return that kept the item is undone', () => {
  test('H7 the hold waits again and the item is on loan', () => {
    const shelf = aShelf([...onLoan, ...holds({})])
    performOn(shelf, 'loan.check-in', returning)
    expect(rowOf(shelf, 'hold', 'hold-1')?.state).toBe('on-shelf')
    performOn(shelf, 'operation.undo', { operation: 'desk-a.1.1', reason: null }, backThen)
    expect(rowOf(shelf, 'hold', 'hold-1')).toEqual(aHold())
    expect(rowOf(shelf, 'item', 'item-1')).toEqual(item)
  })

  test('U4 not once it was collected', () => {
    const shelf = aShelf([...onLoan, ...holds({})])
    performOn(shelf, 'loan.check-in', returning)
    const lending = { barcode: item.barcode, card: reader.cardNumber, dueOn: null }
    performOn(shelf, 'loan.check-out', lending, backThen)
    const undo = { operation: 'desk-a.1.1', reason: null }
    const parts = { operationId: 'desk-a.1.3', at: NOW + 2 * HOUR }
    expect(said(recordOn(shelf, 'operation.undo', undo, parts))).toContain(
      'impossible U4 changed-since',
    )
  })
})

describe('N7 who waits stops a renewal', () => {
  const mine: Change[] = [put('reader', reader), put('item', item), put('loan', aLoan())]
  const copy = (parts: Parameters<typeof anItem>[0] = {}): Change =>
    put('item', anItem({ id: 'item-2', barcode: '04400510000002', ...parts }))
  const waits = holds({ readerId: other.id })
  const rows: [says: string, records: Change[], said: string[]][] = [
    ['N7 nobody waits', [], []],
    ['N7 somebody waits', waits, ['override N7 title-waited-for']],
    ['N7 the borrower waits for another copy', holds({}), []],
    ['N7 another copy can be given instead', [...waits, copy()], []],
    [
      'N7 the other copy is out',
      [...waits, copy({ state: 'on-loan', openLoanId: 'loan-9' })],
      ['override N7 title-waited-for'],
    ],
    [
      'N7 the other copy is kept for somebody',
      [...waits, copy({ holdId: 'hold-9', heldForReaderId: 'reader-3' })],
      ['override N7 title-waited-for'],
    ],
    [
      'N7 two wait, one copy',
      [...waits, ...holds({ id: 'hold-2', readerId: 'reader-3' }), copy()],
      ['override N7 title-waited-for'],
    ],
    ['N7 who waits is suspended', holds({ readerId: other.id, suspendedUntilOn: TODAY }), []],
    [
      'N7 for that very item: no copy helps',
      [...holds({ readerId: other.id, itemId: 'item-1' }), copy()],
      ['override N7 title-waited-for'],
    ],
  ]
  test.each(rows)('%s', (_says, records, expected) => {
    expect(said(decideOn([...mine, ...records], 'loan.renew', { loan: 'loan-1' }))).toEqual(
      expected,
    )
  })
})
