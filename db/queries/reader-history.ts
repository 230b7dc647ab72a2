/** Returned loans of a reader, as far as this desk holds them; none without the reader's consent (D15). */
import type { Item, Loan } from '../../domain/records.ts'
import type { EffectiveDue } from '../../domain/policy/effective-due.ts'
import type { AskedAt, Stores } from './stores.ts'
import { titleRows } from './title-row.ts'
import type { TitleRow } from './title-row.ts'

interface Ask {
  readonly readerId: string
  readonly limit: number
}

interface ReaderHistory {
  readonly reader: { readonly id: string }
  readonly loans:
    | readonly {
        readonly loan: Loan
        readonly item: Item | null
        readonly title: TitleRow | null
        readonly due: EffectiveDue
        readonly isOverdue: boolean
      }[]
    | null
}

export function readerHistory(
  { replica: { rows }, catalogue }: Stores,
  { readerId, limit }: Ask,
  _asked: AskedAt,
): ReaderHistory | null {
  const reader = rows.row('reader', readerId)
  if (reader === null) return null
  const { id } = reader
  if (!reader.keepsHistory) return { reader: { id }, loans: null }
  const loans = rows.select(
    'loan',
    'WHERE readerId = ? AND returnedAt IS NOT NULL ORDER BY returnedAt DESC, id LIMIT ?',
    id,
    limit,
  )
  const items = loans.map((loan) => rows.row('item', loan.itemId))
  const titleOf = titleRows(
    catalogue,
    items.map((item) => item?.titleId),
  )
  return {
    reader: { id },
    loans: loans.map((loan, index) => ({
      loan,
      item: items[index] ?? null,
      title: titleOf(items[index]?.titleId),
      due: { on: loan.dueOn, at: loan.dueAt },
      isOverdue: false,
    })),
  }
}
