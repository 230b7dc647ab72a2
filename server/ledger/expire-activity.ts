import { patch } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { get } from '../../domain/gathering.ts'
import type { Reader } from '../../domain/records.ts'
import { activeAtSince } from '../../domain/scopes.ts'
import { dateAt } from '../../domain/words/calendar-date.ts'
import type { CalendarDate } from '../../domain/words/calendar-date.ts'
import type { LedgerStorage } from '../storage/ledger-storage.ts'
import { changeAsCity } from './city-change.ts'

const READERS_PER_LOOK = 1_000
const READERS_PER_TURN = 100

/**
 * Takes readers from the service points that have not seen them for 24 months; what belongs to them
 * leaves with them. Answers how many readers changed.
 */
export async function expireActivity(storage: LedgerStorage, at: number): Promise<number> {
  const today = dateAt(at)
  let count = 0
  for (let after = ''; ;) {
    const looked = await storage.listRecords('reader', after, READERS_PER_LOOK)
    const last = looked.at(-1)
    if (last === undefined) return count
    after = last.row.id
    const ids = looked.flatMap(({ row }) => (isStale(row as Reader, today) ? [row.id] : []))
    for (let first = 0; first < ids.length; first += READERS_PER_TURN) {
      count += await expire(storage, ids.slice(first, first + READERS_PER_TURN), at)
    }
  }
}

const isStale = (reader: Reader, today: CalendarDate): boolean =>
  activeAtSince(reader, today).length < reader.activeAt.length

async function expire(storage: LedgerStorage, ids: readonly string[], at: number): Promise<number> {
  const today = dateAt(at)
  const changes = await changeAsCity(
    storage,
    at,
    () => ids.map((id) => get('reader', id)),
    (facts): Change[] =>
      ids.flatMap((id) => {
        const reader = facts.row('reader', id)
        return reader === null || !isStale(reader, today)
          ? []
          : [patch('reader', id, { activeAt: activeAtSince(reader, today) })]
      }),
  )
  return changes.length
}
