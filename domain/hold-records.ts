/**
 * A reader waits for a title, or for one item of it. The whole city knows every hold, for any branch
 * takes the item back: so it names its reader by id and holds nothing personal
 * (docs/decisions/0013).
 */
import { z } from 'zod'
import { CalendarDate, EpochMs } from './words/calendar-date.ts'
import { BranchId, HoldId, ItemId, ReaderId, TitleId } from './words/ids.ts'

export const HoldState = z.enum([
  'waiting',
  'in-transit',
  'on-shelf',
  'collected',
  'cancelled',
  'expired',
])
export type HoldState = z.infer<typeof HoldState>

export const HOLD_PRIORITY_MAX = 9
export const MISSED_ITEMS_MAX = 20

export const Hold = z.strictObject({
  id: HoldId,
  titleId: TitleId,
  /** Null: any item of the title will do. */
  itemId: ItemId.nullable(),
  readerId: ReaderId,
  pickupBranchId: BranchId,
  placedAt: EpochMs,
  placedBranchId: BranchId,
  /** 0 unless staff raised it; the greater goes first (H6). */
  priority: z.int().min(0).max(HOLD_PRIORITY_MAX),
  /** Passed over through this day; `9999-12-31` where no end is set. */
  suspendedUntilOn: CalendarDate.nullable(),
  /** Passed over after this day. */
  neededByOn: CalendarDate.nullable(),
  state: HoldState,
  /** The item kept for it; of a closed one, the item that filled it. */
  trappedItemId: ItemId.nullable(),
  trappedAt: EpochMs.nullable(),
  /** On the hold shelf through this day; null before it is there. */
  keepUntilOn: CalendarDate.nullable(),
  /** Looked for and not on their shelves: the pull list asks for another copy (H12). */
  missedItemIds: z.array(ItemId).max(MISSED_ITEMS_MAX),
  closedAt: EpochMs.nullable(),
  closeReason: z
    .enum(['collected', 'other-copy', 'by-reader', 'by-library', 'not-collected'])
    .nullable(),
})
export type Hold = z.infer<typeof Hold>
