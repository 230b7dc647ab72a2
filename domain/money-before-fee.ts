/**
 * F6: a city that came back from its backup hears of a payment, from whoever took it, before the
 * desk that charged the fee has told it again. The money stands in the ledger under the fee's id
 * already, and counts for the fee from its first moment. Here for whatever makes a fee: a rule
 * knows the id only once it has decided.
 */
import type { Change } from './change.ts'
import { find, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import { balanced, sumFen } from './policy/fee-balance.ts'

/** `changes` of one operation, and after them what the money for its new fees comes to. */
export function* countEarlierMoney(changes: readonly Change[]): Gathering<readonly Change[]> {
  const fees = changes.flatMap((change) =>
    'put' in change && change.put === 'fee' ? [change.row] : [],
  )
  const entriesOfEach = yield* together(...fees.map(({ id }) => find('entriesOfFee', [id])))
  const counted = fees.flatMap((fee, index): readonly Change[] => {
    const entries = entriesOfEach[index] ?? []
    if (entries.length === 0) return []
    const at = Math.max(fee.openedAt, ...entries.map((entry) => entry.at))
    return balanced(fee, sumFen(entries), fee.waivedFen, at)
  })
  return counted.length === 0 ? changes : [...changes, ...counted]
}
