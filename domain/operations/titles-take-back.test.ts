import { describe, expect, test } from 'vitest'
import { NOW, aBib } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, recordOn, rowOf, said } from '../../test/builders/decide.ts'
import { aGoodRecord, withoutTag } from '../../test/builders/good-record.ts'
import { catalogued, correcting, valueIn } from '../../test/builders/titles.ts'

const reviewer = { role: 'reviewer' } as const
const both = [...catalogued('a'), ...catalogued('b')]

describe('Q11 taking it back', () => {
  const takingBack = { operation: 'desk-a.1.1' }
  const second = { ...reviewer, operationId: 'desk-a.1.2', at: NOW + 1 } as const

  test('Q11 undone, all is as it was', () => {
    const shelf = aShelf(both)
    const before = new Map(shelf.rows)
    performOn(shelf, 'title.correct', correcting(['a', 'b']), reviewer)
    const undone = performOn(shelf, 'title.take-back', takingBack, second)
    expect(undone.summary).toEqual({ restored: 2, keptTitleIds: [] })
    expect(shelf.rows).toEqual(before)
  })

  test('Q11 what was changed since stays as it is, and is named; the others go back', () => {
    const shelf = aShelf(both)
    performOn(shelf, 'title.correct', correcting(['a', 'b']), reviewer)
    shelf.rows.set('bib:b', aBib({ id: 'b', ...withoutTag(aGoodRecord(), '215') }))
    const undone = performOn(shelf, 'title.take-back', takingBack, second)
    expect(undone.summary).toEqual({ restored: 1, keptTitleIds: ['b'] })
    expect(valueIn(shelf, 'a', '210', 'c')).toBe('中译出版社')
    expect(rowOf(shelf, 'bib', 'b')?.fields.map(({ tag }) => tag)).not.toContain('215')
  })

  test('Q11 taken back twice, nothing is left to do', () => {
    const shelf = aShelf(both)
    performOn(shelf, 'title.correct', correcting(['a']), reviewer)
    performOn(shelf, 'title.take-back', takingBack, second)
    const again = recordOn(shelf, 'title.take-back', takingBack, {
      ...second,
      operationId: 'desk-a.1.3',
    })
    expect(again.changes).toEqual([])
  })

  test.each([
    ['nobody knows it', 'desk-a.1.9', 'impossible Q11 unknown-operation'],
    ['it is no correction', 'desk-a.1.1', 'impossible Q11 unknown-operation'],
  ])('Q11 not where %s', (_says, operation, expected) => {
    const shelf = aShelf(both)
    performOn(shelf, 'title.set-apart', { titles: ['a', 'b'] }, reviewer)
    expect(said(decideOn(shelf, 'title.take-back', { operation }, second))).toEqual([expected])
  })

  test('U3 not where it was undone whole', () => {
    const shelf = aShelf(both)
    performOn(shelf, 'title.correct', correcting(['a']), reviewer)
    const logged = shelf.log.get('desk-a.1.1')
    if (logged === undefined) throw new Error('nothing was logged')
    shelf.log.set('desk-a.1.1', { ...logged, undoneBy: 'desk-b.1.1' })
    expect(said(decideOn(shelf, 'title.take-back', takingBack, second))).toEqual([
      'impossible U3 already-undone',
    ])
  })
})
