/** A desk gives back what it did not spend. Rule Z8 of docs/rules.md. */
import { z } from 'zod'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import { inLedger } from '../ledger-facts.ts'
import { defineOperation, deskOf, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { isOwn, leftIn } from '../policy/points-leases.ts'
import type { Lease } from '../ledger-records.ts'
import { LeaseId } from '../words/ids.ts'
import { closeLease } from './lease-close.ts'

const Payload = z.strictObject({ lease: LeaseId })

const Summary = z.strictObject({
  leaseId: z.string(),
  readerId: z.string().nullable(),
  /** What was left in it. */
  left: z.int(),
})

export const returnLease = defineOperation({
  kind: 'lease.return',
  evidence: 'intent',
  isUntold: true,
  permission: 'circulate',
  audit: 'reader',
  payload: Payload,
  summary: Summary,
  subject: ({ lease }) => aSubject({ ledger: inLedger({ leaseIds: [lease] }) }),
  decide({ ledger }, payload, ctx) {
    const lease = ledger.leases.get(payload.lease) ?? null
    const readerId = lease?.readerId ?? null
    const { findings, changes, left } = givenBack(lease, ctx)
    return {
      findings,
      changes,
      summary: { leaseId: payload.lease, readerId: readerId, left },
      about: { itemId: null, readerId, loanId: null, otherLoanId: null },
    }
  },
})

interface GivenBack {
  readonly findings: readonly Finding[]
  readonly changes: readonly Change[]
  readonly left: number
}

export function givenBack(lease: Lease | null, ctx: Ctx): GivenBack {
  const findings = returnFindings(lease, ctx)
  return {
    findings,
    changes: lease === null || findings.length > 0 ? [] : closeLease(lease, ctx.clock.now),
    left: lease === null ? 0 : leftIn(lease),
  }
}

/** Only its own desk: another cannot know what that one has spent. */
function returnFindings(lease: Lease | null, ctx: Ctx): Finding[] {
  if (lease === null) return [impossible('unknown-lease', 'Z8')]
  if (!isOwn(lease, deskOf(ctx.operationId))) return [impossible('lease-of-other-desk', 'Z8')]
  return lease.closedAt === null ? [] : [impossible('lease-closed', 'Z8')]
}
