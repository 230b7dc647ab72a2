/** What operations on items ask beyond the item itself, and the loader's questions for it. */
import type { LedgerEntry } from './ledger-records.ts'
import type { Branch, Fee, Item, Loan, Reader, RecordKind, Records, Title } from './records.ts'

export interface ItemSubject {
  /** Where something is sent. */
  readonly toBranchId: string | null
  /** The reader's earlier loans of this very item are asked for. */
  readonly wantsPair: boolean
}

export const inItems = (named: Partial<ItemSubject>): ItemSubject => ({
  toBranchId: null,
  wantsPair: false,
  ...named,
})

/** A charge for a loss, and what of it is in the till: payments less what was paid back. */
export interface LossFee {
  readonly fee: Fee
  readonly paidFen: number
}

export interface ItemFacts {
  readonly toBranch: Branch | null
  readonly transitToBranch: Branch | null
  /** Of the item's open loans that were told lost. */
  readonly lossFees: readonly LossFee[]
  /** Loans of this item to this reader, open and closed; none unless they are asked for. */
  readonly loansOfPair: readonly Loan[]
}

type Asked =
  | 'feesOfLoan'
  | 'entriesOfFee'
  | 'loansOfPair'
  | 'titleByControlNumber'
  | 'itemByBarcode'

/** How the loader of domain/facts.ts asks. */
interface Asking<L, A> {
  readonly get: <K extends RecordKind>(
    kind: K,
    id: string | null,
  ) => Generator<L, Records[K] | null, A>
  readonly find: <T>(finder: Asked, values: readonly string[]) => Generator<L, readonly T[], A>
}

interface Known {
  readonly item: Item | null
  readonly reader: Reader | null
  readonly openLoansOfItem: readonly Loan[]
}

export function* gatherItemFacts<L, A>(
  subject: ItemSubject,
  { item, reader, openLoansOfItem }: Known,
  { get, find }: Asking<L, A>,
): Generator<L, ItemFacts, A> {
  const isPair = subject.wantsPair && item !== null && reader !== null
  const lossFees: LossFee[] = []
  for (const { id } of openLoansOfItem.filter(({ lostAt }) => lostAt !== null)) {
    const fees = yield* find<Fee>('feesOfLoan', [id])
    for (const fee of fees.filter(({ cause }) => cause === 'loss')) {
      const entries = yield* find<LedgerEntry>('entriesOfFee', [fee.id])
      lossFees.push({ fee, paidFen: entries.reduce((sum, { amount }) => sum + amount, 0) })
    }
  }
  return {
    toBranch: yield* get('branch', subject.toBranchId),
    transitToBranch: yield* get('branch', item?.transitToBranchId ?? null),
    lossFees,
    loansOfPair: isPair ? yield* find<Loan>('loansOfPair', [item.id, reader.id]) : [],
  }
}

/** Its days count: nobody disputes it, says that it was returned, or has told it lost. */
export const isRunning = ({ isDisputed, claimedReturnedAt, lostAt }: Loan): boolean =>
  !isDisputed && claimedReturnedAt === null && lostAt === null

interface Imported {
  readonly titlesByControlNumber: ReadonlyMap<string, Title>
  readonly itemsByBarcode: ReadonlyMap<string, Item>
}

export function* gatherImported<L, A>(
  subject: { readonly controlNumbers: readonly string[]; readonly barcodes: readonly string[] },
  find: Asking<L, A>['find'],
): Generator<L, Imported, A> {
  const titlesByControlNumber = new Map<string, Title>()
  for (const controlNumber of subject.controlNumbers) {
    const [title] = yield* find<Title>('titleByControlNumber', [controlNumber])
    if (title !== undefined) titlesByControlNumber.set(controlNumber, title)
  }
  const itemsByBarcode = new Map<string, Item>()
  for (const barcode of subject.barcodes) {
    const [item] = yield* find<Item>('itemByBarcode', [barcode])
    if (item !== undefined) itemsByBarcode.set(barcode, item)
  }
  return { titlesByControlNumber, itemsByBarcode }
}
