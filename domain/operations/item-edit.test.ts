import { describe, expect, test } from 'vitest'
import { BRANCH, NOW, anItem } from '../../test/builders/city.ts'
import {
  aShelf,
  decideOn,
  performOn,
  recordOn,
  rowOf,
  rowsOf,
  said,
} from '../../test/builders/decide.ts'
import { put } from '../change.ts'

const item = anItem()
const { callNumber, shelf, itemType, priceFen } = item
const was = { callNumber, shelf, itemType, priceFen }
const edit = (set: object, from: object = {}) => ({
  item: item.id,
  set: { ...was, ...set },
  was: { ...was, ...from },
})
const undone = { operationId: 'desk-a.1.2', role: 'cataloguer' } as const
const undoing = { operation: 'desk-a.1.1', reason: null }

describe('editing an item', () => {
  test('C54 what is written is what it is called', () => {
    const shelfOf = aShelf([put('item', item)])
    performOn(shelfOf, 'item.edit', edit({ callNumber: 'I247.5/124', shelf: null, priceFen: 4200 }))
    expect(rowOf(shelfOf, 'item', item.id)).toMatchObject({
      callNumber: 'I247.5/124',
      shelf: null,
      priceFen: 4200,
      isForLoan: true,
    })
  })

  test('C30 a work of reference stays in the building', () => {
    const shelfOf = aShelf([put('item', item)])
    performOn(shelfOf, 'item.edit', edit({ itemType: 'reference' }))
    expect(rowOf(shelfOf, 'item', item.id)?.isForLoan).toBe(false)
  })

  test.each([
    ['C54 that nobody knows', [], edit({}), ['impossible C54 unknown-item']],
    [
      'C54 that was changed at another desk meanwhile',
      [put('item', item)],
      edit({ shelf: 'B-02' }, { callNumber: 'I247.5/9' }),
      ['impossible C54 item-changed-elsewhere'],
    ],
  ])('%s', (_says, records, payload, findings) => {
    expect(said(decideOn(records, 'item.edit', payload))).toEqual(findings)
  })

  test('C54 decided again, it does not stand in its own way; another does', () => {
    const shelfOf = aShelf([put('item', item)])
    const payload = edit({ callNumber: 'I247.5/124' })
    performOn(shelfOf, 'item.edit', payload)
    expect(recordOn(shelfOf, 'item.edit', payload).outcome).toBe('applied')
    const other = recordOn(shelfOf, 'item.edit', edit({ shelf: 'B' }), {
      operationId: 'desk-b.1.1',
    })
    expect(other.outcome).toBe('refused')
  })

  test('C51 a new call number owes a label, and taken back it owes none', () => {
    const label = {
      id: item.id,
      branchId: BRANCH,
      printed: callNumber,
      printedAt: NOW,
      printsCount: 1,
      isDue: false,
      dueAt: 1,
    }
    const shelfOf = aShelf([put('item', item), put('spine-label', label as never)])
    performOn(shelfOf, 'item.edit', edit({ callNumber: 'I247.5/124' }), { role: 'cataloguer' })
    expect(rowOf(shelfOf, 'spine-label', item.id)).toMatchObject({ isDue: true, dueAt: NOW })
    expect(said(performOn(shelfOf, 'operation.undo', undoing, undone))).toEqual([])
    expect(rowOf(shelfOf, 'spine-label', item.id)).toMatchObject({ isDue: false, dueAt: 1 })
  })
})

describe('another label', () => {
  const replacing = { item: item.id, barcode: '04400530000009' }

  test('C55 the old one still finds the item', () => {
    const shelfOf = aShelf([put('item', item)])
    performOn(shelfOf, 'item.replace-barcode', replacing)
    expect(rowOf(shelfOf, 'item', item.id)?.barcode).toBe('04400530000009')
    expect(rowsOf(shelfOf, 'former-barcode')).toMatchObject([
      { barcode: item.barcode, itemId: item.id, replacedAt: NOW },
    ])
    const scanned = { barcode: item.barcode, returnedOn: null }
    const returned = decideOn(shelfOf, 'loan.check-in', scanned, { operationId: 'desk-a.1.2' })
    expect(returned.about.itemId).toBe(item.id)
  })

  test('C55 one that is or was on another item is refused', () => {
    const other = anItem({ id: 'item-2', barcode: '04400530000009' })
    const shelfOf = aShelf([put('item', item), put('item', other)])
    expect(said(decideOn(shelfOf, 'item.replace-barcode', replacing))).toEqual([
      'impossible C55 barcode-taken',
    ])
    performOn(shelfOf, 'item.replace-barcode', { item: 'item-2', barcode: '04400530000010' })
    const former = decideOn(shelfOf, 'item.replace-barcode', replacing, undone)
    expect(said(former)).toEqual(['impossible C55 barcode-taken'])
    const late = recordOn(shelfOf, 'item.replace-barcode', replacing, undone)
    expect(late.exceptions).toMatchObject([{ kind: 'rule-broken', itemId: item.id }])
    expect(rowOf(shelfOf, 'item', item.id)?.barcode).toBe(item.barcode)
  })

  test('C30, C55 a label that was replaced is on no new book', () => {
    const shelfOf = aShelf([put('item', item)])
    performOn(shelfOf, 'item.replace-barcode', replacing)
    const adding = {
      title: 'title-1',
      barcodes: [item.barcode],
      branch: BRANCH,
      shelf: null,
      callNumber: null,
      bookNumber: null,
      itemType: 'book',
      priceFen: null,
    }
    expect(said(decideOn(shelfOf, 'item.add', adding, undone))).toContain(
      'impossible C30 barcode-taken',
    )
  })

  test('C55 its own is no other one', () => {
    const own = { item: item.id, barcode: item.barcode }
    expect(said(decideOn([put('item', item)], 'item.replace-barcode', own))).toEqual([
      'impossible C55 same-barcode',
    ])
  })
})

describe('the end of an item', () => {
  const ending = { item: item.id, reason: '破损严重' }

  test('C56 it is lent to nobody, and says why where it turns up', () => {
    const shelfOf = aShelf([put('item', item)])
    performOn(shelfOf, 'item.withdraw', ending, { role: 'cataloguer' })
    expect(rowOf(shelfOf, 'item', item.id)).toMatchObject({
      state: 'withdrawn',
      isForLoan: false,
      alertNote: '破损严重',
    })
    performOn(shelfOf, 'operation.undo', undoing, undone)
    expect(rowOf(shelfOf, 'item', item.id)).toEqual(item)
  })

  test.each([
    ['C56 on loan', { state: 'on-loan', openLoanId: 'loan-1' }, 'withdrawn-while-lent'],
    ['C56 kept for a reader', { state: 'on-hold-shelf', holdId: 'hold-1' }, 'item-kept-for-reader'],
    ['C56 withdrawn already', { state: 'withdrawn' }, 'item-withdrawn'],
  ] as const)('%s', (_says, parts, code) => {
    const decided = decideOn([put('item', anItem(parts))], 'item.withdraw', ending)
    expect(said(decided)).toEqual([`impossible C56 ${code}`])
  })

  const other = (parts: object) => put('item', anItem({ id: 'other', barcode: 'other', ...parts }))
  test.each([
    ['C58 the last of its title', [], ['alert C58 last-of-title']],
    ['C58 with a copy elsewhere', [other({ homeBranchId: 'branch-2' })], []],
    ['C58 with a copy on loan', [other({ state: 'on-loan', openLoanId: 'loan-9' })], []],
    ['C58 with one that is lost', [other({ state: 'lost' })], ['alert C58 last-of-title']],
    [
      'C58 with a copy of another title',
      [other({ titleId: 'title-2' })],
      ['alert C58 last-of-title'],
    ],
    ['C58 of no title that is known', [put('item', anItem({ titleId: null }))], []],
  ] as const)('%s', (_says, others, findings) => {
    const decided = decideOn([put('item', anItem()), ...others], 'item.withdraw', ending)
    expect(said(decided)).toEqual(findings)
  })
})
