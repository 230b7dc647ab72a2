/** What operations on subscriptions and issues look at. */
import { find, get, getAll, known, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import type { Branch, Item, Title } from './records.ts'
import { standingTitle } from './title-facts.ts'
import { issueIdOf } from './serial-records.ts'
import type { SerialIssue, Subscription } from './serial-records.ts'

export interface SerialSubject {
  readonly subscriptionId: string | null
  readonly ordinals: readonly number[]
  /** Of one that is begun; else the subscription names them. */
  readonly titleId: string | null
  readonly branchId: string | null
  /** Who else takes the title in the year is asked for. */
  readonly ofCity: boolean
}

export const aboutSerial = (named: Partial<SerialSubject>): SerialSubject => ({
  subscriptionId: null,
  ordinals: [],
  titleId: null,
  branchId: null,
  ofCity: false,
  ...named,
})

export interface SerialFacts {
  readonly subscription: Subscription | null
  readonly title: Title | null
  readonly branch: Branch | null
  /** By ordinal; none where nothing happened yet. */
  readonly issues: ReadonlyMap<number, SerialIssue>
  /** Labelled copies of those, by id. */
  readonly items: ReadonlyMap<string, Item>
  /** Of the same title at the same service point, in any year. */
  readonly here: readonly Subscription[]
  /** Of the same title and year, anywhere. */
  readonly ofCity: readonly Subscription[]
}

export const noSerial: SerialFacts = {
  subscription: null,
  title: null,
  branch: null,
  issues: new Map(),
  items: new Map(),
  here: [],
  ofCity: [],
}

export const gatherSerial = (subject: SerialSubject | null): Gathering<SerialFacts> =>
  subject === null ? known(noSerial) : gatherNamed(subject)

function* gatherNamed(subject: SerialSubject): Gathering<SerialFacts> {
  const subscription = yield* get('subscription', subject.subscriptionId)
  const titleId = subscription?.titleId ?? subject.titleId
  const branchId = subscription?.branchId ?? subject.branchId
  const isAtPlace = titleId !== null && branchId !== null
  const isOfCity = subject.ofCity && subscription !== null
  const [title, branch, issues, here, ofCity] = yield* together(
    standingTitle(titleId),
    get('branch', branchId),
    gatherIssues(subject),
    find('subscriptionsAtBranch', isAtPlace ? [titleId, branchId] : null),
    find('subscriptionsOfTitle', isOfCity ? [subscription.titleId, subscription.year] : null),
  )
  const itemIds = [...issues.values()].flatMap((issue) => issue.itemIds)
  const items = yield* getAll('item', new Map(itemIds.map((id) => [id as string, id as string])))
  return { subscription, title, branch, issues, items, here, ofCity }
}

function* gatherIssues({
  subscriptionId,
  ordinals,
}: SerialSubject): Gathering<ReadonlyMap<number, SerialIssue>> {
  if (subscriptionId === null) return new Map()
  const rows = yield* together(
    ...ordinals.map((ordinal) => get('serial-issue', issueIdOf(subscriptionId, ordinal))),
  )
  return new Map(rows.flatMap((row) => (row === null ? [] : [[row.ordinal, row] as const])))
}
