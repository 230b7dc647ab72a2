/** Which policy line speaks: the most specific match wins, missing values fall through. */
import type { Item, Policy, Reader } from '../records.ts'
import type { CalendarDate } from '../words/calendar-date.ts'
import type { LoanRule } from './policy-shapes.ts'
import { matchColumns, valueColumns } from './rule-lines.ts'

/** Who, what, whose, where, and whether it is lent for the first time. */
export interface LoanCase {
  readonly readerCategory: string
  readonly itemType: string
  readonly audience: string
  readonly ownerLibraryId: string
  readonly lendingLibraryId: string
  readonly isRenewal: boolean
}

type Value = (typeof valueColumns)[number]

/** The terms of a loan, and the lines they came from (P3). */
export interface LoanTerms {
  readonly loanDays: number | null
  /** Above 0: a loan of hours. */
  readonly loanHours: number
  readonly latestDueOn: CalendarDate | null
  readonly endsWithCard: boolean
  readonly renewalsMax: number
  readonly renewalDays: number
  readonly overdueFenPerDay: number
  readonly overdueMaxFen: number
  readonly graceDays: number
  readonly overdueFenPerHour: number
  /** Ids of the deciding lines, the one that set the loan period first. */
  readonly lines: readonly string[]
  /** Which line said what (P3); empty where none did. */
  readonly lineOf: Readonly<Record<Value, string>>
}

/** Heaviest first: what is lent weighs more than where, as in Evergreen's defaults. */
const weights = {
  itemType: 32,
  readerCategory: 16,
  isRenewal: 8,
  audience: 4,
  lendingLibraryId: 2,
  ownerLibraryId: 1,
} as const satisfies Record<keyof LoanCase, number>

const matches = (rule: LoanRule, one: LoanCase): boolean =>
  matchColumns.every((field) => rule[field] === null || rule[field] === one[field])

/** The same for two lines only where they are about the same. */
const weightOf = (rule: LoanRule): number =>
  matchColumns.reduce((sum, field) => sum + (rule[field] === null ? 0 : weights[field]), 0)

/** The most specific first; of the same match the later beginning; then by name, never by row. */
export const bySpecificity = (one: LoanRule, other: LoanRule): number =>
  weightOf(other) - weightOf(one) ||
  compare(other.fromOn ?? '', one.fromOn ?? '') ||
  compare(one.id, other.id)

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** P1, P8: lines that speak of this case on that day, the most specific first, one of each match. */
export function linesFor(policy: Policy, one: LoanCase, on: CalendarDate): readonly LoanRule[] {
  const begun = policy.loanRules
    .filter((rule) => matches(rule, one) && (rule.fromOn === null || rule.fromOn <= on))
    .toSorted(bySpecificity)
  // What speaks of one case and weighs the same has the same match.
  return begun.filter((rule, at) => at === 0 || weightOf(rule) !== weightOf(begun[at - 1] ?? rule))
}

/** The line that tells this value, and those before it that leave it open (P2). */
export function lineWith(
  lines: readonly LoanRule[],
  field: Value,
): { readonly line: LoanRule | null; readonly silent: readonly LoanRule[] } {
  const at = lines.findIndex((line) => line[field] !== null)
  return at < 0
    ? { line: null, silent: lines }
    : { line: lines[at] ?? null, silent: lines.slice(0, at) }
}

/** P1, P2 as the policy stands on that day. The order of its rows decides nothing. */
export function termsFor(policy: Policy, one: LoanCase, on: CalendarDate): LoanTerms {
  const matching = linesFor(policy, one, on)
  const lineOf = {} as Record<Value, string>
  const first = <F extends Value>(field: F): LoanRule[F] | null => {
    const { line } = lineWith(matching, field)
    lineOf[field] = line?.id ?? ''
    return line?.[field] ?? null
  }
  const terms = {
    loanDays: first('loanDays'),
    loanHours: first('loanHours') ?? 0,
    latestDueOn: first('latestDueOn'),
    endsWithCard: first('endsWithCard') ?? false,
    renewalsMax: first('renewalsMax') ?? 0,
    renewalDays: first('renewalDays') ?? 0,
    overdueFenPerDay: first('overdueFenPerDay') ?? 0,
    overdueMaxFen: first('overdueMaxFen') ?? 0,
    graceDays: first('graceDays') ?? 0,
    overdueFenPerHour: first('overdueFenPerHour') ?? 0,
  }
  const lines = [...new Set(valueColumns.map((name) => lineOf[name]))].filter((id) => id !== '')
  return { ...terms, lines, lineOf }
}

/** The case of this item and reader, where it is lent. */
export const caseOf = (
  item: Pick<Item, 'itemType' | 'audience' | 'ownerLibraryId'>,
  reader: Pick<Reader, 'category'> | null,
  lendingLibraryId: string,
  isRenewal: boolean,
): LoanCase => ({
  readerCategory: reader?.category ?? '',
  itemType: item.itemType,
  audience: item.audience,
  ownerLibraryId: item.ownerLibraryId,
  lendingLibraryId,
  isRenewal,
})
