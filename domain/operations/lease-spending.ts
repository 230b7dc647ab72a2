/** Whether a lease may be spent from: the same for points and for numbers. Rules Z4–Z6. */
import type { Facts } from '../facts.ts'
import { deskOf, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { isOwn, usableUntil } from '../policy/points-leases.ts'
import type { Lease } from '../ledger-records.ts'
import { dateAt } from '../words/calendar-date.ts'

/** What the desk is to spend, and from which lease of which kind. */
export interface Spend {
  readonly leaseId: string
  readonly kind: Lease['kind']
  /** Whose points, or which series. */
  readonly of: string
}

/**
 * The lease, where it is this desk's own: what was spent counts against it. Points of a closed one are
 * free again and cannot; its numbers are given to nobody, so one that is told late is still drawn (I27).
 */
export function spentFrom(facts: Facts, { leaseId, kind, of }: Spend, ctx: Ctx): Lease | null {
  const lease = facts.ledger.leases.get(leaseId) ?? null
  if (lease === null || lease.kind !== kind) return null
  if (kind === 'points' && lease.closedAt !== null) return null
  return isOwn(lease, deskOf(ctx.operationId)) && ofWhom(lease) === of ? lease : null
}

const ofWhom = ({ readerId, series }: Lease): string | null => readerId ?? series

const twice = { exception: 'double-spend' } as const

export function leaseFindings(facts: Facts, { leaseId, kind, of }: Spend, ctx: Ctx): Finding[] {
  const lease = facts.ledger.leases.get(leaseId)
  if (lease === undefined || lease.kind !== kind) return [impossible('no-lease', 'Z4', twice)]
  if (!isOwn(lease, deskOf(ctx.operationId)))
    return [impossible('lease-of-other-desk', 'Z4', twice)]
  if (ofWhom(lease) !== of) return [impossible('lease-of-other-reader', 'Z4', twice)]
  if (lease.closedAt !== null) {
    // Spent before it was taken back, and told too late; or spent although it was given back.
    const exception = lease.closedAt >= ctx.at ? 'lease-expired' : 'double-spend'
    return [impossible('lease-closed', 'Z6', { exception })]
  }
  return timeFindings(lease, facts, ctx)
}

/** Z6: the desk leaves room for an error of its clock; the city looks at the bare end. */
function timeFindings(lease: Lease, { policy }: Facts, ctx: Ctx): Finding[] {
  const isProposed = ctx.mode === 'propose'
  if (isProposed && ctx.clock.isSuspect) return [impossible('clock-not-trusted', 'Z6')]
  const until = isProposed ? usableUntil(lease, policy.points) : lease.notAfter
  if (ctx.at <= until) return []
  const params = { on: dateAt(until) }
  return [impossible('lease-expired', 'Z6', { params, exception: 'lease-expired' })]
}
