/** What a lending does to the holds on the item and of the reader. Rules H9, L16. */
import { patch } from '../change.ts'
import type { Change } from '../change.ts'
import type { Facts } from '../facts.ts'
import type { Hold } from '../hold-records.ts'
import { note } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { fits } from '../policy/hold-queue.ts'
import type { Item, Reader } from '../records.ts'
import { waitsAgain } from './trap-hold.ts'

/** H9: the hold that this item is kept for, or another of this reader that it would do for (P 49). */
function filledBy({ holds, reader }: Facts, item: Item): Hold | null {
  if (reader === null) return null
  if (holds.holdOfItem?.readerId === reader.id) return holds.holdOfItem
  return holds.openOfReader.find((hold) => fits(hold, item)) ?? null
}

const isOtherCopy = (hold: Hold, item: Item): boolean =>
  hold.trappedItemId !== null && hold.trappedItemId !== item.id

/** `hasIt`: the item is with the reader now, as far as is known. */
export function holdsAfterLending(
  facts: Facts,
  item: Item,
  reader: Reader,
  hasIt: boolean,
  ctx: Ctx,
): Change[] {
  const changes: Change[] = []
  const { holdOfItem } = facts.holds
  // L16: it waits again, at its place, and this item comes back to it.
  if (hasIt && holdOfItem !== null && holdOfItem.readerId !== reader.id) {
    changes.push(...waitsAgain(holdOfItem))
  }
  const filled = filledBy(facts, item)
  if (filled === null || filled.placedAt > ctx.at) return changes
  changes.push(
    patch('hold', filled.id, {
      state: 'collected',
      trappedItemId: item.id,
      closedAt: ctx.at,
      closeReason: filled.trappedItemId === item.id ? 'collected' : 'other-copy',
    }),
    patch('reader', filled.readerId, {}, { openHoldsCount: -1 }),
  )
  // The copy on the hold shelf is kept for nobody now: whoever clears the shelf is told where it goes.
  if (isOtherCopy(filled, item) && filled.trappedItemId !== null) {
    changes.push(patch('item', filled.trappedItemId, { heldForReaderId: null, holdId: null }))
  }
  return changes
}

/** H9: said, for the reader's other copy may stand on a hold shelf. */
export function fillFindings(facts: Facts, item: Item): Finding[] {
  const filled = filledBy(facts, item)
  if (filled === null) return []
  return [note(isOtherCopy(filled, item) ? 'hold-filled-by-other-copy' : 'hold-filled', 'H9')]
}
