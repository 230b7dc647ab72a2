import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'

interface LocalTitlesProps {
  readonly titles: AnswerOf<'search-titles'>['rows']
  readonly isLooked: boolean
  readonly mergeId: string | null
  readonly onMerge: (titleId: string | null) => void
}

/** Ours first: a book that is there already is not catalogued twice. */
export function LocalTitles({ titles, isLooked, mergeId, onMerge }: LocalTitlesProps) {
  const { t } = useTranslation()
  return (
    <Panel
      title={t('copying.local')}
      testId="copy-local"
      className="cd-copying-column cd-scroll"
      extra={titles.length > 0 && <KeyHint combo="Alt+l" />}
    >
      {isLooked && titles.length === 0 && <p>{t('copying.localNone')}</p>}
      <ul className="cd-copying-list">
        {titles.map(({ id, title, author, publisher, year, itemsCount }) => (
          <li key={id}>
            <button
              type="button"
              aria-pressed={id === mergeId}
              onClick={() => onMerge(id === mergeId ? null : id)}
              data-testid="copy-local-title"
            >
              <strong>{title}</strong>
              <span className="cd-quiet">
                {[author, publisher, year].filter(Boolean).join(' · ')}
              </span>
              <span className="cd-quiet">
                {t('search.items', { count: itemsCount })}
                {id === mergeId && ` · ${t('copying.mergeInto')}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {mergeId === null ? (
        <p className="cd-quiet">{t('copying.localHint')}</p>
      ) : (
        <Button size="small" onClick={() => onMerge(null)}>
          {t('copying.notMerging')}
        </Button>
      )}
    </Panel>
  )
}
