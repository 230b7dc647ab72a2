/** Points that some readers of the sample city have earned; none is in a lease yet. */
import { shenzhenPoints } from '../../domain/policy/shenzhen-points.ts'
import type { LedgerEntry } from '../../domain/ledger-records.ts'
import type { Reader } from '../../domain/records.ts'
import { addDays, startOf } from '../../domain/words/calendar-date.ts'
import type { CalendarDate } from '../../domain/words/calendar-date.ts'
import type { LedgerEntryId } from '../../domain/words/ids.ts'
import type { Random } from './random.ts'

const HOUR_MS = 3_600_000
/** The first demo card comes to 180 points, whatever the seed. */
const DEMO_READER = 'rdr-0001'
const DEMO_AMOUNTS = [50, 80, 50] as const
const DAYS_MAX = 120

export interface SamplePoints {
  readonly readers: readonly Reader[]
  readonly entries: readonly LedgerEntry[]
}

/** One reader in four has been to activities, read, or helped. */
export function samplePoints(
  readers: readonly Reader[],
  seedOn: CalendarDate,
  random: Random,
): SamplePoints {
  const entries: LedgerEntry[] = []
  const earn = (reader: Reader, amount: number, earning: string, daysAgo: number): void => {
    const [visited] = reader.activeAt
    if (visited === undefined) return
    entries.push({
      id: `pts-${String(entries.length + 1).padStart(5, '0')}` as LedgerEntryId,
      ledger: 'points',
      readerId: reader.id,
      amount,
      cause: 'earned',
      policyLine: earning,
      number: null,
      at: startOf(addDays(seedOn, -daysAgo)) + 15 * HOUR_MS,
      branchId: visited.branchId,
      leaseId: null,
      reversesId: null,
      feeId: null,
      tender: null,
      tillId: null,
      note: null,
    })
  }
  for (const reader of readers) {
    if (reader.id === DEMO_READER) {
      const lines = ['activity', 'reading', 'activity']
      DEMO_AMOUNTS.forEach((amount, at) => earn(reader, amount, lines[at] ?? 'activity', 40 - at))
      continue
    }
    if (reader.category === 'institution' || !random.chance(0.25)) continue
    for (let made = random.between(1, 4); made > 0; made -= 1) {
      const line = random.pick(shenzhenPoints.earnings)
      earn(reader, random.between(1, line.pointsMax), line.id, random.between(1, DAYS_MAX))
    }
  }
  const freeBy = new Map<string, number>()
  for (const { readerId, amount } of entries) {
    freeBy.set(readerId, (freeBy.get(readerId) ?? 0) + amount)
  }
  return {
    entries,
    readers: readers.map((reader) => ({ ...reader, pointsFree: freeBy.get(reader.id) ?? 0 })),
  }
}
