import { Select } from 'antd'
import { useTranslation } from 'react-i18next'

export interface Choice {
  readonly value: string
  readonly label: string
}

interface ChooseProps {
  readonly label: string
  /** Null: any. */
  readonly value: string | null
  readonly choices: readonly Choice[]
  readonly onChoose: (value: string | null) => void
  /** Whether "any" is among them. */
  readonly hasAny?: boolean
  readonly testId: string
}

const ANY = ''

export function Choose({ label, value, choices, onChoose, hasAny = false, testId }: ChooseProps) {
  const { t } = useTranslation()
  const any = hasAny ? [{ value: ANY, label: t('rules.any') }] : []
  return (
    <label className="cd-rule-field">
      <span>{label}</span>
      <Select
        aria-label={label}
        value={value ?? ANY}
        onChange={(chosen: string) => onChoose(chosen === ANY ? null : chosen)}
        showSearch={{ optionFilterProp: 'label' }}
        options={[...any, ...choices]}
        data-testid={testId}
      />
    </label>
  )
}
