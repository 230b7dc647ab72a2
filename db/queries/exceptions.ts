/** Facts that clash, with both histories: the oldest open first, or the latest settled first. */
import { settlementsFor } from '../../domain/operations/settle-exception.ts'
import type { Settlement } from '../../domain/operations/settle-exception.ts'
import type { Branch, Item, LedgerException, Loan, Reader } from '../../domain/records.ts'
import type { Rows } from '../replica/rows.ts'
import type { AskedAt, Stores } from './stores.ts'
import { titleRows } from './title-row.ts'
import type { TitleRow } from './title-row.ts'

export interface Exceptions {
  readonly rows: readonly ExceptionRow[]
  readonly openCount: number
}

interface ExceptionRow {
  readonly exception: LedgerException
  readonly item: Item | null
  readonly title: TitleRow | null
  readonly reader: Reader | null
  readonly loan: Loan | null
  readonly otherLoan: Loan | null
  readonly otherReader: Reader | null
  readonly branch: Branch | null
  /** The proposed one first; none once it is settled. */
  readonly settlements: readonly Settlement[]
}

interface Ask {
  readonly state: 'open' | 'settled'
  readonly limit: number
}

const tails = {
  open: 'WHERE settledAt IS NULL ORDER BY openedAt LIMIT ?',
  settled: 'WHERE settledAt IS NOT NULL ORDER BY settledAt DESC LIMIT ?',
} as const

export function exceptions(
  { replica: { rows }, catalogue }: Stores,
  { state, limit }: Ask,
  _asked: AskedAt,
): Exceptions {
  const found = rows
    .select('exception', tails[state], limit)
    .map((exception) => recordsAround(rows, exception))
  const titleOf = titleRows(
    catalogue,
    found.map(({ item }) => item?.titleId),
  )
  return {
    rows: found.map((row) => ({ ...row, title: titleOf(row.item?.titleId) })),
    openCount: openExceptionsCount(rows),
  }
}

/** Also shown in the status bar. */
export function openExceptionsCount(rows: Rows): number {
  const [row] = rows.raw('SELECT count(*) AS count FROM exception WHERE settledAt IS NULL')
  return Number(row?.['count'])
}

const isOpen = (loan: Loan | null): loan is Loan => loan?.returnedAt === null

function recordsAround(rows: Rows, exception: LedgerException): Omit<ExceptionRow, 'title'> {
  const { itemId, readerId, loanId, otherLoanId } = exception
  const item = itemId === null ? null : rows.row('item', itemId)
  const loan = loanId === null ? null : rows.row('loan', loanId)
  const otherLoan = otherLoanId === null ? null : rows.row('loan', otherLoanId)
  const openLoansOfItem = [loan, otherLoan].filter(isOpen)
  return {
    exception,
    item,
    reader: readerId === null ? null : rows.row('reader', readerId),
    loan,
    otherLoan,
    otherReader: otherLoan === null ? null : rows.row('reader', otherLoan.readerId),
    branch: rows.row('branch', exception.branchId),
    settlements:
      exception.settledAt === null ? settlementsFor(exception, { item, openLoansOfItem }) : [],
  }
}
