/** Answers about readers' cards, messages, past loans and look-alikes. */
import { z } from 'zod'
import { Card, ReaderMessage } from '../domain/reader-records.ts'
import { LoanRow } from './row-shapes.ts'

/** Beside a reader's card: every other number, what is to be told, and which card was scanned. */
export const cardParts = {
  cards: z.array(Card),
  /** Not yet told, the oldest first. */
  messages: z.array(z.strictObject({ message: ReaderMessage, staffName: z.string() })),
  /** Null where the main card, or the reader, was asked for. */
  scannedCard: Card.nullable(),
}

/** By name, card number or phone; never by ID number. */
export const FoundReader = z.strictObject({
  id: z.string(),
  cardNumber: z.string(),
  name: z.string(),
  category: z.string(),
  bornOn: z.string().nullable(),
  openLoansCount: z.int(),
})

const SomebodyAlike = z.strictObject({
  why: z.enum(['same-card', 'same-hash', 'same-person', 'same-phone', 'same-name']),
  reader: z.strictObject({
    id: z.string(),
    name: z.string(),
    cardNumber: z.string(),
    bornOn: z.string().nullable(),
    category: z.string(),
  }),
})

export const Duplicates = z.strictObject({
  /** Under the city's key; the number itself goes no further than the question. */
  idNumberHash: z.string().length(64).nullable(),
  /** The surest likeness first, each reader once. */
  rows: z.array(SomebodyAlike),
})

export const ReaderHistory = z.strictObject({
  reader: z.strictObject({ id: z.string() }),
  /** Null where the reader did not agree to it (D15). */
  loans: z.array(LoanRow).nullable(),
})

/** Shown in clear for a moment, and audited. */
export const RevealedReader = z.strictObject({
  reader: z.strictObject({ id: z.string() }),
  name: z.string(),
  cardNumber: z.string(),
  phone: z.string().nullable(),
})
