/** Which rule of the city an exception is about: it has no item and no reader to be called by. */
import { editOf } from './edit-conflict.ts'
import type { LedgerException } from './records.ts'
import type { Asked } from './refused-request.ts'

export type EditedRule =
  | { readonly is: 'line'; readonly id: string }
  | { readonly is: 'calendar'; readonly id: string }
  /** By its library. */
  | { readonly is: 'sorter'; readonly id: string }

/** What the city keeps of a change of its rules that it refuses (E11). */
export const askedOfLine = (line: { readonly id: string }): Asked => ({ ruleLine: line.id })
export const askedOfCalendar = (id: string): Asked => ({ ruleCalendar: id })
export const askedOfSorter = (libraryId: string): Asked => ({ ruleSorter: libraryId })

/** Null where it is about something else, or an older program kept no name. */
export function editedRule(exception: LedgerException): EditedRule | null {
  const edit = editOf(exception)
  if (edit?.record === 'policy') return { is: 'line', id: edit.id }
  const refused = exception.evidence?.findings.find(({ code }) => code === 'request-refused')
  const { ruleLine, ruleCalendar, ruleSorter } = refused?.params ?? {}
  if (typeof ruleLine === 'string') return { is: 'line', id: ruleLine }
  if (typeof ruleSorter === 'string') return { is: 'sorter', id: ruleSorter }
  return typeof ruleCalendar === 'string' ? { is: 'calendar', id: ruleCalendar } : null
}
