import type { Hold } from './hold-records.ts'
import type { LedgerEntry } from './ledger-records.ts'
import type { Fee, Item, LedgerException, Loan, Reader, RecordKind, Records } from './records.ts'
import { holderOf } from './reader-facts.ts'
import type { Finder as ReaderFinder } from './reader-facts.ts'

/** What hangs on the placeholder of an exception, and the record that it is to be bound to. */
export interface BindingFacts {
  readonly item: Item | null
  readonly isBarcodeAmbiguous: boolean
  readonly itemLoan: Loan | null
  /** The open hold that `item` is kept for. */
  readonly keptFor: Hold | null
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

/** How the loader of domain/facts.ts asks. */
interface Asking<L, A> {
  readonly get: <K extends RecordKind>(
    kind: K,
    id: string | null,
  ) => Generator<L, Records[K] | null, A>
  readonly find: <T>(
    finder:
      | ReaderFinder
      | 'itemByBarcode'
      | 'loansOfReader'
      | 'loansOfItem'
      | 'feesOfReader'
      | 'entriesOfReader'
      | 'openExceptionsOfReader'
      | 'openHoldsOfItem',
    values: readonly (string | null)[],
  ) => Generator<L, readonly T[], A>
}

/** The record that a scan was meant for: by its label or its card. */
export interface BindingSubject {
  readonly barcode: string | null
  readonly card: string | null
}

interface Around {
  readonly exception: LedgerException | null
  readonly item: Item | null
}

export function* gatherBinding<L, A>(
  binding: BindingSubject | null,
  { exception, item: known }: Around,
  asking: Asking<L, A>,
): Generator<L, BindingFacts | null, A> {
  if (binding === null || exception === null) return null
  const { get, find } = asking
  const { barcode, card } = binding
  const items = barcode === null ? [] : yield* find<Item>('itemByBarcode', [barcode])
  const item = items[0] ?? null
  const itemLoan = yield* get('loan', item?.openLoanId ?? null)
  const [keptFor = null] =
    item === null ? [] : yield* find<Hold>('openHoldsOfItem', [item.id, null])
  const reader = card === null ? null : (yield* holderOf(card, asking)).reader
  const placeholderReader = card === null ? null : yield* get('reader', exception.readerId)
  const ofReader = [placeholderReader?.id ?? '']
  const hasReader = placeholderReader !== null
  const loans = hasReader
    ? yield* find<Loan>('loansOfReader', ofReader)
    : known === null
      ? []
      : yield* find<Loan>('loansOfItem', [known.id])
  const readers = new Map<string, Reader>()
  const fees: Fee[] = hasReader ? [...(yield* find<Fee>('feesOfReader', ofReader))] : []
  for (const id of new Set(
    [...loans, ...(itemLoan === null ? [] : [itemLoan])].map((loan) => loan.readerId),
  )) {
    const one = yield* get('reader', id)
    if (one !== null) readers.set(id, one)
    if (hasReader) continue
    const ofOne = yield* find<Fee>('feesOfReader', [id])
    fees.push(...ofOne.filter((fee) => fee.itemId === known?.id))
  }
  return {
    item,
    isBarcodeAmbiguous: items.length > 1,
    itemLoan,
    keptFor,
    reader,
    placeholderReader,
    loans,
    fees,
    entries: hasReader ? yield* find<LedgerEntry>('entriesOfReader', ofReader) : [],
    openExceptions: hasReader
      ? yield* find<LedgerException>('openExceptionsOfReader', [...ofReader, null])
      : [],
    readers,
  }
}
