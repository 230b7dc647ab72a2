import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../../app/keys.tsx'
import { MovingPanel } from '../../app/moving-panel.tsx'
import { useDeskDispatch } from '../../app/store.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { listStopped } from './lend-state.ts'
import type { ListCounts } from './lend-state.ts'

/** In place of the large verdict while a list is lent: nobody can read two hundred of them. */
export function ListRun({ counts }: { readonly counts: ListCounts }) {
  const { t } = useTranslation()
  const dispatch = useDeskDispatch()
  const [startedAt] = useState(() => Date.now())
  const stop = (): void => void dispatch(listStopped())
  useKeys([{ combo: 'Escape', label: t('lend.list.stop'), run: stop }])
  return (
    <MovingPanel
      title={t('lend.list.running', { done: counts.tried, total: counts.all })}
      doneCount={counts.tried}
      totalCount={counts.all}
      startedAt={startedAt}
      cancel={`${t('lend.list.stop')} Esc`}
      onCancel={stop}
    />
  )
}

/** What became of a list, as long as its rows are here. */
export function ListOutcome({ counts }: { readonly counts: ListCounts }) {
  const { t } = useTranslation()
  const dispatch = useDeskDispatch()
  const canLeave = counts.tried === counts.all && counts.asking > 1
  const leave = (): void => void dispatch(listStopped())
  useKeys(canLeave ? [{ combo: 'Alt+n', label: t('lend.list.leaveRest'), run: leave }] : [])
  return (
    <div className="cd-drop">
      <strong role="status" className="cd-list-outcome" data-testid="lend-list-outcome">
        {[
          t('lend.list.lent', { count: counts.lent, all: counts.all }),
          counts.asking > 0 ? t('lend.list.asking', { count: counts.asking }) : '',
          counts.notLent > 0 ? t('lend.list.notLent', { count: counts.notLent }) : '',
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </strong>
      {canLeave && (
        <Button onClick={leave} data-testid="lend-list-leave">
          {t('lend.list.leaveRest')} <KeyHint combo="Alt+n" />
        </Button>
      )}
    </div>
  )
}
