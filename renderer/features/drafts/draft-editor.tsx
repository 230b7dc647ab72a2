import { Button, Input } from 'antd'
import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import type { BibContent } from '../../../domain/cataloguing-records.ts'
import { mergeRecord } from '../../../domain/marc/merge-fields.ts'
import { useKeys } from '../../app/keys.tsx'
import { useSignedIn } from '../../app/session.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ChangesTable } from './changes-table.tsx'
import { LintList } from './lint-list.tsx'
import { DELIMITER, changedTags, readRecordText, recordText } from './record-text.ts'
import type { DraftActs } from './use-draft-acts.ts'

type Open = NonNullable<AnswerOf<'draft'>>
const REMARK = /^([0-9A-Za-z]{3})\s+(.+)$/u

interface DraftEditorProps {
  readonly open: Open
  readonly acts: DraftActs
}

export function DraftEditor({ open, acts }: DraftEditorProps) {
  const { t } = useTranslation()
  const { staff } = useSignedIn()
  const { draft, city } = open
  const [text, setText] = useState(() => recordText(draft))
  const [remarkText, setRemarkText] = useState('')
  const { content, line } = readRecordText(text)
  const isOpen = draft.state === 'drafted' || draft.state === 'returned'
  const mayReview = staff.permissions.includes('review-records')
  const named = { draft: draft.id, revision: draft.revision }
  const remarks = readRemarks(remarkText)
  const write = async (written: BibContent, base: BibContent | null) => {
    const { titleId, profile } = draft
    return acts.save({ of: named, titleId, profile, base, ...written })
  }
  const save = async () => (content === null ? null : write(content, draft.base))
  /** What is on the screen is what goes on. */
  const then = async (kind: 'draft.submit' | 'draft.publish' | 'draft.discard') => {
    const isChanged = isOpen && kind !== 'draft.discard' && text !== recordText(draft)
    const saved = isChanged ? await save() : named
    if (saved !== null) await acts.act(kind, { ...named, revision: saved.revision })
  }
  const giveBack = () => void acts.act('draft.return', { ...named, remarks })
  const rebase = async () => {
    if (content === null || city === null || draft.base === null) return
    const merged = mergeRecord(draft.base, content, city).content
    setText(recordText(merged))
    await write(merged, city)
  }
  const mayPublish = mayReview && (isOpen || draft.state === 'submitted') && content !== null
  const mayReturn = mayReview && draft.state === 'submitted' && remarks.length > 0
  useKeys([
    ...(isOpen ? [{ combo: 'Control+s', label: t('drafts.save'), run: () => void save() }] : []),
    ...(isOpen
      ? [{ combo: 'Alt+s', label: t('drafts.submit'), run: () => void then('draft.submit') }]
      : []),
    ...(mayReturn ? [{ combo: 'Alt+r', label: t('drafts.return'), run: giveBack }] : []),
    ...(mayPublish
      ? [{ combo: 'Alt+p', label: t('drafts.publish'), run: () => void then('draft.publish') }]
      : []),
  ])
  const changes =
    draft.base === null || content === null
      ? []
      : changedTags(draft.base, content, city ?? draft.base)
  return (
    <div className="cd-drafts-open" data-testid="draft-open" data-state={draft.state}>
      <div className="cd-drafts-bar">
        <strong>{t(`drafts.state.${draft.state}`)}</strong>
        <span className="cd-quiet">{t('drafts.by', { name: open.staffName ?? '—' })}</span>
        {isOpen && (
          <>
            <Button
              onClick={() => void save()}
              disabled={content === null}
              data-testid="draft-save"
            >
              {t('drafts.save')} <KeyHint combo="Control+s" />
            </Button>
            <Button
              type="primary"
              onClick={() => void then('draft.submit')}
              disabled={content === null}
              data-testid="draft-submit"
            >
              {t('drafts.submit')} <KeyHint combo="Alt+s" />
            </Button>
            <Button onClick={() => void then('draft.discard')} data-testid="draft-discard">
              {t('drafts.discard')}
            </Button>
          </>
        )}
        {mayReview && draft.state === 'submitted' && (
          <Button onClick={giveBack} disabled={!mayReturn} data-testid="draft-return">
            {t('drafts.return')} <KeyHint combo="Alt+r" />
          </Button>
        )}
        {mayPublish && (
          <Button onClick={() => void then('draft.publish')} data-testid="draft-publish">
            {t('drafts.publish')} <KeyHint combo="Alt+p" />
          </Button>
        )}
      </div>
      <div className="cd-drafts-work">
        <Panel title={t('drafts.text')} className="cd-grow">
          <Input.TextArea
            aria-label={t('drafts.text')}
            value={text}
            onChange={({ target }) => setText(target.value)}
            onKeyDown={(pressed) => typeDelimiter(pressed, setText)}
            readOnly={!isOpen}
            rows={20}
            spellCheck={false}
            translate="no"
            data-testid="draft-text"
          />
          {line !== null && <p role="alert">{t('drafts.badLine', { line })}</p>}
        </Panel>
        <div className="cd-drafts-side">
          <Panel title={t('drafts.lint')} testId="draft-lint">
            {content !== null && <LintList content={content} profile={draft.profile} />}
          </Panel>
          <Panel title={t('drafts.remarks')} testId="draft-remarks">
            <ul>
              {draft.remarks.map(({ tag, text: remark }, index) => (
                <li key={index} data-testid="draft-remark">
                  <b translate="no">{tag}</b> {remark}
                </li>
              ))}
            </ul>
            {mayReview && draft.state === 'submitted' && (
              <Input.TextArea
                aria-label={t('drafts.remarkHint')}
                placeholder={t('drafts.remarkHint')}
                value={remarkText}
                onChange={({ target }) => setRemarkText(target.value)}
                rows={4}
                data-testid="draft-remark-text"
              />
            )}
          </Panel>
        </div>
      </div>
      {changes.length > 0 && (
        <ChangesTable
          changes={changes}
          onTakeCity={
            isOpen && content !== null && city !== null
              ? (tag) => setText(recordText(withTagOf(content, city, tag)))
              : null
          }
          onRebase={
            isOpen && changes.some((row) => row.city !== row.base) ? () => void rebase() : null
          }
        />
      )}
    </div>
  )
}

const readRemarks = (text: string) =>
  text.split('\n').flatMap((line) => {
    const [, tag, remark] = REMARK.exec(line.trim()) ?? []
    return tag === undefined || remark === undefined ? [] : [{ tag, occurrence: 0, text: remark }]
  })

/** The dollar key, as in other systems; a dollar in a text is pasted. */
function typeDelimiter(
  pressed: KeyboardEvent<HTMLTextAreaElement>,
  onText: (text: string) => void,
): void {
  if (pressed.key !== '$' || pressed.nativeEvent.isComposing) return
  pressed.preventDefault()
  const box = pressed.currentTarget
  box.setRangeText(DELIMITER, box.selectionStart, box.selectionEnd, 'end')
  onText(box.value)
}

/** All fields of the tag as `other` has them. */
function withTagOf(content: BibContent, other: BibContent, tag: string): BibContent {
  if (tag === 'LDR') return { ...content, leader: other.leader }
  const theirs = other.fields.filter((field) => field.tag === tag)
  const kept = content.fields.filter((field) => field.tag !== tag)
  const first = content.fields.findIndex((field) => field.tag === tag)
  const at = first === -1 ? kept.findIndex((field) => field.tag > tag) : first
  const place = at === -1 ? kept.length : at
  return { ...content, fields: [...kept.slice(0, place), ...theirs, ...kept.slice(place)] }
}
