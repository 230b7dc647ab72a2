import { Input } from 'antd'
import { useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { withHeading } from '../../../domain/marc/headings.ts'
import { Asked } from '../../app/asked.tsx'
import { useHeadingsQuery, useSearchTitlesQuery } from '../../app/desk-api.ts'
import { Panel } from '../../ui/panel.tsx'
import { fieldToText, subfieldValue, textToField } from './record-rows.ts'
import type { FieldText } from './record-rows.ts'

interface PickPanelProps {
  readonly row: FieldText
  /** What the row becomes. */
  readonly onPick: (field: FieldText) => void
  readonly onLeave: () => void
}

const LINK_TAG = /^4\d\d$/u
const TITLES_MAX = 20

/** For a person, a body or a subject the headings in use; for a link the titles of the city. */
export function PickPanel({ row, onPick, onLeave }: PickPanelProps) {
  const { t } = useTranslation()
  const isLink = LINK_TAG.test(row.tag)
  const [text, setText] = useState(() => subfieldValue(row.text, isLink ? 1 : 0))
  return (
    <Panel
      title={t(isLink ? 'editor.pickTitle' : 'editor.pickHeading')}
      testId="pick-panel"
      className="cd-scroll cd-editor-aid"
    >
      <div
        className="cd-editor-picks"
        onKeyDown={(pressed) => {
          if (pressed.key === 'Escape') onLeave()
          if (pressed.key === 'ArrowDown' || pressed.key === 'ArrowUp') step(pressed)
        }}
      >
        <Input
          autoFocus
          value={text}
          aria-label={t('editor.pickText')}
          placeholder={t('editor.pickText')}
          onChange={({ target }) => setText(target.value)}
          onPressEnter={({ currentTarget }) =>
            currentTarget.closest('.cd-editor-picks')?.querySelector('button')?.click()
          }
          data-testid="pick-text"
        />
        {isLink ? (
          <Titles row={row} text={text} onPick={onPick} />
        ) : (
          <Headings row={row} text={text} onPick={onPick} />
        )}
      </div>
    </Panel>
  )
}

/** Arrows go from the text through the list and back. */
function step(pressed: KeyboardEvent<HTMLDivElement>): void {
  const stops = [...pressed.currentTarget.querySelectorAll<HTMLElement>('input, button')]
  const at = stops.findIndex((stop) => stop === document.activeElement)
  const next = stops[at + (pressed.key === 'ArrowDown' ? 1 : -1)]
  if (next === undefined) return
  pressed.preventDefault()
  next.focus()
}

interface ListProps {
  readonly row: FieldText
  readonly text: string
  readonly onPick: (field: FieldText) => void
}

function Headings({ row, text, onPick }: ListProps) {
  const { t } = useTranslation()
  const query = useHeadingsQuery({ tag: row.tag, text })
  if (text.trim() === '') return <p className="cd-quiet">{t('editor.pickHint')}</p>
  return (
    <Asked query={query}>
      {({ headings, recordsCount, isWhole }) => (
        <>
          {headings.length === 0 && <p className="cd-quiet">{t('editor.noHeadings')}</p>}
          {headings.map((heading) => (
            <Pick
              key={heading.text}
              onPick={() => {
                const field = textToField(row)
                if (field !== null) onPick(fieldToText(withHeading(field, heading)))
              }}
            >
              <span translate="no">{heading.text}</span>
              {heading.authorityId !== null && (
                <span className="cd-tone-done" data-testid="pick-kept">
                  {heading.seeFrom === null ? (
                    t('authorities.isKept')
                  ) : (
                    <>
                      {t('authorities.seeFrom')} <span translate="no">{heading.seeFrom}</span>
                    </>
                  )}
                </span>
              )}
              <span className="cd-quiet">{t('editor.usedBy', { count: heading.count })}</span>
            </Pick>
          ))}
          {!isWhole && <p className="cd-quiet">{t('editor.countedOf', { count: recordsCount })}</p>}
        </>
      )}
    </Asked>
  )
}

function Titles({ row, text, onPick }: ListProps) {
  const { t } = useTranslation()
  const query = useSearchTitlesQuery({ text, limit: TITLES_MAX })
  if (text.trim() === '') return <p className="cd-quiet">{t('editor.pickHint')}</p>
  return (
    <Asked query={query}>
      {({ rows }) => (
        <>
          {rows.length === 0 && <p className="cd-quiet">{t('editor.noTitles')}</p>}
          {rows.map(({ id, title, author }) => (
            <Pick key={id} onPick={() => onPick({ ...row, text: `‡12001 ‡a${title}` })}>
              <span translate="no">{title}</span>
              <span className="cd-quiet" translate="no">
                {author ?? ''}
              </span>
            </Pick>
          ))}
        </>
      )}
    </Asked>
  )
}

interface PickProps {
  readonly onPick: () => void
  readonly children: ReactNode
}

const Pick = ({ onPick, children }: PickProps) => (
  <button type="button" onClick={onPick} data-testid="pick">
    {children}
  </button>
)
