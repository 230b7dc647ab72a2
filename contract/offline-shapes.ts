/** Another system's offline file on its way in: what it holds, and what became of it. */
import { z } from 'zod'
import { FindingShape } from './desk-api.ts'

/** Why a file is not taken at all; the words are in renderer/language. */
export const OfflineRefusal = z.enum([
  'empty',
  'too-large',
  'too-many-lines',
  'not-offline-file',
  'koc-version',
])
export type OfflineRefusal = z.infer<typeof OfflineRefusal>

/**
 * Before it is carried out: `fits`, or `clashes` where rules are broken and an exception is to be
 * expected. Afterwards: `recorded`, `recorded-broken`. Never recorded again: `repeated`. Not recorded:
 * `not-taken` (understood, nothing this desk can do) and `unusable` (cannot be read).
 */
export const OfflineOutcome = z.enum([
  'fits',
  'clashes',
  'recorded',
  'recorded-broken',
  'repeated',
  'not-taken',
  'unusable',
])
export type OfflineOutcome = z.infer<typeof OfflineOutcome>

export const OfflineRow = z.strictObject({
  line: z.int(),
  is: z.enum(['check-out', 'check-in', 'renewal', 'in-house', 'payment', 'not-taken', 'unusable']),
  outcome: OfflineOutcome,
  barcode: z.string().nullable(),
  card: z.string().nullable(),
  amountFen: z.int().nullable(),
  /** By the file. */
  happenedAt: z.number().nullable(),
  /** Of `not-taken` and `unusable`. */
  reason: z.string().nullable(),
  findings: z.array(FindingShape),
  operationId: z.string().nullable(),
})
export type OfflineRow = z.infer<typeof OfflineRow>

const Labels = z.strictObject({ count: z.int(), first: z.array(z.string()) })

export const OfflineFile = z.strictObject({
  fileId: z.string(),
  name: z.string(),
  /** `ready`: looked through, waits for the word. */
  state: z.enum(['checking', 'ready', 'refused', 'recording', 'done', 'stopped', 'failed']),
  refusal: OfflineRefusal.nullable(),
  isCutOff: z.boolean(),
  linesCount: z.int(),
  checkOutsCount: z.int(),
  checkInsCount: z.int(),
  renewalsCount: z.int(),
  usesCount: z.int(),
  paymentsCount: z.int(),
  paymentsFen: z.int(),
  /** Lines by what becomes of them. */
  counts: z.record(OfflineOutcome, z.int()),
  firstAt: z.number().nullable(),
  lastAt: z.number().nullable(),
  /** Labels and cards that this desk does not know. */
  unknownBarcodes: Labels,
  unknownCards: Labels,
  /** When the first of the repeated lines was recorded. */
  repeatedSince: z.number().nullable(),
  doneCount: z.int(),
  /** Rows that a person must look at, the first 500 of `rowsCount`. */
  rows: z.array(OfflineRow),
  rowsCount: z.int(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
})
export type OfflineFile = z.infer<typeof OfflineFile>

export const OfflineProgress = OfflineFile.pick({
  fileId: true,
  state: true,
  doneCount: true,
  linesCount: true,
  startedAt: true,
})
export type OfflineProgress = z.infer<typeof OfflineProgress>
