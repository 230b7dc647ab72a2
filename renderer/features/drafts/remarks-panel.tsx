import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Draft } from '../../../domain/cataloguing-records.ts'
import { Panel } from '../../ui/panel.tsx'

interface RemarksPanelProps {
  readonly remarks: Draft['remarks']
  /** Null where none are to be written now. */
  readonly written: string | null
  readonly onWrite: (text: string) => void
}

/** What a reviewer asked for, and where one is reading what they ask for now. */
export function RemarksPanel({ remarks, written, onWrite }: RemarksPanelProps) {
  const { t } = useTranslation()
  if (remarks.length === 0 && written === null) return null
  return (
    <Panel title={t('drafts.remarks')} testId="draft-remarks">
      <ul>
        {remarks.map(({ tag, text }, index) => (
          <li key={index} data-testid="draft-remark">
            <b translate="no">{tag}</b> {text}
          </li>
        ))}
      </ul>
      {written !== null && (
        <Input.TextArea
          aria-label={t('drafts.remarkHint')}
          placeholder={t('drafts.remarkHint')}
          value={written}
          onChange={({ target }) => onWrite(target.value)}
          rows={4}
          data-testid="draft-remark-text"
        />
      )}
    </Panel>
  )
}
