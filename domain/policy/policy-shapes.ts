/** The shapes of policy as data: loan rules and reader categories. */
import { z } from 'zod'

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
  loanDays: Days.nullable(),
  renewalsMax: z.int().min(0).max(99).nullable(),
  renewalDays: Days.nullable(),
  overdueFenPerDay: Fen.nullable(),
  overdueMaxFen: Fen.nullable(),
})
export type LoanRule = z.infer<typeof LoanRule>

export const ReaderCategory = z.strictObject({
  id: text,
  nameZh: text,
  nameEn: text,
  itemsMax: z.int().min(0).max(100_000),
  cardYears: z.int().min(1).max(50),
  isJuvenile: z.boolean(),
})
export type ReaderCategory = z.infer<typeof ReaderCategory>
