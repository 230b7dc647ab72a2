import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { mergeRecord } from '../../../domain/marc/merge-fields.ts'
import { useKeys } from '../../app/keys.tsx'
import { useSignedIn } from '../../app/session.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { ChangesTable } from './changes-table.tsx'
import { ComparePanel } from './compare-panel.tsx'
import { DraftPreview } from './draft-preview.tsx'
import { Elsewhere } from './elsewhere.tsx'
import { FaultList } from './fault-list.tsx'
import { RecordEditor } from './record-editor.tsx'
import { changedTags, withTagOf } from './record-text.ts'
import { RemarksPanel } from './remarks-panel.tsx'
import { SavedLine } from './saved-line.tsx'
import type { DraftActs } from './use-draft-acts.ts'
import { useHands } from './use-hands.ts'
import { useRecordEdits } from './use-record-edits.ts'
import { useSaving } from './use-saving.ts'
import { VariantNotes } from './variant-notes.tsx'

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
  const [base, setBase] = useState(draft.base)
  const [remarkText, setRemarkText] = useState('')
  const [isCompared, setCompared] = useState(false)
  const [isTextBroken, setTextBroken] = useState(false)
  const editing = useRecordEdits(draft, draft.profile)
  const { read, onEdit } = editing
  const hands = useHands(editing, draft.profile)
  const content = isTextBroken ? null : read.content
  const isOpen = draft.state === 'drafted' || draft.state === 'returned'
  const saving = useSaving({
    draft,
    content,
    base,
    isOpen,
    acts,
    onFollow: (other) => {
      setBase(other.base)
      onEdit({ type: 'replace', content: other })
    },
  })
  const mayReview = staff.permissions.includes('review-records')
  const remarks = readRemarks(remarkText)
  /** What is on the screen is what goes on. */
  const then = async (kind: 'draft.submit' | 'draft.publish' | 'draft.discard') => {
    const isKept = isOpen && kind !== 'draft.discard'
    const revision = isKept ? await saving.save() : saving.kept.revision
    if (revision !== null) await acts.act(kind, { draft: draft.id, revision })
  }
  const giveBack = () => {
    const named = { draft: draft.id, revision: saving.kept.revision }
    void acts.act('draft.return', { ...named, remarks })
  }
  const rebase = () => {
    if (content === null || city === null || base === null) return
    onEdit({ type: 'replace', content: mergeRecord(base, content, city).content })
    setBase(city)
  }
  const mayPublish = mayReview && (isOpen || draft.state === 'submitted') && content !== null
  const mayReturn = mayReview && draft.state === 'submitted' && remarks.length > 0
  const compare = () => setCompared(!isCompared)
  useKeys([
    { combo: 'Alt+c', label: t('editor.compareWith'), run: compare },
    ...(isOpen
      ? [
          { combo: 'Control+s', label: t('drafts.save'), run: () => void saving.save() },
          { combo: 'Alt+s', label: t('drafts.submit'), run: () => void then('draft.submit') },
        ]
      : []),
    ...(mayReturn ? [{ combo: 'Alt+r', label: t('drafts.return'), run: giveBack }] : []),
    ...(mayPublish
      ? [{ combo: 'Alt+p', label: t('drafts.publish'), run: () => void then('draft.publish') }]
      : []),
  ])
  const changes = base === null || content === null ? [] : changedTags(base, content, city ?? base)
  return (
    <div className="cd-drafts-open" data-testid="draft-open" data-state={draft.state}>
      <div className="cd-drafts-bar">
        <strong>{t(`drafts.state.${draft.state}`)}</strong>
        <span className="cd-quiet">{t('drafts.by', { name: open.staffName ?? '—' })}</span>
        {isOpen && (
          <>
            <Button
              onClick={() => void saving.save()}
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
        <Button onClick={compare} data-testid="draft-compare">
          {t('editor.compare')} <KeyHint combo="Alt+c" />
        </Button>
        {isOpen && <SavedLine saving={saving} isBroken={content === null} />}
      </div>
      {saving.elsewhere !== null && (
        <Elsewhere
          kept={saving.kept.content}
          mine={content ?? saving.kept.content}
          theirs={saving.elsewhere}
          onTake={(taken) => {
            onEdit({ type: 'replace', content: taken })
            saving.settle()
          }}
        />
      )}
      <RecordEditor
        editing={editing}
        hands={hands}
        isReadOnly={!isOpen}
        onTextBroken={setTextBroken}
      >
        <FaultList editing={editing} hands={hands} isReadOnly={!isOpen} />
        <VariantNotes editing={editing} isReadOnly={!isOpen} />
        <DraftPreview content={read.partial} profile={draft.profile} />
        <RemarksPanel
          remarks={draft.remarks}
          written={mayReview && draft.state === 'submitted' ? remarkText : null}
          onWrite={setRemarkText}
        />
      </RecordEditor>
      {isCompared && (
        <ComparePanel
          content={read.partial}
          titleId={draft.titleId}
          onTake={isOpen ? (taken) => onEdit({ type: 'replace', content: taken }) : null}
        />
      )}
      {changes.length > 0 && (
        <ChangesTable
          changes={changes}
          onTakeCity={
            isOpen && content !== null && city !== null
              ? (tag) => onEdit({ type: 'replace', content: withTagOf(content, city, tag) })
              : null
          }
          onRebase={isOpen && changes.some((row) => row.city !== row.base) ? rebase : null}
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
