import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { MoreLine } from '../../ui/states.tsx'
import { Marked } from '../../ui/marked.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'

import { SeeLine } from './see-line.tsx'

type FoundRow = AnswerOf<'search-titles'>['rows'][number]

interface FoundTitlesProps {
  readonly rows: readonly FoundRow[]
  readonly total: number
  readonly isTotalExact: boolean
  readonly spelledAs: string | null
  readonly see: AnswerOf<'search-titles'>['see']
  readonly onFollow: (heading: string) => void
  readonly isNarrowed: boolean
  /** -1: none. */
  readonly chosen: number
  readonly onChoose: (index: number) => void
}

export function FoundTitles({ rows, chosen, onChoose, ...found }: FoundTitlesProps) {
  const { t } = useTranslation()
  const { total, isTotalExact, spelledAs, isNarrowed, see, onFollow } = found
  const counted = isTotalExact ? 'search.count' : 'search.countMore'
  return (
    <>
      <p className="cd-quiet" role="status" data-testid="search-count">
        {spelledAs !== null && (
          <strong data-testid="spelled-as">
            {t('search.spelledAs', { spelling: spelledAs })}{' '}
          </strong>
        )}
        {t(isNarrowed ? 'browse.left' : counted, { count: total })}
      </p>
      {see !== null && <SeeLine see={see} onFollow={onFollow} />}
      <VirtualRows
        rows={rows}
        rowHeight={64}
        keyOf={({ id }) => id}
        label={t('search.title')}
        chosen={chosen}
        onChoose={onChoose}
        testId="titles"
        render={(row) => <FoundTitle row={row} />}
      />
      {total > rows.length && (
        <MoreLine
          text={
            isTotalExact
              ? t('state.tooMany', { shown: rows.length, total })
              : t('state.tooManyOpen', { shown: rows.length })
          }
        />
      )}
    </>
  )
}

function FoundTitle({ row }: { readonly row: FoundRow }) {
  const { t } = useTranslation()
  return (
    <div className="cd-title-row" data-testid="title-row">
      <strong>
        <Marked text={row.title} hits={row.hits.title} />
      </strong>
      <span className="cd-quiet">
        {row.isSuppressed && (
          <span className="cd-tone-needs-you" data-testid="row-hidden">
            {t('titles.suppressed')} ·{' '}
          </span>
        )}
        {row.itemNumber !== null && <mark data-testid="item-number">{row.itemNumber}</mark>}
        {row.itemNumber !== null && ' · '}
        <Marked text={row.author ?? ''} hits={row.hits.author} />
        {row.author !== null && row.publisher !== null && ' · '}
        <Marked text={row.publisher ?? ''} hits={row.hits.publisher} />
        {row.year !== null && ` · ${row.year}`}
      </span>
      <span
        className={row.availableCount > 0 ? 'cd-tone-done' : 'cd-quiet'}
        data-testid="availability"
      >
        {row.itemsCount === 0
          ? t('search.noItems')
          : t('search.available', { available: row.availableCount, total: row.itemsCount })}
      </span>
    </div>
  )
}
