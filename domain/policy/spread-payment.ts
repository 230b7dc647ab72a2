/** A payment that names no fee: what was owed longest is paid first. */
import type { Fee } from '../records.ts'
import type { FeeId } from '../words/ids.ts'
import { owedFen } from './fee-balance.ts'

export interface PaidPart {
  readonly fee: FeeId
  readonly amountFen: number
}

/**
 * What each fee gets of `amountFen`; what no fee can take goes to the last of them, so that the
 * ledger holds all that was taken. Empty where nothing is owed.
 */
export function spreadPayment(fees: readonly Fee[], amountFen: number): readonly PaidPart[] {
  const parts: PaidPart[] = []
  let left = amountFen
  for (const fee of fees.toSorted((a, b) => a.openedAt - b.openedAt)) {
    const amount = Math.min(left, owedFen(fee))
    if (amount <= 0) continue
    parts.push({ fee: fee.id, amountFen: amount })
    left -= amount
  }
  const last = parts.pop()
  return last === undefined ? [] : [...parts, { ...last, amountFen: last.amountFen + left }]
}
