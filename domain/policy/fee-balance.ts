/**
 * What a fee comes to. `paidFen` follows from the money entered for the fee, never the other way
 * round: whatever a fee cannot take stays in the ledger as excess until it is handed back (F6).
 */
import { patch } from '../change.ts'
import type { Change } from '../change.ts'
import type { LedgerEntry } from '../ledger-records.ts'
import type { Fee } from '../records.ts'
import type { EpochMs } from '../words/calendar-date.ts'
import type { BranchId, StaffId } from '../words/ids.ts'

type Sums = Pick<Fee, 'amountFen' | 'paidFen' | 'waivedFen'>

export const owedFen = ({ amountFen, paidFen, waivedFen }: Sums): number =>
  amountFen - paidFen - waivedFen

export const sumFen = (entries: readonly Pick<LedgerEntry, 'amount'>[]): number =>
  entries.reduce((sum, { amount }) => sum + amount, 0)

/** Money entered for the fee beyond what it could take; all of it where the fee is gone. */
export const excessFen = (fee: Sums | null, entries: readonly LedgerEntry[]): number =>
  Math.max(0, sumFen(entries) - (fee === null ? 0 : fee.amountFen - fee.waivedFen))

/** The fee, and its reader's debt, once `enteredFen` of money stands for it and `waivedFen` is waived. */
export function balanced(
  fee: Fee,
  enteredFen: number,
  waivedFen: number,
  at: EpochMs,
): readonly Change[] {
  const paidFen = Math.max(0, Math.min(enteredFen, fee.amountFen - waivedFen))
  const owed = owedFen({ amountFen: fee.amountFen, paidFen, waivedFen })
  const debt = owed - owedFen(fee)
  const moved = { paidFen: paidFen - fee.paidFen, waivedFen: waivedFen - fee.waivedFen }
  return [
    // Written each time, the same value too: what stands before it is not undone any more (U4).
    patch('fee', fee.id, { settledAt: owed === 0 ? at : null }, moved),
    ...(debt === 0 ? [] : [patch('reader', fee.readerId, {}, { feesOwedFen: debt })]),
  ]
}

/** Of the operation's circumstances. */
interface Waiver {
  readonly staff: { readonly id: string }
  readonly branchId: string
  readonly at: EpochMs
}

/** As `balanced`, `moreFen` of it waived now, by whom and where. */
export const waived = (
  fee: Fee,
  enteredFen: number,
  moreFen: number,
  { staff, branchId, at }: Waiver,
): readonly Change[] => [
  ...balanced(fee, enteredFen, fee.waivedFen + moreFen, at),
  patch('fee', fee.id, {
    lastWaiver: { staffId: staff.id as StaffId, branchId: branchId as BranchId, at },
  }),
]
