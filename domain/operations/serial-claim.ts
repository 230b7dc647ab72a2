/** The vendor is asked for what did not come; or an issue is given up. Rules J1, J7, J13. */
import { z } from 'zod'
import type { Facts } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { IssueLabel } from '../serials/pattern-shapes.ts'
import { SubscriptionId } from '../words/ids.ts'
import { aboutNothing, issueChange, placeFindings, subjectOfSerial } from './about-serial.ts'

/** More are another letter. */
const CLAIMED_MAX = 60

const Claim = z.strictObject({
  subscription: SubscriptionId,
  issues: z.array(IssueLabel).min(1).max(CLAIMED_MAX),
})

const Summary = z.strictObject({ subscriptionId: z.string(), ordinals: z.array(z.int()) })

export const claimIssues = defineOperation({
  kind: 'serial.claim',
  evidence: 'intent',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: Claim,
  summary: Summary,
  subject: ({ subscription, issues }) =>
    subjectOfSerial(
      subscription,
      issues.map(({ ordinal }) => ordinal),
    ),
  decide(facts, { subscription, issues }, ctx) {
    const findings = [
      ...placeFindings(facts, ctx),
      ...issues.flatMap((issue) => [...hereFindings(facts, issue), ...dueFindings(issue, ctx)]),
    ]
    const changes = issues.map((issue) =>
      issueChange(facts, { subscription, issue }, { claimedAt: ctx.at }, { claimsCount: 1 }, ctx),
    )
    const ordinals = issues.map(({ ordinal }) => ordinal)
    return {
      findings,
      changes,
      summary: { subscriptionId: subscription, ordinals },
      about: aboutNothing,
    }
  },
})

const Mark = z.strictObject({
  subscription: SubscriptionId,
  issue: IssueLabel,
  /** `expected`: it is waited for again. */
  as: z.enum(['missing', 'not-published', 'expected']),
})

export const markIssue = defineOperation({
  kind: 'serial.mark',
  evidence: 'intent',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: Mark,
  summary: Summary,
  subject: ({ subscription, issue }) => subjectOfSerial(subscription, [issue.ordinal]),
  decide(facts, { subscription, issue, as }, ctx) {
    const known = facts.serial.issues.get(issue.ordinal)
    const isHere = known !== undefined && known.state !== 'discarded' && hasCome(facts, issue, 1)
    return {
      findings: [...placeFindings(facts, ctx), ...(isHere ? [arrived(issue)] : [])],
      changes: [issueChange(facts, { subscription, issue }, { state: as }, {}, ctx)],
      summary: { subscriptionId: subscription, ordinals: [issue.ordinal] },
      about: aboutNothing,
    }
  },
})

function hasCome({ serial: { issues } }: Facts, { ordinal }: IssueLabel, copies: number): boolean {
  const known = issues.get(ordinal)
  return known !== undefined && (known.copiesCount >= copies || known.boundItemId !== null)
}

const arrived = ({ number }: IssueLabel): Finding =>
  impossible('issue-arrived', 'J7', { params: { number } })

/** A copy that is missing may be claimed though the other one came. */
const hereFindings = (facts: Facts, issue: IssueLabel): Finding[] =>
  hasCome(facts, issue, facts.serial.subscription?.copies ?? 1) ? [arrived(issue)] : []

const dueFindings = ({ publishedOn, number }: IssueLabel, { today }: Ctx): Finding[] =>
  publishedOn > today
    ? [impossible('issue-not-due', 'J7', { params: { number, publishedOn } })]
    : []
