/** Which policy line speaks: the most specific match wins, missing values fall through. */
import type { Item, Policy, Reader } from '../records.ts'
import type { CalendarDate } from '../words/calendar-date.ts'
import type { LoanRule } from './policy-shapes.ts'

/** Who, what, whose, where, and whether it is lent for the first time. */
export interface LoanCase {
  readonly readerCategory: string
  readonly itemType: string
  readonly audience: string
  readonly ownerLibraryId: string
  readonly lendingLibraryId: string
  readonly isRenewal: boolean
}

/** What a line may say of a loan. */
export const termNames = [
  'loanDays',
  'loanHours',
  'latestDueOn',
  'endsWithCard',
  'renewalsMax',
  'renewalDays',
  'overdueFenPerDay',
  'overdueMaxFen',
  'graceDays',
  'overdueFenPerHour',
] as const satisfies readonly (keyof LoanRule)[]
export type TermName = (typeof termNames)[number]

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
  readonly lineOf: Readonly<Record<TermName, string>>
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

const columns = Object.keys(weights) as (keyof LoanCase)[]

const matches = (rule: LoanRule, on: LoanCase): boolean =>
  columns.every((field) => rule[field] === null || rule[field] === on[field])

const weightOf = (rule: LoanRule): number =>
  columns.reduce((sum, field) => sum + (rule[field] === null ? 0 : weights[field]), 0)

/** P1, P2. Lines of equal weight are taken in the order of the policy. */
export function termsFor(policy: Policy, on: LoanCase): LoanTerms {
  const matching = policy.loanRules
    .filter((rule) => matches(rule, on))
    .toSorted((one, other) => weightOf(other) - weightOf(one))
  const lineOf = {} as Record<TermName, string>
  const first = <F extends TermName>(field: F): LoanRule[F] | null => {
    const rule = matching.find((candidate) => candidate[field] !== null)
    lineOf[field] = rule?.id ?? ''
    return rule?.[field] ?? null
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
  const lines = [...new Set(termNames.map((name) => lineOf[name]))].filter((id) => id !== '')
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
