/** The hold shelf of this branch: what nobody collected, what nobody waits for, what is kept. */
import { isShelfExpired } from '../../domain/policy/hold-queue.ts'
import type { CalendarDate } from '../../domain/words/calendar-date.ts'
import { heldRows } from './held-row.ts'
import type { HeldRow } from './held-row.ts'
import type { AskedAt, Stores } from './stores.ts'

const ROWS_MAX = 500

const states = ['expired', 'unheld', 'missing', 'kept'] as const
export interface ShelfRow extends HeldRow {
  /**
   * `expired` not collected in time · `unheld` on the shelf, and kept for nobody · `missing` kept, and
   * the item is somewhere else · `kept` waits to be collected.
   */
  readonly state: (typeof states)[number]
}

export function holdShelf(
  stores: Stores,
  _ask: unknown,
  { today }: AskedAt,
): { readonly rows: readonly ShelfRow[]; readonly toClearCount: number } {
  const branchId = stores.outbox.identity()?.branchId ?? ''
  const { rows, row } = stores.replica
  const holds = rows.select(
    'hold',
    `WHERE state = 'on-shelf' AND pickupBranchId = ? ORDER BY keepUntilOn, id LIMIT ${ROWS_MAX}`,
    branchId,
  )
  const kept = holds.map((hold) => ({ hold, item: row('item', hold.trappedItemId ?? '') }))
  const keptIds = new Set<string>(holds.flatMap(({ trappedItemId }) => trappedItemId ?? []))
  const unheld = rows
    .select(
      'item',
      `WHERE state = 'on-hold-shelf' AND atBranchId = ? ORDER BY id LIMIT ${ROWS_MAX}`,
      branchId,
    )
    .filter(({ id }) => !keptIds.has(id))
    .map((item) => ({ hold: null, item }))
  const shelf = heldRows(stores, [...kept, ...unheld]).map((held): ShelfRow => ({
    ...held,
    state: stateOf(held, today),
  }))
  return {
    rows: states.flatMap((state) => shelf.filter((one) => one.state === state)),
    toClearCount: shelf.filter(({ state }) => state === 'expired' || state === 'unheld').length,
  }
}

function stateOf({ hold, item }: HeldRow, today: CalendarDate): ShelfRow['state'] {
  if (hold === null) return 'unheld'
  if (item !== null && item.state !== 'on-hold-shelf') return 'missing'
  return isShelfExpired(hold, today) ? 'expired' : 'kept'
}
