/** What a lending does to the holds on the item and of the reader. Rules H9, L16. */
import { patch } from '../change.ts'
import type { Change } from '../change.ts'
import type { Facts } from '../facts.ts'
import type { Hold } from '../hold-records.ts'
import { placeInHistory } from '../item-history.ts'
import { note } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { fits } from '../policy/hold-queue.ts'
import type { Item, Reader } from '../records.ts'
import { isWithReader } from './lending-claim.ts'
import type { Claim } from './lending-claim.ts'
import { keptForNobody, unkept, waitsAgain } from './trap-hold.ts'

/**
 * H9: the hold that this item is kept for, or another of this reader that it would do for (P 49). What
 * was placed after the lending waits on; but an item in the reader's hands is kept for them no more,
 * whatever the clock of the desk said.
 */
function filledBy({ holds, reader }: Facts, item: Item, hasIt: boolean, ctx: Ctx): Hold | null {
  if (reader === null) return null
  const { holdOfItem, openOfReader } = holds
  if (hasIt && holdOfItem?.readerId === reader.id) return holdOfItem
  const isEarlier = ({ placedAt }: Hold): boolean => placedAt <= placeInHistory(ctx)
  if (holdOfItem?.readerId === reader.id && isEarlier(holdOfItem)) return holdOfItem
  return openOfReader.find((hold) => fits(hold, item) && isEarlier(hold)) ?? null
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
  const filled = filledBy(facts, item, hasIt, ctx)
  if (filled === null) return changes
  changes.push(
    patch('hold', filled.id, {
      state: 'collected',
      trappedItemId: item.id,
      closedAt: ctx.at,
      closeReason: filled.trappedItemId === item.id ? 'collected' : 'other-copy',
    }),
    patch('reader', filled.readerId, {}, { openHoldsCount: -1 }),
  )
  const { trappedItemId } = filled
  const isOnShelf = isOtherCopy(filled, item) || !hasIt
  if (trappedItemId !== null && isOnShelf) {
    const kept = trappedItemId === item.id ? item : facts.holds.itemsOfReader.get(filled.id)
    changes.push(kept === undefined ? unkept(trappedItemId) : keptForNobody(kept))
  }
  return changes
}

/** H9: said, for the reader's other copy may stand on a hold shelf. */
export function fillFindings(facts: Facts, item: Item, claim: Claim, ctx: Ctx): Finding[] {
  if (claim.is === 'same-reader') return []
  const filled = filledBy(facts, item, isWithReader(claim), ctx)
  if (filled === null) return []
  return [note(isOtherCopy(filled, item) ? 'hold-filled-by-other-copy' : 'hold-filled', 'H9')]
}
