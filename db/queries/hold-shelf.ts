/**
 * The hold shelf of this branch and the kiosks that it loads: what nobody collected, what nobody
 * waits for, what is kept, and what is to be loaded.
 */
import type { Hold } from '../../domain/hold-records.ts'
import { isShelfExpired } from '../../domain/policy/hold-queue.ts'
import type { CalendarDate } from '../../domain/words/calendar-date.ts'
import { collectedByNow } from './collected-by-now.ts'
import { heldRows } from './held-row.ts'
import type { HeldRow } from './held-row.ts'
import type { AskedAt, Stores } from './stores.ts'

const ROWS_MAX = 500

const states = ['expired', 'unheld', 'missing', 'to-load', 'kept'] as const
export interface ShelfRow extends HeldRow {
  /**
   * `expired` not collected in time · `unheld` on the shelf, and kept for nobody · `missing` kept, and
   * the item is somewhere else · `kept` waits to be collected · `to-load` here, and not yet in its kiosk.
   */
  readonly state: (typeof states)[number]
  /** The kiosk that it is in, or goes into; null for the shelf of this branch. */
  readonly kioskId: string | null
}

export function holdShelf(
  stores: Stores,
  _ask: unknown,
  { today }: AskedAt,
): { readonly rows: readonly ShelfRow[]; readonly toClearCount: number } {
  const branchId = stores.outbox.identity()?.branchId ?? ''
  const { rows } = stores.replica
  const kioskIds = rows
    .select('branch', 'WHERE servedByBranchId = ? ORDER BY id', branchId)
    .map(({ id }) => id as string)
  const places = [null, ...kioskIds]
  const holds = [
    ...[branchId, ...kioskIds].flatMap((id) => holdsAt(stores, 'on-shelf', id)),
    ...kioskIds.flatMap((id) => holdsAt(stores, 'in-transit', id)),
  ].map((hold) => collectedByNow(rows, hold))
  const known = holds.map((hold) => ({
    hold,
    item: stores.replica.row('item', hold.trappedItemId ?? ''),
  }))
  // What is still on its way here is no work yet.
  const kept = known.filter(
    ({ hold, item }) =>
      hold.state === 'on-shelf' || item?.transitToBranchId === hold.pickupBranchId,
  )
  const keptIds = new Set<string>(kept.flatMap(({ hold }) => hold.trappedItemId ?? []))
  const unheld = rows
    .select(
      'item',
      `WHERE state = 'on-hold-shelf' AND atBranchId = ? ORDER BY id LIMIT ${ROWS_MAX}`,
      branchId,
    )
    .filter(({ id }) => !keptIds.has(id))
    .map((item) => ({ hold: null, item }))
  const shelf = heldRows(stores, [...kept, ...unheld]).map((held): ShelfRow => {
    const placeId = (held.hold ?? lastHoldOf(stores, held.item?.id ?? ''))?.pickupBranchId ?? null
    return {
      ...held,
      state: stateOf(held, today),
      kioskId: placeId !== null && kioskIds.includes(placeId) ? placeId : null,
    }
  })
  return {
    rows: places.flatMap((place) =>
      states.flatMap((state) =>
        shelf.filter((one) => one.kioskId === place && one.state === state),
      ),
    ),
    toClearCount: shelf.filter(({ state }) => state === 'expired' || state === 'unheld').length,
  }
}

const holdsAt = ({ replica }: Stores, state: Hold['state'], branchId: string): readonly Hold[] =>
  replica.rows.select(
    'hold',
    `WHERE state = ? AND pickupBranchId = ? ORDER BY keepUntilOn, id LIMIT ${ROWS_MAX}`,
    state,
    branchId,
  )

/** For whom it was kept before: that tells where it is. */
const lastHoldOf = ({ replica }: Stores, itemId: string): Hold | null =>
  replica.rows.select(
    'hold',
    'WHERE trappedItemId = ? ORDER BY trappedAt DESC LIMIT 1',
    itemId,
  )[0] ?? null

function stateOf({ hold, item }: HeldRow, today: CalendarDate): ShelfRow['state'] {
  if (hold === null) return 'unheld'
  if (hold.state === 'in-transit') return 'to-load'
  if (item !== null && item.state !== 'on-hold-shelf') return 'missing'
  return isShelfExpired(hold, null, today) ? 'expired' : 'kept'
}
