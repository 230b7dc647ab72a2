/** Subject → Facts: everything a rule may look at, loaded once by one loader for all operations. */
import { gatherBinding } from './binding-facts.ts'
import type { BindingFacts, BindingSubject } from './binding-facts.ts'
import { aboutNoRecord, gatherCataloguing } from './cataloguing-facts.ts'
import type { CataloguingFacts, CataloguingSubject } from './cataloguing-facts.ts'
import { find, get, known, needed, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import { aboutHolds, gatherHolds } from './hold-facts.ts'
import type { HoldFacts, HoldSubject } from './hold-facts.ts'
import { gatherImported, gatherItemFacts, inItems, isRunning } from './item-facts.ts'
import type { ItemFacts, ItemSubject } from './item-facts.ts'
import { gatherOperation } from './logged-facts.ts'
import type { LoggedFacts } from './logged-facts.ts'
import { gatherLedger, notInLedger, readerIdOfLedger } from './ledger-facts.ts'
import type { LedgerFacts, LedgerSubject } from './ledger-facts.ts'
import type { BlockedCard } from './ledger-records.ts'
import {
  gatherAtReaderDesk,
  gatherDuplicates,
  gatherReader,
  holderOf,
  standingReader,
} from './reader-facts.ts'
import type { CardHolder, NewReader, ReaderDeskFacts, ReaderDeskSubject } from './reader-facts.ts'
import { firstDue, gatherLenders } from './lender-facts.ts'
import type { Lenders } from './lender-facts.ts'
import type { OfflineLine } from './offline-records.ts'
import type { Card } from './reader-records.ts'
import type {
  Branch,
  Calendar,
  Item,
  LedgerException,
  Library,
  Loan,
  Policy,
  Reader,
  Staff,
  Title,
} from './records.ts'
import { gatherRefused } from './refused-facts.ts'
import type { RefusedFacts } from './refused-facts.ts'
import { gatherRules, inRules } from './rules-facts.ts'
import type { RulesFacts, RulesSubject } from './rules-facts.ts'
import { itemFormerly } from './shelf-facts.ts'
import type { CalendarDate } from './words/calendar-date.ts'

/** Whom an operation is about. Only what is named is loaded. */
export interface Subject extends CataloguingSubject {
  readonly barcode: string | null
  readonly itemId: string | null
  readonly card: string | null
  readonly readerId: string | null
  readonly loanId: string | null
  readonly exceptionId: string | null
  readonly operationId: string | null
  /** Staff to whom something is given. */
  readonly staffId: string | null
  /** The record that a scan was meant for: by its label or its card. */
  readonly binding: BindingSubject | null
  /** A reader about to be registered: whom might it duplicate? */
  readonly newReader: NewReader | null
  readonly ledger: LedgerSubject
  readonly holds: HoldSubject
  /** Titles about to be imported, by control number, and barcodes of their items. */
  readonly controlNumbers: readonly string[]
  readonly barcodes: readonly string[]
  readonly items: ItemSubject
  /** Set where the reader's own record is worked on; the reader is then the standing one. */
  readonly atReaderDesk: ReaderDeskSubject | null
  /** The line of another system's file that it was read from. */
  readonly offlineLineId: string | null
  readonly rules: RulesSubject
}

const nobody: Subject = {
  barcode: null,
  itemId: null,
  card: null,
  readerId: null,
  loanId: null,
  exceptionId: null,
  operationId: null,
  staffId: null,
  binding: null,
  newReader: null,
  ledger: notInLedger,
  holds: aboutHolds({}),
  controlNumbers: [],
  barcodes: [],
  items: inItems({}),
  atReaderDesk: null,
  offlineLineId: null,
  rules: inRules({}),
  ...aboutNoRecord,
}
export const aSubject = (named: Partial<Subject>): Subject => ({ ...nobody, ...named })

export interface Facts extends LoggedFacts, CataloguingFacts {
  readonly policy: Policy
  readonly branch: Branch
  readonly library: Library
  readonly calendar: Calendar
  readonly item: Item | null
  /** More than one item carries the scanned barcode. */
  readonly isBarcodeAmbiguous: boolean
  readonly itemHomeBranch: Branch | null
  readonly heldForReader: Reader | null
  /** The loan of the subject, or else the item's undisputed open loan. */
  readonly loan: Loan | null
  readonly loanReader: Reader | null
  readonly openLoansOfItem: readonly Loan[]
  readonly openExceptionsOfItem: readonly LedgerException[]
  readonly reader: Reader | null
  /** The card that was scanned, where it is not the reader's main one. */
  readonly scannedCard: Card | null
  /** The card is of no reader on this desk, and the city lets it borrow nothing through this day. */
  readonly unknownCardBlockedUntilOn: CalendarDate | null
  /** Of the loans of these facts that began elsewhere: who lent them. */
  readonly lenders: Lenders
  /** The reader's open loan that falls due first (R21), the loan of the subject aside. */
  readonly earliestDueLoan: Loan | null
  readonly guardian: Reader | null
  readonly possibleDuplicates: readonly Reader[]
  readonly exception: LedgerException | null
  readonly assignee: Staff | null
  readonly binding: BindingFacts | null
  readonly ledger: LedgerFacts
  readonly holds: HoldFacts
  readonly titlesByControlNumber: ReadonlyMap<string, Title>
  /** Of numbers whose title became part of another: that one. */
  readonly mergedByControlNumber: ReadonlyMap<string, Title>
  readonly itemsByBarcode: ReadonlyMap<string, Item>
  readonly items: ItemFacts
  readonly atReaderDesk: ReaderDeskFacts | null
  /** Recorded already, at this desk or another. */
  readonly offlineLine: OfflineLine | null
  /** Of an exception that stands for a refused request. */
  readonly refused: RefusedFacts | null
  readonly rules: RulesFacts
}

/**
 * The loader. `branchId` is where the operation happens.
 * Throws (a defect) where the city's own records are missing: a desk without policy cannot decide.
 */
export function* gatherFacts(subject: Subject, branchId: string): Gathering<Facts> {
  const [
    city,
    about,
    ledger,
    byCard,
    operation,
    imported,
    assignee,
    possibleDuplicates,
    offlineLine,
    cataloguing,
  ] = yield* together(
    gatherCity(branchId),
    gatherItemAndLoan(subject),
    gatherLedger(subject.ledger),
    gatherNamedReader(subject),
    gatherOperation(subject.operationId),
    gatherImported(subject),
    get('staff', subject.staffId),
    gatherDuplicates(subject.newReader),
    get('offline-line', subject.offlineLineId),
    gatherCataloguing(subject),
  )
  const [{ reader, scannedCard, openByDue }, binding] = yield* together(
    gatherReaderOf(subject, byCard, about.loan, ledger),
    gatherBinding(subject.binding, about),
  )
  const loans = [about.loan, ...about.openLoansOfItem, ...openByDue, ...loansOfBinding(binding)]
  const [unknownCardBlockedUntilOn, guardian, items, holds, atReaderDesk, refused, rules, lenders] =
    yield* together(
      gatherBlock(reader === null ? subject.card : null),
      gatherGuardian(subject, reader),
      gatherItemFacts(subject.items, { ...about, reader }),
      gatherHolds(subject.holds, { item: about.item, reader }),
      gatherAtReaderDesk(subject.atReaderDesk, reader),
      gatherRefused(about.exception),
      gatherRules(subject.rules, about.exception),
      gatherLenders(city.branch, loans),
    )
  return {
    ...city,
    ...about,
    reader,
    scannedCard,
    unknownCardBlockedUntilOn,
    lenders,
    earliestDueLoan: firstDue({ ...city, lenders }, runningBeside(openByDue, about.loan)),
    guardian,
    possibleDuplicates,
    assignee,
    binding,
    ledger,
    holds,
    ...operation,
    ...imported,
    items,
    atReaderDesk,
    offlineLine,
    refused,
    rules,
    ...cataloguing,
  }
}

const loansOfBinding = (binding: BindingFacts | null): readonly (Loan | null)[] =>
  binding === null ? [] : [binding.itemLoan, ...binding.loans]

const runningBeside = (openByDue: readonly Loan[], loan: Loan | null): readonly Loan[] =>
  openByDue.filter((one) => isRunning(one) && one.id !== loan?.id)

function* gatherCity(
  branchId: string,
): Gathering<Pick<Facts, 'policy' | 'branch' | 'library' | 'calendar'>> {
  const [policy, branch] = yield* together(needed('policy', 'city'), gatherBranch(branchId))
  return { policy, ...branch }
}

function* gatherBranch(
  branchId: string,
): Gathering<Pick<Facts, 'branch' | 'library' | 'calendar'>> {
  const branch = yield* needed('branch', branchId)
  const [library, calendar] = yield* together(
    needed('library', branch.libraryId),
    needed('calendar', branch.calendarId),
  )
  return { branch, library, calendar }
}

interface ReaderAndLoans extends CardHolder {
  readonly openByDue: readonly Loan[]
}

/** Null where the subject names nobody by a card: the loan or the ledger does. */
const gatherNamedReader = ({ card }: Subject): Gathering<ReaderAndLoans | null> =>
  card === null ? known(null) : gatherCardHolder(card)

function* gatherCardHolder(card: string): Gathering<ReaderAndLoans> {
  return yield* withLoans(yield* holderOf(card))
}

const gatherReaderOf = (
  subject: Subject,
  byCard: ReaderAndLoans | null,
  loan: Loan | null,
  ledger: LedgerFacts,
): Gathering<ReaderAndLoans> =>
  byCard === null ? gatherOtherReader(subject, loan, ledger) : known(byCard)

function* gatherOtherReader(
  subject: Subject,
  loan: Loan | null,
  ledger: LedgerFacts,
): Gathering<ReaderAndLoans> {
  const { reader: named, scannedCard } = yield* gatherReader(subject, loan)
  // What was entered for a record that became part of another is the other's to take back (D13).
  const reader = named ?? (yield* standingReader(yield* get('reader', readerIdOfLedger(ledger))))
  return yield* withLoans({ reader, scannedCard })
}

function* withLoans(holder: CardHolder): Gathering<ReaderAndLoans> {
  const { reader } = holder
  const openByDue = yield* find('openLoansByDue', reader && [reader.id, null])
  return { ...holder, openByDue }
}

function gatherGuardian(subject: Subject, reader: Reader | null): Gathering<Reader | null> {
  const id = guardianIdOf(subject, reader)
  return id === null ? known(null) : gatherStanding(id)
}

function* gatherStanding(readerId: string): Gathering<Reader | null> {
  return yield* standingReader(yield* get('reader', readerId))
}

const guardianIdOf = (subject: Subject, reader: Reader | null): string | null =>
  subject.newReader === null
    ? (subject.atReaderDesk?.guardianId ?? reader?.guardianReaderId ?? null)
    : subject.newReader.guardianReaderId

type ItemAndLoan = Pick<
  Facts,
  | 'exception'
  | 'item'
  | 'isBarcodeAmbiguous'
  | 'itemHomeBranch'
  | 'heldForReader'
  | 'loan'
  | 'loanReader'
  | 'openLoansOfItem'
  | 'openExceptionsOfItem'
>

function* gatherItemAndLoan(subject: Subject): Gathering<ItemAndLoan> {
  const exception = yield* get('exception', subject.exceptionId)
  const namedLoan = yield* get('loan', subject.loanId ?? exception?.loanId ?? null)
  const itemId = subject.itemId ?? namedLoan?.itemId ?? exception?.itemId ?? null
  const byBarcode = yield* find(
    'itemByBarcode',
    subject.barcode === null ? null : [subject.barcode],
  )
  const item =
    byBarcode[0] ?? (yield* itemFormerly(subject.barcode)) ?? (yield* get('item', itemId))
  const [loan, itemHomeBranch, heldForReader, openLoansOfItem, openExceptionsOfItem] =
    yield* together(
      gatherLoan(namedLoan, item),
      get('branch', item?.homeBranchId ?? null),
      get('reader', item?.heldForReaderId ?? null),
      find('openLoansOfItem', item && [item.id, null]),
      find('openExceptionsOfItem', item && [item.id, null]),
    )
  return {
    exception,
    item,
    isBarcodeAmbiguous: byBarcode.length > 1,
    itemHomeBranch,
    heldForReader,
    ...loan,
    openLoansOfItem,
    openExceptionsOfItem,
  }
}

function* gatherLoan(
  named: Loan | null,
  item: Item | null,
): Gathering<Pick<Facts, 'loan' | 'loanReader'>> {
  const loan = named ?? (yield* get('loan', item?.openLoanId ?? null))
  return { loan, loanReader: yield* get('reader', loan?.readerId ?? null) }
}

const gatherBlock = (card: string | null): Gathering<CalendarDate | null> =>
  card === null ? known(null) : gatherBlockOf(card)

function* gatherBlockOf(card: string): Gathering<CalendarDate | null> {
  const rows = (yield { lookup: 'blocked-card', card }) as readonly BlockedCard[]
  return rows[0]?.untilOn ?? null
}
