/** What the city keeps about titles beside them: which are one, which never will be, which are hidden. */
import { z } from 'zod'
import { EpochMs } from './words/calendar-date.ts'
import { ApartId, BranchId, StaffId, TitleId } from './words/ids.ts'
import { PlainText } from './words/plain-text.ts'

/**
 * Stands where a title was that became part of another: its numbers still lead to a record. Its id is
 * that title's, so that two merges of one title meet in one row.
 */
export const TitleRedirect = z.strictObject({
  id: TitleId,
  /** Never a redirect itself: whatever led to a title that goes is led on with it. */
  intoId: TitleId,
  controlNumber: PlainText(60).nullable(),
  /** Those that the record which stays does not have. */
  isbns: z.array(PlainText(20)).max(50),
  /** As it was called, for who asks later. */
  title: PlainText(2000),
  mergedAt: EpochMs,
  staffId: StaffId,
  branchId: BranchId,
})
export type TitleRedirect = z.infer<typeof TitleRedirect>

export const TITLES_APART_MAX = 20

/** Looked at by a person: no two of them are the same work in the same edition. */
export const TitlesApart = z.strictObject({
  id: ApartId,
  titleIds: z.array(TitleId).min(2).max(TITLES_APART_MAX),
  at: EpochMs,
  staffId: StaffId,
})
export type TitlesApart = z.infer<typeof TitlesApart>

/**
 * Readers do not see this title: neither the catalogue of the city on the web nor that of a kiosk shows it.
 * Its id is the title's, so that a title is hidden once.
 */
export const TitleSuppression = z.strictObject({
  id: TitleId,
  reason: PlainText(200).min(1),
  at: EpochMs,
  staffId: StaffId,
  branchId: BranchId,
})
export type TitleSuppression = z.infer<typeof TitleSuppression>

export const titleRecordSchemas = {
  'title-redirect': TitleRedirect,
  'titles-apart': TitlesApart,
  'title-suppression': TitleSuppression,
} as const
