/** Other terms for a subscription, or its end before the year's. Rules J1, J2, J4, J8, J12. */
import { z } from 'zod'
import { patch } from '../change.ts'
import { defineOperation, impossible } from '../operation.ts'
import { CalendarDate } from '../words/calendar-date.ts'
import { SubscriptionId } from '../words/ids.ts'
import {
  SubscriptionSummary,
  SubscriptionTerms,
  aboutNothing,
  standingFindings,
  subjectOfSerial,
  termsFindings,
} from './about-serial.ts'

/** `revision`: of what was on the screen. */
const Named = z.strictObject({ subscription: SubscriptionId, revision: z.int().min(1) })

const shared = {
  evidence: 'intent',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  summary: SubscriptionSummary,
} as const

export const changeSubscription = defineOperation({
  kind: 'subscription.change',
  ...shared,
  payload: z.strictObject({ ...Named.shape, ...SubscriptionTerms.shape }),
  subject: ({ subscription }) => subjectOfSerial(subscription, []),
  decide(facts, { subscription: id, revision, ...terms }) {
    const { subscription } = facts.serial
    const answer = { summary: { subscriptionId: id }, about: aboutNothing }
    if (subscription === null) {
      return { findings: [impossible('unknown-subscription', 'J1')], changes: [], ...answer }
    }
    const findings = [
      ...standingFindings(facts, revision),
      ...termsFindings(subscription.beginsOn, terms),
    ]
    const changes = [patch('subscription', id, { ...terms, revision: subscription.revision + 1 })]
    return { findings, changes, ...answer }
  },
})

export const endSubscription = defineOperation({
  kind: 'subscription.end',
  ...shared,
  payload: z.strictObject({ ...Named.shape, endsOn: CalendarDate }),
  subject: ({ subscription }) => subjectOfSerial(subscription, []),
  decide(facts, { subscription: id, revision, endsOn }, ctx) {
    const { subscription } = facts.serial
    const answer = { summary: { subscriptionId: id }, about: aboutNothing }
    if (subscription === null) {
      return { findings: [impossible('unknown-subscription', 'J1')], changes: [], ...answer }
    }
    const isWithin = endsOn >= subscription.beginsOn && endsOn <= subscription.endsOn
    const findings = [
      ...standingFindings(facts, revision),
      ...(isWithin ? [] : [impossible('subscription-crosses-year', 'J2')]),
    ]
    const news = { endsOn, endedAt: ctx.at, revision: subscription.revision + 1 }
    return { findings, changes: [patch('subscription', id, news)], ...answer }
  },
})
