/** A cash drawer is counted and closed. Rule F9 of docs/rules.md. */
import { z } from 'zod'
import { patch } from '../change.ts'
import { aSubject } from '../facts.ts'
import { inLedger } from '../ledger-facts.ts'
import { alert, defineOperation, deskOf, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { mayDo } from '../policy/roles.ts'
import type { Till } from '../till-records.ts'
import { PlainText } from '../words/plain-text.ts'
import { TillId } from '../words/ids.ts'
import type { StaffId } from '../words/ids.ts'

const Payload = z.strictObject({
  till: TillId,
  countedFen: z.int().min(0).max(100_000_000),
  /** Why the count differs from what was expected. */
  note: PlainText(200).min(1).nullable(),
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({
  tillId: z.string(),
  countedFen: z.int(),
  /** As far as the desk, or the city, knew. */
  expectedFen: z.int(),
})

export const closeTill = defineOperation({
  kind: 'till.close',
  evidence: 'physical',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: Summary,
  subject: ({ till }) => aSubject({ ledger: inLedger({ tillId: till }) }),
  decide({ ledger: { till } }, payload, ctx) {
    const { countedFen, note } = payload
    const closed = {
      closedAt: ctx.at,
      closedBy: ctx.staff.id as StaffId,
      countedFen,
      note,
    }
    return {
      findings: closeFindings(till, payload, ctx),
      changes: till === null || till.closedAt !== null ? [] : [patch('till', till.id, closed)],
      summary: { tillId: payload.till, countedFen, expectedFen: till?.expectedFen ?? 0 },
      about: { itemId: null, readerId: null, loanId: null, otherLoanId: null },
    }
  },
})

function closeFindings(till: Till | null, { countedFen, note }: Payload, ctx: Ctx): Finding[] {
  if (till === null) return [impossible('unknown-till', 'F9')]
  if (till.closedAt !== null) return [impossible('till-closed', 'F9')]
  const found: Finding[] = []
  const isOwn = till.deviceId === deskOf(ctx.operationId).deviceId
  // A desk that is gone leaves its drawer behind.
  if (!isOwn && !mayDo(ctx.staff.role, 'undo-any')) {
    found.push(impossible('till-of-other-desk', 'F9'))
  }
  const params = { expectedFen: till.expectedFen, differenceFen: countedFen - till.expectedFen }
  if (params.differenceFen === 0) return found
  // Counted is counted: where the city expects another sum than the desk did, nobody can be asked.
  if (note === null && ctx.mode === 'propose') {
    return [...found, impossible('difference-unexplained', 'F9', { params })]
  }
  return [...found, alert('count-differs', 'F9', { params })]
}
