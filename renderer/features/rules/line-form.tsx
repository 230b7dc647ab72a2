import { Button, Input } from 'antd'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { LoanRule } from '../../../domain/policy/policy-shapes.ts'
import { ItemType } from '../../../domain/records.ts'
import type { CalendarDate } from '../../../domain/words/calendar-date.ts'
import { useLineEffectQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { dateFromText } from '../../ui/date-text.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Choose } from './choose.tsx'
import { draftOf, lineOfDraft, textFields } from './line-draft.ts'
import type { Draft, TextField } from './line-draft.ts'
import { itemTypeWord, named } from '../../app/rule-words.ts'
import type { Words } from '../../app/rule-words.ts'
import type { RuleActs } from './use-rule-acts.ts'

interface LineFormProps {
  /** As it stands; null for a new line. */
  readonly from: LoanRule | null
  /** What the form begins with. */
  readonly start: LoanRule
  readonly words: Words
  readonly acts: RuleActs
  readonly onClose: () => void
}

/** Control+s saves, Escape leaves. */
export function LineForm({ from, start, words, acts, onClose }: LineFormProps) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<Draft>(() => draftOf(start))
  const { line, wrong } = lineOfDraft(draft, (text) => dateFromText(text) as CalendarDate | null)
  const set = (field: keyof Draft) => (value: string | null) =>
    setDraft((before) => ({ ...before, [field]: value ?? '' }))
  const save = async (): Promise<void> => {
    if (line === null || acts.isWorking) return
    if (await acts.act('policy.set-line', { line, from })) onClose()
  }
  useKeys([
    { combo: 'Control+s', label: t('rules.save'), run: () => void save() },
    { combo: 'Escape', label: t('rules.leave'), run: onClose },
  ])
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    void save()
  }
  return (
    <form className="cd-rule-form" onSubmit={onSubmit} data-testid="line-form">
      <div className="cd-rule-fields cd-rule-fields-3">
        <Text field="id" draft={draft} onText={set('id')} isFixed={from !== null} />
        <Matching draft={draft} set={set} words={words} />
        {textFields.map((field) => (
          <Text key={field} field={field} draft={draft} onText={set(field)} />
        ))}
        <Choose
          label={t('rules.column.endsWithCard')}
          value={draft.endsWithCard === '' ? null : draft.endsWithCard}
          choices={[
            { value: 'true', label: t('rules.yes') },
            { value: 'false', label: t('rules.no') },
          ]}
          hasAny
          onChoose={set('endsWithCard')}
          testId="line-ends-with-card"
        />
      </div>
      <p role="status" className="cd-rule-effect" data-testid="line-effect">
        {wrong === null ? (
          line !== null && <LineEffect line={line} />
        ) : (
          <span className="cd-rule-wrong">
            {t('rules.wrong', { field: t(`rules.column.${wrong}`) })}
          </span>
        )}
      </p>
      <div className="cd-row-of-buttons">
        <Button
          type="primary"
          htmlType="submit"
          disabled={line === null || acts.isWorking}
          data-testid="line-save"
        >
          {t('rules.save')} <KeyHint combo="Control+s" />
        </Button>
        <Button onClick={onClose}>
          {t('rules.leave')} <KeyHint combo="Escape" />
        </Button>
      </div>
    </form>
  )
}

interface TextProps {
  readonly field: TextField | 'id'
  readonly draft: Draft
  readonly onText: (text: string) => void
  readonly isFixed?: boolean
}

function Text({ field, draft, onText, isFixed = false }: TextProps) {
  const { t } = useTranslation()
  return (
    <label className="cd-rule-field">
      <span>{t(`rules.column.${field}`)}</span>
      <Input
        value={draft[field]}
        disabled={isFixed}
        maxLength={40}
        autoFocus={field === 'id' && !isFixed}
        data-testid={`line-${field}`}
        onChange={({ target }) => onText(target.value)}
      />
    </label>
  )
}

interface MatchingProps {
  readonly draft: Draft
  readonly set: (field: keyof Draft) => (value: string | null) => void
  readonly words: Words
}

function Matching({ draft, set, words }: MatchingProps) {
  const { t } = useTranslation()
  const libraries = words.libraries.map((one) => ({ value: one.id, label: named(words, one) }))
  const choices = {
    itemType: ItemType.options.map((value) => ({ value, label: itemTypeWord(words, value) })),
    readerCategory: words.categories.map((one) => ({ value: one.id, label: named(words, one) })),
    isRenewal: (['false', 'true'] as const).map((value) => ({
      value,
      label: t(`rules.renewal.${value}`),
    })),
    audience: (['juvenile', 'general', 'adult'] as const).map((value) => ({
      value,
      label: t(`rules.audience.${value}`),
    })),
    lendingLibraryId: libraries,
    ownerLibraryId: libraries,
  }
  return (Object.keys(choices) as (keyof typeof choices)[]).map((field) => (
    <Choose
      key={field}
      label={t(`rules.column.${field}`)}
      value={draft[field] === '' ? null : draft[field]}
      choices={choices[field]}
      hasAny
      onChoose={set(field)}
      testId={`line-${field}`}
    />
  ))
}

/** Told before it is saved. */
function LineEffect({ line }: { readonly line: LoanRule }) {
  const { t } = useTranslation()
  const { itemType, readerCategory, audience, lendingLibraryId, ownerLibraryId } = line
  const { data: effect } = useLineEffectQuery({
    itemType,
    readerCategory,
    audience,
    lendingLibraryId,
    ownerLibraryId,
  })
  if (effect === undefined) return null
  return effect.loansCount === 0
    ? t('rules.effectNone')
    : t('rules.effect', { count: effect.loansCount })
}
