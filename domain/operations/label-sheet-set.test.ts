import { expect, test } from 'vitest'
import { BRANCH } from '../../test/builders/city.ts'
import { aShelf, performOn, rowsOf } from '../../test/builders/decide.ts'

test('C53 the sticker paper of the branch, one for all its desks', () => {
  const shelf = aShelf([])
  const sheet = {
    rows: 10,
    columns: 5,
    marginTopMm: 12,
    marginLeftMm: 8.5,
    labelWidthMm: 36,
    labelHeightMm: 25.4,
    gapXMm: 2.5,
    gapYMm: 0,
  }
  performOn(shelf, 'label.set-sheet', sheet)
  performOn(shelf, 'label.set-sheet', { ...sheet, rows: 9 }, { operationId: 'desk-a.1.2' })
  expect(rowsOf(shelf, 'label-sheet')).toEqual([{ id: BRANCH, ...sheet, rows: 9 }])
})
