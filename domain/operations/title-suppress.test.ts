import { describe, expect, test } from 'vitest'
import { NOW, aTitle } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, recordOn, rowOf, said } from '../../test/builders/decide.ts'
import { aSuppression, catalogued } from '../../test/builders/titles.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'
import { operations } from './index.ts'

const A = 'title-a'
const B = 'title-b'
const cataloguer = { role: 'cataloguer' } as const
const by = (operationId: string) => ({ ...cataloguer, operationId })
const suppressing = { title: A, reason: '正在编目' }
const known = [put('title', aTitle({ id: A }))]
const hidden: Change[] = [...known, put('title-suppression', aSuppression({ id: A }))]

describe('what readers see', () => {
  test.each([
    ['Q12 a title is hidden', known, 'title.suppress', suppressing, []],
    [
      'Q12 a title that is not there',
      [],
      'title.suppress',
      suppressing,
      ['impossible Q12 unknown-title'],
    ],
    [
      'Q12 one that is hidden already',
      hidden,
      'title.suppress',
      suppressing,
      ['impossible Q12 title-suppressed-already'],
    ],
    ['Q13 a hidden one is shown', hidden, 'title.unsuppress', { title: A }, []],
    [
      'Q13 one that is shown',
      known,
      'title.unsuppress',
      { title: A },
      ['impossible Q13 title-not-suppressed'],
    ],
  ] as const)('%s', (_says, records, kind, payload, findings) => {
    expect(said(decideOn(records, kind, payload, cataloguer))).toEqual(findings)
  })

  test('Q12 without a reason it is not hidden', () => {
    const { payload } = operations['title.suppress']
    expect(payload.safeParse({ title: A, reason: '' }).success).toBe(false)
    expect(payload.safeParse(suppressing).success).toBe(true)
  })

  test('Q12 hidden at two desks at once: the first counts, and nobody is told of the second', () => {
    const { outcome, told } = recordOn(hidden, 'title.suppress', suppressing, cataloguer)
    expect({ outcome, told }).toEqual({ outcome: 'refused', told: [] })
  })

  test('Q13 both ways are taken back by an undo', () => {
    const shelf = aShelf(known)
    const undoing = (operation: string) => ({ operation, reason: null })
    performOn(shelf, 'title.suppress', suppressing, by('desk-a.1.1'))
    expect(rowOf(shelf, 'title-suppression', A)).toMatchObject({ reason: '正在编目', at: NOW })
    performOn(shelf, 'title.unsuppress', { title: A }, by('desk-a.1.2'))
    expect(rowOf(shelf, 'title-suppression', A)).toBeNull()
    performOn(shelf, 'operation.undo', undoing('desk-a.1.2'), by('desk-a.1.3'))
    expect(rowOf(shelf, 'title-suppression', A)).toMatchObject({ reason: '正在编目' })
    performOn(shelf, 'operation.undo', undoing('desk-a.1.1'), by('desk-a.1.4'))
    expect(rowOf(shelf, 'title-suppression', A)).toBeNull()
  })
})

describe('Q14 a merge of a hidden and a shown one', () => {
  const went = { controlNumber: null, isbns: [], title: '小王子' }
  const both = [...catalogued(A), ...catalogued(B), ...hidden.slice(-1)]
  const reviewer = { role: 'reviewer', operationId: 'desk-b.1.1' } as const

  test('the shown one stays shown, and the mark of the other goes with it', () => {
    const shelf = aShelf(both)
    const merging = { keep: B, merge: A, went, choices: [] }
    expect(said(performOn(shelf, 'title.merge', merging, reviewer))).toEqual([
      'alert Q14 one-is-suppressed',
    ])
    expect([A, B].map((id) => rowOf(shelf, 'title-suppression', id))).toEqual([null, null])
    const undo = { operation: 'desk-b.1.1', reason: null }
    performOn(shelf, 'operation.undo', undo, { ...reviewer, operationId: 'desk-b.1.2' })
    expect(rowOf(shelf, 'title-suppression', A)).toMatchObject({ reason: '等待审读' })
  })

  test('the hidden one stays hidden', () => {
    const shelf = aShelf(both)
    const merging = { keep: A, merge: B, went, choices: [] }
    expect(said(performOn(shelf, 'title.merge', merging, reviewer))).toEqual([
      'alert Q14 one-is-suppressed',
    ])
    expect(rowOf(shelf, 'title-suppression', A)).toMatchObject({ reason: '等待审读' })
  })

  test('both hidden: nothing is to be told', () => {
    const second = put('title-suppression', aSuppression({ id: B }))
    const merging = { keep: A, merge: B, went, choices: [] }
    expect(said(decideOn([...both, second], 'title.merge', merging, reviewer))).toEqual([])
  })

  test('what became part of another is not hidden again by an undo', () => {
    const shelf = aShelf(both)
    performOn(shelf, 'title.unsuppress', { title: A }, by('desk-a.1.1'))
    performOn(shelf, 'title.merge', { keep: B, merge: A, went, choices: [] }, reviewer)
    const undo = { operation: 'desk-a.1.1', reason: null }
    expect(said(performOn(shelf, 'operation.undo', undo, by('desk-a.1.2')))).toEqual([
      'impossible Q14 unknown-title',
    ])
  })
})
