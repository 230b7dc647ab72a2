/** A cash drawer from its opening to its count. */
import { z } from 'zod'
import { EpochMs } from './words/calendar-date.ts'
import { BranchId, DeviceId, StaffId, TillId } from './words/ids.ts'
import { PlainText } from './words/plain-text.ts'

const Fen = z.int().min(0).max(100_000_000)

/** One desk has one open till at most; a closed one is not changed. */
export const Till = z.strictObject({
  id: TillId,
  branchId: BranchId,
  deviceId: DeviceId,
  openedAt: EpochMs,
  openedBy: StaffId,
  /** What lay in it at the opening, for change. */
  floatFen: Fen,
  /** The float and the cash that this till took, less what it gave out; kept with each payment. */
  expectedFen: z.int(),
  closedAt: EpochMs.nullable(),
  closedBy: StaffId.nullable(),
  countedFen: Fen.nullable(),
  /** Why the count differs. */
  note: PlainText(200).nullable(),
})
export type Till = z.infer<typeof Till>
