/** Subscriptions of this branch, their issues, and who keeps them in the city. */
import type { Branch } from '../../domain/records.ts'
import type { SerialIssue, Subscription } from '../../domain/serial-records.ts'
import { heldOrdinals, isHeld } from '../../domain/serials/held-issues.ts'
import { issueOfScan, readIssnScan } from '../../domain/serials/issue-of-scan.ts'
import { issuesOfYear, nextUnforeseen } from '../../domain/serials/issues-of-year.ts'
import type { IssueRow } from '../../domain/serials/issues-of-year.ts'
import type { IssueLabel } from '../../domain/serials/pattern-shapes.ts'
import { addDays } from '../../domain/words/calendar-date.ts'
import type { CalendarDate } from '../../domain/words/calendar-date.ts'
import { normaliseIssn } from '../../domain/words/issn.ts'
import type { AskedAt, Stores } from './stores.ts'

export interface SubscriptionRow {
  readonly subscription: Subscription
  readonly title: string | null
  readonly arrivedCount: number
  readonly dueCount: number
  readonly lateCount: number
  readonly bindableCount: number
  readonly isComplete: boolean
}

export interface AwaitedIssue extends IssueRow {
  readonly subscriptionId: Subscription['id']
  readonly title: string | null
  readonly shelf: string | null
  readonly vendor: string | null
  readonly copies: number
}

export interface Serials {
  readonly subscriptions: readonly SubscriptionRow[]
  readonly subscriptionsTotal: number
  readonly awaited: readonly AwaitedIssue[]
  readonly awaitedTotal: number
}

const SUBSCRIPTIONS_MAX = 300
const AWAITED_MAX = 200
/** A year that is over stays in sight until it is bound. */
const KEPT_DAYS = 200
const AHEAD_DAYS = 60

const awaitedStandings: readonly string[] = ['due', 'late', 'claimed', 'partly']
const doneStandings: readonly string[] = ['arrived', 'bound', 'not-published', 'discarded']

export function serials(
  stores: Stores,
  _ask: Readonly<Record<string, never>>,
  { today }: AskedAt,
  branchId: string | null,
): Serials {
  const taken = takenHere(stores, today, branchId)
  const titles = stores.catalogue.titles([
    ...new Set(taken.map(({ titleId }) => titleId as string)),
  ])
  const known = Map.groupBy(
    issuesHere(stores, branchId),
    ({ subscriptionId }) => subscriptionId as string,
  )
  const all = taken.map((subscription) => ({
    subscription,
    title: titles.get(subscription.titleId)?.title ?? null,
    issues: issuesOfYear(subscription, known.get(subscription.id) ?? [], today),
  }))
  const awaited = all
    .flatMap(({ subscription, title, issues }) =>
      issues
        .filter(({ standing }) => awaitedStandings.includes(standing))
        .map((row) => ({
          ...row,
          subscriptionId: subscription.id,
          title,
          shelf: subscription.shelf,
          vendor: subscription.vendor,
          copies: subscription.copies,
        })),
    )
    .toSorted((one, other) => one.lateDays - other.lateDays)
  return {
    subscriptions: all.slice(0, SUBSCRIPTIONS_MAX).map(counted),
    subscriptionsTotal: all.length,
    awaited: awaited.slice(0, AWAITED_MAX),
    awaitedTotal: awaited.length,
  }
}

interface Known {
  readonly subscription: Subscription
  readonly title: string | null
  readonly issues: readonly IssueRow[]
}

function counted({ subscription, title, issues }: Known): SubscriptionRow {
  const count = (...standings: readonly IssueRow['standing'][]): number =>
    issues.filter(({ standing }) => standings.includes(standing)).length
  return {
    subscription,
    title,
    arrivedCount: count('arrived', 'bound', 'partly'),
    dueCount: issues.length - count('expected'),
    lateCount: count('late', 'claimed'),
    bindableCount: count('arrived', 'partly'),
    isComplete:
      issues.length > 0 && issues.every(({ standing }) => doneStandings.includes(standing)),
  }
}

function takenHere(
  { replica: { rows } }: Stores,
  today: CalendarDate,
  branchId: string | null,
): Subscription[] {
  return rows.select(
    'subscription',
    'WHERE branchId = ? AND endsOn >= ? AND beginsOn <= ? ORDER BY endsOn, id',
    branchId,
    addDays(today, -KEPT_DAYS),
    addDays(today, AHEAD_DAYS),
  )
}

const issuesHere = ({ replica: { rows } }: Stores, branchId: string | null): SerialIssue[] =>
  rows.select('serial-issue', 'WHERE branchId = ?', branchId)

const issuesOf = ({ replica: { rows } }: Stores, subscriptionId: string): SerialIssue[] =>
  rows.select('serial-issue', 'WHERE subscriptionId = ? ORDER BY ordinal', subscriptionId)

export interface ScannedSerial {
  readonly issn: string | null
  readonly found: readonly {
    readonly subscription: Subscription
    readonly title: string | null
    readonly issue: IssueLabel | null
    readonly isCertain: boolean
  }[]
}

/** The year that the code names, where it names one; a late issue of the last year is met in January. */
export function serialScan(
  stores: Stores,
  { code, addOn }: { readonly code: string; readonly addOn: string | null },
  { today }: AskedAt,
  branchId: string | null,
): ScannedSerial {
  const scanned = readIssnScan(code, addOn, today)
  const issn = scanned?.issn ?? normaliseIssn(code)
  if (issn === null) return { issn, found: [] }
  const taken = takenHere(stores, today, branchId).filter((one) => one.issn === issn)
  const ofYear = taken.filter(({ year }) => year === (scanned?.year ?? Number(today.slice(0, 4))))
  const meant = ofYear.length > 0 ? ofYear : taken
  const titles = stores.catalogue.titles(meant.map(({ titleId }) => titleId as string))
  return {
    issn,
    found: meant.map((subscription) => {
      const known = issuesOf(stores, subscription.id)
      const named =
        subscription.pattern.frequency === 'irregular'
          ? { issue: nextUnforeseen(subscription, known, today), isCertain: false }
          : issueOfScan(
              issuesOfYear(subscription, known, today).map(({ issue }) => issue),
              { addOn },
              ({ ordinal }) => isAllHere(known, ordinal, subscription.copies),
              today,
            )
      return {
        subscription,
        title: titles.get(subscription.titleId)?.title ?? null,
        issue: named?.issue ?? null,
        isCertain: named?.isCertain ?? false,
      }
    }),
  }
}

const isAllHere = (known: readonly SerialIssue[], ordinal: number, copies: number): boolean =>
  known.some(
    (one) => one.ordinal === ordinal && (one.copiesCount >= copies || one.boundItemId !== null),
  )

export interface OpenSubscription {
  readonly subscription: Subscription
  readonly title: string | null
  readonly issues: readonly IssueRow[]
  readonly keepers: readonly {
    readonly branch: Branch | null
    readonly isHere: boolean
    readonly ordinals: readonly number[]
  }[]
  readonly onlyHere: readonly number[]
}

export function subscription(
  stores: Stores,
  { subscriptionId }: { readonly subscriptionId: string },
  { today }: AskedAt,
): OpenSubscription | null {
  const { rows } = stores.replica
  const found = rows.row('subscription', subscriptionId)
  if (found === null) return null
  const { titleId, year } = found
  const others = rows
    .find('subscriptionsOfTitle', [titleId, year])
    .filter(({ id }) => id !== subscriptionId)
  const keeper = (one: Subscription) => ({
    branch: rows.row('branch', one.branchId),
    isHere: one.id === subscriptionId,
    ordinals: heldOrdinals(one),
  })
  return {
    subscription: found,
    title: stores.catalogue.titles([titleId]).get(titleId)?.title ?? null,
    issues: issuesOfYear(found, issuesOf(stores, subscriptionId), today),
    keepers: [found, ...others].map(keeper),
    onlyHere: heldOrdinals(found).filter((ordinal) => !others.some((one) => isHeld(one, ordinal))),
  }
}
