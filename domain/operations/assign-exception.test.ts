import { describe, expect, test } from 'vitest'

import { aStaff, anException } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const open = anException()
const head = put('staff', aStaff({ id: 'head', username: 'wu', role: 'branch-head' }))
const gone = put(
  'staff',
  aStaff({ id: 'gone', username: 'g', role: 'branch-head', isActive: false }),
)
const settled = put('exception', { ...open, settledAt: 5 })

describe('giving an exception to somebody', () => {
  const rows: [says: string, records: Change[], staff: string | null, said: string[]][] = [
    ['E1 nobody knows it', [], null, ['impossible E1 unknown-exception']],
    ['E2 settled already', [settled, head], 'head', ['impossible E2 already-settled']],
    ['E4 nobody of that name', [put('exception', open)], 'ghost', ['impossible E4 unknown-staff']],
    [
      'E4 no longer active',
      [put('exception', open), gone],
      'gone',
      ['impossible E4 unknown-staff'],
    ],
    [
      'E4 without the right to settle',
      [put('exception', open)],
      'staff-lin',
      ['impossible E4 staff-may-not-settle'],
    ],
    ['E4 a branch head', [put('exception', open), head], 'head', []],
    ['E4 given back', [put('exception', { ...open, assignedTo: null })], null, []],
  ]
  test.each(rows)('%s', (_says, records, staff, expected) => {
    const decision = decideOn(records, 'exception.assign', { exception: open.id, staff })
    expect(said(decision)).toEqual(expected)
  })

  test('E4 the last one wins, and the log has both', () => {
    const shelf = aShelf([put('exception', open), head])
    const give = (staff: string | null, operationId: string) =>
      performOn(shelf, 'exception.assign', { exception: open.id, staff }, { operationId })
    give('head', 'desk-a.1.1')
    expect(rowOf(shelf, 'exception', open.id)?.assignedTo).toBe('head')
    give(null, 'desk-a.1.2')
    expect(rowOf(shelf, 'exception', open.id)?.assignedTo).toBeNull()
    expect(shelf.log.size).toBe(2)
  })
})
