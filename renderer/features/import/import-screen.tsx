import { Checkbox, Select } from 'antd'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { MARC_ENCODINGS } from '../../../domain/marc/marc-encodings.ts'
import { useImportCancelMutation, useImportJobsQuery } from '../../app/desk-api.ts'
import { failureOf } from '../../app/desk-failure.ts'
import { MovingPanel } from '../../app/moving-panel.tsx'
import { newRequestId } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'
import { FileField } from '../../ui/file-field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ImportReport } from './import-report.tsx'
import { upload } from './upload.ts'
import type { UploadOptions } from './upload.ts'

type Job = AnswerOf<'import-jobs'>[number]

interface Sending {
  readonly name: string
  readonly totalBytes: number
  readonly sentBytes: number
  readonly startedAt: number
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
  const isCancelled = useRef(false)
  const field = useRef<HTMLInputElement>(null)
  const latest = jobs?.[0]
  const isBusy = sending !== null || latest?.state === 'running'
  const send = async (file: File): Promise<void> => {
    setTrouble(file.size === 0 ? t('importing.emptyFile') : '')
    if (file.size === 0 || isBusy) return
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
      play('stop')
      const { failure } = failureOf(thrown)
      setTrouble(
        `${t('importing.uploadFailed')}${t(`failure.${failure}.title`)}。${t(`failure.${failure}.next`)}`,
      )
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
          onFile={(file) => void send(file)}
          field={field}
          testId="import-file"
        />
        <Options options={options} onChange={setOptions} />
        <p role="alert" className="cd-tone-stop" data-testid="import-trouble">
          {trouble}
        </p>
      </Panel>
      <div className="cd-import-work">
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

const encodingWords = {
  auto: 'auto',
  'utf-8': 'utf8',
  gb18030: 'gb18030',
  big5: 'big5',
  'marc-8': 'marc8',
  'iso-5426': 'iso5426',
  'windows-1252': 'windows1252',
} as const

interface OptionsProps {
  readonly options: UploadOptions
  readonly onChange: (options: UploadOptions) => void
}

function Options({ options, onChange }: OptionsProps) {
  const { t } = useTranslation()
  const ids = useId()
  return (
    <div className="cd-import-options">
      <label htmlFor={`${ids}f`}>{t('importing.format')}</label>
      <Select
        id={`${ids}f`}
        value={options.format}
        virtual={false}
        options={(['auto', 'iso2709', 'marcxml'] as const).map((value) => ({
          value,
          label: t(`importing.${value}`),
        }))}
        onChange={(format) => onChange({ ...options, format })}
      />
      <label htmlFor={`${ids}p`}>{t('importing.profile')}</label>
      <Select
        id={`${ids}p`}
        value={options.profile}
        virtual={false}
        options={(['auto', 'cnmarc', 'unimarc', 'marc21'] as const).map((value) => ({
          value,
          label: t(`importing.${value}`),
        }))}
        onChange={(profile) => onChange({ ...options, profile })}
      />
      <label htmlFor={`${ids}e`}>{t('importing.encoding')}</label>
      <Select
        id={`${ids}e`}
        value={options.encoding}
        virtual={false}
        options={(['auto', ...MARC_ENCODINGS] as const).map((value) => ({
          value,
          label: t(`importing.${encodingWords[value]}`),
        }))}
        onChange={(encoding) => onChange({ ...options, encoding })}
      />
      <Checkbox
        checked={options.isDryRun}
        data-testid="dry-run"
        onChange={(event) => onChange({ ...options, isDryRun: event.target.checked })}
      >
        {t('importing.dryRun')}
      </Checkbox>
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
