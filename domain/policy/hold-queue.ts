/** The order in which holds are filled. Rules H6, H7, H10, N7. */
import type { Hold } from '../hold-records.ts'
import type { Calendar, Item, Policy } from '../records.ts'
import { addDays } from '../words/calendar-date.ts'
import type { CalendarDate } from '../words/calendar-date.ts'
import { openDayFrom } from './calendar.ts'

/** H6: the greater priority, then who waited longer. The place in it is a hold's position, from 1. */
export const inQueue = (holds: readonly Hold[]): readonly Hold[] =>
  holds
    .filter(({ state }) => state === 'waiting')
    .toSorted(
      (one, other) =>
        other.priority - one.priority ||
        one.placedAt - other.placedAt ||
        (one.id < other.id ? -1 : 1),
    )

/** H6: it keeps its place meanwhile. */
export const isPassedOver = (
  { suspendedUntilOn, neededByOn }: Pick<Hold, 'suspendedUntilOn' | 'neededByOn'>,
  today: CalendarDate,
): boolean =>
  (suspendedUntilOn !== null && suspendedUntilOn >= today) ||
  (neededByOn !== null && neededByOn < today)

const gone: ReadonlySet<Item['state']> = new Set([
  'lost',
  'missing',
  'claimed-returned',
  'withdrawn',
])

/** H1: what is gone, or nobody has seen, is nothing to wait for. */
export const canBeWaitedFor = ({ isForLoan, state }: Item): boolean => isForLoan && !gone.has(state)

/** H7: what turns up, wherever it was before; what no reader can be given fills no hold. */
export const canFillHolds = (item: Item): boolean =>
  item.isForLoan && !item.isPlaceholder && item.state !== 'withdrawn' && item.condition === 'good'

/** H7: it is an item that the hold waits for. */
export const fits = (hold: Hold, item: Item): boolean =>
  hold.itemId === null ? hold.titleId === item.titleId : hold.itemId === item.id

/** H7: for whom an item is kept that turns up today. */
export const firstFor = (waiting: readonly Hold[], item: Item, today: CalendarDate): Hold | null =>
  canFillHolds(item)
    ? (inQueue(waiting).find((hold) => fits(hold, item) && !isPassedOver(hold, today)) ?? null)
    : null

/** A copy that stands on its shelf, kept for nobody. */
export const isFreeOnShelf = (item: Item): boolean =>
  item.state === 'on-shelf' &&
  item.openLoanId === null &&
  item.heldForReaderId === null &&
  item.holdId === null &&
  canFillHolds(item)

/** H10: the last day on the hold shelf, never one on which the doors are closed. */
export const keptUntil = (policy: Policy, calendar: Calendar, today: CalendarDate): CalendarDate =>
  openDayFrom(calendar, addDays(today, policy.holds.keepDays))

/** H13: a kiosk is never closed. */
export const keptInKioskUntil = (policy: Policy, today: CalendarDate): CalendarDate =>
  addDays(today, policy.holds.keepDays)

/**
 * H10: the last day to collect it by the calendar as it is now: a closure declared since moves it.
 * `calendar`: of the library that keeps it; null for a kiosk, which is never closed (H13).
 */
export const collectBy = ({ keepUntilOn }: Hold, calendar: Calendar | null): CalendarDate | null =>
  keepUntilOn === null || calendar === null ? keepUntilOn : openDayFrom(calendar, keepUntilOn)

/** H10 */
export function isShelfExpired(
  hold: Hold,
  calendar: Calendar | null,
  today: CalendarDate,
): boolean {
  const lastDay = collectBy(hold, calendar)
  return lastDay !== null && lastDay < today
}

/**
 * N7: those who wait for this item while no copy on a shelf could be given to them instead. `copies`
 * are of the item's title, as far as they are known.
 */
export function neededForHolds(
  item: Item,
  waiting: readonly Hold[],
  copies: readonly Item[],
  today: CalendarDate,
): readonly Hold[] {
  const free = copies.filter((copy) => copy.id !== item.id && isFreeOnShelf(copy))
  return inQueue(waiting).filter((hold) => {
    if (!fits(hold, item) || isPassedOver(hold, today)) return false
    const at = free.findIndex((copy) => fits(hold, copy))
    if (at === -1) return true
    free.splice(at, 1)
    return false
  })
}

export interface Allotted {
  readonly hold: Hold
  readonly item: Item
}

/**
 * H12: which copy each waiting hold asks for, each copy once: one of the pick-up branch where there
 * is one, else the first by branch and id, so that all desks come to the same. Who was looked for in
 * vain is not asked again. `servedBy`: of each kiosk the branch that loads it; it has no shelves.
 */
export function allotCopies(
  waiting: readonly Hold[],
  copies: readonly Item[],
  today: CalendarDate,
  servedBy: ReadonlyMap<string, string> = new Map(),
): readonly Allotted[] {
  const free = copies
    .filter(isFreeOnShelf)
    .toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1))
  return inQueue(waiting).flatMap((hold) => {
    if (isPassedOver(hold, today)) return []
    const suits = (item: Item): boolean => fits(hold, item) && !hold.missedItemIds.includes(item.id)
    const place = servedBy.get(hold.pickupBranchId) ?? hold.pickupBranchId
    const near = free.findIndex((item) => suits(item) && item.atBranchId === place)
    const at = near === -1 ? free.findIndex(suits) : near
    const [item] = at === -1 ? [] : free.splice(at, 1)
    return item === undefined ? [] : [{ hold, item }]
  })
}

const placeOf = ({ atBranchId, id }: Item): string => `${atBranchId} ${id}`
