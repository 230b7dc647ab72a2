import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { usePlayCaptureMutation } from '../../app/desk-api.ts'
import { Panel } from '../../ui/panel.tsx'

/** What real layouts send, report by report: for the demo, and to try a desk without a scanner. */
export function Recordings({ names }: { readonly names: readonly string[] }) {
  const { t } = useTranslation()
  const [play] = usePlayCaptureMutation()
  return (
    <Panel title={t('devices.recordings')} testId="recordings">
      <p className="cd-quiet">{t('devices.recordingsHint')}</p>
      <div className="cd-recordings">
        {names.map((name) => (
          <Button key={name} onClick={() => void play({ name })} data-testid="recording">
            {name}
          </Button>
        ))}
      </div>
    </Panel>
  )
}
