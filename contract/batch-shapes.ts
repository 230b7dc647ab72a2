/** One correction of many records: chosen, looked at, made, taken back. */
import { z } from 'zod'
import { BibContent } from '../domain/cataloguing-records.ts'
import { BatchFix } from '../domain/marc/batch-fix.ts'
import { Title } from '../domain/records.ts'
import { nothing, route } from './route.ts'

/** More are a second batch: what is looked at by a person has an end. */
export const BATCH_MAX = 10_000

const BatchId = z.string().regex(/^[A-Za-z0-9-]{8,40}$/)

/** Which records are looked at; the fix then says which of them it would change. */
export const BatchSelection = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('search'), text: z.string().min(1).max(400) }),
  /** All that a rule of quality objects to. */
  z.strictObject({ by: z.literal('rule'), rule: z.string().regex(/^M\d{2}$/) }),
  /** Control numbers and ISBNs. */
  z.strictObject({
    by: z.literal('numbers'),
    numbers: z.array(z.string().min(1).max(60)).min(1).max(BATCH_MAX),
  }),
])
export type BatchSelection = z.infer<typeof BatchSelection>

export const BatchJob = z.strictObject({
  batchId: BatchId,
  fix: BatchFix,
  state: z.enum([
    'looking',
    'ready',
    'running',
    /** By a person, a full disk, or the end of the program: what is left can be made. */
    'stopped',
    'done',
    'undoing',
    'undone',
    'failed',
  ]),
  /** Records looked at. */
  lookedCount: z.int(),
  /** Those of them that the fix would change, the excluded among them. */
  changingCount: z.int(),
  /** There are more than a batch holds. */
  isCut: z.boolean(),
  excludedCount: z.int(),
  /** Gone through so far, of `changingCount` less `excludedCount`. */
  doneCount: z.int(),
  correctedCount: z.int(),
  restoredCount: z.int(),
  /** Changed since, and so not taken back: the first 100. */
  kept: z.array(z.strictObject({ id: z.string(), title: z.string() })),
  keptCount: z.int(),
  startedAt: z.number(),
})
export type BatchJob = z.infer<typeof BatchJob>

const named = z.strictObject({ batchId: BatchId })
const fields = BibContent.shape.fields

export const batchQueries = {
  /** Begins to look for the records; `batch-jobs` tells how far it is. */
  'batch-look': route({
    ask: z.strictObject({
      batchId: BatchId,
      selection: BatchSelection,
      /** Null: any. */
      kind: Title.shape.kind.nullable(),
      fix: BatchFix,
    }),
    answer: nothing,
    permission: 'review-records',
    audit: 'desk',
    effect: 'desk',
  }),
  /** The newest first. */
  'batch-jobs': route({
    ask: nothing,
    answer: z.array(BatchJob),
    permission: 'review-records',
    audit: 'none',
    effect: 'none',
  }),
  /** What the fix would do, record by record. */
  'batch-rows': route({
    ask: z.strictObject({
      batchId: BatchId,
      from: z.int().min(0),
      limit: z.int().min(1).max(200),
    }),
    answer: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        controlNumber: z.string().nullable(),
        tags: z.array(z.strictObject({ tag: z.string(), before: fields, after: fields })),
      }),
    ),
    permission: 'review-records',
    audit: 'none',
    effect: 'none',
  }),
  /** Makes it, but to those left out; what was begun goes on. */
  'batch-start': route({
    ask: named.extend({ excluded: z.array(z.string().max(80)).max(BATCH_MAX) }),
    answer: nothing,
    permission: 'review-records',
    audit: 'desk',
    effect: 'desk',
  }),
  'batch-stop': route({
    ask: named,
    answer: nothing,
    permission: 'review-records',
    audit: 'desk',
    effect: 'desk',
  }),
  'batch-undo': route({
    ask: named,
    answer: nothing,
    permission: 'review-records',
    audit: 'desk',
    effect: 'desk',
  }),
} as const
