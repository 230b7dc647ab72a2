/** What the city would lose with one desk; of a lost one, what stays frozen until it is reclaimed. */
import { leftIn, reclaimableFrom, valueAtRisk } from '../../domain/policy/points-leases.ts'
import type { Lease } from '../../domain/ledger-records.ts'
import type { Policy } from '../../domain/records.ts'
import type { LedgerStorage } from '../storage/ledger-storage.ts'

export interface DeskAtRisk {
  /** Points left in open leases. */
  readonly points: number
  /** Numbers that nobody would print any more. */
  readonly numbers: number
  /** When the last of them can be taken back; null where there are none. */
  readonly freeFrom: number | null
}

export async function deskAtRisk(storage: LedgerStorage, deviceId: string): Promise<DeskAtRisk> {
  const policy = (await storage.get('policy', 'city')) as Policy | null
  const open = (await storage.find('openLeasesOfDevice', [deviceId, null])) as readonly Lease[]
  const ends = policy === null ? [] : open.map((lease) => reclaimableFrom(lease, policy.points))
  return {
    points: valueAtRisk(open),
    numbers: open
      .filter(({ kind }) => kind === 'numbers')
      .reduce((sum, lease) => sum + leftIn(lease), 0),
    freeFrom: ends.length === 0 ? null : Math.max(...ends),
  }
}
