import type { LedgerEntry } from './ledger-records.ts'
import type { Fee, Item, LedgerException, Loan, Reader } from './records.ts'

/** What hangs on the placeholder of an exception, and the record that it is to be bound to. */
export interface BindingFacts {
  readonly item: Item | null
  readonly isBarcodeAmbiguous: boolean
  readonly itemLoan: Loan | null
  readonly reader: Reader | null
  readonly placeholderReader: Reader | null
  /** Of the placeholder, the earliest first, closed ones too. */
  readonly loans: readonly Loan[]
  readonly fees: readonly Fee[]
  readonly entries: readonly LedgerEntry[]
  readonly openExceptions: readonly LedgerException[]
  /** Of all these loans. */
  readonly readers: ReadonlyMap<string, Reader>
}
