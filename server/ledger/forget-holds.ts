import { remove } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { get } from '../../domain/gathering.ts'
import type { Hold } from '../../domain/hold-records.ts'
import type { LedgerStorage } from '../storage/ledger-storage.ts'
import { changeAsCity } from './city-change.ts'

const HOLDS_PER_LOOK = 1_000
const HOLDS_PER_TURN = 100
/** A closed hold can be undone on its day, and shown for some time after. */
const KEPT_MS = 30 * 86_400_000

/**
 * Takes holds that are long over from all desks: each of them holds every hold of the city
 * (docs/decisions/0013). Answers how many.
 */
export async function forgetHolds(storage: LedgerStorage, at: number): Promise<number> {
  let count = 0
  for (let after = ''; ;) {
    const looked = await storage.listRecords('hold', after, HOLDS_PER_LOOK)
    const last = looked.at(-1)
    if (last === undefined) return count
    after = last.row.id
    const ids = looked.flatMap(({ row }) => (isLongOver(row as Hold, at) ? [row.id] : []))
    for (let first = 0; first < ids.length; first += HOLDS_PER_TURN) {
      count += await forget(storage, ids.slice(first, first + HOLDS_PER_TURN), at)
    }
  }
}

const isLongOver = ({ closedAt }: Hold, at: number): boolean =>
  closedAt !== null && closedAt < at - KEPT_MS

async function forget(storage: LedgerStorage, ids: readonly string[], at: number): Promise<number> {
  const changes = await changeAsCity(
    storage,
    at,
    () => ids.map((id) => get('hold', id)),
    (facts): Change[] =>
      ids.flatMap((id) => {
        const hold = facts.row('hold', id)
        return hold !== null && isLongOver(hold, at) ? [remove('hold', id)] : []
      }),
  )
  return changes.length
}
