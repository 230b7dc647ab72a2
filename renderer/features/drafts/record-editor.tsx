import { RedoOutlined, UndoOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../../app/keys.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { FieldAid } from './field-aid.tsx'
import { PickPanel } from './pick-panel.tsx'
import { PinyinReview } from './pinyin-review.tsx'
import { RecordForm } from './record-form.tsx'
import { RecordGrid } from './record-grid.tsx'
import { RecordTextBox } from './record-text-box.tsx'
import type { Hands } from './use-hands.ts'
import type { Pinyin } from './use-pinyin.ts'
import type { RecordEditing } from './use-record-edits.ts'

type View = 'grid' | 'form' | 'text'

interface RecordEditorProps {
  readonly editing: RecordEditing
  readonly hands: Hands
  readonly pinyin: Pinyin
  readonly isReadOnly: boolean
  readonly onTextBroken: (isBroken: boolean) => void
  /** Below what belongs to the current field. */
  readonly children: ReactNode
}

/** The grid with what belongs to its current field, or the record as one text. */
export function RecordEditor(props: RecordEditorProps) {
  const { editing, hands, pinyin, isReadOnly, onTextBroken, children } = props
  const { edits, read, findings, onEdit } = editing
  const { cell, row, onWant } = hands
  const { t } = useTranslation()
  const [view, setView] = useState<View>('grid')
  const [isPicking, setPicking] = useState(false)
  const mayPick = row !== null && PICK_TAG.test(row.tag)
  const leave = () => {
    setPicking(false)
    if (row !== null) onWant(row.id, 'text')
  }
  const show = (other: View) => {
    setView(view === other ? 'grid' : other)
    onTextBroken(false)
  }
  const undo = {
    combo: 'Control+z',
    label: t('editor.undo'),
    icon: <UndoOutlined aria-hidden />,
    isOff: edits.past.length === 0,
    run: () => onEdit({ type: 'undo' }),
  }
  const redo = {
    combo: 'Control+y',
    label: t('editor.redo'),
    icon: <RedoOutlined aria-hidden />,
    isOff: edits.future.length === 0,
    run: () => onEdit({ type: 'redo' }),
  }
  const asText = {
    combo: 'Alt+t',
    label: t(view === 'text' ? 'editor.asGrid' : 'editor.asText'),
    run: () => show('text'),
  }
  const asForm = {
    combo: 'Alt+k',
    label: t(view === 'form' ? 'editor.asGrid' : 'editor.asForm'),
    run: () => show('form'),
  }
  const fill = { combo: 'Alt+y', label: t('editor.pinyin'), run: () => void pinyin.onFill() }
  useKeys([
    asText,
    asForm,
    ...(isReadOnly ? [] : [undo, redo, fill]),
    ...(isReadOnly || view === 'text'
      ? []
      : [
          { combo: 'F2', label: t('editor.toCodes'), run: goToCodes },
          ...(mayPick
            ? [{ combo: 'Alt+l', label: t('editor.pick'), run: () => setPicking(true) }]
            : []),
          { combo: 'Alt+u', label: t('editor.fix'), run: hands.onFixHere },
          { combo: 'Control+d', label: t('editor.duplicate'), run: hands.onDuplicate },
          { combo: 'Control+Delete', label: t('editor.remove'), run: hands.onRemove },
          { combo: 'Alt+ArrowUp', label: t('editor.moveUp'), run: () => hands.onMove(-1) },
          { combo: 'Alt+ArrowDown', label: t('editor.moveDown'), run: () => hands.onMove(1) },
        ]),
  ])
  return (
    <div className="cd-editor">
      <Panel
        title={t(`editor.${view}`)}
        className="cd-editor-main"
        extra={
          <Tools
            steps={isReadOnly ? [] : [undo, redo]}
            views={[...(isReadOnly ? [] : [fill]), asForm, asText]}
          />
        }
      >
        {view === 'form' && (
          <RecordForm
            content={read.partial}
            isReadOnly={isReadOnly}
            onFill={(part, content) => onEdit({ type: 'fill', part, content })}
          />
        )}
        {view === 'text' && (
          <RecordTextBox
            content={read.partial}
            isReadOnly={isReadOnly}
            onContent={(content) => onEdit({ type: 'replace', content })}
            onBroken={onTextBroken}
          />
        )}
        {view === 'grid' && (
          <>
            <RecordGrid
              rows={edits.rows}
              findings={findings}
              brokenId={read.brokenId}
              current={row?.id ?? null}
              wanted={hands.wanted}
              isReadOnly={isReadOnly}
              onEdit={hands.onWrite}
              onCell={hands.onCell}
              onAdd={hands.onAdd}
              onWant={onWant}
            />
            {!isReadOnly && (
              <p className="cd-quiet cd-editor-hint">
                {t('editor.hint')} <KeyHint combo="F2" /> {t('editor.toCodes')}
              </p>
            )}
          </>
        )}
      </Panel>
      <div className="cd-editor-side">
        {view === 'grid' && row !== null && isPicking && mayPick && (
          <PickPanel
            key={row.id}
            row={row}
            onPick={(field) => {
              onEdit({ type: 'begin', id: row.id, field })
              leave()
            }}
            onLeave={leave}
          />
        )}
        {view === 'grid' &&
          row !== null &&
          !(isPicking && mayPick) &&
          pinyin.doubts.length === 0 && (
            <FieldAid
              row={row}
              caret={cell.rowId === row.id && cell.part === 'text' ? cell.caret : 1}
              isReadOnly={isReadOnly}
              onText={(value) => onEdit({ type: 'write', id: row.id, part: 'text', value })}
              onIndicators={(value) =>
                onEdit({ type: 'write', id: row.id, part: 'indicators', value })
              }
              pickKey={mayPick ? 'Alt+l' : null}
              onLeave={leave}
            />
          )}
        <PinyinReview pinyin={pinyin} />
        {children}
      </div>
    </div>
  )
}

interface Tool {
  readonly combo: string
  readonly label: string
  readonly run: () => void
}

interface ToolsProps {
  readonly steps: readonly (Tool & { readonly icon: ReactNode; readonly isOff: boolean })[]
  readonly views: readonly Tool[]
}

function Tools({ steps, views }: ToolsProps) {
  return (
    <span className="cd-editor-tools">
      {steps.map(({ combo, label, run, icon, isOff }) => (
        <Button
          key={combo}
          size="small"
          icon={icon}
          aria-label={label}
          onClick={run}
          disabled={isOff}
        >
          <KeyHint combo={combo} />
        </Button>
      ))}
      {views.map(({ combo, label, run }) => (
        <Button key={combo} size="small" onClick={run}>
          {label} <KeyHint combo={combo} />
        </Button>
      ))}
    </span>
  )
}

/** Headings are in use for these, and titles for links. */
const PICK_TAG = /^(?:4\d\d|60[0167]|70[0-2]|71[0-2])$/u

/** Codes of the subfield first; else the places or the indicators. */
const goToCodes = (): void => document.querySelector<HTMLElement>('[data-aid]')?.focus()
