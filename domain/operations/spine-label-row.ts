/** What becomes of a spine label when its item is made or its call number changes. Rules C50, C51. */
import { put } from '../change.ts'
import type { Change } from '../change.ts'
import type { Item } from '../records.ts'
import type { SpineLabel } from '../shelf-records.ts'
import type { EpochMs } from '../words/calendar-date.ts'

const newLabel = (item: Item, dueAt: EpochMs): SpineLabel => ({
  id: item.id,
  branchId: item.homeBranchId,
  printed: null,
  printedAt: null,
  printsCount: 0,
  isDue: true,
  dueAt,
})

/** C50: without a call number there is nothing to print. */
export const labelOfNew = (item: Item, at: EpochMs): Change[] =>
  item.callNumber === null ? [] : [put('spine-label', newLabel(item, at))]

/**
 * C51: the spine says what the item was called before. `item`: as it is now. An item that was labelled
 * before this program has no label here; it is due all the same.
 */
export function labelAfterEdit(item: Item, label: SpineLabel | null, at: EpochMs): Change[] {
  const isDue = item.callNumber !== null && item.callNumber !== label?.printed
  if (label === null) return isDue ? [put('spine-label', newLabel(item, at))] : []
  if (label.isDue === isDue) return []
  return [put('spine-label', { ...label, isDue, dueAt: isDue ? at : label.dueAt })]
}
