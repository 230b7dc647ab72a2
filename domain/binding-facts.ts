import { find, get, getAll, known, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import type { Hold } from './hold-records.ts'
import type { LedgerEntry } from './ledger-records.ts'
import type { Fee, Item, LedgerException, Loan, Reader } from './records.ts'
import { holderOf } from './reader-facts.ts'

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

/** The record that a scan was meant for: by its label or its card. */
export interface BindingSubject {
  readonly barcode: string | null
  readonly card: string | null
}

interface Around {
  readonly exception: LedgerException | null
  readonly item: Item | null
}

export const gatherBinding = (
  binding: BindingSubject | null,
  { exception, item }: Around,
): Gathering<BindingFacts | null> =>
  binding === null || exception === null ? known(null) : gatherBound(binding, exception, item)

function* gatherBound(
  { barcode, card }: BindingSubject,
  exception: LedgerException,
  placeholder: Item | null,
): Gathering<BindingFacts> {
  const [items, reader, placeholderReader] = yield* together(
    find('itemByBarcode', barcode === null ? null : [barcode]),
    gatherHolder(card),
    get('reader', card === null ? null : exception.readerId),
  )
  const item = items[0] ?? null
  const ofReader = placeholderReader && [placeholderReader.id]
  const [itemLoan, [keptFor = null], ofPlaceholder, ofItem, fees, entries, openExceptions] =
    yield* together(
      get('loan', item?.openLoanId ?? null),
      find('openHoldsOfItem', item && [item.id, null]),
      find('loansOfReader', ofReader),
      find('loansOfItem', ofReader === null && placeholder !== null ? [placeholder.id] : null),
      find('feesOfReader', ofReader),
      find('entriesOfReader', ofReader),
      find('openExceptionsOfReader', ofReader && [...ofReader, null]),
    )
  const loans = [...ofPlaceholder, ...ofItem]
  const readerIds = new Set(
    [...loans, ...(itemLoan === null ? [] : [itemLoan])].map((loan) => loan.readerId),
  )
  const [readers, feesOfEach] = yield* together(
    getAll('reader', new Map([...readerIds].map((id) => [id, id]))),
    together(...[...readerIds].map((id) => find('feesOfReader', ofReader === null ? [id] : null))),
  )
  return {
    item,
    isBarcodeAmbiguous: items.length > 1,
    itemLoan,
    keptFor,
    reader,
    placeholderReader,
    loans,
    fees: [...fees, ...feesOfEach.flat().filter((fee) => fee.itemId === placeholder?.id)],
    entries,
    openExceptions,
    readers,
  }
}

function* gatherHolder(card: string | null): Gathering<Reader | null> {
  return card === null ? null : (yield* holderOf(card)).reader
}
