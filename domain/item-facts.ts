/** What operations on items ask beyond the item itself, and the loader's questions for it. */
import { find, get, known, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import { sumFen } from './policy/fee-balance.ts'
import type { Branch, Fee, Item, Loan, Reader, Title } from './records.ts'
import { standingTitle } from './title-facts.ts'

export interface ItemSubject {
  /** Where something is sent. */
  readonly toBranchId: string | null
  /** The reader's earlier loans of this very item are asked for. */
  readonly wantsPair: boolean
  /** The other copies of the item's title are asked for. */
  readonly wantsCopies: boolean
}

export const inItems = (named: Partial<ItemSubject>): ItemSubject => ({
  toBranchId: null,
  wantsPair: false,
  wantsCopies: false,
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
  /** Of the item's title, itself among them; none unless they are asked for. */
  readonly copies: readonly Item[]
}

interface Known {
  readonly item: Item | null
  readonly reader: Reader | null
  readonly openLoansOfItem: readonly Loan[]
}

export function* gatherItemFacts(
  subject: ItemSubject,
  { item, reader, openLoansOfItem }: Known,
): Gathering<ItemFacts> {
  const told = openLoansOfItem.filter(({ lostAt }) => lostAt !== null)
  const isPair = subject.wantsPair && item !== null && reader !== null
  const titleId = subject.wantsCopies ? (item?.titleId ?? null) : null
  const [toBranch, transitToBranch, lossFees, loansOfPair, copies] = yield* together(
    get('branch', subject.toBranchId),
    get('branch', item?.transitToBranchId ?? null),
    together(...told.map(({ id }) => gatherLossFees(id))),
    find('loansOfPair', isPair ? [item.id, reader.id] : null),
    find('itemsOfTitle', titleId === null ? null : [titleId]),
  )
  return { toBranch, transitToBranch, lossFees: lossFees.flat(), loansOfPair, copies }
}

function* gatherLossFees(loanId: string): Gathering<readonly LossFee[]> {
  const fees = (yield* find('feesOfLoan', [loanId])).filter(({ cause }) => cause === 'loss')
  const entries = yield* together(...fees.map(({ id }) => find('entriesOfFee', [id])))
  return fees.map((fee, index) => ({ fee, paidFen: sumFen(entries[index] ?? []) }))
}

/** Its days count: nobody disputes it, says that it was returned, or has told it lost. */
export const isRunning = ({ isDisputed, claimedReturnedAt, lostAt }: Loan): boolean =>
  !isDisputed && claimedReturnedAt === null && lostAt === null

interface Imported {
  readonly titlesByControlNumber: ReadonlyMap<string, Title>
  /** Of numbers whose title became part of another: that one. */
  readonly mergedByControlNumber: ReadonlyMap<string, Title>
  readonly itemsByBarcode: ReadonlyMap<string, Item>
}

interface ImportSubject {
  readonly controlNumbers: readonly string[]
  readonly barcodes: readonly string[]
}

const nothingImported = known<Imported>({
  titlesByControlNumber: new Map(),
  mergedByControlNumber: new Map(),
  itemsByBarcode: new Map(),
})

export const gatherImported = (subject: ImportSubject): Gathering<Imported> =>
  subject.controlNumbers.length + subject.barcodes.length === 0
    ? nothingImported
    : gatherImport(subject)

function* gatherImport(subject: ImportSubject): Gathering<Imported> {
  const [titles, redirects, items] = yield* together(
    together(...subject.controlNumbers.map((one) => find('titleByControlNumber', [one]))),
    together(...subject.controlNumbers.map((one) => find('redirectByControlNumber', [one]))),
    together(...subject.barcodes.map((one) => find('itemByBarcode', [one]))),
  )
  const firstOf = <T>(names: readonly string[], found: readonly (readonly T[])[]) =>
    new Map(
      names.flatMap((name, index) => {
        const row = found[index]?.[0]
        return row === undefined ? [] : [[name, row] as const]
      }),
    )
  const leading = yield* together(
    ...redirects.map(([redirect]) => standingTitle(redirect?.intoId ?? null)),
  )
  return {
    titlesByControlNumber: firstOf(subject.controlNumbers, titles),
    mergedByControlNumber: firstOf(
      subject.controlNumbers,
      leading.map((title) => (title === null ? [] : [title])),
    ),
    itemsByBarcode: firstOf(subject.barcodes, items),
  }
}
