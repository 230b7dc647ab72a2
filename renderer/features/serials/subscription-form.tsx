import { Button, Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SubscriptionTerms } from '../../../domain/operations/about-serial.ts'
import { Frequency, SerialPattern } from '../../../domain/serials/pattern-shapes.ts'
import { useKeys } from '../../app/keys.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { foreseenCount, termsOf } from './subscription-draft.ts'
import type { SubscriptionDraft, TextField } from './subscription-draft.ts'
import type { SerialActs } from './use-serial-acts.ts'

interface SubscriptionFormProps {
  readonly heading: string
  readonly first: SubscriptionDraft
  readonly acts: SerialActs
  readonly onSave: (terms: SubscriptionTerms) => void
  readonly onLeave: () => void
}

const numberingWords = { year: 'byYear', volume: 'byVolume', continuing: 'continuing' } as const

/** What most serials need stands first; how many issues it comes to is told while one types. */
export function SubscriptionForm(props: SubscriptionFormProps) {
  const { heading, first, acts, onSave, onLeave } = props
  const { t, i18n } = useTranslation()
  const [draft, setDraft] = useState(first)
  const set = (parts: Partial<SubscriptionDraft>): void => setDraft({ ...draft, ...parts })
  const count = foreseenCount(draft)
  const save = (): void => {
    const terms = termsOf(draft)
    if (terms !== null && !acts.isWorking) onSave(terms)
  }
  useKeys([
    { combo: 'Control+s', label: t('do.save'), run: save },
    { combo: 'Escape', label: t('do.leave'), run: onLeave },
  ])
  const text = (name: TextField) => (
    <label key={name}>
      <span>{t(`serials.form.${name}`)}</span>
      <Input
        aria-label={t(`serials.form.${name}`)}
        value={draft[name]}
        maxLength={100}
        autoComplete="off"
        data-testid={`sub-${name}`}
        onChange={({ target }) => set({ [name]: target.value })}
      />
    </label>
  )
  return (
    <Panel title={heading} className="cd-scroll" testId="subscription-form">
      <div className="cd-serials-fields">
        <label>
          <span>{t('serials.form.frequency')}</span>
          <Select
            // Its closed list is not drawn again by itself.
            key={i18n.language}
            aria-label={t('serials.form.frequency')}
            value={draft.frequency}
            onChange={(frequency: Frequency) => set({ frequency })}
            options={Frequency.options.map((value) => ({
              value,
              label: t(`serials.frequency.${value}`),
            }))}
          />
        </label>
        {(['firstOn', 'firstOrdinal', 'endsOn', 'copies', 'issn'] as const).map(text)}
        {(['shelf', 'callNumber', 'vendor', 'price', 'claimAfterDays'] as const).map(text)}
        <Checkbox
          checked={draft.isForLoan}
          onChange={({ target }) => set({ isForLoan: target.checked })}
        >
          {t('serials.form.isForLoan')}
        </Checkbox>
      </div>
      <div className="cd-serials-fields">
        <label>
          <span>{t('serials.form.numbering')}</span>
          <Select
            key={i18n.language}
            aria-label={t('serials.form.numbering')}
            value={draft.numbering}
            onChange={(numbering: SubscriptionDraft['numbering']) => set({ numbering })}
            options={SerialPattern.shape.numbering.options.map((value) => ({
              value,
              label: t(`serials.form.${numberingWords[value]}`),
            }))}
          />
        </label>
        {(['firstNumber', 'volumeFirst', 'volumeIssues', 'wholeNumber'] as const).map(text)}
        {(['skippedMonths', 'combined', 'weekdays', 'monthDays'] as const).map(text)}
      </div>
      <p role="status" data-testid="sub-foreseen" data-count={count ?? -1}>
        {count === null && t('serials.form.wrong')}
        {count === 0 && t('serials.form.previewNone')}
        {count !== null && count > 0 && t('serials.form.preview', { count })}
      </p>
      <div className="cd-row-of-buttons">
        <Button
          type="primary"
          disabled={count === null || acts.isWorking}
          onClick={save}
          data-testid="sub-save"
        >
          {t('do.save')} <KeyHint combo="Control+s" />
        </Button>
        <Button onClick={onLeave}>
          {t('do.leave')} <KeyHint combo="Escape" />
        </Button>
      </div>
    </Panel>
  )
}
