/** How often a serial comes out, how its issues are numbered, and what it leaves out. */
import { z } from 'zod'
import { CalendarDate } from '../words/calendar-date.ts'

export const Frequency = z.enum([
  'daily',
  'weekly',
  'fortnightly',
  'ten-day',
  'semi-monthly',
  'monthly',
  'bimonthly',
  'quarterly',
  'half-yearly',
  'yearly',
  'irregular',
])
export type Frequency = z.infer<typeof Frequency>

/** A daily has a number for each day of a leap year; nothing has more. */
export const ORDINAL_MAX = 366
export const Ordinal = z.int().min(1).max(ORDINAL_MAX)
const PrintedNumber = z.int().min(0).max(9_999_999)

/**
 * An issue is known by its ordinal: which issue of its year it is, from 1. What is printed on it
 * follows from that. So two libraries that began in different months mean the same issue.
 */
export const SerialPattern = z.strictObject({
  frequency: Frequency,
  /** When the first of these issues comes out; later ones keep its weekday, or its day of the month. */
  firstOn: CalendarDate,
  firstOrdinal: Ordinal,
  /** Of a daily, ISO weekdays on which it appears; empty: every day. */
  weekdays: z.array(z.int().min(1).max(7)).max(7),
  /** Of several in a month, their days; a month that is shorter has its last day instead. */
  monthDays: z.array(z.int().min(1).max(31)).max(10),
  /** Months without an issue; no number is left out for them. */
  skippedMonths: z.array(z.int().min(1).max(12)).max(11),
  /** Ordinals that come out as one issue (合刊). */
  combined: z.array(z.strictObject({ from: Ordinal, to: Ordinal })).max(60),
  /** `year`, `volume`: the printed number begins anew with each. */
  numbering: z.enum(['year', 'volume', 'continuing']),
  /** Printed on ordinal 1 where the numbering continues; else unused. */
  firstNumber: PrintedNumber.nullable(),
  /** The volume of ordinal 1, and after how many issues the next begins; null: with the year. */
  volume: z
    .strictObject({ first: PrintedNumber, issuesCount: z.int().min(1).max(ORDINAL_MAX).nullable() })
    .nullable(),
  /** The number in all (总期号) of ordinal 1. */
  wholeNumber: PrintedNumber.nullable(),
})
export type SerialPattern = z.infer<typeof SerialPattern>

/** What is printed on an issue, and when it comes out. Of a combined issue: its first and last. */
export const IssueLabel = z.strictObject({
  ordinal: Ordinal,
  lastOrdinal: Ordinal,
  year: z.int().min(1000).max(9999),
  volume: PrintedNumber.nullable(),
  number: PrintedNumber,
  lastNumber: PrintedNumber,
  wholeNumber: PrintedNumber.nullable(),
  publishedOn: CalendarDate,
})
export type IssueLabel = z.infer<typeof IssueLabel>
