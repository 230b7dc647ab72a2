import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BibContent } from '../../../domain/cataloguing-records.ts'
import { dateAt } from '../../../domain/words/calendar-date.ts'
import { Asked } from '../../app/asked.tsx'
import {
  useSearchTitlesQuery,
  useTitleCardQuery,
  useTitleVersionsQuery,
} from '../../app/desk-api.ts'
import { Panel } from '../../ui/panel.tsx'
import { changedTags, withTagOf } from './record-text.ts'

interface ComparePanelProps {
  readonly content: BibContent
  /** Null of a record that the city does not have. */
  readonly titleId: string | null
  /** Another title that is looked at at once; null where none is named. */
  readonly otherTitleId: string | null
  /** Null where the draft is not to be changed. */
  readonly onTake: ((content: BibContent) => void) | null
}

const TITLES_MAX = 8

/** This record beside an earlier version of itself, or beside another one of the city. */
export function ComparePanel({ content, titleId, otherTitleId, onTake }: ComparePanelProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [other, setOther] = useState<BibContent | null>(null)
  const [otherId, setOtherId] = useState<string | null>(otherTitleId)
  return (
    <Panel title={t('editor.compareWith')} testId="compare-panel">
      {titleId !== null && (
        <Versions
          titleId={titleId}
          onChoose={(version) => {
            setOtherId(null)
            setOther(version)
          }}
        />
      )}
      <Input
        value={text}
        aria-label={t('editor.compareText')}
        placeholder={t('editor.compareText')}
        onChange={({ target }) => setText(target.value)}
        data-testid="compare-text"
      />
      {text.trim() !== '' && (
        <Titles
          text={text}
          onChoose={(id) => {
            setOther(null)
            setOtherId(id)
          }}
        />
      )}
      {other !== null && <SideBySide content={content} other={other} onTake={onTake} />}
      {otherId !== null && <OfTitle content={content} titleId={otherId} onTake={onTake} />}
    </Panel>
  )
}

interface VersionsProps {
  readonly titleId: string
  readonly onChoose: (content: BibContent) => void
}

/** Who changed the record, when, and which fields. */
function Versions({ titleId, onChoose }: VersionsProps) {
  const { t } = useTranslation()
  const query = useTitleVersionsQuery({ titleId })
  return (
    <Asked query={query}>
      {({ versions, merges }) => (
        <>
          <h3>{t('editor.versions')}</h3>
          {versions.length + merges.length === 0 && (
            <p className="cd-quiet">{t('editor.noVersions')}</p>
          )}
          <ul className="cd-editor-versions">
            {versions.map(({ draftId, publishedAt, staffName, reviewerName, before, after }) => (
              <li key={draftId} data-testid="title-version">
                <span className="cd-number">{dateAt(publishedAt)}</span>{' '}
                {t('editor.versionBy', { by: staffName ?? '—', reviewer: reviewerName ?? '—' })}{' '}
                <span translate="no">
                  {before === null
                    ? ''
                    : changedTags(before, after, after)
                        .map(({ tag }) => tag)
                        .join(' ')}
                </span>
                <Button size="small" onClick={() => onChoose(after)} data-testid="version-compare">
                  {t('editor.compare')}
                </Button>
              </li>
            ))}
            {merges.map(({ mergedId, title, mergedAt, staffName }) => (
              <li key={mergedId} data-testid="title-merged-in">
                <span className="cd-number">{dateAt(mergedAt)}</span>{' '}
                {t('editor.mergedIn', { by: staffName ?? '—' })} <span translate="no">{title}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Asked>
  )
}

interface TitlesProps {
  readonly text: string
  readonly onChoose: (titleId: string) => void
}

function Titles({ text, onChoose }: TitlesProps) {
  const { t } = useTranslation()
  const query = useSearchTitlesQuery({ text, limit: TITLES_MAX })
  return (
    <Asked query={query}>
      {({ rows }) => (
        <div className="cd-editor-picks">
          {rows.length === 0 && <p className="cd-quiet">{t('editor.noTitles')}</p>}
          {rows.map(({ id, title, author }) => (
            <button key={id} type="button" onClick={() => onChoose(id)} data-testid="compare-title">
              <span translate="no">{title}</span>
              <span className="cd-quiet" translate="no">
                {author ?? ''}
              </span>
            </button>
          ))}
        </div>
      )}
    </Asked>
  )
}

type SideProps = Pick<ComparePanelProps, 'content' | 'onTake'>

function OfTitle({ content, titleId, onTake }: SideProps & { readonly titleId: string }) {
  const { t } = useTranslation()
  const query = useTitleCardQuery({ titleId })
  return (
    <Asked query={query}>
      {(card) =>
        card === null || card.bib === null ? (
          <p className="cd-quiet">{t('search.noMarc')}</p>
        ) : (
          <SideBySide content={content} other={card.bib} onTake={onTake} />
        )
      }
    </Asked>
  )
}

/** Fields that differ; the rest is the same on both sides. */
function SideBySide({ content, other, onTake }: SideProps & { readonly other: BibContent }) {
  const { t } = useTranslation()
  const rows = changedTags(other, content, other)
  if (rows.length === 0) return <p>{t('editor.same')}</p>
  return (
    <div className="cd-scroll-x">
      <table className="cd-table" data-testid="side-by-side">
        <thead>
          <tr>
            <th scope="col">{t('drafts.tag')}</th>
            <th scope="col">{t('drafts.draft')}</th>
            <th scope="col">{t('editor.other')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ tag, mine, base }) => (
            <tr key={tag} data-testid="side-row">
              <th scope="row" translate="no">
                {tag}
              </th>
              <td translate="no">{mine || '—'}</td>
              <td>
                <span translate="no">{base || '—'}</span>{' '}
                {onTake !== null && (
                  <Button
                    size="small"
                    onClick={() => onTake(withTagOf(content, other, tag))}
                    data-testid="side-take"
                  >
                    {t('editor.takeOther')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
