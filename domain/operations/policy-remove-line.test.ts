import { describe, expect, test } from 'vitest'

import {
  aShelf,
  applyTo,
  decideOn,
  performOn,
  recordOn,
  rowOf,
  said,
} from '../../test/builders/decide.ts'
import type { LoanRule } from '../policy/policy-shapes.ts'
import { shenzhenPolicy } from '../policy/shenzhen.ts'

const head = { role: 'branch-head' } as const
const lineOf = (id: string): LoanRule => {
  const found = shenzhenPolicy.loanRules.find((one) => one.id === id)
  if (found === undefined) throw new Error(id)
  return found
}
const av = lineOf('av-21')
const general = lineOf('city-default')
const lines = (shelf: ReturnType<typeof aShelf>) =>
  new Map(rowOf(shelf, 'policy', 'city')?.loanRules.map((one) => [one.id, one]))

describe('policy.remove-line', () => {
  test('P9 a line is taken out', () => {
    const shelf = aShelf([])
    performOn(shelf, 'policy.remove-line', { from: av }, head)
    expect(lines(shelf).has('av-21')).toBe(false)
  })

  test('P10 the general line stays', () => {
    expect(said(decideOn([], 'policy.remove-line', { from: general }, head))).toEqual([
      'impossible P10 line-is-ground',
    ])
  })

  test.each([
    ['P9 one that is another by now', { ...av, loanDays: 5 }],
    ['P9 one that is gone', { ...av, id: 'gone' }],
  ])('%s is not taken out', (_says, from) => {
    expect(said(decideOn([], 'policy.remove-line', { from }, head))).toEqual([
      'impossible P9 line-changed-meanwhile',
    ])
  })

  test('E9, P9 changed at one desk and taken out at another: it stays until a person chooses', () => {
    const shelf = aShelf([])
    performOn(shelf, 'policy.set-line', { line: { ...av, loanDays: 28 }, from: av }, head)
    const { exceptions, changes } = recordOn(
      shelf,
      'policy.remove-line',
      { from: av },
      { ...head, operationId: 'desk-b.1.1' },
    )
    expect(exceptions.map(({ kind }) => kind)).toEqual(['edit-conflict'])
    applyTo(shelf, changes)
    const settle = { exception: exceptions[0]?.id, settlement: 'keep-mine', comment: null }
    performOn(shelf, 'exception.settle', settle, { ...head, operationId: 'desk-a.1.2' })
    expect(lines(shelf).has('av-21')).toBe(false)
  })

  test('P9 taken out at two desks: once is enough', () => {
    const shelf = aShelf([])
    performOn(shelf, 'policy.remove-line', { from: av }, head)
    const again = recordOn(
      shelf,
      'policy.remove-line',
      { from: av },
      { ...head, operationId: 'desk-b.1.1' },
    )
    expect(again).toMatchObject({ outcome: 'applied', changes: [] })
  })
})
