/** An issue has come. Rules J1, J5, J6, J13. */
import { z } from 'zod'
import { patch } from '../change.ts'
import type { Change } from '../change.ts'
import type { Facts } from '../facts.ts'
import { alert, defineOperation, note } from '../operation.ts'
import type { Finding } from '../operation.ts'
import { COPIES_MAX } from '../serial-records.ts'
import type { SerialIssue } from '../serial-records.ts'
import { heldBy } from '../serials/held-issues.ts'
import { IssueLabel } from '../serials/pattern-shapes.ts'
import { SubscriptionId } from '../words/ids.ts'
import {
  aboutNothing,
  isKeptAt,
  issueChange,
  placeFindings,
  subjectOfSerial,
} from './about-serial.ts'

const Payload = z.strictObject({
  subscription: SubscriptionId,
  /** As the cover says. */
  issue: IssueLabel,
  copies: z.int().min(1).max(COPIES_MAX),
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({
  subscriptionId: z.string(),
  ordinal: z.int(),
  /** In hand now, of so many subscribed. */
  copiesCount: z.int(),
  copies: z.int(),
})

export const arriveIssue = defineOperation({
  kind: 'serial.arrive',
  // It lies on the desk: two desks that count the same issue each had a copy of it in hand.
  evidence: 'physical',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: Payload,
  summary: Summary,
  subject: ({ subscription, issue }) => subjectOfSerial(subscription, [issue.ordinal]),
  decide(facts, payload, ctx) {
    const { subscription, issues } = facts.serial
    const { issue, copies } = payload
    const known = issues.get(issue.ordinal) ?? null
    const copiesCount = (known?.copiesCount ?? 0) + copies
    const news = {
      ...issue,
      // What was bound stays bound: this copy is another.
      ...(known?.state === 'bound' ? {} : { state: 'arrived' as const }),
      arrivedAt: known?.arrivedAt ?? ctx.at,
      lastArrivedAt: ctx.at,
    }
    return {
      findings: [
        ...placeFindings(facts, ctx),
        ...stateFindings(known),
        ...countFindings(facts, copiesCount),
      ],
      changes: [
        issueChange(facts, payload, news, { copiesCount: copies }, ctx),
        ...keptChanges(known, payload),
      ],
      summary: {
        subscriptionId: payload.subscription,
        ordinal: issue.ordinal,
        copiesCount,
        copies: subscription?.copies ?? copies,
      },
      about: aboutNothing,
    }
  },
})

/** The city is told of the first copy alone. */
function keptChanges(known: SerialIssue | null, { subscription, issue }: Payload): Change[] {
  if (known !== null && isKeptAt(known)) return []
  return [patch('subscription', subscription, {}, heldBy(issue.ordinal, issue.lastOrdinal, 1))]
}

function stateFindings(known: SerialIssue | null): Finding[] {
  if (known === null || known.state === 'expected' || known.state === 'arrived') return []
  return known.state === 'bound'
    ? [note('issue-bound', 'J6')]
    : [note('issue-turned-up', 'J6', { params: { state: known.state } })]
}

/** J5: more than are paid for, or one copy counted twice: a person looks. */
function countFindings(
  { serial: { subscription, issues } }: Facts,
  copiesCount: number,
): Finding[] {
  if (subscription === null || copiesCount <= subscription.copies) return []
  const wasAbove = [...issues.values()].some((one) => one.copiesCount > subscription.copies)
  const params = { count: copiesCount, copies: subscription.copies }
  // Told once: what came after it says nothing new.
  const exception = wasAbove ? null : ('rule-broken' as const)
  return [alert('more-copies-than-ordered', 'J5', { params, exception })]
}
