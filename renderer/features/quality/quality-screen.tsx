import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import type { QualityScope } from '../../../contract/quality-shapes.ts'
import { Asked } from '../../app/asked.tsx'
import {
  useQualityReportQuery,
  useQualityRunMutation,
  useQualityStopMutation,
} from '../../app/quality-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { MovingPanel } from '../../app/moving-panel.tsx'
import { OfflineLine } from '../../app/offline-line.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { PeoplePanel } from './people-panel.tsx'
import { RuleList } from './rule-list.tsx'
import { RulesPanel } from './rules-panel.tsx'
import { TrendPanel } from './trend-panel.tsx'
import './quality.css'

type Report = AnswerOf<'quality-report'>
const scopes: readonly QualityScope[] = ['all', 'branch']

export function QualityScreen() {
  const { t } = useTranslation()
  const [scope, setScope] = useState<QualityScope>('all')
  const query = useQualityReportQuery({ scope })
  const [run] = useQualityRunMutation()
  const isRunning = query.data?.progress?.state === 'running'
  const begin = () => void run({ scope })
  const other = () => setScope(scope === 'all' ? 'branch' : 'all')
  useKeys([
    { combo: 'Alt+s', label: t('quality.scope.branch'), run: other },
    ...(isRunning ? [] : [{ combo: 'Alt+r', label: t('quality.run'), run: begin }]),
  ])
  return (
    <div className="cd-quality">
      <h1 className="cd-visually-hidden">{t('quality.title')}</h1>
      <OfflineLine />
      <div className="cd-quality-bar">
        <Segmented
          aria-label={t('quality.title')}
          value={scope}
          options={scopes.map((value) => ({ value, label: t(`quality.scope.${value}`) }))}
          onChange={setScope}
        />
        <KeyHint combo="Alt+s" />
        <Button type="primary" onClick={begin} disabled={isRunning} data-testid="quality-run">
          {t('quality.run')} <KeyHint combo="Alt+r" />
        </Button>
      </div>
      <div className="cd-quality-work">
        <Asked query={query}>{(report) => <Found scope={scope} report={report} />}</Asked>
        <PeoplePanel />
      </div>
    </div>
  )
}

function Found({ scope, report }: { readonly scope: QualityScope; readonly report: Report }) {
  const { t } = useTranslation()
  const [stop] = useQualityStopMutation()
  const [rule, setRule] = useState<string | null>(null)
  const { progress, latest, trend } = report
  return (
    <>
      {progress?.state === 'running' && (
        <MovingPanel
          title={t('quality.running')}
          doneCount={progress.readCount}
          totalCount={progress.totalCount}
          startedAt={progress.startedAt}
          cancel={t('quality.stop')}
          onCancel={() => void stop({ scope })}
        />
      )}
      {(progress?.state === 'failed' || progress?.state === 'stopped') && (
        <p role="alert">{t('quality.failed')}</p>
      )}
      {latest === null ? (
        <EmptyState title={t('quality.none')} hint={t('quality.noneHint')} />
      ) : (
        <>
          <p data-testid="quality-latest">
            {t('quality.latest', {
              on: latest.on,
              records: latest.recordsCount,
              faulty: latest.faultyCount,
              wrong: latest.wrongCount,
            })}
          </p>
          <div className="cd-quality-pair">
            <RulesPanel counts={latest} chosen={rule} onChoose={setRule} />
            <RuleList scope={scope} rule={rule} />
          </div>
          <TrendPanel trend={trend} />
        </>
      )}
    </>
  )
}
