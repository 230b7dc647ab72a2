/** Serials that two libraries take in the year of the seed, and what of them has come by that day. */
import type { Title } from '../../domain/records.ts'
import { issueIdOf } from '../../domain/serial-records.ts'
import type { SerialIssue, Subscription } from '../../domain/serial-records.ts'
import { heldBy, nothingHeld } from '../../domain/serials/held-issues.ts'
import { SerialPattern } from '../../domain/serials/pattern-shapes.ts'
import type { IssueLabel } from '../../domain/serials/pattern-shapes.ts'
import { predictIssues } from '../../domain/serials/predict.ts'
import { CalendarDate, addDays, startOf } from '../../domain/words/calendar-date.ts'
import { BranchId, SubscriptionId } from '../../domain/words/ids.ts'

interface SampleSerial {
  readonly title: string
  readonly branchId: string
  readonly callNumber: string
  readonly copies: number
  readonly priceFen: number
  readonly frequency: SerialPattern['frequency']
  /** Month and day of the first issue of a year. */
  readonly first: string
  readonly monthDays: readonly number[]
  /** Of the issues that should be here, counted from the last: not one copy has come. */
  readonly absent: number
}

const CITY_LIBRARY = '044005-01'
const NANSHAN = '044006-01'
const HOUR_MS = 3_600_000
/** From the printer to the desk. */
const UNDERWAY_DAYS = 3

const plan: readonly SampleSerial[] = [
  {
    title: '意林',
    branchId: CITY_LIBRARY,
    callNumber: 'Z62/3',
    copies: 3,
    priceFen: 900,
    frequency: 'semi-monthly',
    first: '01-01',
    monthDays: [1, 16],
    absent: 0,
  },
  {
    title: '三联生活周刊',
    branchId: CITY_LIBRARY,
    callNumber: 'Z62/2',
    copies: 2,
    priceFen: 1500,
    frequency: 'weekly',
    first: '01-05',
    monthDays: [],
    absent: 3,
  },
  {
    title: '中国国家地理',
    branchId: CITY_LIBRARY,
    callNumber: 'K9/1',
    copies: 1,
    priceFen: 3000,
    frequency: 'monthly',
    first: '01-01',
    monthDays: [],
    absent: 0,
  },
  {
    title: '中国国家地理',
    branchId: NANSHAN,
    callNumber: 'K9/1',
    copies: 1,
    priceFen: 3000,
    frequency: 'monthly',
    first: '01-01',
    monthDays: [],
    absent: 2,
  },
]

interface SampleSerials {
  readonly subscriptions: readonly Subscription[]
  readonly issues: readonly SerialIssue[]
}

/** Titles that the city does not have are not taken. */
export function sampleSerials(titles: readonly Title[], seedOn: CalendarDate): SampleSerials {
  const year = seedOn.slice(0, 4)
  const subscriptions: Subscription[] = []
  const issues: SerialIssue[] = []
  for (const [index, serial] of plan.entries()) {
    const title = titles.find((one) => one.title === serial.title)
    if (title === undefined) continue
    const id = SubscriptionId.parse(`sub-${String(index + 1).padStart(2, '0')}`)
    const begun = subscriptionOf(serial, title, id, year)
    const come = arrivedBy(begun, seedOn).filter((_, at, all) => at !== all.length - serial.absent)
    subscriptions.push(holding(begun, come))
    issues.push(...come.map((label) => issueOf(begun, label)))
  }
  return { subscriptions, issues }
}

function subscriptionOf(
  { branchId, callNumber, copies, priceFen, frequency, first, monthDays }: SampleSerial,
  title: Title,
  id: SubscriptionId,
  year: string,
): Subscription {
  return {
    id,
    titleId: title.id,
    branchId: BranchId.parse(branchId),
    year: Number(year),
    beginsOn: CalendarDate.parse(`${year}-01-01`),
    endsOn: CalendarDate.parse(`${year}-12-31`),
    issn: title.issn,
    shelf: '报刊阅览区',
    callNumber,
    copies,
    isForLoan: false,
    priceFen,
    vendor: '邮政报刊发行局',
    claimAfterDays: 10,
    pattern: SerialPattern.parse({
      frequency,
      firstOn: `${year}-${first}`,
      firstOrdinal: 1,
      weekdays: [],
      monthDays,
      skippedMonths: [],
      combined: [],
      numbering: 'year',
      firstNumber: null,
      volume: null,
      wholeNumber: null,
    }),
    revision: 1,
    endedAt: null,
    nextId: null,
    ...nothingHeld,
  }
}

const cameOn = ({ publishedOn }: IssueLabel): CalendarDate => addDays(publishedOn, UNDERWAY_DAYS)

const arrivedBy = ({ pattern, endsOn }: Subscription, day: CalendarDate): IssueLabel[] =>
  predictIssues(pattern, endsOn).filter((label) => cameOn(label) <= day)

/** The city knows which issues are kept where (J10). */
function holding(subscription: Subscription, come: readonly IssueLabel[]): Subscription {
  const held = { ...nothingHeld }
  for (const { ordinal, lastOrdinal } of come) {
    const added = heldBy(ordinal, lastOrdinal, 1)
    for (const field of ['heldTo40', 'heldTo80', 'heldTo120'] as const) {
      held[field] += added[field] ?? 0
    }
  }
  return { ...subscription, ...held }
}

function issueOf({ id, branchId, copies }: Subscription, label: IssueLabel): SerialIssue {
  const arrivedAt = startOf(cameOn(label)) + 10 * HOUR_MS
  return {
    ...label,
    id: issueIdOf(id, label.ordinal),
    subscriptionId: id,
    branchId,
    state: 'arrived',
    copiesCount: copies,
    itemIds: [],
    arrivedAt,
    lastArrivedAt: arrivedAt,
    claimsCount: 0,
    claimedAt: null,
    boundItemId: null,
  }
}
