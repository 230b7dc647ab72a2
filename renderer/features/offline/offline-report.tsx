import { useTranslation } from 'react-i18next'
import type { OfflineFile, OfflineOutcome } from '../../../contract/offline-shapes.ts'
import { dayAndTime, yuan } from '../../app/words.ts'
import { MoreLine } from '../../ui/states.tsx'
import { ToneMark } from '../../ui/tone.tsx'
import type { ToneName } from '../../ui/tone.tsx'
import './offline.css'
import { aboutOf, whyOf } from './report-text.ts'

const toneByOutcome = {
  fits: 'done',
  clashes: 'needs-you',
  recorded: 'done',
  'recorded-broken': 'needs-you',
  repeated: 'noted',
  'not-taken': 'stop',
  unusable: 'stop',
} as const satisfies Record<OfflineOutcome, ToneName>

const outcomes = Object.keys(toneByOutcome) as OfflineOutcome[]

/** What is in the file, and what of it a person must look at. */
export function OfflineReport({ file }: { readonly file: OfflineFile }) {
  const { t } = useTranslation()
  const { firstAt, lastAt, counts } = file
  const held = [
    ['lines', String(file.linesCount)],
    ['checkOuts', String(file.checkOutsCount)],
    ['checkIns', String(file.checkInsCount)],
    ['renewals', String(file.renewalsCount)],
    ['uses', String(file.usesCount)],
    ['payments', String(file.paymentsCount)],
    ['paymentsFen', yuan(file.paymentsFen)],
  ] as const
  return (
    <section className="cd-report" data-testid="offline-report" data-state={file.state}>
      <header>
        <strong translate="no">{file.name}</strong>
        {firstAt !== null && lastAt !== null && (
          <span className="cd-quiet">
            {t('offline.fromTo', { from: dayAndTime(firstAt), to: dayAndTime(lastAt) })}
          </span>
        )}
      </header>
      <dl className="cd-counts">
        {held.map(([name, count]) => (
          <div key={name} data-testid={`count-${name}`}>
            <dt>{t(`offline.count.${name}`)}</dt>
            <dd className="cd-number">{count}</dd>
          </div>
        ))}
        {outcomes
          .filter((outcome) => counts[outcome] > 0)
          .map((outcome) => (
            <div key={outcome} data-testid={`count-${outcome}`}>
              <dt>
                <ToneMark tone={toneByOutcome[outcome]} word={t(`offline.outcome.${outcome}`)} />
              </dt>
              <dd className="cd-number">{counts[outcome]}</dd>
            </div>
          ))}
      </dl>
      {file.isCutOff && (
        <p data-testid="offline-cut-off">
          <ToneMark tone="needs-you" word={t('offline.isCutOff')} />
        </p>
      )}
      <Unknown file={file} />
      {file.state !== 'refused' && <Rows file={file} />}
    </section>
  )
}

function Unknown({ file }: { readonly file: OfflineFile }) {
  const { t } = useTranslation()
  return (['unknownBarcodes', 'unknownCards'] as const)
    .filter((name) => file[name].count > 0)
    .map((name) => (
      <details key={name} open={file[name].count <= 12} data-testid={name}>
        <summary>
          {t('state.titled', { title: t(`offline.${name}`), text: String(file[name].count) })}
        </summary>
        <p className="cd-quiet">{t('offline.unknownHint', { shown: file[name].first.length })}</p>
        <p className="cd-number" translate="no">
          {file[name].first.join('  ')}
        </p>
      </details>
    ))
}

function Rows({ file }: { readonly file: OfflineFile }) {
  const { t, i18n } = useTranslation()
  if (file.rows.length === 0) return <p className="cd-quiet">{t('offline.noRows')}</p>
  const words = { t, language: i18n.language }
  return (
    <>
      <h3>{t('offline.rows')}</h3>
      <table className="cd-table cd-offline-rows">
        <thead>
          <tr>
            {(['line', 'when', 'what', 'about', 'outcomes', 'why'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`offline.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {file.rows.map((row) => (
            <tr
              key={row.line}
              data-testid="offline-row"
              data-line={row.line}
              data-outcome={row.outcome}
            >
              <td className="cd-number">{row.line}</td>
              <td className="cd-number">
                {row.happenedAt === null ? '' : dayAndTime(row.happenedAt)}
              </td>
              <td>{t(`offline.is.${row.is}`)}</td>
              <td className="cd-number" translate="no">
                {aboutOf(row)}
              </td>
              <td>
                <ToneMark
                  tone={toneByOutcome[row.outcome]}
                  word={t(`offline.outcome.${row.outcome}`)}
                />
              </td>
              <td>{whyOf(words, row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {file.rowsCount > file.rows.length && (
        <MoreLine
          text={t('offline.moreRows', { shown: file.rows.length, total: file.rowsCount })}
        />
      )}
    </>
  )
}
