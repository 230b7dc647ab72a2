import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bySpecificity, lineWith, linesFor } from '../../../domain/policy/loan-rules.ts'
import type { LoanCase } from '../../../domain/policy/loan-rules.ts'
import type { LoanRule } from '../../../domain/policy/policy-shapes.ts'
import type { valueColumns } from '../../../domain/policy/rule-lines.ts'
import { ItemType } from '../../../domain/records.ts'
import type { Policy } from '../../../domain/records.ts'
import type { CalendarDate } from '../../../domain/words/calendar-date.ts'
import { yuan } from '../../app/words.ts'
import { Choose } from './choose.tsx'
import { categoryWord, itemTypeWord, libraryWord, named } from '../../app/rule-words.ts'
import type { Words } from '../../app/rule-words.ts'

type Value = (typeof valueColumns)[number]

/** In the order in which people ask. */
const shown: readonly Value[] = [
  'loanDays',
  'loanHours',
  'renewalsMax',
  'renewalDays',
  'overdueFenPerDay',
  'overdueFenPerHour',
  'overdueMaxFen',
  'graceDays',
  'latestDueOn',
  'endsWithCard',
]

const seldomTold: ReadonlySet<Value> = new Set([
  'loanHours',
  'latestDueOn',
  'endsWithCard',
  'overdueFenPerHour',
])

interface LinePreviewProps {
  readonly policy: Policy
  readonly words: Words
  readonly ownLibraryId: string
  readonly today: CalendarDate
}

/** Who, what, where: which line wins, value by value, and which ones left it open. */
export function LinePreview({ policy, words, ownLibraryId, today }: LinePreviewProps) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<LoanCase>({
    readerCategory: policy.readerCategories[0]?.id ?? '',
    itemType: 'book',
    audience: 'general',
    ownerLibraryId: ownLibraryId,
    lendingLibraryId: ownLibraryId,
    isRenewal: false,
  })
  const set = (field: keyof LoanCase) => (value: string | null) =>
    setAsked((before) => ({ ...before, [field]: value ?? '' }))
  const libraries = words.libraries.map((one) => ({ value: one.id, label: named(words, one) }))
  const matching = linesFor(policy, asked, today).toSorted(bySpecificity)
  const category = policy.readerCategories.find(({ id }) => id === asked.readerCategory)
  return (
    <div className="cd-rule-preview" data-testid="rule-preview">
      <div className="cd-rule-fields">
        <Choose
          label={t('rules.column.readerCategory')}
          value={asked.readerCategory}
          choices={policy.readerCategories.map((one) => ({
            value: one.id,
            label: named(words, one),
          }))}
          onChoose={set('readerCategory')}
          testId="try-category"
        />
        <Choose
          label={t('rules.column.itemType')}
          value={asked.itemType}
          choices={ItemType.options.map((value) => ({ value, label: itemTypeWord(words, value) }))}
          onChoose={set('itemType')}
          testId="try-type"
        />
        <Choose
          label={t('rules.column.lendingLibraryId')}
          value={asked.lendingLibraryId}
          choices={libraries}
          onChoose={set('lendingLibraryId')}
          testId="try-lending"
        />
        <Choose
          label={t('rules.column.ownerLibraryId')}
          value={asked.ownerLibraryId}
          choices={libraries}
          onChoose={set('ownerLibraryId')}
          testId="try-owner"
        />
        <Choose
          label={t('rules.column.audience')}
          value={asked.audience}
          choices={(['general', 'juvenile', 'adult'] as const).map((value) => ({
            value,
            label: t(`rules.audience.${value}`),
          }))}
          onChoose={set('audience')}
          testId="try-audience"
        />
        <Choose
          label={t('rules.column.isRenewal')}
          value={String(asked.isRenewal)}
          choices={(['false', 'true'] as const).map((value) => ({
            value,
            label: t(`rules.renewal.${value}`),
          }))}
          onChoose={(value) => setAsked((before) => ({ ...before, isRenewal: value === 'true' }))}
          testId="try-renewal"
        />
      </div>
      <table className="cd-table cd-rule-says">
        <tbody>
          {shown.map((field) => (
            <SaidRow key={field} field={field} matching={matching} />
          ))}
          <tr data-field="itemsMax">
            <th scope="row">{t('rules.column.itemsMax')}</th>
            <td className="cd-number">{category?.itemsMax ?? t('rules.none')}</td>
            <td className="cd-quiet">
              {t('rules.ofCategory', { category: categoryWord(words, asked.readerCategory) })}
            </td>
          </tr>
        </tbody>
      </table>
      <p className="cd-quiet">
        {t('rules.previewOn', { date: today })} · {libraryWord(words, asked.lendingLibraryId)}
      </p>
    </div>
  )
}

interface SaidRowProps {
  readonly field: Value
  readonly matching: readonly LoanRule[]
}

function SaidRow({ field, matching }: SaidRowProps) {
  const { t } = useTranslation()
  const { line, silent } = lineWith(matching, field)
  const isMissing = line === null
  // Rarely told, and then said by its own row.
  if (isMissing && seldomTold.has(field)) {
    return null
  }
  const passed = isMissing ? '' : silent.map(({ id }) => id).join('、')
  return (
    <tr data-field={field}>
      <th scope="row">{t(`rules.column.${field}`)}</th>
      <td className="cd-number">{isMissing ? t('rules.none') : valueWord(line, field, t)}</td>
      <td>
        {isMissing ? (
          <span className="cd-quiet">
            {t(field === 'loanDays' ? 'rules.noLoan' : 'rules.nobodySays')}
          </span>
        ) : (
          <>
            <strong translate="no">{line.id}</strong>
            {passed !== '' && (
              <div className="cd-quiet">
                {t('rules.passedOver')} <span translate="no">{passed}</span>
              </div>
            )}
          </>
        )}
      </td>
    </tr>
  )
}

function valueWord(line: LoanRule, field: Value, t: Words['t']): string {
  const value = line[field]
  if (typeof value === 'boolean') return t(value ? 'rules.yes' : 'rules.no')
  if (field.startsWith('overdue')) return yuan(Number(value)).replace('¥', '')
  return String(value)
}
