/** Of subscriptions to serials, and of their issues. */
export const serialRefusals = [
  'unknown-subscription',
  'subscription-of-other-branch',
  'subscription-crosses-year',
  'pattern-without-issues',
  'subscribed-already',
  'subscription-changed-elsewhere',
  'subscription-ended',
  'subscription-renewed',
  'more-copies-than-ordered',
  'issue-turned-up',
  'issue-arrived',
  'issue-not-due',
  'issue-bound',
  'no-copy-to-label',
  'no-loose-copies',
  'volume-incomplete',
  'issue-on-loan',
  'last-copy',
] as const
export type SerialRefusal = (typeof serialRefusals)[number]
