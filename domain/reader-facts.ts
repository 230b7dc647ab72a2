/** What a rule about a reader's cards, messages or second record looks at. */
import type { Hold } from './hold-records.ts'
import type { LedgerEntry, Lease } from './ledger-records.ts'
import type { Card, ReaderMessage } from './reader-records.ts'
import type { CalendarDate } from './words/calendar-date.ts'
import type { Fee, LedgerException, Loan, Reader, RecordKind, Records } from './records.ts'

/** A reader about to be registered. */
export interface NewReader {
  readonly card: string
  readonly name: string
  readonly bornOn: CalendarDate | null
  readonly idNumberHash: string | null
  readonly guardianReaderId: string | null
}

/** What an operation on a reader's record names besides the reader. */
export interface ReaderDeskSubject {
  /** A card about to be given out. */
  readonly newNumber: string | null
  readonly messageId: string | null
  readonly guardianId: string | null
  /** The other record of the same person. */
  readonly mergedReaderId: string | null
}

export const atReaderDesk = (named: Partial<ReaderDeskSubject>): ReaderDeskSubject => ({
  newNumber: null,
  messageId: null,
  guardianId: null,
  mergedReaderId: null,
  ...named,
})

export interface ReaderDeskFacts {
  /** Of the reader of the subject, the main one aside. */
  readonly cards: readonly Card[]
  /** Somebody carries the new number already. */
  readonly isNumberTaken: boolean
  readonly message: ReaderMessage | null
  readonly merged: MergedFacts | null
}

/** What hangs on the record that is to become part of another. */
export interface MergedFacts {
  readonly reader: Reader
  readonly loans: readonly Loan[]
  readonly fees: readonly Fee[]
  readonly entries: readonly LedgerEntry[]
  readonly cards: readonly Card[]
  readonly messages: readonly ReaderMessage[]
  readonly openExceptions: readonly LedgerException[]
  readonly openLeases: readonly Lease[]
  readonly openHolds: readonly Hold[]
}

export type Finder =
  | 'readerByCard'
  | 'cardByNumber'
  | 'cardsOfReader'
  | 'messagesOfReader'
  | 'loansOfReader'
  | 'feesOfReader'
  | 'entriesOfReader'
  | 'openExceptionsOfReader'
  | 'openLeasesOfReader'
  | 'openHoldsOfReader'
  | 'readersByIdHash'
  | 'readersByNameAndBirth'

/** How the loader of domain/facts.ts asks. */
export interface AskingOfReaders<L, A> {
  readonly get: <K extends RecordKind>(
    kind: K,
    id: string | null,
  ) => Generator<L, Records[K] | null, A>
  readonly find: <T>(
    finder: Finder,
    values: readonly (string | null)[],
  ) => Generator<L, readonly T[], A>
}

/** Merged again and again; a chain of more is a defect of the rows, and ends as unknown. */
const MERGES_MAX = 8

/** The record that stands for this person now. */
export function* standingReader<L, A>(
  reader: Reader | null,
  { get }: AskingOfReaders<L, A>,
): Generator<L, Reader | null, A> {
  let now = reader
  for (let merges = 0; merges < MERGES_MAX; merges += 1) {
    if (now === null || now.mergedIntoId === null) return now
    now = yield* get('reader', now.mergedIntoId)
  }
  return null
}

export interface CardHolder {
  readonly reader: Reader | null
  /** Null where it is the reader's main one. */
  readonly scannedCard: Card | null
}

/** Whose card it is: by the main number, or else by any other of their numbers. */
export function* holderOf<L, A>(
  number: string,
  asking: AskingOfReaders<L, A>,
): Generator<L, CardHolder, A> {
  const byMain = yield* asking.find<Reader>('readerByCard', [number])
  const main = byMain.find(({ mergedIntoId }) => mergedIntoId === null)
  if (main !== undefined) return { reader: main, scannedCard: null }
  const [card] = yield* asking.find<Card>('cardByNumber', [number])
  if (card === undefined) {
    // Merged at a desk that held no more than the reader itself.
    return { reader: yield* standingReader(byMain[0] ?? null, asking), scannedCard: null }
  }
  const reader = yield* standingReader(yield* asking.get('reader', card.readerId), asking)
  return { reader, scannedCard: card }
}

interface NamesReader {
  readonly card: string | null
  readonly readerId: string | null
  readonly newReader: NewReader | null
  readonly atReaderDesk: ReaderDeskSubject | null
}

export function* gatherReader<L, A>(
  subject: NamesReader,
  loan: Loan | null,
  asking: AskingOfReaders<L, A>,
): Generator<L, CardHolder, A> {
  if (subject.card !== null) return yield* holderOf(subject.card, asking)
  const scannedCard = null
  if (subject.readerId !== null) {
    const named = yield* asking.get('reader', subject.readerId)
    // Ledgers are kept by record: what a desk entered for a merged one stays there to be looked at.
    const reader = subject.atReaderDesk === null ? named : yield* standingReader(named, asking)
    return { reader, scannedCard }
  }
  if (subject.newReader !== null) return { reader: null, scannedCard }
  return { reader: yield* asking.get('reader', loan?.readerId ?? null), scannedCard }
}

/** Whom a new reader might duplicate; a record that became part of another is told by that one. */
export function* gatherDuplicates<L, A>(
  newReader: NewReader | null,
  { find }: AskingOfReaders<L, A>,
): Generator<L, readonly Reader[], A> {
  if (newReader === null) return []
  const { idNumberHash, name, bornOn } = newReader
  const sameHash =
    idNumberHash === null ? [] : yield* find<Reader>('readersByIdHash', [idNumberHash])
  const samePerson =
    bornOn === null ? [] : yield* find<Reader>('readersByNameAndBirth', [name, bornOn])
  const byId = new Map([...sameHash, ...samePerson].map((row) => [row.id, row]))
  return [...byId.values()].filter(({ mergedIntoId }) => mergedIntoId === null)
}

export function* gatherAtReaderDesk<L, A>(
  subject: ReaderDeskSubject | null,
  reader: Reader | null,
  asking: AskingOfReaders<L, A>,
): Generator<L, ReaderDeskFacts | null, A> {
  if (subject === null) return null
  const { get, find } = asking
  const { newNumber } = subject
  return {
    cards: reader === null ? [] : yield* find<Card>('cardsOfReader', [reader.id]),
    isNumberTaken: newNumber !== null && (yield* isTaken(newNumber, asking)),
    message: yield* get('reader-message', subject.messageId),
    merged: yield* gatherMerged(yield* get('reader', subject.mergedReaderId), asking),
  }
}

function* isTaken<L, A>(number: string, { find }: AskingOfReaders<L, A>): Generator<L, boolean, A> {
  const readers = yield* find<Reader>('readerByCard', [number])
  const cards = yield* find<Card>('cardByNumber', [number])
  return readers.length + cards.length > 0
}

function* gatherMerged<L, A>(
  reader: Reader | null,
  { find }: AskingOfReaders<L, A>,
): Generator<L, MergedFacts | null, A> {
  if (reader === null) return null
  const of = [reader.id]
  return {
    reader,
    loans: yield* find<Loan>('loansOfReader', of),
    fees: yield* find<Fee>('feesOfReader', of),
    entries: yield* find<LedgerEntry>('entriesOfReader', of),
    cards: yield* find<Card>('cardsOfReader', of),
    messages: yield* find<ReaderMessage>('messagesOfReader', of),
    openExceptions: yield* find<LedgerException>('openExceptionsOfReader', [...of, null]),
    openLeases: yield* find<Lease>('openLeasesOfReader', [...of, null]),
    openHolds: yield* find<Hold>('openHoldsOfReader', [...of, null]),
  }
}
