import { Button } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { OfflineFile } from '../../../contract/offline-shapes.ts'
import {
  useOfflineFilesQuery,
  useOfflineRecordMutation,
  useOfflineStopMutation,
} from '../../app/desk-api.ts'
import { failureOf } from '../../app/desk-failure.ts'
import { sendPieces } from '../../app/file-pieces.ts'
import { useKeys } from '../../app/keys.tsx'
import { MovingPanel } from '../../app/moving-panel.tsx'
import { newRequestId } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'
import { PrintButton } from '../../app/slips/print-button.tsx'
import { paperLaid } from '../../app/slips/paper-state.ts'
import { useDeskDispatch } from '../../app/store.ts'
import { FileField } from '../../ui/file-field.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { OfflineReport } from './offline-report.tsx'
import { OfflineVerdict, toRecord } from './offline-verdict.tsx'
import { reportCsv, reportText } from './report-text.ts'

const EARLIER_MAX = 5

export function OfflineScreen() {
  const { t } = useTranslation()
  const { data: files = [] } = useOfflineFilesQuery({})
  const [newest, ...earlier] = files
  const sending = useSending()
  const [record] = useOfflineRecordMutation()
  const field = useRef<HTMLInputElement>(null)
  const reporting = useReporting(newest)
  const isBusy = sending.isSending || newest?.state === 'recording' || newest?.state === 'checking'
  const recordAll =
    newest === undefined || isBusy || toRecord(newest) === 0
      ? null
      : () => void record({ fileId: newest.fileId })
  useKeys([
    { combo: 'Control+o', label: t('offline.pick'), run: () => field.current?.click() },
    ...(recordAll === null
      ? []
      : [{ combo: 'Control+Enter', label: t('offline.record'), run: recordAll }]),
    ...(reporting.print === null
      ? []
      : [{ combo: 'Control+p', label: t('offline.print'), run: reporting.print }]),
    ...(reporting.save === null
      ? []
      : [{ combo: 'Control+s', label: t('offline.save'), run: reporting.save }]),
  ])
  return (
    <div className="cd-import">
      <h1 className="cd-visually-hidden">{t('offline.title')}</h1>
      <Panel title={t('offline.title')} className="cd-import-form">
        <FileField
          drop={t('offline.drop')}
          hint={t('offline.hint')}
          pick={t('offline.pick')}
          isDisabled={isBusy}
          onFile={(file) => void sending.send(file)}
          field={field}
          testId="offline-file"
        />
        <p role="alert" className="cd-tone-stop" data-testid="offline-trouble">
          {sending.trouble}
        </p>
        <Earlier files={earlier.slice(0, EARLIER_MAX)} />
      </Panel>
      <div className="cd-import-work">
        <OfflineVerdict file={newest} />
        <Running file={newest} />
        <Panel
          title={t('offline.report')}
          className="cd-grow cd-scroll"
          extra={
            <>
              <Button
                type="primary"
                disabled={recordAll === null}
                onClick={() => recordAll?.()}
                data-testid="offline-record"
              >
                {t('offline.record')} <KeyHint combo="Control+Enter" />
              </Button>
              <SeeExceptions file={newest} />
              <PrintButton
                print={reporting.print}
                word={t('offline.print')}
                testId="offline-print"
              />
              <Button
                disabled={reporting.save === null}
                onClick={() => reporting.save?.()}
                data-testid="offline-save"
              >
                {t('offline.save')} <KeyHint combo="Control+s" />
              </Button>
            </>
          }
        >
          {newest === undefined ? (
            <p className="cd-quiet">{t('offline.none')}</p>
          ) : (
            <OfflineReport file={newest} />
          )}
        </Panel>
      </div>
    </div>
  )
}

/** A file on its way to the engine; nothing of it is read here. */
function useSending() {
  const { t } = useTranslation()
  const { desk, play } = useServices()
  const [isSending, setIsSending] = useState(false)
  const [trouble, setTrouble] = useState('')
  const fail = (text: string): void => {
    play('stop')
    setTrouble(text)
  }
  const send = async (file: File): Promise<void> => {
    setTrouble('')
    if (file.size === 0) return fail(t('offline.refusal.empty'))
    if (file.size > BYTES_MAX) return fail(t('offline.refusal.too-large'))
    setIsSending(true)
    const named = { fileId: newRequestId(), fileName: file.name.slice(0, 200) }
    try {
      await sendPieces(
        file,
        (piece) => desk.ask('offline-upload', { ...named, ...piece }),
        () => false,
      )
    } catch (thrown) {
      // The file may be gone from its stick, or the line to the engine broke: either is said.
      const { failure } = failureOf(thrown)
      fail(`${t('offline.sendFailed')}${t(`failure.${failure}.next`)}`)
    }
    setIsSending(false)
  }
  return { isSending, trouble, send }
}

/** As the engine's own: said at once, before anything is sent. */
const BYTES_MAX = 8 * 1024 ** 2

function useReporting(file: OfflineFile | undefined) {
  const { t, i18n } = useTranslation()
  const dispatch = useDeskDispatch()
  const isWhole = file !== undefined && ['ready', 'done', 'stopped', 'failed'].includes(file.state)
  if (!isWhole) return { print: null, save: null }
  const words = { t, language: i18n.language }
  return {
    print: () => void dispatch(paperLaid(reportText(words, file))),
    save: () => keep(`${file.name}.csv`, reportCsv(words, file)),
  }
}

function keep(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

function Running({ file }: { readonly file: OfflineFile | undefined }) {
  const { t } = useTranslation()
  const [stop] = useOfflineStopMutation()
  if (file?.state !== 'recording' && file?.state !== 'checking') return null
  return (
    <MovingPanel
      title={t('state.titled', { title: t(`offline.${file.state}`), text: file.name })}
      doneCount={file.doneCount}
      totalCount={file.linesCount}
      startedAt={file.startedAt ?? 0}
      cancel={t('offline.stop')}
      onCancel={() => void stop({ fileId: file.fileId })}
    />
  )
}

function SeeExceptions({ file }: { readonly file: OfflineFile | undefined }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  if ((file?.counts['recorded-broken'] ?? 0) === 0) return null
  return (
    <Button onClick={() => void navigate('/exceptions')} data-testid="offline-exceptions">
      {t('offline.seeExceptions')} <KeyHint combo="F9" />
    </Button>
  )
}

function Earlier({ files }: { readonly files: readonly OfflineFile[] }) {
  const { t } = useTranslation()
  if (files.length === 0) return null
  return (
    <section data-testid="offline-earlier">
      <h3>{t('offline.earlier')}</h3>
      <ul>
        {files.map((file) => (
          <li key={file.fileId}>
            <span translate="no">{file.name}</span>{' '}
            <span className="cd-quiet">
              {t('offline.outcome.recorded')}{' '}
              {file.counts.recorded + file.counts['recorded-broken']}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
