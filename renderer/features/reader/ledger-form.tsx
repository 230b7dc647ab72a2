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
  readonly testId: string
  /** False where a scan fills in a field of the form. */
  readonly holdsScans?: boolean
}

/** A small form over the ledger: Enter confirms, Esc leaves, scans wait meanwhile. */
export function LedgerForm(props: FormProps) {
  const { title, canConfirm, onConfirm, onLeave, children, testId, holdsScans = true } = props
  const { t } = useTranslation()
  useHeldScans(holdsScans)
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

interface TextFieldProps {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly hasFocusFirst?: boolean
  readonly testId: string
}

export function TextField(props: TextFieldProps) {
  const { label, hint, value, onChange, hasFocusFirst = false, testId } = props
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
        onChange={(event) => onChange(event.target.value)}
      />
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
