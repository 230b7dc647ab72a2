/** One field, edited at two desks: both values are kept beside the exception. */
import { patch } from './change.ts'
import type { Change } from './change.ts'
import { alert } from './operation.ts'
import type { Finding } from './operation.ts'
import { policyWithLine } from './policy/change-line.ts'
import { lineOfText } from './policy/rule-lines.ts'
import type { LedgerException, Policy } from './records.ts'

/** Fields of text that staff edit; null is written as no text. Of the policy: one line of it. */
const editableFields = {
  item: ['conditionNote'],
  reader: ['phone', 'note', 'name', 'bornOn', 'guardianReaderId'],
  policy: ['loanRules'],
} as const
type EditedRecord = keyof typeof editableFields
export type EditedField = (typeof editableFields)[EditedRecord][number]

export interface Edit {
  readonly record: EditedRecord
  /** Of the policy, the name of the line. */
  readonly id: string
  readonly field: EditedField
  /** What the desk wrote whose edit came later. */
  readonly mine: string | null
  /** What the city had, which stays until a person chooses. */
  readonly theirs: string | null
}

/** E9: said beside the changes, which leave the field as the city has it. */
export const editConflict = ({ record, id, field, mine, theirs }: Edit): Finding =>
  alert('edited-elsewhere', 'E9', {
    params: { record, id, field, mine: mine ?? '', theirs: theirs ?? '' },
    exception: 'edit-conflict',
  })

/** The edit that an exception is about; null where a newer program says what this one cannot read. */
export function editOf({ evidence }: LedgerException): Edit | null {
  const found = evidence?.findings.find(({ code }) => code === 'edited-elsewhere')
  if (found === undefined) return null
  const { record, id, field, mine, theirs } = found.params
  if (record !== 'item' && record !== 'reader' && record !== 'policy') return null
  const known = editableFields[record].find((one) => one === field)
  if (known === undefined || typeof id !== 'string') return null
  return { record, id, field: known, mine: textOrNull(mine), theirs: textOrNull(theirs) }
}

const textOrNull = (value: string | number | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null

export function writeMine({ record, id, field, mine }: Edit, policy: Policy): Change[] {
  if (record !== 'policy') return [patch(record, id, { [field]: mine })]
  const line = mine === null ? null : lineOfText(mine)
  // Of a newer program: what it says cannot be written by this one.
  if (mine !== null && line === null) return []
  return [policyWithLine(policy, id, line)]
}
