import { describe, expect, test } from 'vitest'
import { NOW, OTHER_BRANCH } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, recordOn, rowsOf, said } from '../../test/builders/decide.ts'
import type { CtxParts } from '../../test/builders/decide.ts'
import {
  SUBSCRIPTION,
  arriving,
  binding,
  cataloguer,
  issueNo,
  issueOn,
  serialTitle,
  subscribed,
  subscriptionOn,
} from '../../test/builders/serial-work.ts'
import type { Step } from '../../test/builders/serial-work.ts'
import { heldOrdinals } from '../serials/held-issues.ts'

const marked = (as: string): Step => [
  'serial.mark',
  { subscription: SUBSCRIPTION, issue: issueNo(3), as },
]
const decided = (steps: readonly Step[], [kind, payload]: Step, parts: CtxParts = {}) =>
  said(
    decideOn(subscribed(...steps), kind, payload, {
      ...cataloguer,
      operationId: 'desk-b.1.1',
      ...parts,
    }),
  )

describe('an issue arrives', () => {
  test('J5 its copies are counted as they come, and the city knows that it is kept', () => {
    const shelf = subscribed(arriving(3), arriving(3))
    expect(issueOn(shelf, 3)).toMatchObject({ state: 'arrived', copiesCount: 2, number: 3 })
    expect(heldOrdinals(subscriptionOn(shelf)!)).toEqual([3])
  })

  test('J5 two desks that knew nothing of each other: one issue, its copies together, told', () => {
    const shelf = subscribed(arriving(3, 2))
    const [kind, payload] = arriving(3)
    const second = performOn(shelf, kind, payload, { ...cataloguer, operationId: 'desk-b.1.1' })
    expect(second.outcome).toBe('applied-with-exception')
    expect(second.exceptions).toMatchObject([{ kind: 'rule-broken', rules: ['J5'] }])
    expect(issueOn(shelf, 3)).toMatchObject({ copiesCount: 3 })
    expect(rowsOf(shelf, 'serial-issue')).toHaveLength(1)
    // The next one too many says nothing new.
    const third = performOn(shelf, kind, payload, { ...cataloguer, operationId: 'desk-b.1.2' })
    expect(third.outcome).toBe('applied')
  })

  test.each([
    ['J5 as it should', [], arriving(3), []],
    ['J5 one too many', [arriving(3, 2)], arriving(3), ['alert J5 more-copies-than-ordered']],
    ['J6 marked missing before', [marked('missing')], arriving(3), ['note J6 issue-turned-up']],
    [
      'J6 not published, they said',
      [marked('not-published')],
      arriving(3),
      ['note J6 issue-turned-up'],
    ],
    [
      'J6 bound already',
      [arriving(3), ['serial.bind', binding([3])]],
      arriving(3),
      ['note J6 issue-bound'],
    ],
  ] as const)('%s', (_says, steps, step, findings) => {
    expect(decided(steps, step)).toEqual(findings)
  })

  test('J6 beside a bound one the copy is loose, and the volume stays', () => {
    const shelf = subscribed(arriving(3), ['serial.bind', binding([3])], arriving(3))
    expect(issueOn(shelf, 3)).toMatchObject({ state: 'bound', copiesCount: 1 })
    expect(heldOrdinals(subscriptionOn(shelf)!)).toEqual([3])
  })

  test('J13 at another branch', () => {
    expect(decided([], arriving(3), { branchId: OTHER_BRANCH })).toEqual([
      'impossible J13 subscription-of-other-branch',
    ])
  })

  test('J1 of a subscription that the city refused, the fact is kept and a person looks', () => {
    const [kind, payload] = arriving(3)
    const { outcome, changes, exceptions } = recordOn(
      aShelf([serialTitle]),
      kind,
      payload,
      cataloguer,
    )
    expect(outcome).toBe('applied-with-exception')
    expect(changes[0]).toMatchObject({ put: 'serial-issue', row: { copiesCount: 1, ordinal: 3 } })
    expect(exceptions).toMatchObject([{ rules: ['J1'] }])
  })

  test('U4 an arrival is undone, the last first', () => {
    const undo = (n: number): Step => [
      'operation.undo',
      { operation: `desk-a.1.${n}`, reason: null },
    ]
    const both: readonly Step[] = [
      arriving(3),
      ['serial.arrive', arriving(3)[1], { at: NOW + 60_000 }],
    ]
    expect(() => subscribed(...both, undo(2))).toThrow('changed-since')
    const shelf = subscribed(...both, undo(3), undo(2))
    expect(issueOn(shelf, 3)).toBeNull()
    expect(heldOrdinals(subscriptionOn(shelf)!)).toEqual([])
  })
})
