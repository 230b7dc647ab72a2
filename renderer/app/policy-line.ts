/** A line of the policy as a person reads it: its place in the list, and for whom it speaks (P3). */
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import type { AnswerOf } from '../../contract/queries.ts'
import { useBranchesQuery, usePolicyQuery } from './desk-api.ts'

type Policy = AnswerOf<'policy'>
type Rule = Policy['loanRules'][number]
type Places = AnswerOf<'branches'>

export interface PolicyLines {
  readonly policy: Policy
  readonly places: Places
  /** Null of an id that no line ever had: nobody spoke. */
  readonly words: (lineId: string) => string
  /** Its place in the list alone. */
  readonly number: (lineId: string) => string
  readonly category: (id: string) => string
  readonly library: (id: string) => string
}

/** Null until policy and places are there. */
export function usePolicyLines(): PolicyLines | null {
  const { t, i18n } = useTranslation()
  const { data: policy } = usePolicyQuery({})
  const { data: places } = useBranchesQuery({})
  if (policy === undefined || places === undefined) return null
  const isZh = i18n.language === 'zh-CN'
  const nameOf = (one: { nameZh: string; nameEn: string } | undefined, id: string): string =>
    (isZh ? one?.nameZh : one?.nameEn) ?? id
  const category = (id: string): string =>
    nameOf(
      policy.readerCategories.find((one) => one.id === id),
      id,
    )
  const library = (id: string): string =>
    nameOf(
      places.libraries.find((one) => one.id === id),
      id,
    )
  const words = (lineId: string): string => {
    const index = policy.loanRules.findIndex(({ id }) => id === lineId)
    const rule = policy.loanRules[index]
    if (rule === undefined) return t('why.gone')
    return t('why.rule', {
      number: index + 1,
      matches: matchesOf(t, rule, { category, library }).join(' × '),
    })
  }
  const number = (lineId: string): string => {
    const index = policy.loanRules.findIndex(({ id }) => id === lineId)
    return index < 0 ? t('why.gone') : t('why.ruleNumber', { number: index + 1 })
  }
  return { policy, places, words, number, category, library }
}

function matchesOf(
  t: TFunction,
  rule: Rule,
  { category, library }: Pick<PolicyLines, 'category' | 'library'>,
): readonly string[] {
  const { readerCategory, itemType, lendingLibraryId, ownerLibraryId, audience, isRenewal } = rule
  return [
    readerCategory === null ? t('why.anyReader') : category(readerCategory),
    itemType === null ? t('why.anyItem') : itemTypeWords(t, itemType),
    lendingLibraryId === null ? t('why.anyLibrary') : library(lendingLibraryId),
    ...(ownerLibraryId === null ? [] : [t('why.ownedBy', { library: library(ownerLibraryId) })]),
    ...(audience === null ? [] : [t(`why.audience.${audience}`)]),
    ...(isRenewal === null ? [] : [t(isRenewal ? 'why.isRenewal' : 'why.isFirst')]),
  ]
}

/** A city may have types that this version has no word for. */
function itemTypeWords(t: TFunction, type: string): string {
  const words: Readonly<Record<string, string>> = t('item.itemType', { returnObjects: true })
  return words[type] ?? type
}
