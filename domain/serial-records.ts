/** Serials as they are subscribed to, and their issues as they come. */
import { z } from 'zod'
import { IssueLabel, SerialPattern } from './serials/pattern-shapes.ts'
import { CalendarDate, EpochMs } from './words/calendar-date.ts'
import { BranchId, ItemId, SerialIssueId, SubscriptionId, TitleId } from './words/ids.ts'
import { PlainText } from './words/plain-text.ts'

export const COPIES_MAX = 99

/** A set of bits (domain/serials/held-issues.ts). */
const HeldBits = z.int().min(0)

/**
 * A service point takes a serial for a part of one calendar year, and for the next one anew: orders are
 * placed and paid by the year. The whole city knows it, and which issues of the year are kept there.
 */
export const Subscription = z.strictObject({
  id: SubscriptionId,
  titleId: TitleId,
  branchId: BranchId,
  year: z.int().min(1000).max(9999),
  beginsOn: CalendarDate,
  endsOn: CalendarDate,
  /** `1234-5679`; what a scan is found by. */
  issn: PlainText(20).nullable(),
  shelf: PlainText(100).nullable(),
  callNumber: PlainText(100).nullable(),
  copies: z.int().min(1).max(COPIES_MAX),
  /** Copies get labels of their own and are lent. */
  isForLoan: z.boolean(),
  /** Of one copy of one issue. */
  priceFen: z.int().min(0).max(100_000_000).nullable(),
  vendor: PlainText(100).nullable(),
  /** An issue that is not here so many days after its date is late. */
  claimAfterDays: z.int().min(0).max(365),
  pattern: SerialPattern,
  /** Counts the changes: who changes it says which one was on the screen. */
  revision: z.int().min(1),
  endedAt: EpochMs.nullable(),
  /** The subscription that goes on with it. */
  nextId: SubscriptionId.nullable(),
  heldTo40: HeldBits,
  heldTo80: HeldBits,
  heldTo120: HeldBits,
})
export type Subscription = z.infer<typeof Subscription>

export const IssueState = z.enum([
  'expected',
  'arrived',
  'missing',
  'not-published',
  'bound',
  'discarded',
])
export type IssueState = z.infer<typeof IssueState>

/** Of an issue to which something happened; what is merely foreseen has no record. */
export const SerialIssue = z.strictObject({
  id: SerialIssueId,
  subscriptionId: SubscriptionId,
  branchId: BranchId,
  /** As it was read off the cover. */
  ...IssueLabel.shape,
  state: IssueState,
  /** Loose copies in hand; what was bound is not among them. */
  copiesCount: z.int(),
  /** Those of them that have a label. */
  itemIds: z.array(ItemId).max(COPIES_MAX),
  arrivedAt: EpochMs.nullable(),
  lastArrivedAt: EpochMs.nullable(),
  claimsCount: z.int().min(0),
  claimedAt: EpochMs.nullable(),
  boundItemId: ItemId.nullable(),
})
export type SerialIssue = z.infer<typeof SerialIssue>

/** Two desks that check in the same issue mean the same record. */
export const issueIdOf = (subscriptionId: string, ordinal: number): SerialIssueId =>
  `${subscriptionId}.i${ordinal}` as SerialIssueId

export const serialSchemas = {
  subscription: Subscription,
  'serial-issue': SerialIssue,
} as const
