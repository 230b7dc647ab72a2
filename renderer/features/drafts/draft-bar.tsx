import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { SavedLine } from './saved-line.tsx'
import type { Saving } from './use-saving.ts'

interface DraftBarProps {
  readonly open: NonNullable<AnswerOf<'draft'>>
  readonly saving: Saving
  /** A row is no field yet: nothing can be done with the record. */
  readonly isBroken: boolean
  readonly mayReview: boolean
  readonly onSave: () => void
  readonly onAct: (kind: 'draft.submit' | 'draft.discard') => void
  /** Null while no remark is written. */
  readonly onReturn: (() => void) | null
  /** Null for who may not, and while there is nothing to publish. */
  readonly onPublish: (() => void) | null
  readonly onCompare: () => void
}

/** Where the draft stands, and what is done with it as a whole. */
export function DraftBar(props: DraftBarProps) {
  const { open, saving, isBroken, mayReview, onSave, onAct, onReturn, onPublish, onCompare } = props
  const { t } = useTranslation()
  const { draft } = open
  const isOpen = draft.state === 'drafted' || draft.state === 'returned'
  return (
    <div className="cd-drafts-bar">
      <strong>{t(`drafts.state.${draft.state}`)}</strong>
      <span className="cd-quiet">{t('drafts.by', { name: open.staffName ?? '—' })}</span>
      {isOpen && (
        <>
          <Button onClick={onSave} disabled={isBroken} data-testid="draft-save">
            {t('drafts.save')} <KeyHint combo="Control+s" />
          </Button>
          <Button
            type="primary"
            onClick={() => onAct('draft.submit')}
            disabled={isBroken}
            data-testid="draft-submit"
          >
            {t('drafts.submit')} <KeyHint combo="Alt+s" />
          </Button>
          <Button onClick={() => onAct('draft.discard')} data-testid="draft-discard">
            {t('drafts.discard')}
          </Button>
        </>
      )}
      {mayReview && draft.state === 'submitted' && (
        <Button
          onClick={onReturn ?? undefined}
          disabled={onReturn === null}
          data-testid="draft-return"
        >
          {t('drafts.return')} <KeyHint combo="Alt+r" />
        </Button>
      )}
      {onPublish !== null && (
        <Button onClick={onPublish} data-testid="draft-publish">
          {t('drafts.publish')} <KeyHint combo="Alt+p" />
        </Button>
      )}
      <Button onClick={onCompare} data-testid="draft-compare">
        {t('editor.compare')} <KeyHint combo="Alt+c" />
      </Button>
      {isOpen && <SavedLine saving={saving} isBroken={isBroken} />}
    </div>
  )
}
