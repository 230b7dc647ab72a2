/** A line of the policy in the words of the desk. */
import type { TFunction } from 'i18next'
import type { AnswerOf } from '../../contract/queries.ts'
import type { LoanRule } from '../../domain/policy/policy-shapes.ts'
import { yuan } from './words.ts'

export type Libraries = AnswerOf<'branches'>['libraries']
export type Categories = AnswerOf<'policy'>['readerCategories']

export interface Words {
  readonly t: TFunction
  readonly language: string
  readonly libraries: Libraries
  readonly categories: Categories
}

export const named = (
  { language }: Pick<Words, 'language'>,
  one: { readonly nameZh: string; readonly nameEn: string },
): string => (language === 'zh-CN' ? one.nameZh : one.nameEn)

export const libraryWord = (words: Words, id: string): string => {
  const found = words.libraries.find((one) => one.id === id)
  return found === undefined ? id : named(words, found)
}

export const categoryWord = (words: Words, id: string): string => {
  const found = words.categories.find((one) => one.id === id)
  return found === undefined ? id : named(words, found)
}

type Known = 'book'
export const itemTypeWord = ({ t }: Pick<Words, 't'>, type: string): string =>
  t(`item.itemType.${type as Known}`)

/** What it is about: empty for the line that is for everything. */
export function aboutWords(words: Words, line: LoanRule): readonly string[] {
  const { t } = words
  return [
    ...(line.itemType === null ? [] : [itemTypeWord(words, line.itemType)]),
    ...(line.readerCategory === null ? [] : [categoryWord(words, line.readerCategory)]),
    ...(line.isRenewal === null ? [] : [t(`rules.renewal.${line.isRenewal ? 'true' : 'false'}`)]),
    ...(line.audience === null ? [] : [t(`rules.audience.${line.audience}`)]),
    ...(line.lendingLibraryId === null
      ? []
      : [`${t('rules.column.lendingLibraryId')} ${libraryWord(words, line.lendingLibraryId)}`]),
    ...(line.ownerLibraryId === null
      ? []
      : [`${t('rules.column.ownerLibraryId')} ${libraryWord(words, line.ownerLibraryId)}`]),
  ]
}

/** What it says: only what is told. */
export function sayWords({ t }: Pick<Words, 't'>, line: LoanRule): readonly string[] {
  const said = (value: number | null, word: (count: number) => string) =>
    value === null ? [] : [word(value)]
  return [
    ...said(line.loanDays, (count) => t('rules.short.period', { count })),
    ...said(line.loanHours, (count) => t('rules.short.hours', { count })),
    ...said(line.renewalsMax, (count) => t('rules.renews', { count })),
    ...said(line.renewalDays, (count) => t('rules.renewsFor', { count })),
    ...said(line.overdueFenPerDay, (fen) => t('rules.fine', { perDay: yuan(fen) })),
    ...said(line.overdueFenPerHour, (fen) => t('rules.finePerHour', { perHour: yuan(fen) })),
    ...said(line.overdueMaxFen, (fen) => t('rules.fineMax', { max: yuan(fen) })),
    ...said(line.graceDays, (count) => t('rules.grace', { count })),
    ...(line.latestDueOn === null ? [] : [t('rules.latest', { date: line.latestDueOn })]),
    ...(line.endsWithCard === true ? [t('rules.withCard')] : []),
  ]
}
