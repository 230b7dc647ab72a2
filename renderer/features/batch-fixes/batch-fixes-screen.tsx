import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { BatchJob } from '../../../contract/batch-shapes.ts'
import { Asked } from '../../app/asked.tsx'
import { useBatchJobsQuery, useBatchLookMutation } from '../../app/quality-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { OfflineLine } from '../../app/offline-line.tsx'
import { newRequestId } from '../../app/perform.ts'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { BatchPanel } from './batch-panel.tsx'
import { firstWish, lookOf } from './batch-wish.ts'
import type { BatchWish } from './batch-wish.ts'
import { WishForm } from './wish-form.tsx'
import './batch-fixes.css'

/** Named by the quality screen: the rule whose faults are to be mended. */
function useFirstWish(): BatchWish {
  const [search] = useSearchParams()
  const rule = search.get('rule')
  return rule === null ? firstWish : { ...firstWish, by: 'rule', rule, does: 'rule' }
}

export function BatchFixesScreen() {
  const { t } = useTranslation()
  const [wish, setWish] = useState(useFirstWish())
  const [chosenId, setChosenId] = useState<string | null>(null)
  const [look] = useBatchLookMutation()
  const query = useBatchJobsQuery({})
  const asked = lookOf(wish, newRequestId())
  const begin =
    asked === null
      ? null
      : () => {
          setChosenId(asked.batchId)
          void look(asked)
        }
  useKeys(begin === null ? [] : [{ combo: 'Alt+l', label: t('batch.look'), run: begin }])
  return (
    <div className="cd-batch">
      <h1 className="cd-visually-hidden">{t('batch.title')}</h1>
      <OfflineLine />
      <div className="cd-batch-body">
        <div className="cd-batch-side">
          <WishForm wish={wish} onChange={setWish} onLook={begin} />
        </div>
        <Asked query={query}>
          {(jobs) => <Jobs jobs={jobs} chosenId={chosenId} onChoose={setChosenId} />}
        </Asked>
      </div>
    </div>
  )
}

interface JobsProps {
  readonly jobs: readonly BatchJob[]
  readonly chosenId: string | null
  readonly onChoose: (batchId: string) => void
}

function Jobs({ jobs, chosenId, onChoose }: JobsProps) {
  const { t } = useTranslation()
  const chosen = jobs.find(({ batchId }) => batchId === chosenId) ?? jobs[0]
  if (chosen === undefined) {
    return <EmptyState title={t('batch.none')} hint={t('batch.noneHint')} />
  }
  return (
    <div className="cd-batch-work">
      <BatchPanel key={chosen.batchId} job={chosen} />
      {jobs.length > 1 && (
        <Panel title={t('batch.jobs')}>
          <ul className="cd-batch-jobs">
            {jobs.map((job) => (
              <li key={job.batchId}>
                <button
                  type="button"
                  aria-pressed={job === chosen}
                  onClick={() => onChoose(job.batchId)}
                  data-testid="batch-job"
                >
                  {t(`batch.state.${job.state}`)} ·{' '}
                  {t('batch.counts', { looked: job.lookedCount, changing: job.changingCount })}
                </button>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </div>
  )
}
