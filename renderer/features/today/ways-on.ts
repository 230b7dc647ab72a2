/** Where a line of today's list leads: to its exception, to what takes its money or points back. */
import type { AnswerOf } from '../../../contract/queries.ts'

type Row = AnswerOf<'today'>['rows'][number]

export interface Way {
  readonly name: 'exception' | 'reversal' | 'category'
  readonly combo: string
  readonly to: string
}

export function waysOf(row: Row | undefined): readonly Way[] {
  if (row === undefined) return []
  const ways: Way[] = []
  if (row.exceptionId !== null) {
    const to = `/exceptions?id=${encodeURIComponent(row.exceptionId)}`
    ways.push({ name: 'exception', combo: 'e', to })
  }
  if (row.reader === null) return ways
  const reader = `/reader?id=${encodeURIComponent(row.reader.id)}`
  if (row.whyNot === 'payment' || row.whyNot === 'points') {
    const to = `${reader}&shown=ledger&of=${encodeURIComponent(row.id)}`
    ways.push({ name: 'reversal', combo: 'r', to })
  }
  if (row.whyNot === 'deposit') ways.push({ name: 'category', combo: 'r', to: reader })
  return ways
}
