import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useEffect, useRef } from 'react'
import type { KeyboardEvent, SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { definitionOf } from '../../../domain/marc/definitions/definitions.ts'
import type { Edit, Part, Row } from './record-edits.ts'
import { DELIMITER, LEADER_TAG, isControlTag } from './record-rows.ts'
import type { Cell, WantedCell } from './use-hands.ts'
import type { RowFinding } from './use-record-edits.ts'

interface RecordGridProps {
  readonly rows: readonly Row[]
  readonly findings: readonly RowFinding[]
  readonly brokenId: number | null
  readonly current: number | null
  readonly wanted: WantedCell | null
  readonly isReadOnly: boolean
  readonly onEdit: (edit: Edit) => void
  readonly onCell: (cell: Cell) => void
  /** Enter: a field behind this one. */
  readonly onAdd: (after: number) => void
  readonly onWant: (rowId: number, part: Part) => void
}

const ROW_PX = 30

/** A row a field, drawn as far as they are in sight: five hundred cost what thirty do. */
export function RecordGrid(props: RecordGridProps) {
  const { rows, findings, brokenId, current, wanted, isReadOnly, onWant } = props
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  // No React Compiler builds this: nothing is memoised behind the virtualizer's back.
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
  })
  useEffect(() => {
    const at = wanted === null ? -1 : rows.findIndex(({ id }) => id === wanted.rowId)
    if (at >= 0) virtualizer.scrollToIndex(at)
    // Only when it is asked for: rows change with every key.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [wanted])
  const faultsByRow = Map.groupBy(findings, ({ rowId }) => rowId)
  return (
    <div
      ref={scroller}
      className="cd-grid"
      role="group"
      aria-label={t('editor.grid')}
      data-testid="record-grid"
      data-rows={rows.length}
    >
      <div className="cd-rows-all" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          if (row === undefined) return null
          return (
            <div
              key={row.id}
              ref={virtualizer.measureElement}
              data-index={index}
              className="cd-grid-place"
              style={{ transform: `translateY(${start}px)` }}
            >
              <GridRow
                row={row}
                number={index}
                isCurrent={row.id === current}
                isBroken={row.id === brokenId}
                isReadOnly={isReadOnly}
                faults={faultsByRow.get(row.id) ?? NO_FAULTS}
                wanted={wanted?.rowId === row.id ? wanted : null}
                aboveId={rows[index - 1]?.id ?? null}
                belowId={rows[index + 1]?.id ?? null}
                onEdit={props.onEdit}
                onCell={props.onCell}
                onAdd={props.onAdd}
                onWant={onWant}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}

const NO_FAULTS: readonly RowFinding[] = []

interface GridRowProps {
  readonly row: Row
  readonly number: number
  readonly isCurrent: boolean
  readonly isBroken: boolean
  readonly isReadOnly: boolean
  readonly faults: readonly RowFinding[]
  readonly wanted: WantedCell | null
  readonly aboveId: number | null
  readonly belowId: number | null
  readonly onEdit: (edit: Edit) => void
  readonly onCell: (cell: Cell) => void
  readonly onAdd: (after: number) => void
  readonly onWant: (rowId: number, part: Part) => void
}

const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, number, isCurrent, isBroken, isReadOnly, faults, wanted, onEdit, onCell } = props
  const { t, i18n } = useTranslation()
  const self = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (wanted === null) return
    const box = self.current?.querySelector<HTMLInputElement>(`[data-part=${wanted.part}]`)
    if (box === null || box === undefined) return
    box.focus()
    const end = wanted.part === 'text' ? box.value.length : 0
    box.setSelectionRange(end, wanted.part === 'text' ? end : box.value.length)
  }, [wanted])
  const definition = definitionOf(row.tag)
  const name = definition?.[i18n.language === 'zh-CN' ? 'zh' : 'en'] ?? t('editor.ownField')
  const write = (part: Part) => (event: SyntheticEvent<HTMLInputElement | HTMLTextAreaElement>) =>
    onEdit({
      type: 'write',
      id: row.id,
      part,
      value: event.currentTarget.value.replace(/\n/gu, ''),
    })
  const at = (part: Part) => (event: SyntheticEvent<HTMLInputElement | HTMLTextAreaElement>) =>
    onCell({ rowId: row.id, part, caret: event.currentTarget.selectionStart ?? 0 })
  const isLeader = row.tag === LEADER_TAG
  const says = isLeader ? t('editor.leader') : name
  const worst = faults.some(({ severity }) => severity === 'error') ? 'error' : 'warning'
  const cell = (part: Part) => ({
    'data-part': part,
    value: row[part],
    onChange: write(part),
    onFocus: at(part),
    onSelect: at(part),
    onKeyDown: (pressed: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      pressKey(pressed, part, props),
    spellCheck: false,
    autoComplete: 'off',
    translate: 'no' as const,
  })
  return (
    <div
      ref={self}
      className="cd-grid-row"
      data-testid="grid-row"
      data-tag={row.tag}
      data-current={isCurrent}
      data-broken={isBroken}
    >
      <input
        {...cell('tag')}
        className="cd-grid-tag"
        maxLength={3}
        aria-label={t('editor.tagOf', { number })}
        readOnly={isReadOnly || isLeader}
      />
      <input
        {...cell('indicators')}
        className="cd-grid-marks"
        maxLength={2}
        aria-label={t('editor.indicatorsOf', { name: says })}
        readOnly={isReadOnly || isControlTag(row.tag)}
        tabIndex={isControlTag(row.tag) ? -1 : 0}
      />
      <textarea
        {...cell('text')}
        className="cd-grid-text"
        rows={1}
        aria-label={t('editor.textOf', { name: says })}
        aria-invalid={isBroken || faults.length > 0}
        readOnly={isReadOnly}
      />
      <span className="cd-grid-faults" data-severity={worst} translate="no">
        {[...new Set(faults.map(({ rule }) => rule))].join(' ')}
      </span>
    </div>
  )
})

type Pressed = KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>

function pressKey(pressed: Pressed, part: Part, props: GridRowProps): void {
  const { row, isReadOnly, aboveId, belowId, onAdd, onEdit, onWant } = props
  const { key, altKey, ctrlKey, nativeEvent, currentTarget: box } = pressed
  if (nativeEvent.isComposing || altKey || ctrlKey) return
  if (key === 'Enter') {
    pressed.preventDefault()
    if (!isReadOnly) onAdd(row.id)
  } else if (key === '$' && part === 'text' && !isReadOnly) {
    // The dollar key, as in other systems; a dollar in a text is pasted.
    pressed.preventDefault()
    box.setRangeText(DELIMITER, box.selectionStart ?? 0, box.selectionEnd ?? 0, 'end')
    onEdit({ type: 'write', id: row.id, part, value: box.value })
  } else if (key === 'ArrowUp' && aboveId !== null && leavesUpwards(box)) {
    pressed.preventDefault()
    onWant(aboveId, part)
  } else if (key === 'ArrowDown' && belowId !== null && leavesDownwards(box)) {
    pressed.preventDefault()
    onWant(belowId, part)
  }
}

/** A text of several lines is left from its ends only. */
const isOneLine = (box: HTMLElement): boolean => box.clientHeight < ROW_PX + 6
const leavesUpwards = (box: HTMLInputElement | HTMLTextAreaElement): boolean =>
  isOneLine(box) || box.selectionStart === 0
const leavesDownwards = (box: HTMLInputElement | HTMLTextAreaElement): boolean =>
  isOneLine(box) || box.selectionEnd === box.value.length
