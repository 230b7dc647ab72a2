import { describe, expect, test } from 'vitest'

import { aBib, aTitle, anItem } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, rowsOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'
import { importTitles } from './import-titles.ts'

const { id: _title, ...title } = aTitle()
const { id: _bib, ...bib } = aBib()
const copy = {
  barcode: '04400510000777',
  callNumber: 'I247.5/123',
  shelf: null,
  itemType: 'book',
  priceFen: 3900,
}
const importing = (...records: object[]) => ({ source: '2026-11.iso', records })
const cataloguer = { role: 'cataloguer' } as const

describe('importing', () => {
  test('C1 a new title with its record and its items', () => {
    const reference = { ...copy, barcode: '04400510000778', itemType: 'reference' }
    const shelf = aShelf([])
    const payload = importing({ title, bib, items: [copy, reference] })
    const decision = decideOn(shelf, 'title.import', payload, cataloguer)
    expect(decision.findings).toEqual([])
    expect(decision.summary).toEqual({ imported: 1, updated: 0, items: 2, takenBarcodes: [] })
    performOn(shelf, 'title.import', payload, cataloguer)
    expect(rowsOf(shelf, 'title')).toMatchObject([{ id: 'desk-a.1.1.r1', title: '平凡的世界' }])
    expect(rowsOf(shelf, 'bib')).toMatchObject([{ id: 'desk-a.1.1.r1', profile: 'cnmarc' }])
    expect(
      rowsOf(shelf, 'item').map((item) => [item.barcode, item.isForLoan, item.titleId]),
    ).toEqual([
      ['04400510000777', true, 'desk-a.1.1.r1'],
      ['04400510000778', false, 'desk-a.1.1.r1'],
    ])
  })

  test('C50 its items were labelled where they come from, and owe no spine label', () => {
    const shelf = aShelf([])
    performOn(shelf, 'title.import', importing({ title, bib, items: [copy] }), cataloguer)
    expect(rowsOf(shelf, 'item')).toHaveLength(1)
    expect(rowsOf(shelf, 'spine-label')).toEqual([])
  })

  test('C1 decided again, where its own titles are known already, it makes the same records', () => {
    const other = { ...copy, barcode: '04400510000778' }
    const payload = importing({ title, bib, items: [copy, other] })
    const first = decideOn([], 'title.import', payload, cataloguer)
    const isTitle = (change: Change): boolean => 'put' in change && change.put === 'title'
    const again = aShelf(first.changes.filter(isTitle))
    expect(decideOn(again, 'title.import', payload, cataloguer).changes).toEqual(first.changes)
    const taken = aShelf([put('item', anItem({ barcode: copy.barcode }))])
    expect(decideOn(taken, 'title.import', payload, cataloguer).changes.at(-1)).toEqual(
      first.changes.at(-1),
    )
  })

  test('C1 a barcode in use is left alone and named', () => {
    const shelf = aShelf([put('item', anItem({ barcode: copy.barcode }))])
    const payload = importing({ title, bib, items: [copy] })
    const decision = decideOn(shelf, 'title.import', payload, cataloguer)
    expect(said(decision)).toEqual(['note C1 barcode-taken'])
    expect(decision.summary.takenBarcodes).toEqual([copy.barcode])
    performOn(shelf, 'title.import', payload, cataloguer)
    expect(rowsOf(shelf, 'item')).toEqual([anItem({ barcode: copy.barcode })])
  })

  test('C1 a barcode twice in one batch is taken by the first', () => {
    const other = { ...title, controlNumber: 'other' }
    const payload = importing({ title, bib, items: [copy] }, { title: other, bib, items: [copy] })
    const { summary } = decideOn([], 'title.import', payload, cataloguer)
    expect(summary).toEqual({ imported: 2, updated: 0, items: 1, takenBarcodes: [copy.barcode] })
  })

  test('C1 a control number that is known replaces the record and keeps its loans', () => {
    const shelf = aShelf([
      put('title', aTitle({ loansCount: 42, title: '旧题名' })),
      put('bib', aBib()),
    ])
    const payload = importing({ title, bib, items: [] })
    performOn(shelf, 'title.import', payload, cataloguer)
    expect(rowsOf(shelf, 'title')).toEqual([aTitle({ loansCount: 42 })])
  })

  test('C1 a control number twice in one batch is one title, the latter', () => {
    const payload = importing(
      { title, bib, items: [] },
      { title: { ...title, title: '新版' }, bib, items: [] },
    )
    const shelf = aShelf([])
    const { summary } = decideOn(shelf, 'title.import', payload, cataloguer)
    expect(summary).toMatchObject({ imported: 1, updated: 1 })
    performOn(shelf, 'title.import', payload, cataloguer)
    expect(rowsOf(shelf, 'title')).toMatchObject([{ title: '新版' }])
  })

  test('C1 records without a control number are never the same', () => {
    const record = { title: { ...title, controlNumber: null }, bib, items: [] }
    const { summary } = decideOn([], 'title.import', importing(record, record), cataloguer)
    expect(summary).toMatchObject({ imported: 2, updated: 0 })
  })

  test('U2 an import is undone whole: the older record is back, its items are gone', () => {
    const old = aTitle({ loansCount: 42, title: '旧题名' })
    const shelf = aShelf([put('title', old), put('bib', aBib())])
    const payload = importing({ title, bib, items: [copy] })
    performOn(shelf, 'title.import', payload, { role: 'branch-head' })
    const undoing = { operation: 'desk-a.1.1', reason: null }
    const later = { operationId: 'desk-a.1.2', role: 'branch-head' } as const
    expect(performOn(shelf, 'operation.undo', undoing, later).outcome).toBe('applied')
    expect(rowOf(shelf, 'title', old.id)).toEqual(old)
    expect(rowsOf(shelf, 'item')).toEqual([])
  })

  test('U2 a record twice in one batch is undone from the last to the first', () => {
    const shelf = aShelf([])
    const before = new Map(shelf.rows)
    const newer = { ...title, title: '新版' }
    const payload = importing({ title, bib, items: [] }, { title: newer, bib, items: [] })
    performOn(shelf, 'title.import', payload, { role: 'branch-head' })
    const undoing = { operation: 'desk-a.1.1', reason: null }
    performOn(shelf, 'operation.undo', undoing, { operationId: 'desk-a.1.2', role: 'branch-head' })
    expect(shelf.rows).toEqual(before)
  })

  test('a batch too long to be one operation is refused by its shape', () => {
    const records = Array.from({ length: 101 }, () => ({ title, bib, items: [] }))
    expect(importTitles.payload.safeParse(importing(...records)).success).toBe(false)
  })
})

describe('taking an import back', () => {
  const payload = importing({ title, bib, items: [copy] })
  const undoing = { operation: 'desk-a.1.1', reason: null }
  const later = (seq: number) => ({ ...cataloguer, operationId: `desk-a.1.${seq}` })
  const adding = {
    title: 'desk-a.1.1.r1',
    barcodes: ['04400530000001'],
    branch: 'branch-futian',
    shelf: null,
    callNumber: null,
    bookNumber: null,
    itemType: 'book',
    priceFen: null,
  }

  test('C57 its own items go with it', () => {
    const shelf = aShelf([])
    performOn(shelf, 'title.import', payload, cataloguer)
    expect(said(performOn(shelf, 'operation.undo', undoing, later(2)))).toEqual([])
    expect([...rowsOf(shelf, 'title'), ...rowsOf(shelf, 'item')]).toEqual([])
  })

  test('C57 not where a book was labelled for it since, until that is taken back', () => {
    const shelf = aShelf([])
    performOn(shelf, 'title.import', payload, cataloguer)
    performOn(shelf, 'item.add', adding, later(2))
    const refused = decideOn(shelf, 'operation.undo', undoing, later(3))
    expect(said(refused)).toEqual(['impossible C57 title-has-items'])
    expect(refused.findings[0]?.params).toEqual({ count: 1, barcode: '04400530000001' })
    performOn(shelf, 'operation.undo', { operation: 'desk-a.1.2', reason: null }, later(4))
    expect(said(decideOn(shelf, 'operation.undo', undoing, later(5)))).toEqual([])
  })
})
