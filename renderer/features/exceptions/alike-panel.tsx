import { Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../../app/keys.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { AlikeRun } from './use-alike.ts'

interface AlikePanelProps {
  readonly run: AlikeRun
  readonly onStop: () => void
}

/** In place of the card while a kind is settled: no key can reach one of them meanwhile. */
export function AlikePanel({ run, onStop }: AlikePanelProps) {
  const { t } = useTranslation()
  const { alike, settled, left, total } = run
  useKeys([{ combo: 'Escape', label: t('exceptions.alike.stop'), run: onStop }])
  const title = t(`exceptions.kind.${alike.kind}`)
  const done = settled + left
  return (
    <Panel title={title} className="cd-grow" testId="alike-running">
      <p role="status">
        {t('exceptions.alike.running', {
          way: t(`exceptions.settlement.${alike.settlement}`),
          done,
          total,
        })}
      </p>
      <Progress
        percent={total === 0 ? 100 : Math.min(100, Math.round((done * 100) / total))}
        aria-label={title}
      />
      <Button onClick={onStop} data-testid="alike-stop">
        {t('exceptions.alike.stop')} <KeyHint combo="Escape" />
      </Button>
    </Panel>
  )
}
