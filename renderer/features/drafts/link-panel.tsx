import { skipToken } from '@reduxjs/toolkit/query/react'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { AnswerOf } from '../../../contract/queries.ts'
import type { BibContent, Draft } from '../../../domain/cataloguing-records.ts'
import type { BibField } from '../../../domain/marc/bib-fields.ts'
import { leadsTo, tagBack, titleOfLink, withLinkBack } from '../../../domain/marc/linked-record.ts'
import { Asked } from '../../app/asked.tsx'
import { useNearTitlesQuery, useTitleCardQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { useSettled } from '../../app/use-settled.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ToneMark } from '../../ui/tone.tsx'
import { textToField } from './record-rows.ts'
import type { FieldText } from './record-rows.ts'
import type { DraftActs } from './use-draft-acts.ts'

type Row = AnswerOf<'near-titles'>['rows'][number]

interface LinkPanelProps {
  readonly row: FieldText
  readonly draft: Pick<Draft, 'titleId'>
  /** The record that the link stands in; null while a row is no field. */
  readonly content: BibContent | null
  /** Null where the draft is not to be changed, nor others for it. */
  readonly acts: DraftActs | null
  readonly onOpenDraft: (draftId: string) => void
}

/** Where an embedded link leads: the title it names, and whether that title leads back. */
export function LinkPanel(props: LinkPanelProps) {
  const { row, draft } = props
  const { t } = useTranslation()
  const field = textToField(row)
  const link = field === null ? null : titleOfLink(field)
  const isSettled = useSettled(row.text) === row.text
  const query = useNearTitlesQuery(
    link === null || !isSettled ? skipToken : asked(link, draft.titleId),
  )
  return (
    <Panel title={t('editor.link')} testId="link-panel">
      {link === null || field === null ? (
        <p className="cd-quiet">{t('editor.linkUnread')}</p>
      ) : (
        <Asked query={query}>
          {({ rows }) => {
            const [first, ...others] = rows
            return first === undefined ? (
              <p data-testid="link-nowhere">
                <ToneMark tone="noted" word={t('editor.linkNowhere')} />{' '}
                <span translate="no">{link.title}</span>
              </p>
            ) : (
              <>
                <Linked key={first.id} {...props} field={field} found={first} />
                {first.by === 'words' && others.length > 0 && (
                  <p className="cd-quiet">{t('editor.linkOthers', { count: others.length })}</p>
                )}
              </>
            )
          }}
        </Asked>
      )}
    </Panel>
  )
}

const asked = (link: NonNullable<ReturnType<typeof titleOfLink>>, titleId: Draft['titleId']) => {
  const { loansCount: _loans, ...title } = link
  return { titleId, title }
}

interface LinkedProps extends LinkPanelProps {
  readonly field: BibField
  readonly found: Row
}

function Linked({ field, found, content, acts, onOpenDraft }: LinkedProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { id, title, author, publisher, year, by } = found
  const card = useTitleCardQuery({ titleId: id }).data
  const [madeId, setMadeId] = useState<string | null>(null)
  const bib = card?.bib ?? null
  const isBack = bib !== null && content !== null && leadsTo(bib, content)
  const back = content === null ? null : tagBack(field.tag, content.leader)
  const other =
    bib === null || content === null
      ? null
      : withLinkBack({ leader: bib.leader, fields: bib.fields }, field.tag, content)
  const open = (): void => void navigate(`/search?title=${encodeURIComponent(id)}`)
  const make = async (): Promise<void> => {
    if (bib === null || other === null || acts === null) return
    const { profile, leader, fields } = bib
    const base = { leader, fields }
    const summary = await acts.save({ of: null, titleId: bib.id, profile, base, ...other })
    if (summary !== null) setMadeId(summary.draftId)
  }
  const mayMake = other !== null && !isBack && acts !== null && madeId === null
  useKeys([
    { combo: 'Alt+o', label: t('editor.openLinked'), run: open },
    ...(mayMake ? [{ combo: 'Alt+b', label: t('editor.linkBack'), run: () => void make() }] : []),
  ])
  return (
    <>
      <p data-testid="linked-title">
        <strong translate="no">{title}</strong>{' '}
        <span className="cd-quiet" translate="no">
          {[author, publisher, year].filter(Boolean).join(' · ')}
        </span>{' '}
        <span className="cd-quiet">{t(`editor.linkedBy.${by}`)}</span>
      </p>
      <p className="cd-editor-tools">
        <Button size="small" onClick={open} data-testid="open-linked">
          {t('editor.openLinked')} <KeyHint combo="Alt+o" />
        </Button>
        {mayMake && (
          <Button size="small" onClick={() => void make()} data-testid="link-back">
            {t('editor.linkBack')} <span translate="no">{back}</span> <KeyHint combo="Alt+b" />
          </Button>
        )}
      </p>
      {isBack && <ToneMark tone="done" word={t('editor.linkedBack')} />}
      {card !== undefined && bib === null && <p className="cd-quiet">{t('search.noMarc')}</p>}
      {madeId !== null && (
        <p role="status">
          {t('editor.linkBackMade')}{' '}
          <Button size="small" onClick={() => onOpenDraft(madeId)} data-testid="open-link-draft">
            {t('editor.openDraft')}
          </Button>
        </p>
      )}
    </>
  )
}
