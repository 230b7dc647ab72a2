/** What screens are told of holds. */
import { z } from 'zod'
import { Hold } from '../domain/hold-records.ts'
import { Branch, Item } from '../domain/records.ts'
import { TitleRow } from './row-shapes.ts'

const HeldRow = z.strictObject({
  hold: Hold.nullable(),
  item: Item.nullable(),
  title: TitleRow.nullable(),
  /** Masked; null where this desk does not hold the reader. */
  reader: z.strictObject({ name: z.string(), cardTail: z.string() }).nullable(),
})

export const PullList = z.strictObject({ rows: z.array(HeldRow) })

export const HoldShelf = z.strictObject({
  rows: z.array(
    HeldRow.extend({
      /** `unheld`: kept for nobody · `missing`: kept, and the item is somewhere else. */
      state: z.enum(['expired', 'unheld', 'missing', 'kept', 'to-load']),
      /** The kiosk that it is in, or goes into; null for the shelf of this branch. */
      kioskId: z.string().nullable(),
    }),
  ),
  toClearCount: z.int(),
})

export const ReaderHolds = z.strictObject({
  rows: z.array(
    z.strictObject({
      hold: Hold,
      title: TitleRow.nullable(),
      pickupBranch: Branch.nullable(),
      /** From 1; null where an item is kept already. */
      position: z.int().min(1).nullable(),
      isPassedOver: z.boolean(),
    }),
  ),
})
