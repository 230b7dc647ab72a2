import { describe, expect, test } from 'vitest'

import {
  BRANCH,
  NOW,
  OTHER_BRANCH,
  TODAY,
  aHold,
  aLoan,
  aReader,
  aTitle,
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
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const reader = aReader()
const had: Change[] = [put('title', aTitle()), put('item', anItem()), put('reader', reader)]
const asking = {
  title: 'title-1',
  item: null,
  card: reader.cardNumber,
  pickupBranch: BRANCH,
  neededByOn: null,
}
const readerIs = (parts: Parameters<typeof aReader>[0]): Change => put('reader', aReader(parts))
const itemIs = (parts: Parameters<typeof anItem>[0]): Change => put('item', anItem(parts))

describe('may it be placed?', () => {
  const rows: [says: string, records: Change[], said: string[], payload?: object][] = [
    ['H1 a title of which one item may be lent', had, []],
    ['H1 for one item', had, [], { item: 'item-1' }],
    ['H1 all out', [...had, itemIs({ state: 'on-loan', openLoanId: 'loan-9' })], []],
    ['H1 no such title', had, ['impossible H1 unknown-title'], { title: 'title-9' }],
    [
      'H1 reference only',
      [...had, itemIs({ isForLoan: false })],
      ['impossible H1 nothing-to-hold'],
    ],
    [
      'H1 the last one is lost',
      [...had, itemIs({ state: 'lost' })],
      ['impossible H1 nothing-to-hold'],
    ],
    [
      'H1 nobody knows where it is',
      [...had, itemIs({ state: 'missing' })],
      ['impossible H1 nothing-to-hold'],
    ],
    ['H1 that item is not of it', had, ['impossible H1 nothing-to-hold'], { item: 'item-9' }],
    [
      'H1 no such branch',
      had,
      ['impossible H1 unknown-pickup-branch'],
      { pickupBranch: 'branch-x' },
    ],
    [
      'H1 needed by yesterday',
      had,
      ['impossible H1 needed-by-in-past'],
      { neededByOn: '2026-11-21' },
    ],
    [
      'H2 at the limit',
      [...had, readerIs({ openHoldsCount: 5 })],
      ['override H2 hold-limit-reached'],
    ],
    ['H3 waits already', [...had, put('hold', aHold())], ['impossible H3 hold-placed-already']],
    [
      'H3 waits for one item, asks for another',
      [...had, itemIs({ id: 'item-2', barcode: '2' }), put('hold', aHold({ itemId: 'item-2' }))],
      [],
      { item: 'item-1' },
    ],
    [
      'H3 the one before was collected',
      [...had, put('hold', aHold({ state: 'collected', closedAt: NOW }))],
      [],
    ],
    [
      'H4 has it on loan',
      [...had, itemIs({ state: 'on-loan', openLoanId: 'loan-1' }), put('loan', aLoan())],
      ['override H4 title-on-loan-to-reader'],
    ],
    ['H5 nobody knows the card', had, ['impossible H5 unknown-reader'], { card: '404' }],
    ['H5 card lost', [...had, readerIs({ cardState: 'lost' })], ['impossible H5 card-lost']],
    ['H5 card closed', [...had, readerIs({ cardState: 'closed' })], ['impossible H5 card-closed']],
    ['H5 expired', [...had, readerIs({ expiresOn: '2026-11-21' })], ['override H5 card-expired']],
    [
      'H5 blocked',
      [...had, readerIs({ blockedUntilOn: TODAY, blockedFor: ['hold'] })],
      ['override H5 reader-blocked'],
    ],
    [
      'H5 D7 blocked for lending alone',
      [...had, readerIs({ blockedUntilOn: TODAY, blockedFor: ['lend'] })],
      [],
    ],
  ]
  test.each(rows)('%s', (_says, records, expected, payload = {}) => {
    expect(said(decideOn(records, 'hold.place', { ...asking, ...payload }))).toEqual(expected)
  })
})

describe('what it does', () => {
  test('H6 the hold waits at the end of the queue and is counted', () => {
    const shelf = aShelf([...had, put('hold', aHold({ readerId: 'reader-2' }))])
    const before = decideOn(shelf, 'hold.place', asking)
    expect(before.summary).toMatchObject({ position: 2, readerId: reader.id })
    performOn(shelf, 'hold.place', asking)
    expect(rowOf(shelf, 'hold', 'desk-a.1.1.r1')).toMatchObject({
      state: 'waiting',
      placedAt: NOW,
      placedBranchId: BRANCH,
      priority: 0,
    })
    expect(rowOf(shelf, 'reader', reader.id)?.openHoldsCount).toBe(1)
  })

  test('H7 the pick-up branch gets to know the reader', () => {
    const shelf = aShelf([...had, readerIs({ activeAt: [{ branchId: BRANCH, lastOn: TODAY }] })])
    performOn(shelf, 'hold.place', { ...asking, pickupBranch: OTHER_BRANCH })
    expect(rowOf(shelf, 'reader', reader.id)?.activeAt.map(({ branchId }) => branchId)).toEqual([
      BRANCH,
      OTHER_BRANCH,
    ])
  })

  test('H2 beyond the limit with an override', () => {
    const overrides = answering('hold-limit-reached')
    const { outcome } = recordOn([...had, readerIs({ openHoldsCount: 5 })], 'hold.place', asking, {
      overrides,
    })
    expect(outcome).toBe('applied')
  })

  test('H3 two desks, one wish: the second is refused', () => {
    const shelf = aShelf(had)
    performOn(shelf, 'hold.place', asking)
    const second = recordOn(shelf, 'hold.place', asking, { operationId: 'desk-b.1.1' })
    expect([second.outcome, second.changes]).toEqual(['refused', []])
  })

  test('U2 undone, as long as nothing was kept for it', () => {
    const shelf = aShelf(had)
    performOn(shelf, 'hold.place', asking)
    const undo = { operation: 'desk-a.1.1', reason: null }
    const parts = { operationId: 'desk-a.1.2', at: NOW + 1000 }
    const kept = aShelf([])
    for (const [key, row] of shelf.rows) kept.rows.set(key, row)
    for (const [id, one] of shelf.log) kept.log.set(id, one)
    performOn(shelf, 'operation.undo', undo, parts)
    expect(rowsOf(shelf, 'hold')).toEqual([])
    expect(rowOf(shelf, 'reader', reader.id)?.openHoldsCount).toBe(0)
    const id = rowsOf(kept, 'hold')[0]?.id ?? ''
    kept.rows.set(`hold:${id}`, aHold({ id, state: 'on-shelf' }))
    expect(said(recordOn(kept, 'operation.undo', undo, parts))).toContain(
      'impossible U4 changed-since',
    )
  })
})
