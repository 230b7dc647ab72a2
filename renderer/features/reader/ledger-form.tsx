import { Button, Input, InputNumber } from 'antd'
import { useId, useState } from 'react'
import type { ReactNode, SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../../app/keys.tsx'
import { useHeldScans } from '../../app/services.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'

interface FormProps {
  readonly title: string
  readonly canConfirm: boolean
  readonly onConfirm: () => void
  readonly onLeave: () => void
  readonly children: ReactNode
  /** Else they wait until the form is closed. */
  readonly takesScans?: boolean
  /** Where it has no field that could take Enter. */
  readonly isConfirmFirst?: boolean
  readonly testId: string
}

/** A small form over the ledger: Enter confirms, Esc leaves. */
export function LedgerForm(props: FormProps) {
  const { title, canConfirm, onConfirm, onLeave, children, takesScans = false, testId } = props
  const { isConfirmFirst = false } = props
  const { t } = useTranslation()
  useHeldScans(!takesScans)
  useKeys([{ combo: 'Escape', label: t('do.leave'), run: onLeave }])
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (canConfirm) onConfirm()
  }
  return (
    <form className="cd-ledger-form" aria-label={title} data-testid={testId} onSubmit={onSubmit}>
      <strong>{title}</strong>
      {children}
      <footer className="cd-row-of-buttons">
        <Button
          type="primary"
          htmlType="submit"
          disabled={!canConfirm}
          autoFocus={isConfirmFirst}
          data-testid={`${testId}-confirm`}
        >
          {t('ledger.confirm')} <KeyHint combo="Enter" />
        </Button>
        <Button onClick={onLeave} data-testid={`${testId}-leave`}>
          {t('do.leave')} <KeyHint combo="Escape" />
        </Button>
      </footer>
    </form>
  )
}

export interface Line {
  readonly id: string
  readonly nameZh: string
  readonly nameEn: string
  readonly points: number
}

interface LinesProps {
  readonly label: string
  readonly lines: readonly Line[]
  readonly chosenId: string
  readonly onChoose: (id: string) => void
  readonly testId: string
}

/** Lines of the policy as radio buttons: the arrow keys walk through them. */
export function PolicyLines({ label, lines, chosenId, onChoose, testId }: LinesProps) {
  const { t, i18n } = useTranslation()
  const name = useId()
  return (
    <fieldset className="cd-lines" aria-label={label} data-testid={testId}>
      {lines.map((line, index) => (
        <label
          key={line.id}
          className={line.id === chosenId ? 'cd-line cd-line-chosen' : 'cd-line'}
        >
          <input
            type="radio"
            name={name}
            value={line.id}
            checked={line.id === chosenId}
            autoFocus={index === 0}
            onChange={() => onChoose(line.id)}
          />
          <span>{i18n.language === 'zh-CN' ? line.nameZh : line.nameEn}</span>
          <span className="cd-quiet cd-number">{t('ledger.points', { count: line.points })}</span>
        </label>
      ))}
    </fieldset>
  )
}

interface ChoiceLinesProps<Id extends string> {
  readonly label: string
  readonly choices: readonly { readonly id: Id; readonly word: string; readonly aside: string }[]
  readonly chosenId: Id
  readonly onChoose: (id: Id) => void
  readonly hasFocusFirst?: boolean
  readonly testId: string
}

/** A choice of few as radio buttons: the arrow keys walk through them. */
export function ChoiceLines<Id extends string>(props: ChoiceLinesProps<Id>) {
  const { label, choices, chosenId, onChoose, hasFocusFirst = false, testId } = props
  const name = useId()
  return (
    <fieldset className="cd-lines" aria-label={label} data-testid={testId}>
      {choices.map(({ id, word, aside }) => (
        <label key={id} className={id === chosenId ? 'cd-line cd-line-chosen' : 'cd-line'}>
          <input
            type="radio"
            name={name}
            value={id}
            checked={id === chosenId}
            autoFocus={hasFocusFirst && id === chosenId}
            onChange={() => onChoose(id)}
          />
          <span>{word}</span>
          {aside !== '' && <span className="cd-quiet cd-number">{aside}</span>}
        </label>
      ))}
    </fieldset>
  )
}

interface TextFieldProps {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly hasFocusFirst?: boolean
  /** Offered while typing. */
  readonly list?: readonly { readonly value: string; readonly label: string }[]
  readonly testId: string
}

export function TextField(props: TextFieldProps) {
  const { label, hint, value, onChange, hasFocusFirst = false, list = [], testId } = props
  const id = useId()
  return (
    <div className="cd-ledger-field">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        autoFocus={hasFocusFirst}
        value={value}
        maxLength={200}
        placeholder={hint}
        data-testid={testId}
        {...(list.length > 0 ? { list: `${id}l` } : {})}
        onChange={(event) => onChange(event.target.value)}
      />
      {list.length > 0 && (
        <datalist id={`${id}l`}>
          {list.map((one) => (
            <option key={one.value} value={one.value} label={one.label} />
          ))}
        </datalist>
      )}
    </div>
  )
}

interface AmountFieldProps {
  readonly value: number | null
  readonly max: number
  readonly onChange: (amount: number | null) => void
  readonly hasFocusFirst?: boolean
}

export function AmountField({ value, max, onChange, hasFocusFirst = false }: AmountFieldProps) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <div className="cd-ledger-field">
      <label htmlFor={id}>{t('ledger.amount')}</label>
      <InputNumber
        id={id}
        autoFocus={hasFocusFirst}
        min={1}
        max={max}
        precision={0}
        value={value}
        data-testid="ledger-amount"
        onChange={onChange}
      />
    </div>
  )
}

/** The text of a field that must not be empty. */
export function useText(
  first = '',
): [text: string, filled: string | null, set: (to: string) => void] {
  const [text, setText] = useState(first)
  const trimmed = text.trim()
  return [text, trimmed === '' ? null : trimmed, setText]
}
