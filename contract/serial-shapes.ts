/** Serials, as their screen lists and opens them. */
import { z } from 'zod'
import { Branch } from '../domain/records.ts'
import { Subscription } from '../domain/serial-records.ts'
import { IssueRow } from '../domain/serials/issues-of-year.ts'
import { IssueLabel } from '../domain/serials/pattern-shapes.ts'
import { nothing, route } from './route.ts'

const Count = z.int().min(0)
const shared = { permission: 'edit-catalogue', audit: 'none', effect: 'none' } as const

const SubscriptionRow = z.strictObject({
  subscription: Subscription,
  /** Null where the catalogue has not come yet. */
  title: z.string().nullable(),
  arrivedCount: Count,
  /** Through today. */
  dueCount: Count,
  lateCount: Count,
  /** Loose issues that could go into a volume. */
  bindableCount: Count,
  /** Nothing of its year is waited for any more. */
  isComplete: z.boolean(),
})

const AwaitedIssue = z.strictObject({
  subscriptionId: Subscription.shape.id,
  title: z.string().nullable(),
  shelf: z.string().nullable(),
  vendor: z.string().nullable(),
  copies: Count,
  ...IssueRow.shape,
})

export const serialQueries = {
  /** Of this branch: what is taken, and what of it is due and not here, the latest last. */
  serials: route({
    ask: nothing,
    answer: z.strictObject({
      subscriptions: z.array(SubscriptionRow),
      subscriptionsTotal: Count,
      awaited: z.array(AwaitedIssue),
      awaitedTotal: Count,
    }),
    ...shared,
  }),
  /** Which issue of what this branch takes the code on a cover means. */
  'serial-scan': route({
    ask: z.strictObject({
      /** 13 digits, or an ISSN that was typed. */
      code: z.string().max(64),
      addOn: z.string().max(5).nullable(),
    }),
    answer: z.strictObject({
      /** Null where it is no number of a serial. */
      issn: z.string().nullable(),
      found: z.array(
        z.strictObject({
          subscription: Subscription,
          title: z.string().nullable(),
          /** Null where nothing is left to come. */
          issue: IssueLabel.nullable(),
          /** The code says which issue; else it is the one that is due. */
          isCertain: z.boolean(),
        }),
      ),
    }),
    ...shared,
  }),
  subscription: route({
    ask: z.strictObject({ subscriptionId: z.string().max(80) }),
    answer: z
      .strictObject({
        subscription: Subscription,
        title: z.string().nullable(),
        issues: z.array(IssueRow),
        /** Who keeps issues of this year, this branch first. */
        keepers: z.array(
          z.strictObject({
            branch: Branch.nullable(),
            isHere: z.boolean(),
            ordinals: z.array(z.int()),
          }),
        ),
        /** Kept here and nowhere else in the city. */
        onlyHere: z.array(z.int()),
      })
      .nullable(),
    ...shared,
  }),
} as const
