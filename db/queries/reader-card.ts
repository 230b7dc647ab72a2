/** A reader with open loans, soonest due first. Costs the same at 1,000 loans. */
import type { Fee, Item, Loan, Reader } from '../../domain/records.ts'
import { isOverdue } from './overdue.ts'
import type { AskedAt, Stores } from './stores.ts'
import { titleRows } from './title-row.ts'
import type { TitleRow } from './title-row.ts'

export interface ReaderCard {
  readonly reader: Reader
  readonly categoryNameZh: string
  readonly categoryNameEn: string
  readonly itemsMax: number
  readonly guardian: Reader | null
  readonly loans: readonly LoanRow[]
  readonly loansCount: number
  readonly overdueCount: number
  readonly fees: readonly Fee[]
}

interface LoanRow {
  readonly loan: Loan
  readonly item: Item | null
  readonly title: TitleRow | null
  readonly isOverdue: boolean
}

interface Ask {
  readonly card: string | null
  readonly readerId: string | null
  readonly loansLimit: number
}

const FEES_MAX = 200

export function readerCard(
  { replica, catalogue }: Stores,
  ask: Ask,
  { today }: AskedAt,
): ReaderCard | null {
  const { rows } = replica
  const reader = readerOf(replica, ask)
  if (reader === null) return null
  const policy = rows.row('policy', 'city')
  const category = policy?.readerCategories.find((one) => one.id === reader.category)
  const loans = rows.select(
    'loan',
    'WHERE readerId = ? AND returnedAt IS NULL ORDER BY dueOn LIMIT ?',
    reader.id,
    ask.loansLimit,
  )
  const items = loans.map((loan) => rows.row('item', loan.itemId))
  const titleOf = titleRows(
    catalogue,
    items.map((item) => item?.titleId),
  )
  return {
    reader,
    categoryNameZh: category?.nameZh ?? reader.category,
    categoryNameEn: category?.nameEn ?? reader.category,
    itemsMax: category?.itemsMax ?? 0,
    guardian: reader.guardianReaderId === null ? null : rows.row('reader', reader.guardianReaderId),
    loans: loans.map((loan, index) => ({
      loan,
      item: items[index] ?? null,
      title: titleOf(items[index]?.titleId),
      isOverdue: isOverdue(loan, today),
    })),
    ...counts(replica, reader.id, today),
    fees: rows.select(
      'fee',
      'WHERE readerId = ? AND settledAt IS NULL ORDER BY openedAt LIMIT ?',
      reader.id,
      FEES_MAX,
    ),
  }
}

function readerOf({ rows }: Stores['replica'], { card, readerId }: Ask): Reader | null {
  if (card !== null) return rows.find('readerByCard', [card])[0] ?? null
  return readerId === null ? null : rows.row('reader', readerId)
}

/** As isRunning of domain/item-facts.ts has it. */
const RUNNING = 'AND isDisputed = 0 AND claimedReturnedAt IS NULL AND lostAt IS NULL'

/** Counted rather than taken from the reader: a counter may not yet know of a loan just disputed. */
function counts({ rows }: Stores['replica'], readerId: string, today: string) {
  const open = 'SELECT count(*) AS count FROM loan WHERE readerId = ? AND returnedAt IS NULL'
  const [all] = rows.raw(open, readerId)
  const [overdue] = rows.raw(`${open} ${RUNNING} AND dueOn < ?`, readerId, today)
  return { loansCount: Number(all?.['count']), overdueCount: Number(overdue?.['count']) }
}
