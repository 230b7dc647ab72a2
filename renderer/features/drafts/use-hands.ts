/** Where the hands are in the grid, and what the keys do from there. */
import { useCallback, useState } from 'react'
import type { Draft } from '../../../domain/cataloguing-records.ts'
import { begunField } from '../../../domain/marc/begun-field.ts'
import { fixedContent } from '../../../domain/marc/fix-finding.ts'
import type { LintContext } from '../../../domain/marc/lint-finding.ts'
import { useToday } from '../../app/use-today.ts'
import { LEADER_ID } from './record-edits.ts'
import type { Edit, Part, Row } from './record-edits.ts'
import { fieldToText, isControlTag } from './record-rows.ts'
import type { Pinyin } from './use-pinyin.ts'
import type { RecordEditing, RowFinding } from './use-record-edits.ts'

export interface Cell {
  readonly rowId: number
  readonly part: Part
  /** In the text; 0 in the other cells. */
  readonly caret: number
}

/** Asked for by a key: the row may have to be scrolled into sight first. */
export interface WantedCell {
  readonly rowId: number
  readonly part: Part
  /** Told apart where the same cell is wanted again. */
  readonly turn: number
}

export interface Hands {
  readonly cell: Cell
  readonly wanted: WantedCell | null
  /** The row of the cell; the leader where that row is gone. */
  readonly row: Row | null
  readonly onCell: (cell: Cell) => void
  readonly onWant: (rowId: number, part: Part) => void
  readonly onAdd: (after: number) => void
  /** As `onEdit`; a tag that is whole begins its field. */
  readonly onWrite: (edit: Edit) => void
  readonly onRemove: () => void
  readonly onDuplicate: () => void
  readonly onMove: (by: -1 | 1) => void
  /** Does what a rule proposes; where only a person can, goes to the row. */
  readonly onFix: (finding: RowFinding) => void
  /** The first finding of the current row, and where it has none of the record. */
  readonly onFixHere: () => void
}

export function useHands(
  editing: RecordEditing,
  profile: Draft['profile'],
  context: LintContext,
  onMend: Pinyin['onMend'],
): Hands {
  const { edits, read, findings, onEdit } = editing
  const { rows, nextId } = edits
  const today = useToday()
  const [cell, onCell] = useState<Cell>({ rowId: LEADER_ID, part: 'text', caret: 0 })
  const [wanted, setWanted] = useState<WantedCell | null>(null)
  const onWant = useCallback(
    (rowId: number, part: Part) =>
      setWanted((before) => ({ rowId, part, turn: (before?.turn ?? 0) + 1 })),
    [],
  )
  const onAdd = useCallback(
    (after: number) => {
      onEdit({ type: 'add', after, field: null })
      onWant(nextId, 'tag')
    },
    [nextId, onEdit, onWant],
  )
  const onWrite = useCallback(
    (edit: Edit) => onEdit(beginning(edit, rows, today) ?? edit),
    [rows, onEdit, today],
  )
  const row = rows.find(({ id }) => id === cell.rowId) ?? rows[0] ?? null
  const field = row === null || row.id === LEADER_ID ? null : row
  const onFix = (finding: RowFinding): void => {
    const fixed = read.content && fixedContent(read.content, finding, { profile, context, today })
    if (fixed !== null) onEdit({ type: 'replace', content: fixed })
    else void mendOrGo(finding)
  }
  const mendOrGo = async (finding: RowFinding): Promise<void> => {
    const isMended = await onMend(finding)
    if (!isMended && finding.rowId !== null) onWant(finding.rowId, 'text')
  }
  return {
    cell,
    wanted,
    row,
    onCell,
    onWant,
    onAdd,
    onWrite,
    onFix,
    onFixHere: () => {
      const finding = findings.find(({ rowId }) => rowId === row?.id) ?? findings[0]
      if (finding !== undefined) onFix(finding)
    },
    onRemove: () => {
      if (field === null) return
      const at = rows.indexOf(field)
      const next = rows[at + 1] ?? rows[at - 1]
      onEdit({ type: 'remove', id: field.id })
      if (next !== undefined) onWant(next.id, cell.part)
    },
    onDuplicate: () => {
      if (field === null) return
      onEdit({ type: 'duplicate', id: field.id })
      onWant(nextId, 'text')
    },
    onMove: (by) => {
      if (field === null) return
      onEdit({ type: 'move', id: field.id, by })
      onWant(field.id, cell.part)
    },
  }
}

/** An empty row whose tag is whole now: indicators, delimiters, a string of fixed places. */
function beginning(
  edit: Edit,
  rows: readonly Row[],
  today: Parameters<typeof begunField>[1],
): Edit | null {
  if (edit.type !== 'write' || edit.part !== 'tag' || edit.value.length !== 3) return null
  const isEmpty = rows.find(({ id }) => id === edit.id)?.text === ''
  if (!isEmpty || isControlTag(edit.value)) return null
  return { type: 'begin', id: edit.id, field: fieldToText(begunField(edit.value, today)) }
}
