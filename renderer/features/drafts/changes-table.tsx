import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../ui/panel.tsx'
import type { ChangedTag } from './record-text.ts'

interface ChangesTableProps {
  readonly changes: readonly ChangedTag[]
  /** Null where the draft is not to be changed. */
  readonly onTakeCity: ((tag: string) => void) | null
  readonly onRebase: (() => void) | null
  /** What the last column is called; the city's record where nothing is said. */
  readonly cityName?: string
}

/** What was, what the draft says and what the city has by now, side by side. */
export function ChangesTable({ changes, onTakeCity, onRebase, cityName }: ChangesTableProps) {
  const { t } = useTranslation()
  return (
    <Panel
      title={t('drafts.diff')}
      testId="draft-changes"
      extra={
        onRebase !== null && (
          <Button size="small" onClick={onRebase} data-testid="draft-rebase">
            {t('drafts.rebase')}
          </Button>
        )
      }
    >
      <div className="cd-scroll-x">
        <table className="cd-table">
          <thead>
            <tr>
              <th scope="col">{t('drafts.tag')}</th>
              <th scope="col">{t('drafts.base')}</th>
              <th scope="col">{t('drafts.draft')}</th>
              <th scope="col">{cityName ?? t('drafts.city')}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ tag, base, mine, city, isClash }) => (
              <tr key={tag} data-testid="draft-change" data-clash={isClash}>
                <th scope="row">
                  <span translate="no">{tag}</span> {isClash && t('drafts.clash')}
                </th>
                <td translate="no">{base || '—'}</td>
                <td translate="no">{mine || '—'}</td>
                <td>
                  <span translate="no">{city || '—'}</span>{' '}
                  {onTakeCity !== null && city !== base && city !== mine && (
                    <Button size="small" onClick={() => onTakeCity(tag)} data-testid="take-city">
                      {t(cityName === undefined ? 'drafts.takeCity' : 'editor.takeThis')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
