import { describe, expect, test } from 'vitest'
import { decideOn, rowsOf, said } from '../../test/builders/decide.ts'
import {
  SUBSCRIPTION,
  aPattern,
  cataloguer,
  changing,
  subscribed,
  subscriptionOn,
} from '../../test/builders/serial-work.ts'
import type { Step } from '../../test/builders/serial-work.ts'

describe('the year after', () => {
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
})
