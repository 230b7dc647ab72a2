/**
 * Subject → Facts: everything a rule may look at, loaded once by one loader for all operations.
 *
 * The loader is a generator that asks for lookups and is answered with rows, so that the desk
 * (synchronous SQLite) and the server (batched PostgreSQL) drive the same code.
 */
import type { BindingFacts } from './binding-facts.ts'
import type { Change } from './change.ts'
import { keyOfChange } from './change.ts'
import type { RecordKey } from './change.ts'
import { gatherImported, gatherItemFacts, inItems, isRunning } from './item-facts.ts'
import type { ItemFacts, ItemSubject } from './item-facts.ts'
import { gatherLedger, inLedger, readerIdOfLedger } from './ledger-facts.ts'
import type { LedgerFacts, LedgerSubject } from './ledger-facts.ts'
import type { BlockedCard, LedgerEntry } from './ledger-records.ts'
import {
  gatherAtReaderDesk,
  gatherDuplicates,
  gatherReader,
  holderOf,
  standingReader,
} from './reader-facts.ts'
import type { NewReader, ReaderDeskFacts, ReaderDeskSubject } from './reader-facts.ts'
import type { OfflineLine } from './offline-records.ts'
import type { Card } from './reader-records.ts'
import type {
  Branch,
  Calendar,
  Fee,
  Item,
  LedgerException,
  Library,
  Loan,
  Policy,
  Reader,
  RecordKind,
  Records,
  Staff,
  Title,
} from './records.ts'
import type { CalendarDate, EpochMs } from './words/calendar-date.ts'

/**
 * The indexed questions a store answers: `kind` rows whose fields `by` equal the given values (in
 * that order; a null value matches null), ordered by `orderBy` ascending, at most `limit` rows.
 * Each is one index on the desk and on the server.
 */
export const finders = {
  itemByBarcode: { kind: 'item', by: ['barcode'], orderBy: 'id', limit: 2 },
  readerByCard: { kind: 'reader', by: ['cardNumber'], orderBy: 'id', limit: 2 },
  readersByIdHash: { kind: 'reader', by: ['idNumberHash'], orderBy: 'id', limit: 2 },
  readersByNameAndBirth: { kind: 'reader', by: ['name', 'bornOn'], orderBy: 'id', limit: 3 },
  openLoansByDue: { kind: 'loan', by: ['readerId', 'returnedAt'], orderBy: 'dueOn', limit: 10 },
  openLoansOfItem: { kind: 'loan', by: ['itemId', 'returnedAt'], orderBy: 'lentAt', limit: 10 },
  loansOfItem: { kind: 'loan', by: ['itemId'], orderBy: 'lentAt', limit: 50 },
  openExceptionsOfItem: {
    kind: 'exception',
    by: ['itemId', 'settledAt'],
    orderBy: 'openedAt',
    limit: 20,
  },
  openExceptionsOfReader: {
    kind: 'exception',
    by: ['readerId', 'settledAt'],
    orderBy: 'openedAt',
    limit: 50,
  },
  loansOfReader: { kind: 'loan', by: ['readerId'], orderBy: 'lentAt', limit: 200 },
  feesOfReader: { kind: 'fee', by: ['readerId'], orderBy: 'openedAt', limit: 200 },
  entriesOfReader: { kind: 'ledger-entry', by: ['readerId'], orderBy: 'at', limit: 200 },
  entriesOfFee: { kind: 'ledger-entry', by: ['feeId'], orderBy: 'at', limit: 200 },
  reversalsOfEntry: { kind: 'ledger-entry', by: ['reversesId'], orderBy: 'at', limit: 2 },
  openLeasesOfReader: {
    kind: 'lease',
    by: ['readerId', 'closedAt'],
    orderBy: 'grantedAt',
    limit: 20,
  },
  openLeasesOfDevice: {
    kind: 'lease',
    by: ['deviceId', 'closedAt'],
    orderBy: 'grantedAt',
    limit: 200,
  },
  openTillsOfDevice: { kind: 'till', by: ['deviceId', 'closedAt'], orderBy: 'openedAt', limit: 5 },
  titleByControlNumber: { kind: 'title', by: ['controlNumber'], orderBy: 'id', limit: 2 },
  feesOfLoan: { kind: 'fee', by: ['loanId'], orderBy: 'openedAt', limit: 20 },
  loansOfPair: { kind: 'loan', by: ['itemId', 'readerId'], orderBy: 'lentAt', limit: 200 },
  staffByUsername: { kind: 'staff', by: ['username'], orderBy: 'id', limit: 1 },
  cardByNumber: { kind: 'card', by: ['number'], orderBy: 'id', limit: 2 },
  cardsOfReader: { kind: 'card', by: ['readerId'], orderBy: 'id', limit: 50 },
  messagesOfReader: { kind: 'reader-message', by: ['readerId'], orderBy: 'at', limit: 100 },
} as const satisfies Record<
  string,
  { kind: RecordKind; by: readonly string[]; orderBy: string; limit: number }
>
export type FinderName = keyof typeof finders
export type FinderValue = string | number | null

export type Lookup =
  | { lookup: 'get'; kind: RecordKind; id: string }
  | { lookup: 'find'; finder: FinderName; values: readonly FinderValue[] }
  | { lookup: 'operation'; id: string }
  /** Asked where nobody knows the card: rows of `blocked-card`. The server knows its readers. */
  | { lookup: 'blocked-card'; card: string }

/** An operation as it stands in a log, with what it did. */
export interface LoggedOperation {
  readonly id: string
  readonly kind: string
  readonly staffId: string
  readonly branchId: string
  readonly at: EpochMs
  readonly changes: readonly Change[]
  readonly inverse: readonly Change[]
  /** The operation that took this one back, if any. */
  readonly undoneBy: string | null
}

export type LookupAnswer = readonly Records[RecordKind][] | LoggedOperation | null

/** Whom an operation is about. Only what is named is loaded. */
export interface Subject {
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
  readonly binding: { readonly barcode: string | null; readonly card: string | null } | null
  /** A reader about to be registered: whom might it duplicate? */
  readonly newReader: NewReader | null
  readonly ledger: LedgerSubject
  /** Titles about to be imported, by control number, and barcodes of their items. */
  readonly controlNumbers: readonly string[]
  readonly barcodes: readonly string[]
  readonly items: ItemSubject
  /** Set where the reader's own record is worked on; the reader is then the standing one. */
  readonly atReaderDesk: ReaderDeskSubject | null
  /** The line of another system's file that it was read from. */
  readonly offlineLineId: string | null
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
  ledger: inLedger({}),
  controlNumbers: [],
  barcodes: [],
  items: inItems({}),
  atReaderDesk: null,
  offlineLineId: null,
}
export const aSubject = (named: Partial<Subject>): Subject => ({ ...nobody, ...named })

export interface Facts {
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
  /** The reader's open loan that falls due first, the loan of the subject aside. */
  readonly earliestDueLoan: Loan | null
  readonly guardian: Reader | null
  readonly possibleDuplicates: readonly Reader[]
  readonly exception: LedgerException | null
  readonly assignee: Staff | null
  readonly binding: BindingFacts | null
  readonly ledger: LedgerFacts
  readonly operation: LoggedOperation | null
  /** Rows as they are now, for each key the logged operation touched. */
  readonly rowsNow: ReadonlyMap<RecordKey, Records[RecordKind] | null>
  readonly titlesByControlNumber: ReadonlyMap<string, Title>
  readonly itemsByBarcode: ReadonlyMap<string, Item>
  readonly items: ItemFacts
  readonly atReaderDesk: ReaderDeskFacts | null
  /** Recorded already, at this desk or another. */
  readonly offlineLine: OfflineLine | null
}

export type Gathering<T> = Generator<Lookup, T, LookupAnswer>

export function* get<K extends RecordKind>(
  kind: K,
  id: string | null,
): Gathering<Records[K] | null> {
  if (id === null) return null
  const rows = (yield { lookup: 'get', kind, id }) as readonly Records[K][]
  return rows[0] ?? null
}

function* find<T>(finder: FinderName, values: readonly FinderValue[]): Gathering<readonly T[]> {
  return (yield { lookup: 'find', finder, values }) as unknown as readonly T[]
}

/**
 * The loader. `branchId` is where the operation happens.
 * Throws (a defect) where the city's own records are missing: a desk without policy cannot decide.
 */
export function* gatherFacts(subject: Subject, branchId: string): Gathering<Facts> {
  const policy = must(yield* get('policy', 'city'), 'policy')
  const branch = must(yield* get('branch', branchId), `branch ${branchId}`)
  const library = must(yield* get('library', branch.libraryId), 'library')
  const calendar = must(yield* get('calendar', branch.calendarId), 'calendar')
  const about = yield* gatherItemAndLoan(subject)
  const ledger = yield* gatherLedger(subject.ledger, { get, find })
  const { reader: named, scannedCard } = yield* gatherReader(subject, about.loan, asking)
  const reader =
    named ?? (yield* get('reader', subject.card === null ? readerIdOfLedger(ledger) : null))
  const openByDue = reader === null ? [] : yield* find<Loan>('openLoansByDue', [reader.id, null])
  const operation = yield* gatherOperation(subject)
  const imported = yield* gatherImported(subject, find)
  return {
    policy,
    branch,
    library,
    calendar,
    ...about,
    reader,
    scannedCard,
    unknownCardBlockedUntilOn: reader === null ? yield* gatherBlock(subject.card) : null,
    earliestDueLoan: openByDue.find((one) => isRunning(one) && one.id !== about.loan?.id) ?? null,
    guardian: yield* standingReader(yield* get('reader', guardianIdOf(subject, reader)), asking),
    possibleDuplicates: yield* gatherDuplicates(subject.newReader, asking),
    assignee: yield* get('staff', subject.staffId),
    binding: yield* gatherBinding(subject, about),
    ledger,
    ...operation,
    ...imported,
    items: yield* gatherItemFacts(subject.items, { ...about, reader }, { get, find }),
    atReaderDesk: yield* gatherAtReaderDesk(subject.atReaderDesk, reader, asking),
    offlineLine: yield* get('offline-line', subject.offlineLineId),
  }
}

/** For loaders of other files, and questions that follow the same cards. */
export const asking = { get, find }

const guardianIdOf = (subject: Subject, reader: Reader | null): string | null =>
  subject.newReader === null
    ? (subject.atReaderDesk?.guardianId ?? reader?.guardianReaderId ?? null)
    : subject.newReader.guardianReaderId

function must<T>(row: T | null, what: string): T {
  if (row === null) throw new Error(`the replica holds no ${what}`)
  return row
}

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
  const byBarcode: readonly Item[] =
    subject.barcode === null ? [] : yield* find<Item>('itemByBarcode', [subject.barcode])
  const item = byBarcode[0] ?? (yield* get('item', itemId))
  const loan = namedLoan ?? (yield* get('loan', item?.openLoanId ?? null))
  return {
    exception,
    item,
    isBarcodeAmbiguous: byBarcode.length > 1,
    itemHomeBranch: yield* get('branch', item?.homeBranchId ?? null),
    heldForReader: yield* get('reader', item?.heldForReaderId ?? null),
    loan,
    loanReader: yield* get('reader', loan?.readerId ?? null),
    openLoansOfItem: item === null ? [] : yield* find<Loan>('openLoansOfItem', [item.id, null]),
    openExceptionsOfItem:
      item === null ? [] : yield* find<LedgerException>('openExceptionsOfItem', [item.id, null]),
  }
}

function* gatherBlock(card: string | null): Gathering<CalendarDate | null> {
  if (card === null) return null
  const rows = (yield { lookup: 'blocked-card', card }) as readonly BlockedCard[]
  return rows[0]?.untilOn ?? null
}

function* gatherOperation(subject: Subject): Gathering<Pick<Facts, 'operation' | 'rowsNow'>> {
  const rowsNow = new Map<RecordKey, Records[RecordKind] | null>()
  if (subject.operationId === null) return { operation: null, rowsNow }
  const operation = (yield {
    lookup: 'operation',
    id: subject.operationId,
  }) as LoggedOperation | null
  for (const change of operation?.changes ?? []) {
    const key = keyOfChange(change)
    const [kind, ...rest] = key.split(':')
    rowsNow.set(key, yield* get(kind as RecordKind, rest.join(':')))
  }
  return { operation, rowsNow }
}

function* gatherBinding(
  { binding }: Subject,
  { exception, item: known }: ItemAndLoan,
): Gathering<BindingFacts | null> {
  if (binding === null || exception === null) return null
  const { barcode, card } = binding
  const items = barcode === null ? [] : yield* find<Item>('itemByBarcode', [barcode])
  const item = items[0] ?? null
  const itemLoan = yield* get('loan', item?.openLoanId ?? null)
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

/** Drives the loader over a synchronous store. */
export function gatherNow<T>(gathering: Gathering<T>, answer: (lookup: Lookup) => LookupAnswer): T {
  let step = gathering.next()
  while (step.done !== true) step = gathering.next(answer(step.value))
  return step.value
}

/** Drives the loader over an asynchronous store. */
export async function gatherLater<T>(
  gathering: Gathering<T>,
  answer: (lookup: Lookup) => Promise<LookupAnswer>,
): Promise<T> {
  let step = gathering.next()
  while (step.done !== true) step = gathering.next(await answer(step.value))
  return step.value
}
