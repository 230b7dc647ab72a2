import { Button, InputNumber } from 'antd'
import { useId, useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeviceId } from '../../../domain/words/ids.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import type { TillActions } from './till-actions.ts'

interface OpenFormProps {
  readonly deviceId: string
  readonly actions: TillActions
}

/** Enter opens. */
export function OpenForm({ deviceId, actions }: OpenFormProps) {
  const { t } = useTranslation()
  const id = useId()
  const [float, setFloat] = useState<number | null>(null)
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (float === null || actions.isWorking) return
    const payload = { device: deviceId as DeviceId, floatFen: Math.round(float * 100) }
    void actions.act('till.open', payload)
  }
  return (
    <form
      className="cd-ledger-form"
      aria-label={t('till.open')}
      data-testid="open-till"
      onSubmit={onSubmit}
    >
      <div className="cd-ledger-field">
        <label htmlFor={id}>{t('till.float')}</label>
        <InputNumber
          id={id}
          autoFocus
          min={0}
          max={1_000_000}
          precision={2}
          value={float}
          data-testid="till-float"
          onChange={setFloat}
        />
      </div>
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        disabled={float === null || actions.isWorking}
        data-testid="open-till-confirm"
      >
        {t('till.open')} <KeyHint combo="Enter" />
      </Button>
    </form>
  )
}
