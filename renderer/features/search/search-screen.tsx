import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import type { InputRef } from 'antd'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { AnswerOf } from '../../../contract/queries.ts'
import { Asked } from '../../app/asked.tsx'
import { useBrowseTitlesQuery, useSearchTitlesQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { OfflineLine } from '../../app/offline-line.tsx'
import { useScans } from '../../app/services.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { filterOf, isNarrowing } from './chosen-filter.ts'
import { FacetChips } from './facet-chips.tsx'
import { FoundTitles } from './found-titles.tsx'
import { HiddenTitlesLink } from './hidden-titles-link.tsx'
import { TitleCard } from './title-card.tsx'
import { typedHere, useTypedText } from './use-typed-text.ts'

const ROWS_MAX = 100
/** Counting takes longer than a letter: it waits until the hand rests. */
const SETTLE_MS = 200

type Answer = AnswerOf<'search-titles'> | AnswerOf<'browse-titles'>
interface Shown {
  readonly data?: Answer | undefined
  readonly currentData?: Answer | undefined
  readonly error?: unknown
  readonly refetch: () => unknown
}

/** The text as it stands once nobody has changed it for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return text === '' ? '' : settled
}

export function SearchScreen() {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const field = useRef<InputRef>(null)
  const [text, setText] = useTypedText(search.get('text') ?? '')
  const titleId = search.get('title')
  const [chosen, setChosen] = useState(0)
  const sought = useDeferredValue(text.trim())
  const filter = filterOf(search)
  const isNarrowed = isNarrowing(filter)
  const asTyped = useSearchTitlesQuery(
    { text: sought, limit: ROWS_MAX },
    { skip: sought === '' || isNarrowed },
  )
  const settled = useSettled(sought)
  const browsed = useBrowseTitlesQuery(
    { text: settled, filter, limit: ROWS_MAX },
    { skip: settled === '' && !(sought === '' && filter.isSuppressed) },
  )
  const isAsked = sought !== '' || filter.isSuppressed
  const { currentData: typed } = asTyped
  // Too much to ask with each letter: found once the hand rests.
  const isUnsought = typed?.total === 0 && !typed.isTotalExact
  const query: Shown = isNarrowed || isUnsought ? browsed : asTyped
  // While the next answer is on its way, the last one stays: rows must not blink between letters.
  const rows = !isAsked ? [] : (query.data?.rows ?? [])
  const tell = (address: URLSearchParams): void =>
    setSearch(address, { replace: true, state: typedHere })
  const change = (next: string): void => {
    setChosen(0)
    setText(next)
    const kept = new URLSearchParams(search)
    kept.delete('title')
    kept.set('text', next)
    tell(next === '' ? new URLSearchParams() : kept)
  }
  const open = (index: number): void => {
    const row = rows[index]
    if (row === undefined) return
    setChosen(index)
    const chosenTitle = new URLSearchParams(search)
    chosenTitle.set('text', text)
    chosenTitle.set('title', row.id)
    tell(chosenTitle)
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
            const isAnswered =
              query.currentData !== undefined &&
              sought === text.trim() &&
              (query !== browsed || settled === sought)
            if (event.key === 'Enter' && isAnswered) open(chosen)
          }}
        />
        {!isAsked ? (
          <>
            <EmptyState
              title={t('search.startTitle')}
              hint={t('search.startHint')}
              icon={<SearchOutlined />}
            />
            <HiddenTitlesLink onOpen={() => tell(new URLSearchParams({ hidden: '1' }))} />
          </>
        ) : (
          <>
            {browsed.data === undefined ? (
              <div className="cd-facets" />
            ) : (
              <FacetChips
                answer={browsed.data}
                filter={filter}
                search={search}
                onChange={(next) => {
                  setChosen(0)
                  tell(next)
                }}
              />
            )}
            <Asked<Answer> query={query}>
              {(answer) =>
                answer.rows.length === 0 ? (
                  <EmptyState
                    title={t(isNarrowed ? 'browse.nothing' : 'search.nothing', { text: sought })}
                    hint={t(isNarrowed ? 'browse.nothingHint' : 'search.nothingHint')}
                  />
                ) : (
                  <FoundTitles
                    rows={answer.rows}
                    total={answer.total}
                    isTotalExact={'isWhole' in answer ? answer.isWhole : answer.isTotalExact}
                    spelledAs={answer.spelledAs}
                    see={answer.see}
                    onFollow={change}
                    isNarrowed={isNarrowed}
                    chosen={titleId === null ? -1 : chosen}
                    onChoose={open}
                  />
                )
              }
            </Asked>
          </>
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
