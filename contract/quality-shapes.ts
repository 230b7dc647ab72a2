/** What is asked about the quality of the catalogue as a whole. */
import { z } from 'zod'
import { HeldTitleRow } from './browse-shapes.ts'
import { route } from './route.ts'

const ScanPlaceShape = z.strictObject({
  by: z.enum(['isbn', 'words']),
  /** The last key that was looked at. */
  key: z.int(),
})

export const qualityQueries = {
  /** Titles that might be one work in one edition, a page at a time; what was set apart is left out. */
  'duplicate-titles': route({
    ask: z.strictObject({
      /** Where the last page ended; null for the first. */
      after: ScanPlaceShape.nullable(),
      limit: z.int().min(1).max(100),
    }),
    answer: z.strictObject({
      groups: z.array(
        z.strictObject({
          by: z.enum(['isbn', 'words']),
          likeness: z.enum(['certain', 'likely']),
          titles: z.array(HeldTitleRow).min(2),
        }),
      ),
      /** Null where the catalogue was looked through to its end. */
      next: ScanPlaceShape.nullable(),
    }),
    permission: 'review-records',
    audit: 'none',
    effect: 'none',
  }),
} as const
