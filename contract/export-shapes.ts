/** Export from a screen: what is chosen, how far it is, and the file piece by piece. */
import { z } from 'zod'
import { CalendarDate } from '../domain/words/calendar-date.ts'
import { nothing, route } from './route.ts'

/** A list somebody pastes; the command line reads one of any length. */
export const EXPORT_NUMBERS_MAX = 20_000

const ExportSelection = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('all') }),
  z.strictObject({ of: z.literal('query'), text: z.string().trim().min(1).max(400) }),
  z.strictObject({
    of: z.literal('numbers'),
    numbers: z.array(z.string().min(1).max(64)).min(1).max(EXPORT_NUMBERS_MAX),
  }),
  /** Records that this desk heard a change of since the beginning of that day. */
  z.strictObject({ of: z.literal('changes'), sinceOn: CalendarDate }),
])
export type ExportSelection = z.infer<typeof ExportSelection>

const ExportChoices = z.strictObject({
  format: z.enum(['iso2709', 'marcxml', 'csv']),
  encoding: z.enum(['utf-8', 'gb18030', 'gbk']),
  /** A table has no profile; for it, this says nothing. */
  profile: z.enum(['as-held', 'cnmarc', 'marc21']),
})
export type ExportChoices = z.infer<typeof ExportChoices>

const JobId = z.string().regex(/^[A-Za-z0-9-]{8,64}$/)

export const ExportProgress = z.strictObject({
  jobId: z.string(),
  /** The name it will be kept under. */
  file: z.string(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  exported: z.int(),
  /** Titles to look at; null where only the end tells. */
  totalCount: z.int().nullable(),
  bytes: z.number(),
  refusedCount: z.int(),
  /** The first 200, as the lists below. */
  refused: z.array(
    z.strictObject({
      controlNumber: z.string().nullable(),
      reason: z.string(),
      tag: z.string().nullable(),
      /** Those that the encoding lacks. */
      characters: z.string(),
    }),
  ),
  lossCount: z.int(),
  losses: z.array(
    z.strictObject({
      controlNumber: z.string().nullable(),
      field: z.string(),
      reason: z.string(),
    }),
  ),
  unknownCount: z.int(),
  unknown: z.array(z.string()),
  /** Epoch ms where changes were asked for since an earlier time: then every title was taken. */
  changesKnownSince: z.number().nullable(),
  /** Of changes: records that left, told to whoever keeps the same records. */
  goneCount: z.int(),
  gone: z.array(
    z.strictObject({
      controlNumber: z.string().nullable(),
      title: z.string().nullable(),
      isMerged: z.boolean(),
      mergedIntoControlNumber: z.string().nullable(),
    }),
  ),
  /** Epoch ms where leavings are known only from then on; else null. */
  goneKnownSince: z.number().nullable(),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
})
export type ExportProgress = z.infer<typeof ExportProgress>

export const exportRequests = {
  /** The page names the job: asked again after a broken connection, it is the same one. */
  'export-start': route({
    ask: z.strictObject({ jobId: JobId, selection: ExportSelection, ...ExportChoices.shape }),
    answer: nothing,
    permission: 'edit-catalogue',
    audit: 'desk',
    effect: 'desk',
  }),
  'export-cancel': route({
    ask: z.strictObject({ jobId: JobId }),
    answer: nothing,
    permission: 'edit-catalogue',
    audit: 'desk',
    effect: 'desk',
  }),
  /** At most 256 KiB decoded a piece; null where the file is kept no more. */
  'export-piece': route({
    ask: z.strictObject({ jobId: JobId, offset: z.int().min(0) }),
    answer: z.strictObject({ chunkBase64: z.string(), isLast: z.boolean() }).nullable(),
    permission: 'edit-catalogue',
    audit: 'desk',
    effect: 'none',
  }),
  /** Those of this run of the engine, the newest first. */
  'export-jobs': route({
    ask: nothing,
    answer: z.array(ExportProgress),
    permission: 'edit-catalogue',
    audit: 'none',
    effect: 'none',
  }),
} as const
