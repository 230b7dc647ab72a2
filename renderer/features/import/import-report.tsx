import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { MoreLine } from '../../ui/states.tsx'
import { ToneMark } from '../../ui/tone.tsx'
import type { ToneName } from '../../ui/tone.tsx'

type Job = AnswerOf<'import-jobs'>[number]

const toneByState = {
  running: 'working',
  done: 'done',
  cancelled: 'noted',
  failed: 'stop',
} as const satisfies Record<Job['state'], ToneName>

export function ImportReport({ job }: { readonly job: Job }) {
  const { t, i18n } = useTranslation()
  const counts = [
    ['read', job.read],
    ['imported', job.imported],
    ['updated', job.updated],
    ['recovered', job.recovered],
    ['items', job.items],
    ['refused', job.refusedCount],
  ] as const
  const isPartly = job.state === 'done' && job.refusedCount > 0
  return (
    <section className="cd-report" data-testid="import-report" data-state={job.state}>
      <header>
        <ToneMark
          tone={isPartly ? 'needs-you' : toneByState[job.state]}
          word={t(`importing.${job.state}`)}
        />
        <strong>{job.file}</strong>
      </header>
      <dl className="cd-counts">
        {counts.map(([name, count]) => (
          <div key={name} data-testid={`count-${name}`}>
            <dt>{t(`importing.${name}`)}</dt>
            <dd className="cd-number">{count}</dd>
          </div>
        ))}
      </dl>
      {job.refused.length > 0 && (
        <details open={job.refused.length <= 20}>
          <summary>{t('importing.report')}</summary>
          <table className="cd-table">
            <thead>
              <tr>
                <th scope="col">{t('importing.record')}</th>
                <th scope="col">{t('importing.offset')}</th>
                <th scope="col">{t('importing.reason')}</th>
              </tr>
            </thead>
            <tbody>
              {job.refused.map(({ record, offset, reason }) => {
                const key = `refusedRecord.${reason}`
                return (
                  <tr key={`${record}-${offset}`}>
                    <td className="cd-number">{record}</td>
                    <td className="cd-number">{t('importing.bytes', { offset })}</td>
                    <td>
                      {t(i18n.exists(key) ? (key as 'refusedRecord.other') : 'refusedRecord.other')}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
          {job.refusedCount > job.refused.length && (
            <MoreLine
              text={t('importing.moreRefused', {
                shown: job.refused.length,
                total: job.refusedCount,
              })}
            />
          )}
        </details>
      )}
      {job.state === 'done' && job.refusedCount === 0 && (
        <p className="cd-quiet">{t('importing.noRefused')}</p>
      )}
    </section>
  )
}
