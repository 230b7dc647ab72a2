import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BibContent, Draft } from '../../../domain/cataloguing-records.ts'
import { mergeRecord } from '../../../domain/marc/merge-fields.ts'
import { ToneBanner } from '../../ui/tone.tsx'
import { ChangesTable } from './changes-table.tsx'
import { changedTags, withTagOf } from './record-text.ts'

interface ElsewhereProps {
  /** As it was when both began to change it. */
  readonly kept: BibContent
  readonly mine: BibContent
  readonly theirs: Draft
  /** What stands in the editor from now on, and is saved upon theirs. */
  readonly onTake: (taken: BibContent) => void
}

/** The same draft was saved at another desk while it was being changed here. Nothing is covered. */
export function Elsewhere({ kept, mine, theirs, onTake }: ElsewhereProps) {
  const { t } = useTranslation()
  const [isCompared, setCompared] = useState(false)
  const other: BibContent = { leader: theirs.leader, fields: theirs.fields }
  const { content: merged, clashes } = mergeRecord(kept, mine, other)
  return (
    <div data-testid="saved-elsewhere">
      <ToneBanner
        tone="needs-you"
        testId="elsewhere-banner"
        word={t('editor.elsewhere')}
        detail={t(clashes.length === 0 ? 'editor.elsewhereClean' : 'editor.elsewhereClash')}
      />
      <div className="cd-drafts-bar">
        <Button onClick={() => setCompared(!isCompared)} data-testid="elsewhere-compare">
          {t('editor.compare')}
        </Button>
        <Button type="primary" onClick={() => onTake(merged)} data-testid="elsewhere-merge">
          {t('editor.keepBoth')}
        </Button>
        <Button onClick={() => onTake(other)} data-testid="elsewhere-theirs">
          {t('editor.takeTheirs')}
        </Button>
      </div>
      {isCompared && (
        <ChangesTable
          changes={changedTags(kept, mine, other)}
          cityName={t('editor.theirs')}
          onTakeCity={(tag) => onTake(withTagOf(merged, other, tag))}
          onRebase={null}
        />
      )}
    </div>
  )
}
