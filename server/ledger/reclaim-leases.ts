/** Takes back what silent desks hold (rule Z8): a job of the city's own clock, once a day is enough. */
import type { Change } from '../../domain/change.ts'
import { get } from '../../domain/gathering.ts'
import { reclaimLease } from '../../domain/operations/lease-close.ts'
import type { Lease } from '../../domain/ledger-records.ts'
import type { Policy } from '../../domain/records.ts'
import type { LedgerStorage } from '../storage/ledger-storage.ts'
import { changeAsCity } from './city-change.ts'

const LEASES_PER_LOOK = 1_000
const LEASES_PER_TURN = 100

/** `now` is the city's clock. Answers how many leases ended. */
export async function reclaimLeases(storage: LedgerStorage, now: number): Promise<number> {
  const policy = (await storage.get('policy', 'city')) as Policy | null
  if (policy === null) return 0
  let count = 0
  for (let after = ''; ;) {
    const looked = await storage.listRecords('lease', after, LEASES_PER_LOOK)
    const last = looked.at(-1)
    if (last === undefined) return count
    after = last.row.id
    const over = looked
      .map(({ row }) => row as Lease)
      .filter((lease) => reclaimLease(lease, policy, now).length > 0)
    for (let first = 0; first < over.length; first += LEASES_PER_TURN) {
      count += await reclaim(storage, over.slice(first, first + LEASES_PER_TURN), now)
    }
  }
}

/** Decided again under the locks: its desk may have come and given it back meanwhile. */
async function reclaim(
  storage: LedgerStorage,
  leases: readonly Lease[],
  now: number,
): Promise<number> {
  const ended = new Set<string>()
  await changeAsCity(
    storage,
    now,
    () => [
      get('policy', 'city'),
      ...leases.flatMap(({ id, readerId }) => [get('lease', id), get('reader', readerId)]),
    ],
    (facts): Change[] => {
      ended.clear()
      const policy = facts.row('policy', 'city')
      if (policy === null) return []
      return leases.flatMap(({ id }) => {
        const lease = facts.row('lease', id)
        const changes = lease === null ? [] : reclaimLease(lease, policy, now)
        if (changes.length > 0) ended.add(id)
        return changes
      })
    },
  )
  return ended.size
}
