import { skipToken } from '@reduxjs/toolkit/query/react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf, AskOf } from '../../../contract/queries.ts'
import type { Draft } from '../../../domain/cataloguing-records.ts'
import { bibToMarcRecord } from '../../../domain/marc/bib-fields.ts'
import { recordToBrief } from '../../../domain/marc/brief.ts'
import { titleOfBrief } from '../../../domain/marc/title-of-brief.ts'
import { useNearTitlesQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { useSettled } from '../../app/use-settled.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ToneMark } from '../../ui/tone.tsx'

type NearAsk = AskOf<'near-titles'>
type Row = AnswerOf<'near-titles'>['rows'][number]

const isAlike = ({ likeness }: Row): boolean => likeness !== null

interface NearPanelProps {
  readonly draft: Pick<Draft, 'titleId' | 'profile'>
  /** Null while a row is no field. */
  readonly content: Pick<Draft, 'leader' | 'fields'> | null
  readonly onCompare: (titleId: string) => void
}

/** M18: what the catalogue has that might be this very book, seen before it is catalogued twice. */
export function NearPanel({ draft, content, onCompare }: NearPanelProps) {
  const { t } = useTranslation()
  const { titleId, profile } = draft
  const title = useMemo(() => titleOf(content, profile), [content, profile])
  const written = title === null ? '' : JSON.stringify(title)
  const isSettled = useSettled(written) === written
  const { data } = useNearTitlesQuery(title !== null && isSettled ? { titleId, title } : skipToken)
  // The last answer stays until the next is there: rows must not blink between letters.
  const alike = title === null ? [] : (data?.rows ?? []).filter(isAlike)
  const [first] = alike
  useKeys(
    first === undefined
      ? []
      : [{ combo: 'Alt+j', label: t('editor.near'), run: () => onCompare(first.id) }],
  )
  if (first === undefined) return null
  return (
    <Panel
      title={
        <>
          <span translate="no">M18</span> {t('editor.near')}
        </>
      }
      testId="near-titles"
      className="cd-scroll"
      extra={<KeyHint combo="Alt+j" />}
    >
      <p className="cd-quiet">{t('editor.nearHint')}</p>
      <div className="cd-editor-picks cd-editor-near">
        {alike.map((row) => (
          <Near key={row.id} row={row} onCompare={onCompare} />
        ))}
      </div>
    </Panel>
  )
}

interface NearProps {
  readonly row: Row
  readonly onCompare: (titleId: string) => void
}

function Near({ row, onCompare }: NearProps) {
  const { t } = useTranslation()
  const { id, title, author, publisher, year, likeness } = row
  return (
    <button type="button" onClick={() => onCompare(id)} data-testid="near-title">
      <span translate="no">
        {title}
        <br />
        <span className="cd-quiet">{[author, publisher, year].filter(Boolean).join(' · ')}</span>
      </span>
      <ToneMark
        tone={likeness === 'certain' ? 'stop' : 'noted'}
        word={t(likeness === 'certain' ? 'editor.nearCertain' : 'editor.nearLikely')}
      />
    </button>
  )
}

function titleOf(
  content: NearPanelProps['content'],
  profile: Draft['profile'],
): NearAsk['title'] | null {
  if (content === null) return null
  const title = titleOfBrief(recordToBrief(bibToMarcRecord(content), profile), () => {})
  if (title === null) return null
  const { loansCount: _loans, ...asked } = title
  return asked
}
