/** A cash drawer is opened with its change. Rule F7 of docs/rules.md. */
import { z } from 'zod'
import { put } from '../change.ts'
import { aSubject } from '../facts.ts'
import { inLedger } from '../ledger-facts.ts'
import { defineOperation, deskOf, impossible } from '../operation.ts'
import type { Finding } from '../operation.ts'
import { DeviceId } from '../words/ids.ts'
import type { BranchId, StaffId, TillId } from '../words/ids.ts'

const Payload = z.strictObject({
  /** The desk that opens it: its own, and no other's. */
  device: DeviceId,
  floatFen: z.int().min(0).max(100_000_000),
})

const Summary = z.strictObject({ tillId: z.string(), floatFen: z.int() })

export const openTill = defineOperation({
  kind: 'till.open',
  evidence: 'physical',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: Summary,
  subject: ({ device }) => aSubject({ ledger: inLedger({ tillsOfDeviceId: device }) }),
  decide(facts, { device, floatFen }, ctx) {
    const id = ctx.newId() as TillId
    const found: Finding[] = []
    if (deskOf(ctx.operationId).deviceId !== device)
      found.push(impossible('till-of-other-desk', 'F7'))
    if (facts.ledger.openTills.length > 0) found.push(impossible('till-open-already', 'F7'))
    return {
      findings: found,
      changes: [
        put('till', {
          id,
          branchId: ctx.branchId as BranchId,
          deviceId: device,
          openedAt: ctx.at,
          openedBy: ctx.staff.id as StaffId,
          floatFen,
          expectedFen: floatFen,
          closedAt: null,
          closedBy: null,
          countedFen: null,
          note: null,
        }),
      ],
      summary: { tillId: id, floatFen },
      about: { itemId: null, readerId: null, loanId: null, otherLoanId: null },
    }
  },
})
