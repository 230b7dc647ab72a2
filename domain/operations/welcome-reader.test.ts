import { describe, expect, test } from 'vitest'

import { BRANCH, OTHER_BRANCH, TODAY, aReader } from '../../test/builders/city.ts'
import { decideOn, recordOn, said } from '../../test/builders/decide.ts'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import type { Reader } from '../records.ts'
import { addDays } from '../words/calendar-date.ts'

const card = aReader().cardNumber
const visitedOn = (branchId: string, daysAgo: number) => ({
  branchId,
  lastOn: addDays(TODAY, -daysAgo),
})
const readerWith = (activeAt: Reader['activeAt'] | object[]): Change[] => [
  put('reader', aReader({ activeAt: activeAt as never })),
]
const here = { branchId: BRANCH, lastOn: TODAY }

describe('a reader comes', () => {
  const rows: [says: string, records: Change[], changes: Change[]][] = [
    ['whom this desk does not know: the city is asked', [], []],
    [
      'from elsewhere: this service point holds them from now on',
      readerWith([visitedOn(OTHER_BRANCH, 3)]),
      [patch('reader', 'reader-1', { activeAt: [visitedOn(OTHER_BRANCH, 3), here] as never })],
    ],
    ['who was here within the month: nothing to tell', readerWith([visitedOn(BRANCH, 29)]), []],
    [
      'who was not here for a month: the day is told anew',
      readerWith([visitedOn(BRANCH, 30), visitedOn(OTHER_BRANCH, 3)]),
      [patch('reader', 'reader-1', { activeAt: [visitedOn(OTHER_BRANCH, 3), here] as never })],
    ],
  ]
  test.each(rows)('%s', (_says, records, changes) => {
    const decision = decideOn(records, 'reader.welcome', { card })
    expect([said(decision), decision.changes]).toEqual([[], changes])
  })

  test('L2 whom the city does not know is no reader', () => {
    expect(recordOn([], 'reader.welcome', { card }).outcome).toBe('refused')
  })

  test('of more than twelve service points the one not seen for longest gives way', () => {
    const twelve = Array.from({ length: 12 }, (_, index) => visitedOn(`b-${index}`, 20 - index))
    const { changes } = decideOn(readerWith(twelve), 'reader.welcome', { card })
    expect(changes).toEqual([
      patch('reader', 'reader-1', { activeAt: [...twelve.slice(1), here] as never }),
    ])
  })

  test('D19 by the ID card: all who have it are held here, of a merged one the other', () => {
    const idNumberHash = 'a'.repeat(64)
    const reader = (id: string, more: object = {}) =>
      put('reader', aReader({ id, cardNumber: `card-${id}`, idNumberHash, activeAt: [], ...more }))
    const { changes, summary } = decideOn([reader('p-1'), reader('p-2')], 'reader.welcome', {
      card: '',
      idNumberHash,
    })
    expect(summary.readerId).toBe('p-1')
    expect(changes).toEqual([
      patch('reader', 'p-1', { activeAt: [here] as never }),
      patch('reader', 'p-2', { activeAt: [here] as never }),
    ])
    const nobody = { card: '', idNumberHash: 'b'.repeat(64) }
    expect(decideOn([reader('p-1')], 'reader.welcome', nobody).changes).toEqual([])
    expect(recordOn([reader('p-1')], 'reader.welcome', nobody).outcome).toBe('refused')
  })
})
