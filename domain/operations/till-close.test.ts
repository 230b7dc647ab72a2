import { describe, expect, test } from 'vitest'

import { NOW, aTill } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, recordOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'

const closing = { till: 'till-1', countedFen: 10_000, note: null as string | null }
const open = put('till', aTill())

describe('counting a till', () => {
  test('F9 closes it', () => {
    const shelf = aShelf([open])
    expect(said(performOn(shelf, 'till.close', closing))).toEqual([])
    expect(rowOf(shelf, 'till', 'till-1')).toMatchObject({
      closedAt: NOW,
      closedBy: 'staff-lin',
      countedFen: 10_000,
    })
  })

  const less = { ...closing, countedFen: 9_900 }
  const theirs = put('till', aTill({ deviceId: 'desk-b' }))
  test.each([
    ['F9 a difference needs a reason', [open], less, {}, ['impossible F9 difference-unexplained']],
    [
      'F9 with one it is shown',
      [open],
      { ...less, note: '找错零钱' },
      {},
      ['alert F9 count-differs'],
    ],
    ['F9 no such till', [], closing, {}, ['impossible F9 unknown-till']],
    [
      'F9 counted twice',
      [put('till', aTill({ closedAt: NOW }))],
      closing,
      {},
      ['impossible F9 till-closed'],
    ],
    ['F9 of another desk', [theirs], closing, {}, ['impossible F9 till-of-other-desk']],
    ['F9 of a desk that is gone', [theirs], closing, { role: 'branch-head' as const }, []],
  ])('%s', (_says, records, payload, parts, expected) => {
    expect(said(decideOn(records, 'till.close', payload, parts))).toEqual(expected)
  })

  test('F9 where the city expects another sum, the count stands and says so', () => {
    const recorded = recordOn([open], 'till.close', less, { mode: 'record' })
    expect(recorded.outcome).toBe('applied')
    expect(recorded.findings).toMatchObject([
      { code: 'count-differs', params: { expectedFen: 10_000, differenceFen: -100 } },
    ])
  })
})
