/** Work on catalogue records before the city has it: drafts. */
import { z } from 'zod'
import { EpochMs } from './words/calendar-date.ts'
import { BranchId, DraftId, StaffId, TitleId } from './words/ids.ts'
import { PlainText } from './words/plain-text.ts'

export const MarcProfile = z.enum(['cnmarc', 'unimarc', 'marc21'])

/** A full record without its place in the catalogue. */
export const BibContent = z.strictObject({
  leader: z.string().length(24),
  fields: z
    .array(
      z.strictObject({
        tag: z.string().length(3),
        indicators: z.string().max(2).nullable(),
        value: z.string().max(99_999).nullable(),
        subfields: z
          .array(z.strictObject({ code: z.string().min(1).max(4), value: z.string().max(99_999) }))
          .max(2000),
      }),
    )
    .max(2000),
})
export type BibContent = z.infer<typeof BibContent>

/** What a reviewer asks for at one field. */
export const DraftRemark = z.strictObject({
  /** `LDR` for the leader. */
  tag: z.string().length(3),
  /** Which of the fields of this tag, from 0. */
  occurrence: z.int().min(0).max(1999),
  text: PlainText(500).min(1),
})

export const Draft = z.strictObject({
  id: DraftId,
  /** Null where the catalogue has no such title yet. */
  titleId: TitleId.nullable(),
  profile: MarcProfile,
  ...BibContent.shape,
  /** The published record as it was when this was begun, or last compared; null for a new one. */
  base: BibContent.nullable(),
  branchId: BranchId,
  staffId: StaffId,
  state: z.enum(['drafted', 'submitted', 'returned', 'published', 'discarded']),
  /** Counts the savings: who writes says which one was on the screen. */
  revision: z.int().min(1),
  /** Of the last return; kept while they are worked through. */
  remarks: z.array(DraftRemark).max(200),
  /** Warnings (M ids) that stood at the last submission. */
  warnings: z.array(z.string().max(8)).max(50),
  begunAt: EpochMs,
  savedAt: EpochMs,
  submittedAt: EpochMs.nullable(),
  /** Who returned or published it last. */
  reviewerId: StaffId.nullable(),
  reviewedAt: EpochMs.nullable(),
})
export type Draft = z.infer<typeof Draft>
