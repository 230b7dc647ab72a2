import { describe, expect, test } from 'vitest'
import { OTHER_BRANCH } from '../../test/builders/city.ts'
import { decideOn, said } from '../../test/builders/decide.ts'
import type { CtxParts } from '../../test/builders/decide.ts'
import {
  SUBSCRIPTION,
  arriving,
  cataloguer,
  issueNo,
  issueOn,
  subscribed,
} from '../../test/builders/serial-work.ts'
import type { Step } from '../../test/builders/serial-work.ts'

const claiming = (...ordinals: number[]): Step => [
  'serial.claim',
  { subscription: SUBSCRIPTION, issues: ordinals.map((ordinal) => issueNo(ordinal)) },
]
const marking = (ordinal: number, as: string): Step => [
  'serial.mark',
  { subscription: SUBSCRIPTION, issue: issueNo(ordinal), as },
]
const decided = (steps: readonly Step[], [kind, payload]: Step, parts: CtxParts = {}) =>
  said(
    decideOn(subscribed(...steps), kind, payload, {
      ...cataloguer,
      operationId: 'desk-b.1.1',
      ...parts,
    }),
  )

describe('what did not come is claimed', () => {
  test('J7 each claim is counted; what comes then has arrived', () => {
    const shelf = subscribed(claiming(3, 4), claiming(4))
    expect(issueOn(shelf, 4)).toMatchObject({ state: 'expected', claimsCount: 2, copiesCount: 0 })
    expect(issueOn(shelf, 3)).toMatchObject({ claimsCount: 1 })
    expect(issueOn(subscribed(claiming(3), arriving(3)), 3)).toMatchObject({
      state: 'arrived',
      claimsCount: 1,
      copiesCount: 1,
    })
  })

  test.each([
    ['J7 due', [], claiming(11), []],
    ['J7 one copy of two', [arriving(3)], claiming(3), []],
    ['J7 here', [arriving(3, 2)], claiming(3), ['impossible J7 issue-arrived']],
    ['J7 of December', [], claiming(12), ['impossible J7 issue-not-due']],
    [
      'J7 marked though it came',
      [arriving(3)],
      marking(3, 'missing'),
      ['impossible J7 issue-arrived'],
    ],
    ['J7 marked', [], marking(3, 'missing'), []],
  ] as const)('%s', (_says, steps, step, findings) => {
    expect(decided(steps, step)).toEqual(findings)
  })

  test('J7 what was given up is waited for again', () => {
    const shelf = subscribed(marking(3, 'not-published'), marking(3, 'expected'))
    expect(issueOn(shelf, 3)).toMatchObject({ state: 'expected', copiesCount: 0 })
  })

  test('J13 at another branch', () => {
    expect(decided([], claiming(3), { branchId: OTHER_BRANCH })).toEqual([
      'impossible J13 subscription-of-other-branch',
    ])
  })

  test('an undo takes the claim back', () => {
    const undo: Step = ['operation.undo', { operation: 'desk-a.1.2', reason: null }]
    expect(issueOn(subscribed(claiming(3), undo), 3)).toBeNull()
  })
})
