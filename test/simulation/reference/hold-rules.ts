/** What must hold between holds, items and readers of the city after every commit. */
import type { CityRows } from './city-rows.ts'
import { rowIn, rowsOf } from './table.ts'

const over = new Set(['collected', 'cancelled', 'expired'])

/** No hold is lost, no item is kept for two, and what a hold waits for is kept for it alone. */
export function holdsBroken({ rows }: CityRows): string[] {
  const broken: string[] = []
  const holds = rowsOf(rows, 'hold')
  const keptBy = new Map<string, string>()
  const openByReader = new Map<string, number>()
  for (const { id, state, closedAt, trappedItemId, readerId } of holds) {
    if (over.has(state) !== (closedAt !== null)) {
      broken.push(`hold: ${id} is ${state}, closed at ${closedAt}`)
    }
    if (closedAt !== null) continue
    openByReader.set(readerId, (openByReader.get(readerId) ?? 0) + 1)
    if (state === 'waiting') {
      if (trappedItemId !== null) broken.push(`hold: ${id} waits and has ${trappedItemId}`)
      continue
    }
    const item = trappedItemId === null ? null : rowIn(rows, 'item', trappedItemId)
    if (item === null) {
      broken.push(`hold: ${id} is ${state} and has no item`)
      continue
    }
    const first = keptBy.get(item.id)
    if (first !== undefined) broken.push(`hold: ${item.id} is kept for ${first} and ${id}`)
    keptBy.set(item.id, id)
    if (item.holdId !== id) broken.push(`hold: ${item.id} is kept for ${item.holdId}, not ${id}`)
  }
  for (const { id, openHoldsCount } of rowsOf(rows, 'reader')) {
    const open = openByReader.get(id) ?? 0
    if (open !== openHoldsCount) {
      broken.push(`counter: ${id} counts ${openHoldsCount} holds, has ${open}`)
    }
  }
  return broken
}
