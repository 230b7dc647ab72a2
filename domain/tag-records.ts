/** What the city knows of tags: only what is wrong with them. */
import { z } from 'zod'
import { EpochMs } from './words/calendar-date.ts'
import { BranchId, TagId } from './words/ids.ts'
import { PlainText } from './words/plain-text.ts'

/** What the gate reads of a tag that is to be believed. */
export const TagState = z.enum(['in-stock', 'on-loan'])

/** A tag whose security does not say what its item's loan says, told by the desk that saw it. */
export const TagDebt = z.strictObject({
  /** The chip's own number. */
  id: TagId,
  barcode: PlainText(64),
  wanted: TagState,
  /** Where the book was lifted too early. */
  branchId: BranchId,
  since: EpochMs,
})
export type TagDebt = z.infer<typeof TagDebt>

export const tagSchemas = { 'tag-debt': TagDebt } as const
