/** The issues of a subscription as a person sees them: what is foreseen, and what became of it. */
import { z } from 'zod'
import type { SerialIssue, Subscription } from '../serial-records.ts'
import { daysBetween } from '../words/calendar-date.ts'
import type { CalendarDate } from '../words/calendar-date.ts'
import { IssueLabel } from './pattern-shapes.ts'
import { labelOf, predictIssues } from './predict.ts'

export const IssueStanding = z.enum([
  'expected',
  'due',
  'late',
  'claimed',
  'arrived',
  /** Some copies came, others did not. */
  'partly',
  'missing',
  'not-published',
  'bound',
  'discarded',
])
export type IssueStanding = z.infer<typeof IssueStanding>

export const IssueRow = z.strictObject({
  issue: IssueLabel,
  standing: IssueStanding,
  copiesCount: z.int(),
  labelledCount: z.int().min(0),
  claimsCount: z.int().min(0),
  /** Days since it should have come; 0 where nothing is waited for. */
  lateDays: z.int().min(0),
})
export type IssueRow = z.infer<typeof IssueRow>

type Terms = Pick<Subscription, 'pattern' | 'endsOn' | 'copies' | 'claimAfterDays'>

/** In the order of their ordinals. What came as one issue hides the foreseen ones that it covers. */
export function issuesOfYear(
  terms: Terms,
  known: readonly SerialIssue[],
  today: CalendarDate,
): IssueRow[] {
  const isCovered = ({ ordinal }: IssueLabel): boolean =>
    known.some((one) => one.ordinal <= ordinal && ordinal <= one.lastOrdinal)
  const foreseen = predictIssues(terms.pattern, terms.endsOn).filter((one) => !isCovered(one))
  const rows = [
    ...foreseen.map((issue) => rowOf(terms, issue, null, today)),
    ...known.map((row) => rowOf(terms, labelIn(row), row, today)),
  ]
  return rows.toSorted((one, other) => one.issue.ordinal - other.issue.ordinal)
}

const labelIn = (row: SerialIssue): IssueLabel => IssueLabel.strip().parse(row)

function rowOf(
  terms: Terms,
  issue: IssueLabel,
  row: SerialIssue | null,
  today: CalendarDate,
): IssueRow {
  const standing = standingOf(terms, issue, row, today)
  const isAwaited = ['due', 'late', 'claimed', 'partly'].includes(standing)
  return {
    issue,
    standing,
    copiesCount: row?.copiesCount ?? 0,
    labelledCount: row?.itemIds.length ?? 0,
    claimsCount: row?.claimsCount ?? 0,
    lateDays: isAwaited ? Math.max(0, daysBetween(issue.publishedOn, today)) : 0,
  }
}

function standingOf(
  { copies, claimAfterDays }: Terms,
  { publishedOn }: IssueLabel,
  row: SerialIssue | null,
  today: CalendarDate,
): IssueStanding {
  if (row !== null && row.state === 'arrived') {
    return row.copiesCount < copies ? 'partly' : 'arrived'
  }
  if (row !== null && row.state !== 'expected') return row.state
  if (row !== null && row.claimsCount > 0) return 'claimed'
  if (publishedOn > today) return 'expected'
  return daysBetween(publishedOn, today) > claimAfterDays ? 'late' : 'due'
}

/** Of an irregular serial: the one after the last that came, today. */
export function nextUnforeseen(
  { pattern }: Pick<Subscription, 'pattern'>,
  known: readonly SerialIssue[],
  today: CalendarDate,
): IssueLabel {
  const last = Math.max(pattern.firstOrdinal - 1, ...known.map((one) => one.lastOrdinal))
  return labelOf(pattern, last + 1, last + 1, today)
}
