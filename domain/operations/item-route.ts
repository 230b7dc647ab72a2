/** Where an item goes that somebody has in hand. Rules R4, R6, T4, T7 of docs/rules.md. */
import { z } from 'zod'
import type { Facts } from '../facts.ts'
import type { Ctx } from '../operation.ts'
import { binFor } from '../policy/sorter-bins.ts'
import type { Item, Policy } from '../records.ts'
import type { BranchId } from '../words/ids.ts'

/** Where the item goes next: the largest thing on the screen. */
export const Route = z.strictObject({
  to: z.enum([
    'shelf',
    'hold-shelf',
    /** Into the kiosk `branchId`, which this branch loads (H13). */
    'kiosk',
    'transit',
    'workroom',
    'cataloguing',
    /** The facts are too old to be sure: aside until they are fresh, then once more. */
    'set-aside',
    'nowhere',
  ]),
  branchId: z.string().nullable(),
  shelf: z.string().nullable(),
  /** Of the sorter, where the library has one (R19). */
  bin: z.string().nullable().optional(),
})
export type Route = z.infer<typeof Route>

/** R19: the chute that takes it; a library without a sorter names none. */
export const sorted = ({ library }: Facts, item: Item, route: Route): Route =>
  library.sorterBins.length === 0
    ? route
    : {
        ...route,
        bin: binFor(library.sorterBins, { ...item, to: route.to, branchId: route.branchId }),
      }

/** For what is kept for nobody and is not on its way. */
export function homeRoute({ policy, library }: Facts, item: Item, ctx: Ctx): Route {
  if (item.isPlaceholder) return { to: 'cataloguing', branchId: null, shelf: null }
  if (item.state === 'withdrawn' || item.condition === 'damaged') {
    return { to: 'workroom', branchId: null, shelf: null }
  }
  return item.homeBranchId === ctx.branchId || isFloating(policy, library.id, item)
    ? { to: 'shelf', branchId: null, shelf: item.shelf }
    : { to: 'transit', branchId: item.homeBranchId, shelf: null }
}

/** T7: it stays where it is returned, within the library that owns it. */
const isFloating = ({ itemRules }: Policy, libraryId: string, item: Item): boolean =>
  itemRules.floatingTypes.includes(item.itemType) && item.ownerLibraryId === libraryId

const stateByRoute = {
  shelf: 'on-shelf',
  'hold-shelf': 'on-hold-shelf',
  transit: 'in-transit',
  // Until it is loaded.
  kiosk: 'in-transit',
  workroom: 'in-workroom',
  cataloguing: 'in-workroom',
  // As the city has it, whose facts are fresh: only the desk is in doubt.
  'set-aside': 'on-shelf',
  nowhere: 'on-shelf',
} as const satisfies Record<Route['to'], Item['state']>

/** What an item shows that now lies where `route` says, seen at this branch. */
export const whereBy = (route: Route, item: Item, ctx: Ctx): Partial<Omit<Item, 'id'>> => ({
  state: item.state === 'withdrawn' ? ('withdrawn' as const) : stateByRoute[route.to],
  atBranchId: ctx.branchId as BranchId,
  ...journeyAfter(item, route, ctx),
  // A floating item is at home where it lies; its shelf there nobody has told.
  ...(route.to === 'shelf' && item.homeBranchId !== ctx.branchId
    ? { homeBranchId: ctx.branchId as BranchId, shelf: null }
    : {}),
})

/** T4: a wrong arrival goes on, and is as late as it was. */
function journeyAfter(item: Item, { to, branchId }: Route, ctx: Ctx): Partial<Item> {
  if (to !== 'transit' && to !== 'kiosk') return { transitToBranchId: null, transitSentAt: null }
  const goesOn = item.state === 'in-transit' && item.transitToBranchId === branchId
  return {
    transitToBranchId: branchId as BranchId,
    transitSentAt: goesOn ? (item.transitSentAt ?? ctx.at) : ctx.at,
  }
}
