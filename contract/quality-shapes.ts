/** What is asked about the quality of the catalogue as a whole. */
import { z } from 'zod'
import { HeldTitleRow } from './browse-shapes.ts'
import { CalendarDate } from '../domain/words/calendar-date.ts'
import { batchQueries } from './batch-shapes.ts'
import { nothing, route } from './route.ts'

const ScanPlaceShape = z.strictObject({
  by: z.enum(['isbn', 'words']),
  /** The last key that was looked at. */
  key: z.int(),
})

/** Of all records, or of those that this branch has items of. */
export const QualityScope = z.enum(['all', 'branch'])
export type QualityScope = z.infer<typeof QualityScope>

export const RuleCount = z.strictObject({
  /** `M01` … `M22`. */
  rule: z.string(),
  /** Records, each once. */
  errors: z.int(),
  warnings: z.int(),
})

/** What one survey found; the last of a day is kept. */
export const QualityCounts = z.strictObject({
  on: CalendarDate,
  scope: QualityScope,
  recordsCount: z.int(),
  faultyCount: z.int(),
  /** With at least one error. */
  wrongCount: z.int(),
  byRule: z.array(RuleCount),
})
export type QualityCounts = z.infer<typeof QualityCounts>

export const QualityProgress = z.strictObject({
  scope: QualityScope,
  state: z.enum(['running', 'done', 'stopped', 'failed']),
  readCount: z.int(),
  /** Of the whole catalogue; of a branch what was met so far is all that is known. */
  totalCount: z.int(),
  startedAt: z.number(),
})
export type QualityProgress = z.infer<typeof QualityProgress>

const TagCount = z.strictObject({ tag: z.string(), count: z.int() })

export const qualityQueries = {
  ...batchQueries,
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
  /** What the surveys of this desk found, the latest and day by day. */
  'quality-report': route({
    ask: z.strictObject({ scope: QualityScope }),
    answer: z.strictObject({
      /** Null where none was begun since the program started. */
      progress: QualityProgress.nullable(),
      latest: QualityCounts.nullable(),
      /** The oldest first. */
      trend: z.array(QualityCounts),
    }),
    permission: 'review-records',
    audit: 'none',
    effect: 'none',
  }),
  'quality-run': route({
    ask: z.strictObject({ scope: QualityScope }),
    answer: nothing,
    permission: 'review-records',
    audit: 'desk',
    effect: 'desk',
  }),
  'quality-stop': route({
    ask: z.strictObject({ scope: QualityScope }),
    answer: nothing,
    permission: 'review-records',
    audit: 'desk',
    effect: 'desk',
  }),
  /** The first records that a rule objected to in the last survey of this run of the program. */
  'quality-list': route({
    ask: z.strictObject({
      scope: QualityScope,
      rule: z.string().regex(/^M\d{2}$/),
      limit: z.int().min(1).max(500),
    }),
    answer: z.strictObject({
      rows: z.array(
        z.strictObject({
          id: z.string(),
          title: z.string(),
          controlNumber: z.string().nullable(),
          isError: z.boolean(),
        }),
      ),
      total: z.int(),
    }),
    permission: 'review-records',
    audit: 'none',
    effect: 'none',
  }),
  /** Drafts of the last days by who wrote them: how many came back, and what for. */
  'cataloguer-quality': route({
    ask: z.strictObject({ days: z.int().min(1).max(3650) }),
    answer: z.array(
      z.strictObject({
        staffId: z.string(),
        staffName: z.string().nullable(),
        submittedCount: z.int(),
        /** Drafts with remarks of a reviewer. */
        returnedCount: z.int(),
        remarksCount: z.int(),
        /** Fields that reviewers remarked on, the most first: what to learn. */
        tags: z.array(TagCount),
        /** Rules (M ids) whose warnings were submitted, the most first. */
        warnings: z.array(z.strictObject({ rule: z.string(), count: z.int() })),
      }),
    ),
    permission: 'review-records',
    audit: 'asked',
    effect: 'none',
  }),
} as const
