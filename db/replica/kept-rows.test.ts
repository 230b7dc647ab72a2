import { expect, test } from 'vitest'
import { patch, put, remove } from '../../domain/change.ts'
import { aReader, anItem } from '../../test/builders/city.ts'
import { keptRows } from './kept-rows.ts'

test('what is written is what is known, as the table has it', () => {
  const rows = keptRows()
  rows.within(() => {
    expect(rows.known('item', 'item-1')).toBeUndefined()
    // Of a row that nobody read, a patch tells only a part.
    rows.wrote(patch('item', 'item-1', { shelf: 'B' }))
    expect(rows.known('item', 'item-1')).toBeUndefined()
    rows.note('item', 'item-1', anItem())
    rows.wrote(patch('item', 'item-1', { shelf: 'C' }))
    expect(rows.known('item', 'item-1')).toEqual(anItem({ shelf: 'C' }))
    rows.wrote(put('reader', aReader({ openLoansCount: 2 })))
    rows.wrote(patch('reader', aReader().id, {}, { openLoansCount: 1 }))
    expect(rows.known('reader', aReader().id)).toEqual(aReader({ openLoansCount: 3 }))
    rows.wrote(remove('item', 'item-1'))
    expect(rows.known('item', 'item-1')).toBeNull()
    // A removed row stays removed (I19).
    rows.wrote(patch('item', 'item-1', { shelf: 'D' }))
    expect(rows.known('item', 'item-1')).toBeNull()
  })
})

test('nothing is known outside, nor of what was taken back', () => {
  const rows = keptRows()
  rows.note('item', 'item-1', anItem())
  expect(rows.known('item', 'item-1')).toBeUndefined()
  rows.within(() => {
    expect(rows.known('item', 'item-1')).toBeUndefined()
    rows.note('item', 'item-1', anItem())
    rows.forget()
    expect(rows.known('item', 'item-1')).toBeUndefined()
    rows.note('item', 'item-1', anItem())
  })
  expect(rows.known('item', 'item-1')).toBeUndefined()
})
