import { skipToken } from '@reduxjs/toolkit/query/react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { QualityScope } from '../../../contract/quality-shapes.ts'
import { Asked } from '../../app/asked.tsx'
import { useQualityListQuery } from '../../app/quality-api.ts'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState, MoreLine } from '../../ui/states.tsx'

const SHOWN_MAX = 100

interface RuleListProps {
  readonly scope: QualityScope
  readonly rule: string | null
}

/** The records behind a figure, and the two ways on: all at once, or one by one. */
export function RuleList({ scope, rule }: RuleListProps) {
  const { t } = useTranslation()
  const query = useQualityListQuery(rule === null ? skipToken : { scope, rule, limit: SHOWN_MAX })
  if (rule === null) return <EmptyState title={t('quality.rules')} hint={t('quality.listHint')} />
  return (
    <Asked query={query}>
      {({ rows, total }) => (
        <Panel
          title={t('quality.list', { count: total })}
          testId="quality-list"
          extra={
            <Link to={`/batch-fixes?rule=${rule}`} data-testid="quality-batch">
              {t('quality.batch')}
            </Link>
          }
        >
          {rows.length === 0 && <p className="cd-quiet">{t('quality.stale')}</p>}
          <ul className="cd-quality-list">
            {rows.map(({ id, title, controlNumber, isError }) => (
              <li key={id} data-testid="quality-row">
                <b>{t(isError ? 'drafts.error' : 'drafts.warning')}</b> {title}{' '}
                <span className="cd-quiet" translate="no">
                  {controlNumber}
                </span>{' '}
                <Link to={`/drafts?title=${encodeURIComponent(id)}`}>{t('quality.open')}</Link>
              </li>
            ))}
          </ul>
          {total > rows.length && rows.length > 0 && (
            <MoreLine text={t('quality.shown', { total, shown: rows.length })} />
          )}
        </Panel>
      )}
    </Asked>
  )
}
