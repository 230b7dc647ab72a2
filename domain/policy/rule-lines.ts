/** Comparing lines of the loan policy, and writing them as text for people who settle a conflict. */
import { LoanRule } from './policy-shapes.ts'

/** What a line can be about; the day from which it counts is not among them. */
export const matchColumns = [
  'itemType',
  'readerCategory',
  'isRenewal',
  'audience',
  'lendingLibraryId',
  'ownerLibraryId',
] as const satisfies readonly (keyof LoanRule)[]

export const valueColumns = [
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

export const isSameMatch = (one: LoanRule, other: LoanRule): boolean =>
  matchColumns.every((column) => one[column] === other[column])

/** Which of them counts, only the order of the rows could tell: neither may stand beside the other (P7). */
export const isTie = (one: LoanRule, other: LoanRule): boolean =>
  one.id !== other.id && one.fromOn === other.fromOn && isSameMatch(one, other)

/** For whatever is lent: the ground that the others stand on (P10). */
export const isGeneral = (line: LoanRule): boolean =>
  line.fromOn === null && matchColumns.every((column) => line[column] === null)

export const saysNothing = (line: LoanRule): boolean =>
  valueColumns.every((column) => line[column] === null)

/** Stores give the fields back in any order. */
export const isSameLine = (one: LoanRule | null, other: LoanRule | null): boolean =>
  one === null || other === null
    ? one === other
    : one.id === other.id &&
      one.fromOn === other.fromOn &&
      isSameMatch(one, other) &&
      valueColumns.every((column) => one[column] === other[column])

/** The first two lines that nobody could choose between, or two of one name; null where all differ. */
export function tieIn(lines: readonly LoanRule[]): readonly [LoanRule, LoanRule] | null {
  for (const [index, one] of lines.entries()) {
    const other = lines.slice(index + 1).find((later) => later.id === one.id || isTie(one, later))
    if (other !== undefined) return [one, other]
  }
  return null
}

/** Fields that say something, in a fixed order; null: no line. */
export const textOfLine = (line: LoanRule | null): string | null =>
  line === null
    ? null
    : JSON.stringify(
        Object.fromEntries(
          (['id', ...matchColumns, 'fromOn', ...valueColumns] as const).flatMap((column) =>
            line[column] === null ? [] : [[column, line[column]]],
          ),
        ),
      )

const silent = Object.fromEntries(
  [...matchColumns, 'fromOn', ...valueColumns].map((column) => [column, null]),
)

/** Null where it is no line of this program. Throws SyntaxError for text that is no JSON. */
export function lineOfText(text: string): LoanRule | null {
  const parsed = LoanRule.safeParse({ ...silent, ...(JSON.parse(text) as object) })
  return parsed.success ? parsed.data : null
}
