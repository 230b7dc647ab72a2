import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bySpecificity } from '../../../domain/policy/loan-rules.ts'
import type { LoanRule } from '../../../domain/policy/policy-shapes.ts'
import { isGeneral, matchColumns, valueColumns } from '../../../domain/policy/rule-lines.ts'
import type { Policy } from '../../../domain/records.ts'
import { useKeys } from '../../app/keys.tsx'
import { useMay } from '../../app/session.tsx'
import { useToday } from '../../app/use-today.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { LineForm } from './line-form.tsx'
import { LinePreview } from './line-preview.tsx'
import { LinesTable } from './lines-table.tsx'
import type { Words } from '../../app/rule-words.ts'
import type { RuleActs } from './use-rule-acts.ts'

const emptyLine = Object.fromEntries(
  [...matchColumns, ...valueColumns, 'fromOn'].map((column) => [column, null]),
) as Omit<LoanRule, 'id'>

interface Editing {
  readonly from: LoanRule | null
  readonly start: LoanRule
}

interface LinesViewProps {
  readonly policy: Policy
  readonly words: Words
  readonly ownLibraryId: string
  readonly acts: RuleActs
}

export function LinesView({ policy, words, ownLibraryId, acts }: LinesViewProps) {
  const { t } = useTranslation()
  const today = useToday()
  const mayEdit = useMay('edit-policy')
  const lines = policy.loanRules.toSorted(bySpecificity)
  const [chosenId, setChosenId] = useState<string | null>(null)
  const [editing, setEditing] = useState<Editing | null>(null)
  const chosen = lines.find(({ id }) => id === chosenId) ?? null
  const move = (by: number): void => {
    const at = lines.findIndex(({ id }) => id === chosenId)
    const next = lines[Math.min(lines.length - 1, Math.max(0, at + by))]
    if (next !== undefined) setChosenId(next.id)
  }
  const begin = (next: Editing): void => {
    acts.forget()
    setEditing(next)
  }
  const add = (): void => begin({ from: null, start: { ...emptyLine, id: '' } })
  const edit = (): void => {
    if (chosen !== null) begin({ from: chosen, start: chosen })
  }
  const copy = (): void => {
    if (chosen !== null) begin({ from: null, start: { ...chosen, id: '' } })
  }
  const remove = (): void => {
    if (chosen !== null) void acts.act('policy.remove-line', { from: chosen })
  }
  useKeys([
    { combo: 'ArrowDown', label: t('keys.down'), run: () => move(1) },
    { combo: 'ArrowUp', label: t('keys.up'), run: () => move(-1) },
    ...(mayEdit && editing === null
      ? [
          { combo: 'Alt+n', label: t('rules.add'), run: add },
          { combo: 'Alt+e', label: t('rules.edit'), run: edit },
          { combo: 'Alt+k', label: t('rules.copyOf'), run: copy },
          { combo: 'Alt+Delete', label: t('rules.remove'), run: remove },
        ]
      : []),
  ])
  return (
    <div className="cd-rules-body">
      <Panel
        className="cd-grow cd-scroll"
        title={t('rules.tab.lines')}
        extra={t('rules.version', { version: policy.version })}
        testId="lines-panel"
      >
        <p className="cd-quiet">
          {t('rules.linesHint')} {!mayEdit && t('rules.mayNot')}
        </p>
        <LinesTable
          lines={lines}
          words={words}
          chosenId={chosenId}
          onChoose={({ id }) => setChosenId(id)}
        />
        {mayEdit && (
          <div className="cd-row-of-buttons">
            <Button onClick={add} disabled={editing !== null} data-testid="line-add">
              {t('rules.add')} <KeyHint combo="Alt+n" />
            </Button>
            <Button
              onClick={edit}
              disabled={chosen === null || editing !== null}
              data-testid="line-edit"
            >
              {t('rules.edit')} <KeyHint combo="Alt+e" />
            </Button>
            <Button onClick={copy} disabled={chosen === null || editing !== null}>
              {t('rules.copyOf')} <KeyHint combo="Alt+k" />
            </Button>
            <Button
              onClick={remove}
              disabled={chosen === null || isGeneral(chosen) || editing !== null}
              data-testid="line-remove"
            >
              {t('rules.remove')} <KeyHint combo="Alt+Delete" />
            </Button>
          </div>
        )}
      </Panel>
      {editing === null ? (
        <Panel className="cd-grow cd-scroll" title={t('rules.previewTitle')}>
          <LinePreview policy={policy} words={words} ownLibraryId={ownLibraryId} today={today} />
        </Panel>
      ) : (
        <Panel
          className="cd-grow cd-scroll"
          title={editing.from === null ? t('rules.add') : t('rules.edit')}
        >
          <LineForm {...editing} words={words} acts={acts} onClose={() => setEditing(null)} />
        </Panel>
      )}
    </div>
  )
}
