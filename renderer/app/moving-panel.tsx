import { Button, Progress } from 'antd'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../ui/panel.tsx'
import { remainingMs } from './file-pieces.ts'

interface MovingPanelProps {
  readonly title: string
  readonly doneCount: number
  readonly totalCount: number
  readonly startedAt: number
  readonly cancel: ReactNode
  readonly onCancel: () => void
}

/** How far it is, how long it will take, and the way out. */
export function MovingPanel(props: MovingPanelProps) {
  const { title, doneCount, totalCount, startedAt, cancel, onCancel } = props
  const { t } = useTranslation()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  const left = remainingMs(doneCount, totalCount, now - startedAt)
  const seconds = left === null ? null : Math.max(1, Math.ceil(left / 1000))
  const time =
    seconds === null
      ? null
      : seconds < 90
        ? t('importing.seconds', { count: seconds })
        : t('importing.minutes', { count: Math.ceil(seconds / 60) })
  const percent = totalCount === 0 ? 0 : Math.floor((100 * doneCount) / totalCount)
  return (
    <Panel
      title={title}
      extra={
        <Button onClick={onCancel} data-testid="import-cancel">
          {cancel}
        </Button>
      }
      testId="import-progress"
    >
      <Progress percent={percent} aria-label={title} />
      <p role="status">
        {time === null ? t('importing.counting') : t('importing.remaining', { time })}
      </p>
    </Panel>
  )
}
