/** What a desk may spend without asking, by arithmetic (design/sync.md, Leases). */
import type { Lease } from '../ledger-records.ts'
import type { EpochMs } from '../words/calendar-date.ts'
import type { LeaseId } from '../words/ids.ts'
import type { PointsPolicy, SeriesTerms } from './points-shapes.ts'

const DAY_MS = 86_400_000

export const leftIn = ({ amount, spent }: Lease): number => amount - spent

export interface DeskNow {
  readonly deviceId: string
  readonly epoch: number
  readonly at: EpochMs
}

export const isOwn = (
  { deviceId, epoch }: Lease,
  desk: Pick<DeskNow, 'deviceId' | 'epoch'>,
): boolean => deviceId === desk.deviceId && epoch === desk.epoch

/** The last moment at which a desk spends from it: its clock may be ahead of its own belief. */
export const usableUntil = ({ notAfter }: Lease, { leaseSkewMs }: PointsPolicy): EpochMs =>
  notAfter - leaseSkewMs

export const isUsable = (lease: Lease, desk: DeskNow, policy: PointsPolicy): boolean =>
  lease.closedAt === null &&
  isOwn(lease, desk) &&
  leftIn(lease) > 0 &&
  desk.at <= usableUntil(lease, policy)

/** From when on the city takes it back: every desk that might have spent from it has told so. */
export const reclaimableFrom = ({ notAfter }: Lease, { leaseGraceDays }: PointsPolicy): EpochMs =>
  notAfter + leaseGraceDays * DAY_MS

export interface Spending {
  readonly lease: LeaseId
  readonly amount: number
}

/** Which leases give how much, those that end first before the others; null where they hold less. */
export function spendingOf(
  leases: readonly Lease[],
  amount: number,
  desk: DeskNow,
  policy: PointsPolicy,
): readonly Spending[] | null {
  return piecesOf(
    leases.filter((lease) => isUsable(lease, desk, policy)),
    amount,
  )
}

/** The same, of leases that are known to be usable. */
export function piecesOf(usable: readonly Lease[], amount: number): readonly Spending[] | null {
  const pieces: Spending[] = []
  let open = amount
  for (const lease of usable.toSorted((one, other) => one.notAfter - other.notAfter)) {
    if (lease.kind !== 'points' || open === 0) continue
    const piece = Math.min(open, leftIn(lease))
    if (piece > 0) pieces.push({ lease: lease.id, amount: piece })
    open -= piece
  }
  return open === 0 ? pieces : null
}

/** What a desk would lose its city at most: points of readers, numbers of blocks apart. */
export const valueAtRisk = (leases: readonly Lease[]): number =>
  leases
    .filter(({ kind, closedAt }) => kind === 'points' && closedAt === null)
    .reduce((sum, lease) => sum + leftIn(lease), 0)

/** Numbers are drawn in order; null where the block is used up. */
export function nextNumberOf(lease: Lease): number | null {
  const { firstNumber } = lease
  return firstNumber === null || leftIn(lease) === 0 ? null : firstNumber + lease.spent
}

export const seriesTerms = (policy: PointsPolicy, id: string): SeriesTerms | undefined =>
  policy.series.find((one) => one.id === id)

/** As it is printed: `JZ00000042`. */
export const numberText = ({ prefix }: SeriesTerms, number: number): string =>
  prefix + String(number).padStart(8, '0')
