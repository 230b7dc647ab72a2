import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportLook } from '../../../contract/import-shapes.ts'
import type { AnswerOf } from '../../../contract/queries.ts'
import { useImportCancelMutation, useImportJobsQuery } from '../../app/desk-api.ts'
import { failureOf } from '../../app/desk-failure.ts'
import { MovingPanel } from '../../app/moving-panel.tsx'
import { newRequestId } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'
import { FileField } from '../../ui/file-field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ImportLookPanel } from './import-look.tsx'
import { ImportOptions } from './import-options.tsx'
import { ImportReport } from './import-report.tsx'
import { lookAt } from './look-at.ts'
import { upload } from './upload.ts'
import type { UploadOptions } from './upload.ts'

type Job = AnswerOf<'import-jobs'>[number]

interface Sending {
  readonly name: string
  readonly totalBytes: number
  readonly sentBytes: number
  readonly startedAt: number
}

interface Chosen {
  readonly file: File
  readonly look: ImportLook | null
}

const firstOptions: UploadOptions = {
  format: 'auto',
  profile: 'auto',
  encoding: 'auto',
  isDryRun: false,
}

export function ImportScreen() {
  const { t } = useTranslation()
  const { desk, play } = useServices()
  const { data: jobs } = useImportJobsQuery({})
  const [options, setOptions] = useState(firstOptions)
  const [sending, setSending] = useState<Sending | null>(null)
  const [trouble, setTrouble] = useState('')
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const isCancelled = useRef(false)
  const field = useRef<HTMLInputElement>(null)
  const latest = jobs?.[0]
  const isBusy = sending !== null || latest?.state === 'running'
  const tellFailure = (thrown: unknown): void => {
    play('stop')
    const { failure } = failureOf(thrown)
    setTrouble(
      `${t('importing.uploadFailed')}${t(`failure.${failure}.title`)}。${t(`failure.${failure}.next`)}`,
    )
  }
  const look = async (file: File, by: UploadOptions): Promise<void> => {
    setTrouble('')
    setChosen({ file, look: null })
    try {
      const found = await lookAt(desk, file, by)
      // Meanwhile another file may have been chosen.
      setChosen((now) => (now?.file === file ? { file, look: found } : now))
    } catch (thrown) {
      setChosen(null)
      tellFailure(thrown)
    }
  }
  const changeOptions = (changed: UploadOptions): void => {
    setOptions(changed)
    if (chosen !== null) void look(chosen.file, changed)
  }
  const send = async (file: File): Promise<void> => {
    if (isBusy) return
    setChosen(null)
    isCancelled.current = false
    setSending({ name: file.name, totalBytes: file.size, sentBytes: 0, startedAt: Date.now() })
    try {
      await upload({
        desk,
        file,
        options,
        uploadId: newRequestId(),
        onProgress: (sentBytes) => setSending((before) => before && { ...before, sentBytes }),
        isCancelled: () => isCancelled.current,
      })
    } catch (thrown) {
      tellFailure(thrown)
    }
    setSending(null)
  }
  return (
    <div className="cd-import">
      <h1 className="cd-visually-hidden">{t('importing.title')}</h1>
      <Panel title={t('importing.title')} className="cd-import-form">
        <FileField
          drop={t('importing.drop')}
          hint={t('importing.hint')}
          pick={t('importing.pick')}
          isDisabled={isBusy}
          onFile={(file) => void look(file, options)}
          field={field}
          testId="import-file"
        />
        <ImportOptions options={options} onChange={changeOptions} />
        <p role="alert" className="cd-tone-stop" data-testid="import-trouble">
          {trouble}
        </p>
      </Panel>
      <div className="cd-import-work">
        {chosen !== null && (
          <ImportLookPanel
            fileName={chosen.file.name}
            look={chosen.look}
            isDryRun={options.isDryRun}
            onBegin={() => void send(chosen.file)}
            onBack={() => setChosen(null)}
          />
        )}
        {sending !== null && (
          <MovingPanel
            title={t('state.titled', { title: t('importing.sending'), text: sending.name })}
            doneCount={sending.sentBytes}
            totalCount={sending.totalBytes}
            startedAt={sending.startedAt}
            cancel={t('importing.cancel')}
            onCancel={() => {
              isCancelled.current = true
            }}
          />
        )}
        {latest?.state === 'running' && <RunningJob job={latest} />}
        <Jobs jobs={jobs ?? []} />
      </div>
    </div>
  )
}

function RunningJob({ job }: { readonly job: Job }) {
  const { t } = useTranslation()
  const [cancel] = useImportCancelMutation()
  return (
    <MovingPanel
      title={t('state.titled', { title: t('importing.running'), text: job.file })}
      doneCount={job.readBytes}
      totalCount={job.totalBytes}
      startedAt={job.startedAt}
      cancel={t('importing.cancel')}
      onCancel={() => void cancel({ jobId: job.jobId })}
    />
  )
}

function Jobs({ jobs }: { readonly jobs: readonly Job[] }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('importing.jobs')} className="cd-grow cd-scroll">
      {jobs.length === 0 && <p className="cd-quiet">{t('importing.noJobs')}</p>}
      {jobs.map((job) => (
        <ImportReport key={job.jobId} job={job} />
      ))}
    </Panel>
  )
}
