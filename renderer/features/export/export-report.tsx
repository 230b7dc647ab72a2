import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExportProgress } from '../../../contract/export-shapes.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { MoreLine } from '../../ui/states.tsx'
import { ToneMark } from '../../ui/tone.tsx'
import type { ToneName } from '../../ui/tone.tsx'

const toneByState = {
  running: 'working',
  done: 'done',
  cancelled: 'noted',
  failed: 'stop',
} as const satisfies Record<ExportProgress['state'], ToneName>

interface ExportReportProps {
  readonly job: ExportProgress
  readonly onSave: () => void
  /** The newest one: the key of the screen saves it. */
  readonly hasKey: boolean
}

export function ExportReport({ job, onSave, hasKey }: ExportReportProps) {
  const { t, i18n } = useTranslation()
  const isPartly = job.state === 'done' && job.refusedCount + job.unknownCount > 0
  const counts = [
    ['exported', job.exported],
    ['refused', job.refusedCount],
    ['losses', job.lossCount],
    ['unknown', job.unknownCount],
    ['gone', job.goneCount],
  ] as const
  const timeOf = (at: number | null): string | null =>
    at === null
      ? null
      : new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(
          at,
        )
  const since = timeOf(job.changesKnownSince)
  const goneSince = timeOf(job.goneKnownSince)
  return (
    <section className="cd-report" data-testid="export-report" data-state={job.state}>
      <header>
        <ToneMark
          tone={isPartly ? 'needs-you' : toneByState[job.state]}
          word={t(`exporting.${job.state}`)}
        />
        <strong translate="no">{job.file}</strong>
        {job.state === 'done' && job.exported + job.goneCount > 0 && (
          <Button onClick={onSave} data-testid="export-save">
            {t('exporting.save')} {hasKey && <KeyHint combo="Alt+s" />}
          </Button>
        )}
      </header>
      <dl className="cd-counts">
        {counts.map(([name, count]) => (
          <div key={name} data-testid={`count-${name}`}>
            <dt>{t(`exporting.counts.${name}`)}</dt>
            <dd className="cd-number">{count}</dd>
          </div>
        ))}
      </dl>
      {since !== null && <p className="cd-tone-needs-you">{t('exporting.allOfThem', { since })}</p>}
      {goneSince !== null && (
        <p className="cd-tone-needs-you">{t('exporting.goneKnownSince', { since: goneSince })}</p>
      )}
      {isEmpty(job) && <p className="cd-quiet">{t('exporting.nothing')}</p>}
      <Details job={job} />
    </section>
  )
}

const isEmpty = ({ state, exported, refusedCount, goneCount }: ExportProgress): boolean =>
  state === 'done' && exported + refusedCount + goneCount === 0

function Details({ job }: { readonly job: ExportProgress }) {
  const { t, i18n } = useTranslation()
  const reasonOf = (reason: string): string => {
    const key = `exporting.reasons.${reason}`
    return t(i18n.exists(key) ? (key as 'exporting.reasons.other') : 'exporting.reasons.other')
  }
  const lossOf = (reason: string): string => {
    const key = `exporting.lossReasons.${reason}`
    return t(
      i18n.exists(key) ? (key as 'exporting.lossReasons.other') : 'exporting.lossReasons.other',
    )
  }
  return (
    <>
      <Listed
        title={t('exporting.refusedList')}
        total={job.refusedCount}
        rows={job.refused.map(({ controlNumber, tag, reason, characters }) => [
          controlNumber,
          tag,
          <>
            {reasonOf(reason)} <span translate="no">{characters}</span>
          </>,
        ])}
      />
      <Listed
        title={t('exporting.lossList')}
        total={job.lossCount}
        rows={job.losses.map(({ controlNumber, field, reason }) => [
          controlNumber,
          field,
          lossOf(reason),
        ])}
      />
      <Listed
        title={t('exporting.unknownList')}
        total={job.unknownCount}
        rows={job.unknown.map((number) => [number, null, t('exporting.noTitle')])}
      />
      <Listed
        title={t('exporting.goneList')}
        total={job.goneCount}
        rows={job.gone.map(({ controlNumber, title, isMerged, mergedIntoControlNumber }) => [
          controlNumber,
          null,
          <>
            <span translate="no">{title}</span>{' '}
            {isMerged
              ? t('exporting.wasMerged', { number: mergedIntoControlNumber ?? '—' })
              : t('exporting.wasDeleted')}
          </>,
        ])}
      />
    </>
  )
}

interface ListedProps {
  readonly title: string
  readonly total: number
  readonly rows: readonly (readonly [number: string | null, field: string | null, why: ReactNode])[]
}

function Listed({ title, total, rows }: ListedProps) {
  const { t } = useTranslation()
  if (rows.length === 0) return null
  return (
    <details open={rows.length <= 20}>
      <summary>{title}</summary>
      <table className="cd-table">
        <thead>
          <tr>
            <th scope="col">{t('exporting.number')}</th>
            <th scope="col">{t('exporting.field')}</th>
            <th scope="col">{t('exporting.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([number, field, why], index) => (
            // The list is never sorted nor cut: a place says which line it is.
            <tr key={index}>
              <td className="cd-number" translate="no">
                {number ?? '—'}
              </td>
              <td className="cd-number" translate="no">
                {field ?? '—'}
              </td>
              <td>{why}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > rows.length && (
        <MoreLine text={t('importing.moreRefused', { shown: rows.length, total })} />
      )}
    </details>
  )
}
