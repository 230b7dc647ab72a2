import { CopyOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { CopiedRecord } from '../../../contract/copy-shapes.ts'
import { useSearchTitlesQuery, useTitleCardQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { EmptyState, LoadingState } from '../../ui/states.tsx'
import { AnswerColumns } from './answer-columns.tsx'
import type { Choice } from './answer-columns.tsx'
import { LocalTitles } from './local-titles.tsx'
import { RecordPreview } from './record-preview.tsx'
import type { OwnRecord } from './taken-record.ts'
import type { Found } from './use-copy-search.ts'

/** Ours that answer the same words; more would be another search. */
const LOCAL_MAX = 6

interface Chosen extends Choice {
  readonly record: CopiedRecord
  readonly isTrusted: boolean
}

/** All that came, source by source, in the order of the screen. */
const choicesOf = ({ answers }: Found): Chosen[] =>
  answers.flatMap(({ targetId, isTrusted, records }) =>
    records.map((record, index) => ({ targetId, index, record, isTrusted })),
  )

export function FoundRecords({ found }: { readonly found: Found }) {
  const { t } = useTranslation()
  const { data: local } = useSearchTitlesQuery({ text: found.text, limit: LOCAL_MAX })
  const [wanted, setWanted] = useState<Choice | null>(null)
  const [mergeId, setMergeId] = useState<string | null>(null)
  const choices = choicesOf(found)
  const at = choices.findIndex(
    (one) => one.targetId === wanted?.targetId && one.index === wanted.index,
  )
  // The first that came is looked at until somebody chooses.
  const chosen = choices[Math.max(at, 0)]
  const go = (by: number): void => {
    const next = choices[Math.max(at, 0) + by]
    if (next !== undefined) setWanted(next)
  }
  const titles = local?.rows ?? []
  const next = (): void => {
    const place = titles.findIndex(({ id }) => id === mergeId)
    setMergeId(titles[place + 1]?.id ?? null)
  }
  useKeys([
    { combo: 'ArrowDown', label: t('copying.chooseHint'), run: () => go(1), isInFields: false },
    { combo: 'ArrowUp', label: t('copying.chooseHint'), run: () => go(-1), isInFields: false },
    ...(titles.length > 0 ? [{ combo: 'Alt+l', label: t('copying.nextLocal'), run: next }] : []),
  ])
  const own = useOwnRecord(mergeId)
  return (
    <div className="cd-copying-body">
      <div className="cd-copying-answers">
        <LocalTitles
          titles={titles}
          isLooked={local !== undefined}
          mergeId={mergeId}
          onMerge={setMergeId}
        />
        <AnswerColumns answers={found.answers} chosen={chosen ?? null} onChoose={setWanted} />
      </div>
      {chosen === undefined && <NoRecord found={found} />}
      {chosen !== undefined && (mergeId === null || own !== null) && (
        <RecordPreview
          key={`${chosen.targetId} ${chosen.index} ${mergeId ?? ''}`}
          record={chosen.record}
          targetId={chosen.targetId}
          isTrusted={chosen.isTrusted}
          own={own}
        />
      )}
    </div>
  )
}

/** Nothing to take: what is left is a record of one's own. */
function NoRecord({ found: { answers } }: { readonly found: Found }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const isAsking = answers.some(({ state }) => state === 'asking')
  const begin = (): void => void navigate('/drafts')
  useKeys(isAsking ? [] : [{ combo: 'Alt+n', label: t('copying.begin'), run: begin }])
  if (isAsking) return <LoadingState label={t('copying.state.asking')} />
  return (
    <EmptyState
      title={t('copying.nothing')}
      hint={t('copying.nothingHint')}
      icon={<CopyOutlined />}
      testId="copy-nothing"
    >
      <Button onClick={begin}>
        {t('copying.begin')} <KeyHint combo="Alt+n" />
      </Button>
    </EmptyState>
  )
}

/** Null until it is read, and where nothing is merged into. */
function useOwnRecord(titleId: string | null): OwnRecord | null {
  const { data: card } = useTitleCardQuery({ titleId: titleId ?? '' }, { skip: titleId === null })
  const bib = card?.bib ?? null
  if (titleId === null || bib === null || bib.id !== titleId) return null
  const { profile, leader, fields } = bib
  return { titleId, profile, content: { leader, fields } }
}
