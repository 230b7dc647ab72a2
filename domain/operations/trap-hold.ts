/** Keeping an item that turned up for who waits for it. Rules H7, H8, H10, H13 of docs/rules.md. */
import { z } from 'zod'
import { patch } from '../change.ts'
import type { Change } from '../change.ts'
import type { Facts } from '../facts.ts'
import type { Hold } from '../hold-records.ts'
import { alert } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import {
  canFillHolds,
  collectBy,
  firstFor,
  fits,
  keptInKioskUntil,
  keptUntil,
} from '../policy/hold-queue.ts'
import type { Branch, Calendar, Item } from '../records.ts'
import { CalendarDate } from '../words/calendar-date.ts'
import type { BranchId, ItemId } from '../words/ids.ts'
import { maskedName } from '../words/masked-name.ts'
import type { Route } from './item-route.ts'

/** What is printed on the slip in the item. */
export const HoldSlip = z.strictObject({
  id: z.string(),
  /** Masked; empty where this desk does not hold the reader. */
  reader: z.string(),
  /** The last four digits of the card; empty likewise. */
  cardTail: z.string(),
  pickupBranchId: z.string(),
  /** Null while it is on its way. */
  keepUntilOn: CalendarDate.nullable(),
})
export type HoldSlip = z.infer<typeof HoldSlip>

/**
 * `kept` it was kept for this hold before, or was lent past it · `trapped` the hold is filled now ·
 * `clash` people were told that it is kept for a hold that waits no more: null where the city never
 * took that hold on.
 */
export type Trapping =
  | { readonly is: 'none' }
  | { readonly is: 'kept' | 'trapped'; readonly hold: Hold }
  | { readonly is: 'clash'; readonly hold: Hold | null }

/**
 * H7, H8: the first of the queue, unless people were told already: then that one and no other.
 * `kept`: the hold that the item is kept for; none where it is being cleared away.
 */
export function trappingOf(facts: Facts, item: Item, kept: Hold | null, ctx: Ctx): Trapping {
  const { holdId: told } = ctx.promised
  const { waiting, hold } = facts.holds
  if (told === undefined) {
    if (!canFillHolds(item)) return { is: 'none' }
    if (kept !== null) return { is: 'kept', hold: kept }
    const first = firstFor(waiting, item, ctx.today)
    return first === null ? { is: 'none' } : { is: 'trapped', hold: first }
  }
  if (told === null) return { is: 'none' }
  if (kept?.id === told) return { is: 'kept', hold: kept }
  return hold?.id === told && hold.state === 'waiting' && fits(hold, item)
    ? { is: 'trapped', hold }
    : { is: 'clash', hold: hold?.id === told ? hold : null }
}

const holdIn = (trapping: Trapping): Hold | null => (trapping.is === 'none' ? null : trapping.hold)

/** The kiosk where it is collected; null where that is at a desk. */
export function kioskOf({ holds }: Facts, hold: Hold): Branch | null {
  const branch = holds.pickupBranches.get(hold.pickupBranchId)
  return branch?.kind === 'kiosk' ? branch : null
}

/** H10, H13: what moves the last day to collect it; null for a kiosk, which is never closed. */
export const keepersCalendar = (facts: Facts, hold: Hold): Calendar | null =>
  kioskOf(facts, hold) === null ? facts.calendar : null

/** H13: the branch that it must get to: of a kiosk, the one that loads it. */
export const carriedTo = (facts: Facts, hold: Hold): BranchId =>
  kioskOf(facts, hold)?.servedByBranchId ?? hold.pickupBranchId

/** To the hold shelf or the kiosk where it is collected; null where nobody is kept an item. */
export function holdRoute(facts: Facts, trapping: Trapping, ctx: Ctx): Route | null {
  if (trapping.is === 'none') return null
  const hold = holdIn(trapping)
  const to = hold === null ? ctx.branchId : carriedTo(facts, hold)
  if (hold !== null && to === ctx.branchId && to !== hold.pickupBranchId) {
    return { to: 'kiosk', branchId: hold.pickupBranchId, shelf: null }
  }
  return to === ctx.branchId
    ? { to: 'hold-shelf', branchId: null, shelf: null }
    : { to: 'transit', branchId: to, shelf: null }
}

/** What the item is kept for after it; only where that is news. */
export function keptFor(item: Item, trapping: Trapping): Partial<Omit<Item, 'id'>> {
  if (trapping.is === 'kept' || trapping.is === 'trapped') {
    const { id, readerId } = trapping.hold
    const isNews = item.holdId !== id || item.heldForReaderId !== readerId
    return isNews ? { holdId: id, heldForReaderId: readerId } : {}
  }
  return item.holdId === null ? {} : { holdId: null, heldForReaderId: null }
}

/** An item that this desk knows too little of. */
export const unkept = (itemId: ItemId): Change =>
  patch('item', itemId, { heldForReaderId: null, holdId: null })

/**
 * It stays where it is, and whoever clears the shelf is told where it goes. Where that is stands
 * beside it: an item that moved since is not kept again by an undo (U4).
 */
export function keptForNobody({ id, state, openLoanId, lastCheckInAt }: Item): Change {
  const where = { state, openLoanId, lastCheckInAt }
  return patch('item', id, { heldForReaderId: null, holdId: null, ...where })
}

/** The hold follows its item; the one it was kept for before waits again, at its old place. */
export function holdChanges(
  facts: Facts,
  item: Item,
  kept: Hold | null,
  trapping: Trapping,
  ctx: Ctx,
): Change[] {
  const hold = trapping.is === 'clash' ? null : holdIn(trapping)
  const changes: Change[] = []
  if (kept !== null && kept.id !== hold?.id) changes.push(...waitsAgain(kept))
  if (hold === null) return changes
  const isHere = hold.pickupBranchId === ctx.branchId
  const state = isHere ? 'on-shelf' : 'in-transit'
  if (trapping.is === 'kept' && hold.state === state) return changes
  const keepUntilOn = keepUntil(facts, hold, ctx)
  const seen = { state, trappedItemId: item.id, keepUntilOn } as const
  const trappedAt = hold.trappedItemId === item.id ? hold.trappedAt : ctx.at
  return [...changes, patch('hold', hold.id, { ...seen, trappedAt })]
}

/** H10, H13: counted anew from the day it gets to the hold shelf, or into the kiosk. */
function keepUntil(facts: Facts, hold: Hold, ctx: Ctx): CalendarDate | null {
  if (hold.pickupBranchId !== ctx.branchId) return null
  if (hold.state === 'on-shelf') return collectBy(hold, keepersCalendar(facts, hold))
  if (kioskOf(facts, hold) !== null) return keptInKioskUntil(facts.policy, ctx.today)
  return keptUntil(facts.policy, facts.calendar, ctx.today)
}

/** Its item went another way: it is first in line for the next one. */
export const waitsAgain = (hold: Hold): Change[] =>
  hold.state === 'waiting'
    ? []
    : [
        patch('hold', hold.id, {
          state: 'waiting',
          trappedItemId: null,
          trappedAt: null,
          keepUntilOn: null,
        }),
      ]

/** H7: nobody can be given it now; whoever it was kept for is first in line for another. */
export const keptNoMore = (facts: Facts, item: Item) => {
  const { holdOfItem } = facts.holds
  return {
    ofItem: keptFor(item, { is: 'none' }),
    ofHold: holdOfItem === null ? [] : waitsAgain(holdOfItem),
  }
}

export function slipOf(facts: Facts, trapping: Trapping, ctx: Ctx): HoldSlip | null {
  if (trapping.is === 'none' || trapping.is === 'clash') return null
  const { hold } = trapping
  const reader = facts.holds.readersByHold.get(hold.id) ?? null
  return {
    id: hold.id,
    reader: maskedName(reader?.name ?? ''),
    cardTail: reader?.cardNumber.slice(-4) ?? '',
    pickupBranchId: hold.pickupBranchId,
    keepUntilOn: keepUntil(facts, hold, ctx),
  }
}

/** R5, H7, H8: whom it is kept for, and where. */
export function trapFindings(facts: Facts, trapping: Trapping, ctx: Ctx): Finding[] {
  if (trapping.is === 'none') return []
  if (trapping.is === 'clash')
    return [alert('hold-filled-meanwhile', 'H8', { exception: 'hold-clash' })]
  const slip = slipOf(facts, trapping, ctx)
  if (trapping.hold.pickupBranchId === ctx.branchId) {
    const params = { reader: slip?.reader ?? '', until: slip?.keepUntilOn ?? '' }
    return [alert('hold-waiting', 'R5', { params })]
  }
  const branch = facts.holds.pickupBranches.get(trapping.hold.pickupBranchId)
  const params = { branchZh: branch?.nameZh ?? '', branchEn: branch?.nameEn ?? '' }
  if (kioskOf(facts, trapping.hold) === null)
    return [alert('hold-goes-to-branch', 'H7', { params })]
  const isLoadedHere = carriedTo(facts, trapping.hold) === ctx.branchId
  return [alert(isLoadedHere ? 'hold-for-kiosk' : 'hold-goes-to-kiosk', 'H13', { params })]
}

/** Whom the item is kept for; a hold that is filled or given up in the meantime keeps nothing. */
export function heldForReaderId(facts: Facts, item: Item): string | null {
  const { holdOfItem } = facts.holds
  if (holdOfItem !== null) return holdOfItem.readerId
  return item.holdId === null ? item.heldForReaderId : null
}
