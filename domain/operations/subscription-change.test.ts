import { describe, expect, test } from 'vitest'
import { aShelf, decideOn, said } from '../../test/builders/decide.ts'
import {
  SUBSCRIPTION,
  cataloguer,
  changing,
  serialTitle,
  subscribed,
  subscriptionOn,
  terms,
} from '../../test/builders/serial-work.ts'
import type { Step } from '../../test/builders/serial-work.ts'

const empty = aShelf([serialTitle])
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

  test.each(['subscription.change', 'subscription.end', 'subscription.renew'] as const)(
    'J1 %s of what is not there',
    (kind) => {
      const named = { subscription: SUBSCRIPTION, revision: 1 }
      const payload = {
        'subscription.change': { ...named, ...terms() },
        'subscription.end': { ...named, endsOn: '2026-06-30' },
        'subscription.renew': { subscription: SUBSCRIPTION, copies: 1, firstOn: '2027-01-05' },
      }[kind]
      const decision = decideOn(empty, kind, payload, cataloguer)
      expect(said(decision)).toEqual(['impossible J1 unknown-subscription'])
      expect(decision.changes).toEqual([])
    },
  )
})
