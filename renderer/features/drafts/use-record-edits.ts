/** The record on the screen: its rows, what they say, and what the rules say of them. */
import { useDeferredValue, useMemo, useReducer } from 'react'
import type { BibContent, Draft } from '../../../domain/cataloguing-records.ts'
import type { LintContext } from '../../../domain/marc/lint-finding.ts'
import { placedFindings } from '../../../domain/marc/place-findings.ts'
import type { PlacedFinding } from '../../../domain/marc/place-findings.ts'
import { LEADER_ID, editRecord, openEdits, readRows } from './record-edits.ts'
import type { Edit, Edits, ReadRows } from './record-edits.ts'

/** A finding with the row that it is about; null where the field is not there. */
export interface RowFinding extends PlacedFinding {
  readonly rowId: number | null
}

export interface RecordEditing {
  readonly edits: Edits
  readonly read: ReadRows
  /** Of the record as it last was whole. */
  readonly findings: readonly RowFinding[]
  readonly onEdit: (edit: Edit) => void
}

export function useRecordEdits(
  opened: BibContent,
  profile: Draft['profile'],
  context: LintContext,
): RecordEditing {
  const [edits, onEdit] = useReducer(editRecord, opened, openEdits)
  const read = useMemo(() => readRows(edits.rows), [edits.rows])
  // Typing is never held up by the rules: they look a moment later.
  const looked = useDeferredValue(read)
  const findings = useMemo(() => {
    const { content, ids } = looked
    if (content === null) return []
    return placedFindings(content, profile, context).map((finding): RowFinding => {
      const { index } = finding
      const rowId = index === -1 ? LEADER_ID : index === null ? null : (ids[index] ?? null)
      return { ...finding, rowId }
    })
  }, [looked, profile, context])
  return { edits, read, findings, onEdit }
}
