/** What stays with an exception from the moment that it was opened. */
import { z } from 'zod'
import { EpochMs } from './words/calendar-date.ts'
import { BranchId, OperationId } from './words/ids.ts'

/** The last of them are kept beside the exception; the log has all. */
export const EXCEPTION_COMMENTS_MAX = 20
export const EVIDENCE_FINDINGS_MAX = 10

/** What the desk knew when it acted, and what the city found: kept as it was at the opening. */
export const Evidence = z.strictObject({
  /** Who performed the operation. */
  staffId: z.string().max(80),
  /** Age of the desk's facts; null where it had none, or was too old a program to tell. */
  factsAgeMs: z.number().min(0).nullable(),
  policyVersion: z.int().min(0),
  /** How far the desk had read the feed of its branch. */
  baseCursor: z.int().min(0),
  isClockSuspect: z.boolean(),
  findings: z
    .array(
      z.strictObject({
        code: z.string().max(60),
        rule: z.string().max(8),
        params: z.record(z.string().max(40), z.union([z.string().max(500), z.number()])),
      }),
    )
    .max(EVIDENCE_FINDINGS_MAX),
  /** The operation it clashes with, where the city knows it. */
  other: z
    .strictObject({
      operationId: OperationId,
      staffId: z.string().max(80),
      branchId: BranchId,
      at: EpochMs,
    })
    .nullable(),
})
export type Evidence = z.infer<typeof Evidence>
