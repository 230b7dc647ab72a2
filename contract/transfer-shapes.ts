/** What travels between branches, as the screen lists it. */
import { z } from 'zod'
import { Item } from '../domain/records.ts'
import { TitleRow } from './row-shapes.ts'

const TransferRow = z.strictObject({
  item: Item,
  title: TitleRow.nullable(),
  /** Whole days since it was sent; null where nobody wrote it down. */
  days: z.int().min(0).nullable(),
  isLate: z.boolean(),
})

const list = z.strictObject({ rows: z.array(TransferRow), total: z.int() })

export const Transfers = z.strictObject({
  /** The longest on its way first. */
  here: list,
  /** Last seen here, going elsewhere. */
  sent: list,
  /** Of both, those that are late (T6). */
  late: list,
})
