import { DownloadOutlined } from '@ant-design/icons'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExportProgress } from '../../../contract/export-shapes.ts'
import { failureOf } from '../../app/desk-failure.ts'
import {
  useExportCancelMutation,
  useExportJobsQuery,
  useExportStartMutation,
} from '../../app/export-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { MovingPanel } from '../../app/moving-panel.tsx'
import { newRequestId } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { ExportForm, firstChosen, selectionOf } from './export-form.tsx'
import { ExportReport } from './export-report.tsx'
import { fetchExport, keep } from './save-export.ts'
import './export.css'

/** Records out of the catalogue into a file: for the national union catalogue, or another system. */
export function ExportScreen() {
  const { t } = useTranslation()
  const { desk, play } = useServices()
  const { data: jobs } = useExportJobsQuery({})
  const [chosen, setChosen] = useState(firstChosen)
  const [trouble, setTrouble] = useState('')
  const [start] = useExportStartMutation()
  const [cancel] = useExportCancelMutation()
  const form = useRef<HTMLDivElement>(null)
  const latest = jobs?.[0]
  const running = latest?.state === 'running' ? latest : null
  const begin = async (): Promise<void> => {
    const selection = selectionOf(chosen)
    if (selection === null || running !== null) return
    setTrouble('')
    const { format, encoding, profile } = chosen
    try {
      await start({ jobId: newRequestId(), selection, format, encoding, profile }).unwrap()
    } catch (thrown) {
      play('stop')
      const { failure } = failureOf(thrown)
      setTrouble(`${t(`failure.${failure}.title`)}。${t(`failure.${failure}.next`)}`)
    }
  }
  const save = async ({ jobId, file }: ExportProgress): Promise<void> => {
    setTrouble('')
    try {
      const blob = await fetchExport(desk, jobId)
      if (blob === null) setTrouble(t('exporting.gone'))
      else keep(file, blob)
      play(blob === null ? 'stop' : 'done')
    } catch (thrown) {
      play('stop')
      setTrouble(t(`failure.${failureOf(thrown).failure}.title`))
    }
  }
  const stop = (): void => {
    if (running !== null) void cancel({ jobId: running.jobId })
  }
  useKeys([
    {
      combo: 'Escape',
      label: t('exporting.of'),
      run: () => form.current?.querySelector('input')?.focus(),
    },
    { combo: 'Alt+e', label: t('exporting.start'), run: () => void begin() },
    { combo: 'Alt+c', label: t('exporting.cancel'), run: stop },
    {
      combo: 'Alt+s',
      label: t('exporting.save'),
      run: () => {
        if (latest?.state === 'done') void save(latest)
      },
    },
  ])
  return (
    <div className="cd-import">
      <h1 className="cd-visually-hidden">{t('exporting.title')}</h1>
      <Panel title={t('exporting.title')} className="cd-import-form">
        <ExportForm
          chosen={chosen}
          first={form}
          isBusy={running !== null}
          onChange={setChosen}
          onStart={() => void begin()}
        />
        <p className="cd-quiet">{t('exporting.hint')}</p>
        <p role="alert" className="cd-tone-stop" data-testid="export-trouble">
          {trouble}
        </p>
      </Panel>
      <div className="cd-import-work">
        {running !== null && (
          <MovingPanel
            title={t('state.titled', { title: t('exporting.running'), text: running.file })}
            doneCount={running.exported + running.refusedCount}
            totalCount={running.totalCount ?? 0}
            startedAt={running.startedAt}
            cancel={
              <>
                {t('exporting.cancel')} <KeyHint combo="Alt+c" />
              </>
            }
            onCancel={stop}
          />
        )}
        <Panel title={t('exporting.jobs')} className="cd-grow cd-scroll">
          {jobs?.length === 0 && (
            <EmptyState
              icon={<DownloadOutlined />}
              title={t('exporting.none')}
              hint={t('exporting.noneHint')}
            />
          )}
          {jobs?.map((job, index) => (
            <ExportReport
              key={job.jobId}
              job={job}
              hasKey={index === 0}
              onSave={() => void save(job)}
            />
          ))}
        </Panel>
      </div>
    </div>
  )
}
