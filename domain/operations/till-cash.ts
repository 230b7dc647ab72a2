/** Cash that goes into or out of a till. Rule F8 of docs/rules.md. */
import { patch } from '../change.ts'
import type { Change } from '../change.ts'
import type { Facts } from '../facts.ts'
import { deskOf, override } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import type { Tender } from '../policy/charge-shapes.ts'
import type { Till } from '../till-records.ts'

/** The till of the facts, where this desk has it open. */
export function openTillOf({ ledger: { till } }: Facts, ctx: Ctx): Till | null {
  if (till === null || till.closedAt !== null) return null
  return till.deviceId === deskOf(ctx.operationId).deviceId ? till : null
}

export const cashFindings = (tender: Tender | null, till: Till | null): Finding[] =>
  tender === 'cash' && till === null
    ? [override('no-open-till', 'F8', { permission: 'override-limits' })]
    : []

/** `amountFen` is negative where cash leaves the till. */
export const cashMoved = (tender: Tender | null, till: Till | null, amountFen: number): Change[] =>
  tender === 'cash' && till !== null ? [patch('till', till.id, {}, { expectedFen: amountFen })] : []
