import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BatchJob } from '../../../contract/batch-shapes.ts'
import {
  useBatchStartMutation,
  useBatchStopMutation,
  useBatchUndoMutation,
} from '../../app/quality-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { MovingPanel } from '../../app/moving-panel.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState, MoreLine } from '../../ui/states.tsx'
import { ToneMark } from '../../ui/tone.tsx'
import type { ToneName } from '../../ui/tone.tsx'
import { PreviewTable } from './preview-table.tsx'

const toneByState = {
  looking: 'working',
  ready: 'noted',
  running: 'working',
  stopped: 'needs-you',
  done: 'done',
  undoing: 'working',
  undone: 'done',
  failed: 'stop',
} as const satisfies Record<BatchJob['state'], ToneName>

export function BatchPanel({ job }: { readonly job: BatchJob }) {
  const { t } = useTranslation()
  const [stop] = useBatchStopMutation()
  const { batchId, state, startedAt, changingCount, excludedCount, doneCount } = job
  const isMoving = state === 'running' || state === 'undoing'
  return (
    <div className="cd-batch-open" data-testid="batch-open" data-state={state}>
      {isMoving && (
        <MovingPanel
          title={t(`batch.${state}`)}
          doneCount={doneCount}
          totalCount={changingCount - excludedCount}
          startedAt={startedAt}
          cancel={t('batch.stop')}
          onCancel={() => void stop({ batchId })}
        />
      )}
      <Panel title={t('batch.title')} testId="batch-panel">
        <div className="cd-batch-bar">
          <ToneMark tone={toneByState[state]} word={t(`batch.state.${state}`)} />
          <span data-testid="batch-counts">
            {t('batch.counts', { looked: job.lookedCount, changing: changingCount })}
          </span>
          {state === 'looking' && (
            <Button onClick={() => void stop({ batchId })}>{t('batch.stop')}</Button>
          )}
        </div>
        {job.isCut && <MoreLine text={t('batch.cut')} />}
        <Results job={job} />
      </Panel>
      {state === 'ready' && changingCount === 0 && (
        <EmptyState title={t('batch.nothing')} hint={t('batch.nothingHint')} />
      )}
      {state === 'ready' && changingCount > 0 && <Ready job={job} />}
      {(state === 'done' || state === 'stopped') && <After job={job} />}
    </div>
  )
}

function Results({ job }: { readonly job: BatchJob }) {
  const { t } = useTranslation()
  const { correctedCount, restoredCount, excludedCount, keptCount, kept, state } = job
  const isBack = state === 'undoing' || state === 'undone'
  return (
    <>
      {excludedCount > 0 && <p>{t('batch.excluded', { count: excludedCount })}</p>}
      {(state === 'done' || state === 'running') && (
        <p data-testid="batch-corrected">{t('batch.result', { corrected: correctedCount })}</p>
      )}
      {isBack && (
        <p data-testid="batch-restored">{t('batch.undone', { restored: restoredCount })}</p>
      )}
      {keptCount > 0 && (
        <>
          <p>{t('batch.kept', { count: keptCount })}</p>
          <ul data-testid="batch-kept">
            {kept.map(({ id, title }) => (
              <li key={id}>{title}</li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function Ready({ job }: { readonly job: BatchJob }) {
  const { t } = useTranslation()
  const [start] = useBatchStartMutation()
  const [excluded, setExcluded] = useState<ReadonlySet<string>>(new Set())
  const count = job.changingCount - excluded.size
  const exclude = (id: string, isExcluded: boolean) => {
    const next = new Set(excluded)
    if (isExcluded) next.add(id)
    else next.delete(id)
    setExcluded(next)
  }
  const go = () => void start({ batchId: job.batchId, excluded: [...excluded] })
  useKeys(count > 0 ? [{ combo: 'Alt+e', label: t('batch.start', { count }), run: go }] : [])
  return (
    <Panel
      title={t('batch.preview')}
      extra={
        <Button type="primary" onClick={go} disabled={count === 0} data-testid="batch-start">
          {t('batch.start', { count })} <KeyHint combo="Alt+e" />
        </Button>
      }
    >
      <PreviewTable
        batchId={job.batchId}
        total={job.changingCount}
        excluded={excluded}
        onExclude={exclude}
      />
    </Panel>
  )
}

function After({ job }: { readonly job: BatchJob }) {
  const { t } = useTranslation()
  const [start] = useBatchStartMutation()
  const [undo] = useBatchUndoMutation()
  const { batchId, state } = job
  const goOn = () => void start({ batchId, excluded: [] })
  const takeBack = () => void undo({ batchId })
  useKeys([
    { combo: 'Alt+z', label: t('batch.undo'), run: takeBack },
    ...(state === 'stopped' ? [{ combo: 'Alt+e', label: t('batch.resume'), run: goOn }] : []),
  ])
  return (
    <div className="cd-batch-bar">
      {state === 'stopped' && (
        <Button type="primary" onClick={goOn} data-testid="batch-resume">
          {t('batch.resume')} <KeyHint combo="Alt+e" />
        </Button>
      )}
      <Button onClick={takeBack} data-testid="batch-undo">
        {t('batch.undo')} <KeyHint combo="Alt+z" />
      </Button>
    </div>
  )
}
