/** An issue in the words that its cover uses. */
import type { TFunction } from 'i18next'
import type { IssueLabel } from '../../../domain/serials/pattern-shapes.ts'

/** `11`, `1-2` of a combined one. */
export const numberText = ({ number, lastNumber }: IssueLabel): string =>
  number === lastNumber ? String(number) : `${number}-${lastNumber}`

export function issueText(t: TFunction, issue: IssueLabel): string {
  const { year, volume, wholeNumber } = issue
  const number = numberText(issue)
  const named =
    volume === null
      ? t('serials.issue.plain', { year, number })
      : t('serials.issue.volume', { year, volume, number })
  if (wholeNumber === null) return named
  return `${named} · ${t('serials.issue.whole', { whole: wholeNumber })}`
}
