import { describe, expect, test } from 'vitest'

import { anItem } from '../../test/builders/city.ts'
import { decideOn, recordOn, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const marking = { item: 'item-1', note: '第 12 页缺损' }
const itemIs = (parts: Parameters<typeof anItem>[0]): Change[] => [put('item', anItem(parts))]

describe('marking damage', () => {
  test.each([
    ['R6 on the shelf: it goes to the workroom', 'on-shelf', 'in-workroom'],
    ['R6 on the hold shelf: too', 'on-hold-shelf', 'in-workroom'],
    ['R6 on loan: it stays with the reader', 'on-loan', null],
    ['R6 in transit: it travels on', 'in-transit', null],
    ['R6 withdrawn: it stays withdrawn', 'withdrawn', null],
  ] as const)('%s', (_says, state, next) => {
    const decision = decideOn(itemIs({ state }), 'item.mark-damaged', marking)
    const set = { condition: 'damaged', conditionNote: marking.note }
    expect(decision.findings).toEqual([])
    expect(decision.changes).toEqual([
      { patch: 'item', id: 'item-1', set: next === null ? set : { ...set, state: next }, add: {} },
    ])
  })

  test('R6 a second time is noted, and the newer note kept', () => {
    const decision = decideOn(itemIs({ condition: 'damaged' }), 'item.mark-damaged', marking)
    expect(said(decision)).toEqual(['note R6 already-damaged'])
    expect(decision.changes).toMatchObject([{ set: { conditionNote: marking.note } }])
  })

  test.each([
    [
      'E9 the note that was on the screen is replaced',
      '封面脱落',
      '封面脱落',
      'note R6 already-damaged',
    ],
    ['E9 another desk noted other damage meanwhile', '封面脱落', null, 'alert E9 edited-elsewhere'],
    ['E9 both desks wrote the same', marking.note, null, 'note R6 already-damaged'],
  ])('%s', (_says, conditionNote, insteadOf, expected) => {
    const records = itemIs({ condition: 'damaged', conditionNote })
    const recorded = recordOn(records, 'item.mark-damaged', { ...marking, insteadOf })
    expect(said(recorded)).toEqual([expected])
    const isConflict = expected.startsWith('alert')
    expect(recorded.exceptions.map(({ kind }) => kind)).toEqual(isConflict ? ['edit-conflict'] : [])
    expect(recorded.exceptions[0]?.evidence?.findings[0]?.params).toEqual(
      isConflict
        ? {
            record: 'item',
            id: 'item-1',
            field: 'conditionNote',
            mine: marking.note,
            theirs: conditionNote,
          }
        : undefined,
    )
    // The city's value stays until a person has read both.
    expect(recorded.changes.some((change) => 'patch' in change)).toBe(!isConflict)
  })

  test('L1 an unknown item is refused; recorded, an exception keeps the fact', () => {
    expect(said(decideOn([], 'item.mark-damaged', marking))).toEqual(['impossible L1 unknown-item'])
    const recorded = recordOn([], 'item.mark-damaged', marking)
    expect(recorded.exceptions).toMatchObject([{ kind: 'rule-broken', rules: ['L1'] }])
  })
})
