import { UploadOutlined } from '@ant-design/icons'
import { Button, Checkbox, Progress, Select } from 'antd'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { useImportCancelMutation, useImportJobsQuery } from '../../app/desk-api.ts'
import { failureOf } from '../../app/desk-failure.ts'
import { newRequestId } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ImportReport } from './import-report.tsx'
import { remainingMs, upload } from './upload.ts'
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
        <FileField isDisabled={isBusy} onFile={(file) => void send(file)} />
        <Options options={options} onChange={setOptions} />
        <p role="alert" className="cd-tone-stop" data-testid="import-trouble">
          {trouble}
        </p>
      </Panel>
      <div className="cd-import-work">
        {sending !== null && (
          <Moving
            title={t('state.titled', { title: t('importing.sending'), text: sending.name })}
            doneBytes={sending.sentBytes}
            totalBytes={sending.totalBytes}
            startedAt={sending.startedAt}
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

interface FileFieldProps {
  readonly isDisabled: boolean
  readonly onFile: (file: File) => void
}

function FileField({ isDisabled, onFile }: FileFieldProps) {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)
  return (
    <div
      className={isOver ? 'cd-drop-zone cd-drop-zone-over' : 'cd-drop-zone'}
      data-testid="drop-zone"
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setIsOver(false)
        const [file] = event.dataTransfer.files
        if (file !== undefined) onFile(file)
      }}
    >
      <UploadOutlined className="cd-empty-icon" aria-hidden />
      <strong>{t('importing.drop')}</strong>
      <p className="cd-quiet">{t('importing.hint')}</p>
      <input
        ref={field}
        type="file"
        className="cd-visually-hidden"
        tabIndex={-1}
        aria-label={t('importing.pick')}
        data-testid="import-file"
        disabled={isDisabled}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file !== undefined) onFile(file)
          // The same file may be chosen again.
          event.target.value = ''
        }}
      />
      <Button
        type="primary"
        size="large"
        disabled={isDisabled}
        onClick={() => field.current?.click()}
        data-testid="pick-file"
      >
        {t('importing.pick')}
      </Button>
    </div>
  )
}

interface OptionsProps {
  readonly options: UploadOptions
  readonly onChange: (options: UploadOptions) => void
}

function Options({ options, onChange }: OptionsProps) {
  const { t } = useTranslation()
  const ids = useId()
  const encodings = {
    auto: 'auto',
    'utf-8': 'utf8',
    gb18030: 'gb18030',
    'marc-8': 'marc8',
  } as const
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
        options={(['auto', 'utf-8', 'gb18030', 'marc-8'] as const).map((value) => ({
          value,
          label: t(`importing.${encodings[value]}`),
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

interface MovingProps {
  readonly title: string
  readonly doneBytes: number
  readonly totalBytes: number
  readonly startedAt: number
  readonly onCancel: () => void
}

/** How far it is, how long it will take, and the way out. */
function Moving({ title, doneBytes, totalBytes, startedAt, onCancel }: MovingProps) {
  const { t } = useTranslation()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  const left = remainingMs(doneBytes, totalBytes, now - startedAt)
  const seconds = left === null ? null : Math.max(1, Math.ceil(left / 1000))
  const time =
    seconds === null
      ? null
      : seconds < 90
        ? t('importing.seconds', { count: seconds })
        : t('importing.minutes', { count: Math.ceil(seconds / 60) })
  const percent = totalBytes === 0 ? 0 : Math.floor((100 * doneBytes) / totalBytes)
  return (
    <Panel
      title={title}
      extra={
        <Button onClick={onCancel} data-testid="import-cancel">
          {t('importing.cancel')}
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

function RunningJob({ job }: { readonly job: Job }) {
  const { t } = useTranslation()
  const [cancel] = useImportCancelMutation()
  return (
    <Moving
      title={t('state.titled', { title: t('importing.running'), text: job.file })}
      doneBytes={job.readBytes}
      totalBytes={job.totalBytes}
      startedAt={job.startedAt}
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
