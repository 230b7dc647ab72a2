/** What a reader paid for a book that was found since, as long as it is paid back (R14). */
import type { LedgerEntry } from '../../domain/ledger-records.ts'
import type { CalendarDate } from '../../domain/words/calendar-date.ts'
import { leftOf } from './excess.ts'
import type { AskedAt, Stores } from './stores.ts'
import { titleRows } from './title-row.ts'

export interface LossRefund {
  readonly entry: LedgerEntry
  readonly leftFen: number
  readonly untilOn: CalendarDate
  readonly title: string | null
  readonly barcode: string | null
}

/** Nobody loses so many; a defect of the rows ends here. */
const LOSSES_MAX = 50

/** The earliest payment first. */
export function lossRefunds(
  { replica: { rows }, catalogue }: Pick<Stores, 'replica' | 'catalogue'>,
  readerId: string,
  { today }: Pick<AskedAt, 'today'>,
): readonly LossRefund[] {
  const tail = `WHERE readerId = ? AND cause = 'loss' AND paidFen > 0 ORDER BY openedAt, id LIMIT ?`
  return rows.select('fee', tail, readerId, LOSSES_MAX).flatMap((fee) => {
    const untilOn = (fee.loanId && rows.row('loan', fee.loanId)?.lossRefundUntilOn) ?? null
    if (untilOn === null || untilOn < today) return []
    const item = fee.itemId === null ? null : rows.row('item', fee.itemId)
    const title = titleRows(catalogue, [item?.titleId])(item?.titleId)?.title ?? null
    return rows
      .find('entriesOfFee', [fee.id])
      .filter(({ cause }) => cause === 'paid')
      .map((entry) => ({ entry, leftFen: leftOf(rows, entry) }))
      .filter(({ leftFen }) => leftFen > 0)
      .map((paid) => ({ ...paid, untilOn, title, barcode: item?.barcode ?? null }))
  })
}
