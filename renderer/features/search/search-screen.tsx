import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import type { InputRef } from 'antd'
import { useDeferredValue, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { Asked } from '../../app/asked.tsx'
import { useSearchTitlesQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { OfflineLine } from '../../app/offline-line.tsx'
import { useScans } from '../../app/services.tsx'
import { EmptyState, MoreLine } from '../../ui/states.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { TitleCard } from './title-card.tsx'

const ROWS_MAX = 100

export function SearchScreen() {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const field = useRef<InputRef>(null)
  const text = search.get('text') ?? ''
  const titleId = search.get('title')
  const [chosen, setChosen] = useState(0)
  const sought = useDeferredValue(text.trim())
  const query = useSearchTitlesQuery({ text: sought, limit: ROWS_MAX }, { skip: sought === '' })
  // While the next answer is on its way, the last one stays: rows must not blink between letters.
  const rows = sought === '' ? [] : (query.data?.rows ?? [])
  const change = (next: string): void => {
    setChosen(0)
    setSearch(next === '' ? {} : { text: next }, { replace: true })
  }
  const open = (index: number): void => {
    const row = rows[index]
    if (row === undefined) return
    setChosen(index)
    setSearch({ text, title: row.id }, { replace: true })
  }
  useScans(({ kind, text: code }) => {
    const isTitle = kind === 'isbn' || kind === 'issn'
    if (isTitle) change(code)
    return isTitle
  })
  useKeys([{ combo: 'Escape', label: t('search.placeholder'), run: () => field.current?.focus() }])
  return (
    <div className="cd-search">
      <h1 className="cd-visually-hidden">{t('search.title')}</h1>
      <div className="cd-search-list">
        <Input
          ref={field}
          autoFocus
          className="cd-entry"
          size="large"
          value={text}
          placeholder={t('search.placeholder')}
          aria-label={t('search.placeholder')}
          maxLength={400}
          data-testid="search-text"
          onChange={(event) => change(event.target.value)}
          onKeyDown={(event) => {
            const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
            if (step !== undefined) {
              event.preventDefault()
              open(Math.min(rows.length - 1, Math.max(0, titleId === null ? 0 : chosen + step)))
            }
            // The list of the last text, while this one's is on its way, is nobody's wish.
            const isAnswered = query.currentData !== undefined && sought === text.trim()
            if (event.key === 'Enter' && isAnswered) open(chosen)
          }}
        />
        {sought === '' ? (
          <EmptyState
            title={t('search.startTitle')}
            hint={t('search.startHint')}
            icon={<SearchOutlined />}
          />
        ) : (
          <Asked query={query}>
            {(answer) =>
              answer.rows.length === 0 ? (
                <EmptyState
                  title={t('search.nothing', { text: sought })}
                  hint={t('search.nothingHint')}
                />
              ) : (
                <>
                  <p className="cd-quiet" role="status" data-testid="search-count">
                    {answer.spelledAs !== null && (
                      <strong data-testid="spelled-as">
                        {t('search.spelledAs', { spelling: answer.spelledAs })}{' '}
                      </strong>
                    )}
                    {t(answer.isTotalExact ? 'search.count' : 'search.countMore', {
                      count: answer.total,
                    })}
                  </p>
                  <VirtualRows
                    rows={answer.rows}
                    rowHeight={64}
                    keyOf={({ id }) => id}
                    label={t('search.title')}
                    chosen={titleId === null ? -1 : chosen}
                    onChoose={open}
                    testId="titles"
                    render={(row) => (
                      <div className="cd-title-row" data-testid="title-row">
                        <strong>{row.title}</strong>
                        <span className="cd-quiet">
                          {[row.author, row.publisher, row.year].filter(Boolean).join(' · ')}
                        </span>
                        <span
                          className={row.availableCount > 0 ? 'cd-tone-done' : 'cd-quiet'}
                          data-testid="availability"
                        >
                          {row.itemsCount === 0
                            ? t('search.noItems')
                            : t('search.available', {
                                available: row.availableCount,
                                total: row.itemsCount,
                              })}
                        </span>
                      </div>
                    )}
                  />
                  {answer.total > answer.rows.length && (
                    <MoreLine
                      text={
                        answer.isTotalExact
                          ? t('state.tooMany', { shown: answer.rows.length, total: answer.total })
                          : t('state.tooManyOpen', { shown: answer.rows.length })
                      }
                    />
                  )}
                </>
              )
            }
          </Asked>
        )}
        <OfflineLine />
      </div>
      <div className="cd-search-card">
        {titleId === null ? (
          <EmptyState title={t('search.pick')} hint="" testId="no-title" />
        ) : (
          <TitleCard key={titleId} titleId={titleId} />
        )}
      </div>
    </div>
  )
}
