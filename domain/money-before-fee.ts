/**
 * F6: a city that came back from its backup hears of a payment, from whoever took it, before the
 * desk that charged the fee has told it again. The money stands in the ledger under the fee's id
 * already, and counts for the fee from its first moment. Here for whatever makes a fee: a rule
 * knows the id only once it has decided.
 */
import type { Change } from './change.ts'
import { asking } from './facts.ts'
import type { Gathering } from './facts.ts'
import type { LedgerEntry } from './ledger-records.ts'
import { balanced, sumFen } from './policy/fee-balance.ts'

/** `changes` of one operation, and after them what the money for its new fees comes to. */
export function* countEarlierMoney(changes: readonly Change[]): Gathering<readonly Change[]> {
  const counted: Change[] = []
  for (const change of changes) {
    if (!('put' in change) || change.put !== 'fee') continue
    const fee = change.row
    const entries = yield* asking.find<LedgerEntry>('entriesOfFee', [fee.id])
    if (entries.length === 0) continue
    const at = Math.max(fee.openedAt, ...entries.map((entry) => entry.at))
    counted.push(...balanced(fee, sumFen(entries), fee.waivedFen, at))
  }
  return counted.length === 0 ? changes : [...changes, ...counted]
}
