/** A desk gives back what it did not spend. Rule Z8 of docs/rules.md. */
import { z } from 'zod'
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
    const findings = returnFindings(lease, ctx)
    return {
      findings,
      changes: lease === null || findings.length > 0 ? [] : closeLease(lease, ctx.clock.now),
      summary: {
        leaseId: payload.lease,
        readerId: readerId,
        left: lease === null ? 0 : leftIn(lease),
      },
      about: { itemId: null, readerId, loanId: null, otherLoanId: null },
    }
  },
})

/** Only its own desk: another cannot know what that one has spent. */
function returnFindings(lease: Lease | null, ctx: Ctx): Finding[] {
  if (lease === null) return [impossible('unknown-lease', 'Z8')]
  if (!isOwn(lease, deskOf(ctx.operationId))) return [impossible('lease-of-other-desk', 'Z8')]
  return lease.closedAt === null ? [] : [impossible('lease-closed', 'Z8')]
}
