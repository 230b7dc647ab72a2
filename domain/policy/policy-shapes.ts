/** The shapes of policy as data. */
import { z } from 'zod'
import { CalendarDate } from '../words/calendar-date.ts'
import { Charges } from './charge-shapes.ts'
import { PointsPolicy } from './points-shapes.ts'

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
  /** From this day on it stands in the place of the earlier line of the same match (P8); null: always. */
  fromOn: CalendarDate.nullable(),
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
  /** For each begun open hour of a loan of hours; 0: it is charged by the day (R23). */
  overdueFenPerHour: Fen.nullable(),
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
  /** Open holds together (H2). */
  holdsMax: z.int().min(0).max(10_000),
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
  /** Items beyond a limit that one person may answer for; more need a second one on the spot (L29). */
  overLimitAloneMax: z.int().min(0).max(1000),
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
/** H7, H10. */
export const HoldPolicy = z.strictObject({
  /** Days on the hold shelf, the day of arrival not counted. */
  keepDays: z.int().min(0).max(60),
  /** Days in which what stands on a shelf is promised at the pick-up branch. */
  deliverDays: z.int().min(0).max(60),
})
export type HoldPolicy = z.infer<typeof HoldPolicy>

/** City policy as data, versioned: each change of a line is a version more. */
export const CityPolicy = z.strictObject({
  id: z.literal('city'),
  version: z.int().min(0),
  loanRules: z.array(LoanRule).max(5000),
  readerCategories: z.array(ReaderCategory).max(500),
  /** A debt above this needs an override (L13). */
  debtMaxFen: Fen,
  /** Facts older than this are called old in the verdict (L19). */
  factsFreshMs: z.int().min(0),
  /** Key of the hashes of blocked cards, hex; told to enrolled desks only. */
  cardHashKey: z.string().length(64),
  points: PointsPolicy,
  charges: Charges,
  itemRules: ItemRules,
  holds: HoldPolicy,
})
