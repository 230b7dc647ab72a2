import { describe, expect, test } from 'vitest'

import { BRANCH, NOW, aReader } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, recordOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const reader = aReader({ pointsFree: 5 })
const known: Change[] = [put('reader', reader)]
const earning = { card: reader.cardNumber, earning: 'activity', amount: 30, note: null }
const cardIs = (cardState: 'lost' | 'closed'): Change[] => [
  put('reader', aReader({ cardState, pointsFree: 5 })),
]

describe('earning points', () => {
  test('Z2 adds an entry and the same to what is free', () => {
    const shelf = aShelf(known)
    expect(performOn(shelf, 'points.earn', earning).outcome).toBe('applied')
    expect(rowOf(shelf, 'ledger-entry', 'desk-a.1.1.r1')).toMatchObject({
      ledger: 'points',
      readerId: 'reader-1',
      amount: 30,
      cause: 'earned',
      policyLine: 'activity',
      at: NOW,
      branchId: BRANCH,
    })
    expect(rowOf(shelf, 'reader', 'reader-1')?.pointsFree).toBe(35)
  })

  const rows: [says: string, records: Change[], over: object, expected: string[]][] = [
    ['Z2 by a line of the policy', known, {}, []],
    ['Z2 the most of that line', known, { amount: 50 }, []],
    ['Z2 more than that', known, { amount: 51 }, ['impossible Z2 unknown-earning']],
    ['Z2 no such line', known, { earning: 'luck' }, ['impossible Z2 unknown-earning']],
    ['L5 a card reported lost', cardIs('lost'), {}, ['impossible L5 card-lost']],
    ['L5 a closed card', cardIs('closed'), {}, ['impossible L5 card-closed']],
    ['L2 a card nobody knows here earns all the same', [], {}, ['alert L2 unknown-reader']],
  ]
  test.each(rows)('%s', (_says, records, over, expected) => {
    expect(said(decideOn(records, 'points.earn', { ...earning, ...over }))).toEqual(expected)
  })

  test('L2 a card that nobody knows keeps its points on a placeholder until it is bound', () => {
    const shelf = aShelf([])
    const recorded = performOn(shelf, 'points.earn', { ...earning, card: '9999999' })
    expect(recorded.exceptions.map(({ kind }) => kind)).toEqual(['unknown-reader'])
    expect(rowOf(shelf, 'reader', 'desk-a.1.1.r2')).toMatchObject({
      cardNumber: '9999999',
      category: 'unregistered',
      pointsFree: 30,
    })
    expect(rowOf(shelf, 'ledger-entry', 'desk-a.1.1.r1')?.readerId).toBe('desk-a.1.1.r2')
  })

  test.each([
    ['Z2 beyond the line', known, { amount: 51 }, 'rule-broken'],
    ['L5 with a lost card', cardIs('lost'), {}, 'reader-blocked'],
  ])('%s: entered all the same, and a person looks', (_says, records, over, kind) => {
    const recorded = recordOn(records, 'points.earn', { ...earning, ...over })
    expect(recorded.exceptions.map((one) => one.kind)).toEqual([kind])
    expect(recorded.changes[0]).toMatchObject({ put: 'ledger-entry' })
  })
})
