import { describe, expect, test } from 'vitest'
import { BRANCH, OTHER_BRANCH } from '../../test/builders/city.ts'
import { aShelf, answering, decideOn, performOn, rowsOf, said } from '../../test/builders/decide.ts'
import {
  SUBSCRIPTION,
  aPattern,
  beginning,
  cataloguer,
  serialTitle,
  subscribed,
  subscriptionOn,
} from '../../test/builders/serial-work.ts'
import type { Step } from '../../test/builders/serial-work.ts'

const empty = aShelf([serialTitle])
const begins = (parts: object) =>
  said(decideOn(empty, 'subscription.begin', beginning(parts), cataloguer))

describe('a subscription begins', () => {
  test.each([
    ['J1 as it should', {}, []],
    ['J1 of an unknown title', { title: 'title-9' }, ['impossible J1 unknown-title']],
    ['J1 at an unknown branch', { branch: 'branch-9' }, ['impossible J1 unknown-branch']],
    ['J2 over new year', { endsOn: '2027-06-30' }, ['impossible J2 subscription-crosses-year']],
    ['J2 backwards', { endsOn: '2025-12-31' }, ['impossible J2 subscription-crosses-year']],
    [
      'J2 its first issue in another year',
      { pattern: aPattern({ firstOn: '2027-01-05' }) },
      ['impossible J2 subscription-crosses-year'],
    ],
    [
      'J4 nothing foreseen',
      {
        pattern: aPattern({
          skippedMonths: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
          firstOn: '2026-01-05',
        }),
        endsOn: '2026-11-30',
      },
      ['impossible J4 pattern-without-issues'],
    ],
    ['J4 irregular', { pattern: aPattern({ frequency: 'irregular' }) }, []],
  ])('%s', (_says, parts, findings) => {
    expect(begins(parts)).toEqual(findings)
  })

  test('J3 a second one of the same days needs a reason; of other days or places none', () => {
    const shelf = subscribed()
    const again = (parts: object, overrides = answering()) =>
      decideOn(shelf, 'subscription.begin', beginning(parts), {
        ...cataloguer,
        operationId: 'desk-b.1.1',
        overrides,
      })
    expect(said(again({}))).toEqual(['override J3 subscribed-already'])
    expect(said(again({ branch: OTHER_BRANCH }))).toEqual([])
    const next = { beginsOn: '2027-01-01', endsOn: '2027-12-31' }
    expect(said(again({ ...next, pattern: aPattern({ firstOn: '2027-01-05' }) }))).toEqual([])
    const second = performOn(shelf, 'subscription.begin', beginning(), {
      ...cataloguer,
      operationId: 'desk-b.1.1',
      overrides: answering('subscribed-already'),
    })
    expect(second.outcome).toBe('applied')
  })

  test('J3 decided again, it does not meet itself', () => {
    const shelf = subscribed()
    expect(said(decideOn(shelf, 'subscription.begin', beginning(), cataloguer))).toEqual([])
  })
})

const { beginsOn, title, branch, ...terms } = beginning() as Record<string, unknown>
const changing = (parts: object): Step => [
  'subscription.change',
  { subscription: SUBSCRIPTION, revision: 1, ...terms, ...parts },
]

describe('a subscription goes on', () => {
  test('J8 terms change, and a screen that showed the older ones covers nothing', () => {
    const shelf = subscribed(changing({ copies: 5, shelf: null }))
    expect(subscriptionOn(shelf)).toMatchObject({
      copies: 5,
      shelf: null,
      revision: 2,
    })
    const [kind, payload] = changing({ copies: 9 })
    expect(said(decideOn(shelf, kind, payload, cataloguer))).toEqual([
      'impossible J8 subscription-changed-elsewhere',
    ])
    expect([beginsOn, title, branch]).toEqual(['2026-01-01', 'title-1', BRANCH])
  })

  test('J12 ended, it is neither changed nor renewed; an undo takes the end back', () => {
    const end: Step = [
      'subscription.end',
      { subscription: SUBSCRIPTION, revision: 1, endsOn: '2026-06-30' },
    ]
    const shelf = subscribed(end)
    expect(subscriptionOn(shelf)).toMatchObject({ endsOn: '2026-06-30', revision: 2 })
    const [kind, payload] = changing({ revision: 2, endsOn: '2026-06-30' })
    expect(said(decideOn(shelf, kind, payload, cataloguer))).toEqual([
      'impossible J12 subscription-ended',
    ])
    const undo: Step = ['operation.undo', { operation: 'desk-a.1.2', reason: null }]
    expect(subscriptionOn(subscribed(end, undo))).toMatchObject({
      endedAt: null,
      endsOn: '2026-12-31',
    })
  })

  test('J2 it does not end outside its days', () => {
    const payload = { subscription: SUBSCRIPTION, revision: 1, endsOn: '2027-01-01' }
    expect(said(decideOn(subscribed(), 'subscription.end', payload, cataloguer))).toEqual([
      'impossible J2 subscription-crosses-year',
    ])
  })

  test('J12 it is renewed once, and the numbers go on', () => {
    const wide = aPattern({
      numbering: 'continuing',
      firstNumber: 301,
      wholeNumber: 501,
      volume: { first: 44, issuesCount: null },
    })
    const renewal: Step = [
      'subscription.renew',
      { subscription: SUBSCRIPTION, copies: 3, firstOn: '2027-01-05' },
    ]
    const shelf = subscribed(changing({ pattern: wide }), renewal)
    const next = rowsOf(shelf, 'subscription').find(({ year }) => year === 2027)
    expect(next).toMatchObject({
      copies: 3,
      beginsOn: '2027-01-01',
      endsOn: '2027-12-31',
      revision: 1,
      heldTo40: 0,
      pattern: { firstNumber: 313, wholeNumber: 513, volume: { first: 45 }, firstOrdinal: 1 },
    })
    expect(subscriptionOn(shelf)?.nextId).toBe(next?.id)
    expect(
      said(decideOn(shelf, renewal[0], renewal[1], { ...cataloguer, operationId: 'desk-b.1.1' })),
    ).toEqual(['impossible J12 subscription-renewed', 'override J3 subscribed-already'])
  })

  test.each(['subscription.change', 'subscription.end', 'subscription.renew'] as const)(
    'J1 %s of what is not there',
    (kind) => {
      const named = { subscription: SUBSCRIPTION, revision: 1 }
      const payload = {
        'subscription.change': { ...named, ...terms },
        'subscription.end': { ...named, endsOn: '2026-06-30' },
        'subscription.renew': { subscription: SUBSCRIPTION, copies: 1, firstOn: '2027-01-05' },
      }[kind]
      const decision = decideOn(empty, kind, payload, cataloguer)
      expect(said(decision)).toEqual(['impossible J1 unknown-subscription'])
      expect(decision.changes).toEqual([])
    },
  )
})
