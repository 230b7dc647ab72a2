import { describe, expect, it } from 'vitest'
import { BRANCH } from '../../test/builders/city.ts'
import { aShelf, performOn, rowsOf } from '../../test/builders/decide.ts'

const tag = 'e004015012345678'
const about = { tag, barcode: '04400510000001' }
const owed = { ...about, wanted: 'on-loan' } as const
const ids = (n: number) => ({ operationId: `desk-a.1.${n}` })

describe('G1 G2 tags whose security is owed', () => {
  it('G1 a book that left too early is known to the city, with what its tag should say', () => {
    const shelf = aShelf([])
    performOn(shelf, 'tag.owe', owed)
    expect(rowsOf(shelf, 'tag-debt')).toMatchObject([
      { id: tag, barcode: about.barcode, wanted: 'on-loan', branchId: BRANCH },
    ])
  })

  it('G1 told again, the latest counts', () => {
    const shelf = aShelf([])
    performOn(shelf, 'tag.owe', owed)
    performOn(shelf, 'tag.owe', { ...owed, wanted: 'in-stock' }, ids(2))
    expect(rowsOf(shelf, 'tag-debt')).toMatchObject([{ wanted: 'in-stock' }])
  })

  it('G2 put right on any pad, it is owed no more', () => {
    const shelf = aShelf([])
    performOn(shelf, 'tag.owe', owed)
    performOn(shelf, 'tag.settle', owed, ids(2))
    expect(rowsOf(shelf, 'tag-debt')).toEqual([])
  })

  it('G2 what was put right is not what is owed meanwhile', () => {
    const shelf = aShelf([])
    performOn(shelf, 'tag.owe', { ...owed, wanted: 'in-stock' })
    performOn(shelf, 'tag.settle', owed, ids(2))
    expect(rowsOf(shelf, 'tag-debt')).toMatchObject([{ wanted: 'in-stock' }])
  })

  it('G2 put right twice, by two desks without a line, is put right', () => {
    const shelf = aShelf([])
    performOn(shelf, 'tag.owe', owed)
    performOn(shelf, 'tag.settle', owed, ids(2))
    performOn(shelf, 'tag.settle', owed, ids(3))
    expect(rowsOf(shelf, 'tag-debt')).toEqual([])
  })
})
