import { useTranslation } from 'react-i18next'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { Hands } from './use-hands.ts'
import type { RecordEditing } from './use-record-edits.ts'

interface FaultListProps {
  readonly editing: RecordEditing
  readonly hands: Hands
  readonly isReadOnly: boolean
}

/** What the rules of quality say of the record as it is being typed. */
export function FaultList({ editing, hands, isReadOnly }: FaultListProps) {
  const { t, i18n } = useTranslation()
  const { findings, read } = editing
  const { onFix, onWant } = hands
  const isZh = i18n.language === 'zh-CN'
  return (
    <Panel
      title={t('drafts.lint')}
      testId="draft-lint"
      className="cd-scroll cd-editor-faults"
      extra={
        !isReadOnly &&
        findings.length > 0 && (
          <span className="cd-quiet">
            {t('editor.fix')} <KeyHint combo="Alt+u" />
          </span>
        )
      }
    >
      {read.content === null && <p role="alert">{t('editor.brokenRow')}</p>}
      {findings.length === 0 && read.content !== null && (
        <p className="cd-quiet">{t('drafts.clean')}</p>
      )}
      <ul className="cd-drafts-lint">
        {findings.map((finding, index) => {
          const { rule, severity, tag, subfield, message, rowId } = finding
          return (
            <li key={index} data-testid="draft-fault" data-severity={severity} data-rule={rule}>
              <b>{t(severity === 'error' ? 'drafts.error' : 'drafts.warning')}</b>{' '}
              <span translate="no">
                {rule} {tag}
                {subfield}
              </span>{' '}
              <span>{isZh ? message.zh : message.en}</span>
              {!isReadOnly && (
                <>
                  {rowId !== null && (
                    <button type="button" onClick={() => onWant(rowId, 'text')}>
                      {t('editor.go')}
                    </button>
                  )}
                  <button type="button" onClick={() => onFix(finding)} data-testid="fault-fix">
                    {t('editor.fix')}
                  </button>
                </>
              )}
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
