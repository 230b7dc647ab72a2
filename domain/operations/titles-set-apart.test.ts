import { expect, test } from 'vitest'
import { decideOn, said } from '../../test/builders/decide.ts'

const reviewer = { role: 'reviewer' } as const

test('Q8 told apart, a set is remembered once for all of its parts', () => {
  const titles = ['title-b', 'title-a', 'title-c', 'title-b']
  const decision = decideOn([], 'title.set-apart', { titles }, reviewer)
  expect(said(decision)).toEqual([])
  expect(decision.changes).toMatchObject([
    {
      put: 'titles-apart',
      row: { titleIds: ['title-a', 'title-b', 'title-c'], staffId: 'staff-lin' },
    },
  ])
})

test('Q8 one title is not told apart from itself', () => {
  const decision = decideOn([], 'title.set-apart', { titles: ['title-a', 'title-a'] }, reviewer)
  expect(said(decision)).toEqual(['impossible Q8 same-title'])
})
