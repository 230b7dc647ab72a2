/** Lines of files that other systems' desks wrote while they were offline. */
import { z } from 'zod'
import { EpochMs } from './words/calendar-date.ts'
import { BranchId, OfflineLineId, OperationId } from './words/ids.ts'

/** A line that was recorded here: a copy of its file, at another desk too, records it no more. */
export const OfflineLine = z.strictObject({
  id: OfflineLineId,
  operationId: OperationId,
  branchId: BranchId,
  /** By the clock of the desk that wrote the file. */
  happenedAt: EpochMs,
  recordedAt: EpochMs,
})
export type OfflineLine = z.infer<typeof OfflineLine>
