/** The end of a lease, given back by its desk or taken back by the city. Rule Z8. */
import { patch } from '../change.ts'
import type { Change } from '../change.ts'
import { leftIn, reclaimableFrom } from '../policy/points-leases.ts'
import type { Lease } from '../ledger-records.ts'
import type { Policy } from '../records.ts'
import type { EpochMs } from '../words/calendar-date.ts'

/** What is left is free again; numbers that were not drawn are given to nobody (Z10). */
export function closeLease(lease: Lease, closedAt: EpochMs): Change[] {
  const closed = patch('lease', lease.id, { closedAt })
  const left = leftIn(lease)
  if (lease.kind === 'numbers' || lease.readerId === null || left === 0) return [closed]
  return [closed, patch('reader', lease.readerId, {}, { pointsFree: left })]
}

/**
 * What the city does with an open lease whose desk has been silent for too long; nothing while its
 * desk may still come and tell what it spent. `now` is the city's clock.
 */
export function reclaimLease(lease: Lease, policy: Policy, now: EpochMs): Change[] {
  const isOver = lease.closedAt === null && now > reclaimableFrom(lease, policy.points)
  return isOver ? closeLease(lease, now) : []
}
