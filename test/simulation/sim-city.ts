/** The city of one seed: few items and few readers, so that everyone meets over them. */
import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import {
  BRANCH,
  NOW,
  OTHER_BRANCH,
  TODAY,
  aBranch,
  aFee,
  aReader,
  aSchemes,
  aStaff,
  aTitle,
  anItem,
  theCity,
  KIOSK,
  aKiosk,
} from '../builders/city.ts'
import { NUMBERED_TITLES } from './shelf-acts.ts'
import type { Random } from './random.ts'
import type { Swarm } from './swarm.ts'

export const START = NOW
const THIRD_BRANCH = 'branch-luohu'
const OWING = 'reader-1'

/** Limits count them apart. */
const kindsOfItem = [{}, {}, { language: 'eng' }, { itemType: 'av' }] as const

export interface SimCity {
  readonly branchIds: readonly string[]
  /** Where a hold may be collected: the branches, and a kiosk that the first of them loads. */
  readonly pickupIds: readonly string[]
  readonly items: readonly { readonly id: string; readonly barcode: string }[]
  readonly readers: readonly { readonly id: string; readonly card: string }[]
  readonly seed: readonly Change[]
  /** How many of the labels and cards that are scanned nobody knows. */
  readonly strangeness: number
  /** Its work is in the cataloguing rooms: among all else that work would seldom meet. */
  readonly isCataloguing: boolean
}

export const HEAD = 'staff-lin'
export const CLERK = 'staff-chen'

export function simCity(
  random: Random,
  { branchesCount, itemsCount, readersCount }: Swarm,
  isCataloguing: boolean,
): SimCity {
  const branchIds = [BRANCH, OTHER_BRANCH, THIRD_BRANCH].slice(0, branchesCount)
  const items = numbered(itemsCount, (n) => ({ id: `item-${n}`, barcode: `0440051000000${n}` }))
  const readers = numbered(readersCount, (n) => ({ id: `reader-${n}`, card: `044005000010${n}` }))
  const seed = [
    ...theCity(),
    put('branch', aKiosk()),
    put('branch', aBranch({ id: THIRD_BRANCH, nameZh: '罗湖分馆', nameEn: 'Luohu Branch' })),
    put('staff', aStaff({ id: HEAD, role: 'branch-head', branchIds })),
    put('staff', aStaff({ id: CLERK, username: 'chen', branchIds })),
    ...NUMBERED_TITLES.map((id) => put('title', aTitle({ id, controlNumber: `sim-${id}` }))),
    put('number-schemes', aSchemes()),
    ...items.map((item, index) => {
      const home = random.pick(branchIds)
      const kind = kindsOfItem[index % kindsOfItem.length]
      return put('item', anItem({ ...item, ...kind, homeBranchId: home, atBranchId: home }))
    }),
    ...readers.map(({ id, card }) => {
      const activeAt = branchIds
        .filter(() => random.chance(0.5))
        .map((branchId) => ({ branchId, lastOn: TODAY }))
      // Nearly at what a card may have, so that limits are met.
      const feesOwedFen = id === OWING ? 90 : 0
      return put('reader', aReader({ id, cardNumber: card, activeAt, feesOwedFen }))
    }),
    // Owed from the start, so that two desks meet over it.
    put('fee', aFee({ readerId: OWING, loanId: null, itemId: null })),
  ]
  const pickupIds = [...branchIds, KIOSK]
  const strangeness = random.pick([0.05, 0.05, 0.4])
  return { branchIds, pickupIds, items, readers, seed, strangeness, isCataloguing }
}

const numbered = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index + 1))
