import { useTranslation } from 'react-i18next'
import type { QualityCounts } from '../../../contract/quality-shapes.ts'
import { Panel } from '../../ui/panel.tsx'
import { TrendLines } from '../../ui/trend-lines.tsx'

const DAYS_SHOWN_MAX = 60

const percentOf = (count: number, { recordsCount }: QualityCounts): number =>
  recordsCount === 0 ? 0 : Math.round((1_000 * count) / recordsCount) / 10

/** Whether it gets better: a picture, and the same in figures. */
export function TrendPanel({ trend }: { readonly trend: readonly QualityCounts[] }) {
  const { t } = useTranslation()
  const days = trend.slice(-DAYS_SHOWN_MAX)
  const percent = (value: number): string => t('quality.percent', { value })
  return (
    <Panel title={t('quality.trend')}>
      {days.length < 2 ? (
        <p className="cd-quiet">{t('quality.trendFew')}</p>
      ) : (
        <TrendLines
          label={t('quality.trendHint')}
          lines={[
            {
              name: t('quality.wrong'),
              values: days.map((day) => percentOf(day.wrongCount, day)),
              isDashed: false,
            },
            {
              name: t('quality.faulty'),
              values: days.map((day) => percentOf(day.faultyCount, day)),
              isDashed: true,
            },
          ]}
        />
      )}
      <p className="cd-quiet">{t('quality.trendHint')}</p>
      <table className="cd-table" data-testid="quality-days">
        <caption className="cd-visually-hidden">{t('quality.trend')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('quality.day')}</th>
            <th scope="col">{t('quality.records')}</th>
            <th scope="col">{t('quality.faulty')}</th>
            <th scope="col">{t('quality.wrong')}</th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map((day) => (
            <tr key={day.on}>
              <th scope="row">{day.on}</th>
              <td className="cd-number">{day.recordsCount}</td>
              <td className="cd-number">{percent(percentOf(day.faultyCount, day))}</td>
              <td className="cd-number">{percent(percentOf(day.wrongCount, day))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
