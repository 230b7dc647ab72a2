/** A line as it is typed: texts, empty where nothing is said. */
import { LoanRule } from '../../../domain/policy/policy-shapes.ts'
import { matchColumns } from '../../../domain/policy/rule-lines.ts'
import type { CalendarDate } from '../../../domain/words/calendar-date.ts'

export const textFields = [
  'fromOn',
  'loanDays',
  'loanHours',
  'latestDueOn',
  'renewalsMax',
  'renewalDays',
  'overdueFenPerDay',
  'overdueFenPerHour',
  'overdueMaxFen',
  'graceDays',
] as const
export type TextField = (typeof textFields)[number]

export type Draft = Record<keyof LoanRule, string>

const isMoney = (field: TextField): boolean => field.startsWith('overdue')
const isDate = (field: TextField): boolean => field.endsWith('On')

export function draftOf(line: LoanRule): Draft {
  const draft = Object.fromEntries(
    Object.entries(line).map(([field, value]) => [field, value === null ? '' : String(value)]),
  ) as Draft
  for (const field of textFields) {
    const value = line[field]
    if (isMoney(field) && value !== null) draft[field] = String(Number(value) / 100)
  }
  return draft
}

interface Read {
  readonly line: LoanRule | null
  /** The first field that cannot be read. */
  readonly wrong: keyof LoanRule | null
}

export function lineOfDraft(draft: Draft, dateOf: (text: string) => CalendarDate | null): Read {
  const read: Record<string, unknown> = { id: draft.id.trim() }
  for (const column of matchColumns) read[column] = draft[column] === '' ? null : draft[column]
  read['isRenewal'] = truthOf(draft.isRenewal)
  read['endsWithCard'] = truthOf(draft.endsWithCard)
  for (const field of textFields) {
    const text = draft[field].normalize('NFKC').trim()
    if (text === '') {
      read[field] = null
      continue
    }
    const value = isDate(field) ? dateOf(text) : numberOf(text, isMoney(field))
    if (value === null) return { line: null, wrong: field }
    read[field] = value
  }
  const parsed = LoanRule.safeParse(read)
  if (parsed.success) return { line: parsed.data, wrong: null }
  const field = parsed.error.issues[0]?.path[0] as keyof LoanRule | undefined
  // A name that is still empty is no mistake yet.
  return { line: null, wrong: field === 'id' ? null : (field ?? null) }
}

const truthOf = (text: string): boolean | null => (text === '' ? null : text === 'true')

function numberOf(text: string, isYuan: boolean): number | null {
  if (!/^\d{1,8}(?:\.\d{1,2})?$/.test(text)) return null
  return isYuan ? Math.round(Number(text) * 100) : Number(text)
}
