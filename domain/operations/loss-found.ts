/** What becomes of the charge for a loss when the item is found. Rule R14 of docs/rules.md. */
import { patch } from '../change.ts'
import type { Change } from '../change.ts'
import type { Facts } from '../facts.ts'
import { alert, note } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { owedFen, waived } from '../policy/fee-balance.ts'
import type { LossFee } from '../item-facts.ts'
import type { Loan } from '../records.ts'
import { addDays, dateAt } from '../words/calendar-date.ts'
import type { CalendarDate } from '../words/calendar-date.ts'

export interface FoundLoss {
  /** Charged and still owed: it falls away. */
  readonly dropped: readonly LossFee[]
  readonly droppedFen: number
  readonly paidFen: number
  /** Through this day what was paid is paid back; null where nothing was. */
  readonly refundUntilOn: CalendarDate | null
}

/** Of this loan: told lost, and ended now. Nothing where it was never told lost. */
export function foundLoss({ items, policy }: Facts, loan: Loan): FoundLoss {
  const charged = items.lossFees.filter(({ fee }) => fee.loanId === loan.id)
  const dropped = charged.filter(({ fee }) => owedFen(fee) > 0)
  const paid = charged.filter(({ paidFen }) => paidFen > 0)
  const days = policy.itemRules.lossRefundDays
  const ends = paid.map(({ fee }) => addDays(dateAt(fee.settledAt ?? fee.openedAt), days))
  return {
    dropped,
    droppedFen: dropped.reduce((sum, { fee }) => sum + owedFen(fee), 0),
    paidFen: paid.reduce((sum, { paidFen }) => sum + paidFen, 0),
    refundUntilOn: ends.toSorted().at(-1) ?? null,
  }
}

export function lossFindings({ droppedFen, paidFen, refundUntilOn }: FoundLoss, on: CalendarDate) {
  const found: Finding[] = []
  if (droppedFen > 0) {
    found.push(alert('loss-fee-dropped', 'R14', { params: { feeFen: droppedFen } }))
  }
  if (refundUntilOn === null) return found
  const params = { feeFen: paidFen, until: refundUntilOn }
  const isInTime = refundUntilOn >= on
  found.push(
    isInTime
      ? alert('loss-refund-due', 'R14', { params })
      : note('loss-refund-over', 'R14', { params }),
  )
  return found
}

export function lossChanges(loss: FoundLoss, loan: Loan, ctx: Ctx): Change[] {
  const { dropped, refundUntilOn } = loss
  const isDue = refundUntilOn !== null && refundUntilOn >= ctx.today
  return [
    ...dropped.flatMap(({ fee, paidFen }) => waived(fee, paidFen, owedFen(fee), ctx)),
    ...(isDue ? [patch('loan', loan.id, { lossRefundUntilOn: refundUntilOn })] : []),
  ]
}
