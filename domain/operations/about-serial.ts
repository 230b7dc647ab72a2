/** What the operations on subscriptions and issues have in common. Rules J1 to J13. */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts, Subject } from '../facts.ts'
import { impossible, override } from '../operation.ts'
import type { About, Ctx, Finding } from '../operation.ts'
import { aboutSerial } from '../serial-facts.ts'
import { Subscription, issueIdOf } from '../serial-records.ts'
import type { SerialIssue } from '../serial-records.ts'
import { predictIssues } from '../serials/predict.ts'
import type { IssueLabel } from '../serials/pattern-shapes.ts'
import type { BranchId, SubscriptionId } from '../words/ids.ts'

export const aboutNothing: About = { itemId: null, readerId: null, loanId: null, otherLoanId: null }

/** What a person sets up; the rest follows. */
export const SubscriptionTerms = z.strictObject({
  endsOn: Subscription.shape.endsOn,
  issn: Subscription.shape.issn,
  shelf: Subscription.shape.shelf,
  callNumber: Subscription.shape.callNumber,
  copies: Subscription.shape.copies,
  isForLoan: Subscription.shape.isForLoan,
  priceFen: Subscription.shape.priceFen,
  vendor: Subscription.shape.vendor,
  claimAfterDays: Subscription.shape.claimAfterDays,
  pattern: Subscription.shape.pattern,
})
export type SubscriptionTerms = z.infer<typeof SubscriptionTerms>

export const SubscriptionSummary = z.strictObject({ subscriptionId: z.string() })

export const subjectOfSerial = (subscriptionId: string, ordinals: readonly number[]): Subject =>
  aSubject({ serial: aboutSerial({ subscriptionId, ordinals }) })

/** J1, J13: why nothing of it can be done at this service point. */
export function placeFindings({ serial: { subscription } }: Facts, ctx: Ctx): Finding[] {
  if (subscription === null) return [impossible('unknown-subscription', 'J1')]
  return subscription.branchId === ctx.branchId
    ? []
    : [impossible('subscription-of-other-branch', 'J13')]
}

/** J2, J4. */
export function termsFindings(
  beginsOn: Subscription['beginsOn'],
  { endsOn, pattern }: SubscriptionTerms,
): Finding[] {
  const year = beginsOn.slice(0, 4)
  const isOneYear = endsOn.startsWith(year) && pattern.firstOn.startsWith(year)
  if (!isOneYear || endsOn < beginsOn) return [impossible('subscription-crosses-year', 'J2')]
  const isForeseen = pattern.frequency === 'irregular' || predictIssues(pattern, endsOn).length > 0
  return isForeseen ? [] : [impossible('pattern-without-issues', 'J4')]
}

type Span = Pick<Subscription, 'id' | 'beginsOn' | 'endsOn'>

/** J3: taken here already in those days; a second order may be meant. */
export function takenFindings({ serial: { here } }: Facts, span: Span): Finding[] {
  const other = here.find(
    ({ id, beginsOn, endsOn }) =>
      id !== span.id && beginsOn <= span.endsOn && endsOn >= span.beginsOn,
  )
  if (other === undefined) return []
  const params = { beginsOn: other.beginsOn, endsOn: other.endsOn, copies: other.copies }
  return [override('subscribed-already', 'J3', { params, permission: 'edit-catalogue' })]
}

export const isKeptAt = ({ copiesCount, boundItemId }: SerialIssue): boolean =>
  copiesCount > 0 || boundItemId !== null

/** J8, J12: what the screen showed is what stands. */
export function standingFindings(
  { serial: { subscription } }: Facts,
  revision: number | null,
): Finding[] {
  if (subscription === null) return []
  if (subscription.endedAt !== null) return [impossible('subscription-ended', 'J12')]
  const params = { revision: subscription.revision }
  return revision === null || subscription.revision === revision
    ? []
    : [impossible('subscription-changed-elsewhere', 'J8', { params })]
}

export interface NamedIssue {
  readonly subscription: SubscriptionId
  readonly issue: IssueLabel
}

type IssueNews = Partial<Omit<SerialIssue, 'id'>>
type IssueCounts = { readonly copiesCount?: number; readonly claimsCount?: number }

/** The issue as it is now, changed; begun where nothing happened to it yet. */
export function issueChange(
  { serial: { issues, subscription } }: Facts,
  { subscription: subscriptionId, issue }: NamedIssue,
  news: IssueNews,
  counts: IssueCounts,
  ctx: Ctx,
): Change {
  const known = issues.get(issue.ordinal)
  if (known !== undefined) return patch('serial-issue', known.id, news, counts)
  return put('serial-issue', {
    id: issueIdOf(subscriptionId, issue.ordinal),
    subscriptionId,
    branchId: subscription?.branchId ?? (ctx.branchId as BranchId),
    ...issue,
    state: 'expected',
    itemIds: [],
    arrivedAt: null,
    lastArrivedAt: null,
    claimedAt: null,
    boundItemId: null,
    ...news,
    copiesCount: counts.copiesCount ?? 0,
    claimsCount: counts.claimsCount ?? 0,
  })
}

/** `2026:11`, `2026:1-2`: what follows the call number on the label of an issue. */
export const issueMark = ({ year, number, lastNumber }: IssueLabel): string =>
  `${year}:${number}${lastNumber === number ? '' : `-${lastNumber}`}`
