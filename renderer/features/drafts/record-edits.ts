/**
 * What is done to a record in the editor, step by step, each undoable: (edits, edit) → edits, pure.
 * Typing on in one cell is one step, as in any editor of text.
 */
import type { BibContent } from '../../../domain/cataloguing-records.ts'
import { LEADER_TAG, fieldToText, leaderToText, textToField, textToLeader } from './record-rows.ts'
import type { Field, FieldText } from './record-rows.ts'

export interface Row extends FieldText {
  /** Stays with the row while it is moved and rewritten; never used again. */
  readonly id: number
}

/** The leader is opened first and is never moved. */
export const LEADER_ID = 0

export type Part = 'tag' | 'indicators' | 'text'

export type Edit =
  | { readonly type: 'write'; readonly id: number; readonly part: Part; readonly value: string }
  /** An empty row gets its tag and, in the same step, what a field of it begins with. */
  | { readonly type: 'begin'; readonly id: number; readonly field: FieldText }
  /** A new field behind this one: an empty one to be typed, or one that is known. */
  | { readonly type: 'add'; readonly after: number; readonly field: FieldText | null }
  | { readonly type: 'remove'; readonly id: number }
  | { readonly type: 'duplicate'; readonly id: number }
  | { readonly type: 'move'; readonly id: number; readonly by: -1 | 1 }
  /** The record as something else made it: a fix, a form, a merge. Rows that stay keep their ids. */
  | { readonly type: 'replace'; readonly content: BibContent }
  /** As `replace`; what is written into one part of a form is one step. */
  | { readonly type: 'fill'; readonly part: string; readonly content: BibContent }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }

export interface Edits {
  /** The leader is the first of them, always. */
  readonly rows: readonly Row[]
  readonly nextId: number
  readonly past: readonly (readonly Row[])[]
  readonly future: readonly (readonly Row[])[]
  /** The cell that is being typed in: what is typed next belongs to the same step. */
  readonly cell: string | null
}

/** Where the leader is being typed. */
const LEADER_OF_BOOK = '00000nam0 2200000   450 '

/** Ten kilobytes a record: some ten thousand rows are kept alive at most, most of them shared. */
const STEPS_MAX = 500

const EMPTY: FieldText = { tag: '', indicators: '##', text: '' }

const textsOf = ({ leader, fields }: BibContent): readonly FieldText[] => [
  leaderToText(leader),
  ...fields.map(fieldToText),
]

export function openEdits(content: BibContent): Edits {
  const rows = textsOf(content).map((text, id) => ({ ...text, id }))
  return { rows, nextId: rows.length, past: [], future: [], cell: null }
}

export function editRecord(edits: Edits, edit: Edit): Edits {
  switch (edit.type) {
    case 'write':
      return written(edits, edit)
    case 'begin':
      return edit.id === LEADER_ID
        ? edits
        : stepped(
            edits,
            edits.rows.map((row) => (row.id === edit.id ? { ...row, ...edit.field } : row)),
            `${String(edit.id)} tag`,
          )
    case 'add':
      return added(edits, edit.after, edit.field ?? EMPTY)
    case 'duplicate': {
      const row = edits.rows.find(({ id }) => id === edit.id)
      return row === undefined ? edits : added(edits, edit.id, row)
    }
    case 'remove':
      return edit.id === LEADER_ID
        ? edits
        : stepped(
            edits,
            edits.rows.filter(({ id }) => id !== edit.id),
          )
    case 'move':
      return moved(edits, edit.id, edit.by)
    case 'replace':
      return replaced(edits, edit.content, null)
    case 'fill':
      return replaced(edits, edit.content, `form ${edit.part}`)
    case 'undo':
      return wentBack(edits)
    case 'redo':
      return wentForward(edits)
  }
}

/** A new step; `rows` that are the same as before are none. */
function stepped(edits: Edits, rows: readonly Row[], cell: string | null = null): Edits {
  if (rows.length === edits.rows.length && rows.every((row, at) => row === edits.rows[at])) {
    return edits
  }
  const isSameStep = cell !== null && cell === edits.cell
  const past = isSameStep ? edits.past : [...edits.past, edits.rows].slice(-STEPS_MAX)
  return { ...edits, rows, past, future: [], cell }
}

function written(edits: Edits, { id, part, value }: Extract<Edit, { type: 'write' }>): Edits {
  if (id === LEADER_ID && part === 'tag') return edits
  const rows = edits.rows.map((row) =>
    row.id === id && row[part] !== value ? { ...row, [part]: value } : row,
  )
  return stepped(edits, rows, `${String(id)} ${part}`)
}

function added(edits: Edits, after: number, field: FieldText): Edits {
  const at = edits.rows.findIndex(({ id }) => id === after)
  if (at === -1 || field.tag === LEADER_TAG) return edits
  const row = { ...field, id: edits.nextId }
  const rows = [...edits.rows.slice(0, at + 1), row, ...edits.rows.slice(at + 1)]
  return { ...stepped(edits, rows), nextId: edits.nextId + 1 }
}

function moved(edits: Edits, id: number, by: -1 | 1): Edits {
  const from = edits.rows.findIndex((row) => row.id === id)
  const to = from + by
  const [row, other] = [edits.rows[from], edits.rows[to]]
  // The leader stays where it is.
  if (row === undefined || other === undefined || from === 0 || to === 0) return edits
  const rows = edits.rows.map((one, at) => (at === from ? other : at === to ? row : one))
  return stepped(edits, rows)
}

const keyOf = ({ tag, indicators, text }: FieldText): string => `${tag}\n${indicators}\n${text}`

/**
 * Same texts keep their ids; then the first free row of the tag is the one that was changed. The leader
 * is the leader, whatever tag was typed for another row.
 */
function replaced(edits: Edits, content: BibContent, cell: string | null): Edits {
  const [leader, ...free] = edits.rows
  const take = (fits: (row: Row) => boolean): Row | undefined => {
    const at = free.findIndex(fits)
    return at === -1 ? undefined : free.splice(at, 1)[0]
  }
  const [leaderText, ...texts] = textsOf(content)
  const first =
    leader === undefined || leaderText === undefined
      ? []
      : [keyOf(leader) === keyOf(leaderText) ? leader : { ...leaderText, id: leader.id }]
  const same = texts.map((text) => take((row) => keyOf(row) === keyOf(text)))
  let { nextId } = edits
  const fields = texts.map((text, at): Row => {
    const kept = same[at]
    if (kept !== undefined) return kept
    const changed = take(({ tag }) => tag === text.tag)
    if (changed !== undefined) return { ...text, id: changed.id }
    nextId += 1
    return { ...text, id: nextId - 1 }
  })
  return { ...stepped(edits, [...first, ...fields], cell), nextId }
}

function wentBack(edits: Edits): Edits {
  const rows = edits.past.at(-1)
  if (rows === undefined) return edits
  const future = [edits.rows, ...edits.future]
  return { ...edits, rows, past: edits.past.slice(0, -1), future, cell: null }
}

function wentForward(edits: Edits): Edits {
  const [rows, ...future] = edits.future
  if (rows === undefined) return edits
  return { ...edits, rows, past: [...edits.past, edits.rows], future, cell: null }
}

export interface ReadRows {
  /** Null while a row is no field yet. */
  readonly content: BibContent | null
  /** What is whole of it. */
  readonly partial: BibContent
  /** Of each field of `partial`, the row that it is. */
  readonly ids: readonly number[]
  /** The first row that is no field yet; null where there is none. */
  readonly brokenId: number | null
}

/** A row in which nothing stands yet is no fault, and no field. */
const isEmpty = ({ tag, text }: FieldText): boolean => tag.trim() === '' && text.trim() === ''

export function readRows(rows: readonly Row[]): ReadRows {
  const [first, ...rest] = rows
  const leader = first === undefined ? null : textToLeader(first.text)
  const fields: Field[] = []
  const ids: number[] = []
  let brokenId = leader === null ? (first?.id ?? null) : null
  for (const row of rest) {
    if (isEmpty(row)) continue
    const field = textToField(row)
    if (field === null) brokenId ??= row.id
    else {
      fields.push(field)
      ids.push(row.id)
    }
  }
  const partial = { leader: leader ?? LEADER_OF_BOOK, fields }
  return { content: brokenId === null ? partial : null, partial, ids, brokenId }
}
