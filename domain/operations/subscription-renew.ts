/** A subscription goes on in the next year, its numbers behind this year's. Rules J1 to J3, J12. */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Finding } from '../operation.ts'
import { Subscription } from '../serial-records.ts'
import { nothingHeld } from '../serials/held-issues.ts'
import { patternOfNextYear } from '../serials/next-year.ts'
import { CalendarDate } from '../words/calendar-date.ts'
import { SubscriptionId } from '../words/ids.ts'
import {
  SubscriptionSummary,
  aboutNothing,
  standingFindings,
  subjectOfSerial,
  takenFindings,
  termsFindings,
} from './about-serial.ts'

const Payload = z.strictObject({
  subscription: SubscriptionId,
  copies: Subscription.shape.copies,
  /** Of its first issue next year. */
  firstOn: CalendarDate,
})

export const renewSubscription = defineOperation({
  kind: 'subscription.renew',
  evidence: 'intent',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: Payload,
  summary: SubscriptionSummary,
  subject: ({ subscription }) => subjectOfSerial(subscription, []),
  decide(facts, { subscription: id, copies, firstOn }, ctx) {
    const madeId = ctx.newId() as SubscriptionId
    const { subscription } = facts.serial
    if (subscription === null) {
      return {
        findings: [impossible('unknown-subscription', 'J1')],
        changes: [],
        summary: { subscriptionId: id },
        about: aboutNothing,
      }
    }
    const year = subscription.year + 1
    const next: Subscription = {
      ...subscription,
      ...nothingHeld,
      id: madeId,
      year,
      beginsOn: `${year}-01-01` as CalendarDate,
      endsOn: `${year}-12-31` as CalendarDate,
      copies,
      pattern: patternOfNextYear(subscription, firstOn),
      revision: 1,
      nextId: null,
    }
    const findings = [
      ...standingFindings(facts, null),
      ...renewedFindings(subscription),
      ...termsFindings(next.beginsOn, next),
      ...takenFindings(facts, next),
    ]
    return {
      findings,
      changes: [put('subscription', next), patch('subscription', id, { nextId: madeId })],
      summary: { subscriptionId: madeId },
      about: aboutNothing,
    }
  },
})

const renewedFindings = ({ nextId, year }: Subscription): Finding[] =>
  nextId === null ? [] : [impossible('subscription-renewed', 'J12', { params: { year: year + 1 } })]
