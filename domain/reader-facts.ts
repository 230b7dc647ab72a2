/** What a rule about a reader's cards, messages or second record looks at. */
import { find, get, known, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import type { Hold } from './hold-records.ts'
import type { LedgerEntry, Lease } from './ledger-records.ts'
import type { Card, ReaderMessage } from './reader-records.ts'
import type { CalendarDate } from './words/calendar-date.ts'
import type { Fee, LedgerException, Loan, Reader } from './records.ts'

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

/** Merged again and again; a chain of more is a defect of the rows, and ends as unknown. */
const MERGES_MAX = 8

/** The record that stands for this person now. */
export function* standingReader(reader: Reader | null): Gathering<Reader | null> {
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
export function* holderOf(number: string): Gathering<CardHolder> {
  const byMain = yield* find('readerByCard', [number])
  const main = byMain.find(({ mergedIntoId }) => mergedIntoId === null)
  if (main !== undefined) return { reader: main, scannedCard: null }
  const [card] = yield* find('cardByNumber', [number])
  if (card === undefined) {
    // Merged at a desk that held no more than the reader itself.
    return { reader: yield* standingReader(byMain[0] ?? null), scannedCard: null }
  }
  const reader = yield* standingReader(yield* get('reader', card.readerId))
  return { reader, scannedCard: card }
}

interface NamesReader {
  readonly card: string | null
  readonly readerId: string | null
  readonly newReader: NewReader | null
  readonly atReaderDesk: ReaderDeskSubject | null
}

export function* gatherReader(subject: NamesReader, loan: Loan | null): Gathering<CardHolder> {
  if (subject.card !== null) return yield* holderOf(subject.card)
  const scannedCard = null
  if (subject.readerId !== null) {
    const named = yield* get('reader', subject.readerId)
    // Ledgers are kept by record: what a desk entered for a merged one stays there to be looked at.
    const reader = subject.atReaderDesk === null ? named : yield* standingReader(named)
    return { reader, scannedCard }
  }
  if (subject.newReader !== null) return { reader: null, scannedCard }
  return { reader: yield* get('reader', loan?.readerId ?? null), scannedCard }
}

/** Whom a new reader might duplicate; a record that became part of another is told by that one. */
export const gatherDuplicates = (newReader: NewReader | null): Gathering<readonly Reader[]> =>
  newReader === null ? nobody : gatherAlike(newReader)
const nobody = known<readonly Reader[]>([])

function* gatherAlike({ idNumberHash, name, bornOn }: NewReader): Gathering<readonly Reader[]> {
  const [sameHash, samePerson] = yield* together(
    find('readersByIdHash', idNumberHash === null ? null : [idNumberHash]),
    find('readersByNameAndBirth', bornOn === null ? null : [name, bornOn]),
  )
  const byId = new Map([...sameHash, ...samePerson].map((row) => [row.id, row]))
  return [...byId.values()].filter(({ mergedIntoId }) => mergedIntoId === null)
}

export const gatherAtReaderDesk = (
  subject: ReaderDeskSubject | null,
  reader: Reader | null,
): Gathering<ReaderDeskFacts | null> =>
  subject === null ? known(null) : gatherDeskOf(subject, reader)

function* gatherDeskOf(
  subject: ReaderDeskSubject,
  reader: Reader | null,
): Gathering<ReaderDeskFacts> {
  const { newNumber } = subject
  const numbered = newNumber === null ? null : [newNumber]
  const [cards, readersByNumber, cardsByNumber, message, second] = yield* together(
    find('cardsOfReader', reader && [reader.id]),
    find('readerByCard', numbered),
    find('cardByNumber', numbered),
    get('reader-message', subject.messageId),
    get('reader', subject.mergedReaderId),
  )
  return {
    cards,
    isNumberTaken: readersByNumber.length + cardsByNumber.length > 0,
    message,
    merged: yield* gatherMerged(second),
  }
}

function* gatherMerged(reader: Reader | null): Gathering<MergedFacts | null> {
  if (reader === null) return null
  const of = [reader.id]
  const [loans, fees, entries, cards, messages, openExceptions, openLeases, openHolds] =
    yield* together(
      find('loansOfReader', of),
      find('feesOfReader', of),
      find('entriesOfReader', of),
      find('cardsOfReader', of),
      find('messagesOfReader', of),
      find('openExceptionsOfReader', [...of, null]),
      find('openLeasesOfReader', [...of, null]),
      find('openHoldsOfReader', [...of, null]),
    )
  return { reader, loans, fees, entries, cards, messages, openExceptions, openLeases, openHolds }
}
