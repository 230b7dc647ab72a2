/** The shapes of policy as data: loan rules and reader categories. */
import { z } from 'zod'
import { CalendarDate } from '../words/calendar-date.ts'

const text = z.string().min(1).max(60)
const Days = z.int().min(0).max(3650)
const Fen = z.int().min(0).max(100_000_000)

/**
 * One line of the loan policy. A null in a matching column matches anything; a null among the
 * values falls through to the next best line (P2).
 */
export const LoanRule = z.strictObject({
  id: text,
  readerCategory: text.nullable(),
  itemType: text.nullable(),
  ownerLibraryId: text.nullable(),
  lendingLibraryId: text.nullable(),
  audience: z.enum(['juvenile', 'general', 'adult']).nullable(),
  /** True: speaks of renewals only; false: of first loans only. */
  isRenewal: z.boolean().nullable(),
  loanDays: Days.nullable(),
  /** A loan of hours ends within opening hours and has no days (P5). 0: it is one of days after all. */
  loanHours: z.int().min(0).max(240).nullable(),
  /** No loan and no renewal runs beyond this day: the end of a term (P6). */
  latestDueOn: CalendarDate.nullable(),
  /** The loan ends with the card at the latest (P6). */
  endsWithCard: z.boolean().nullable(),
  renewalsMax: z.int().min(0).max(99).nullable(),
  renewalDays: Days.nullable(),
  overdueFenPerDay: Fen.nullable(),
  overdueMaxFen: Fen.nullable(),
  /** Days after the due date that cost nothing; from the next one on all are charged (R3). */
  graceDays: Days.nullable(),
})
export type LoanRule = z.infer<typeof LoanRule>

/** Minutes after midnight in Shenzhen. */
export const OpeningHours = z.strictObject({
  weekday: z.int().min(1).max(7),
  opensAtMinute: z.int().min(0).max(1440),
  closesAtMinute: z.int().min(0).max(1440),
})

export const ReaderCategory = z.strictObject({
  id: text,
  nameZh: text,
  nameEn: text,
  /** All loans together; of them so many in Chinese, in other languages, audio-visual. Null: no such limit. */
  itemsMax: z.int().min(0).max(100_000),
  maxByClass: z.strictObject({
    chinese: z.int().min(0).max(100_000).nullable(),
    foreign: z.int().min(0).max(100_000).nullable(),
    av: z.int().min(0).max(100_000).nullable(),
  }),
  cardYears: z.int().min(1).max(50),
  isJuvenile: z.boolean(),
  /** To be held for the reader; 0 where the card asks for none. */
  depositFen: z.int().min(0).max(100_000_000),
})
export type ReaderCategory = z.infer<typeof ReaderCategory>

/** What becomes of items: transfers, finds, loans that are none of the usual. */
export const ItemRules = z.strictObject({
  /** A loss that was paid is paid back when it is found within so many days (R14). */
  lossRefundDays: Days,
  /** One item from reader to reader, to one reader within a year (V3). */
  takeOversPerYear: z.int().min(0).max(1000),
  /** Loans for the reading room, at one time (L24). */
  readingRoomMax: z.int().min(0).max(1000),
  /** In transit for longer: somebody looks for it (T6). */
  transitLateDays: Days,
  /** Types that stay where they are returned, within the library that owns them (T7). */
  floatingTypes: z.array(text).max(20),
  /** The branch through which parcels pass: an arrival there is never a wrong one (T5). */
  logisticsBranchId: text.nullable(),
  /** Facts older than so many times `factsFreshMs` do not send an item to the shelf (R13). */
  setAsideFactor: z.int().min(1).max(1000),
})
