/** A hold that is given up. Rule H11 of docs/rules.md. */
import { z } from 'zod'
import { patch } from '../change.ts'
import type { Change } from '../change.ts'
import type { Facts } from '../facts.ts'
import type { Hold } from '../hold-records.ts'
import { alert, defineOperation } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { HoldId } from '../words/ids.ts'
import { HoldSummary, aboutHold, holdSubject, holdSummary, openFindings } from './about-hold.ts'
import { keptForNobody } from './trap-hold.ts'

const Payload = z.strictObject({ hold: HoldId, reason: z.enum(['by-reader', 'by-library']) })

export const cancelHold = defineOperation({
  kind: 'hold.cancel',
  evidence: 'intent',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: HoldSummary,
  subject: ({ hold }) => holdSubject(hold),
  decide(facts, payload, ctx) {
    const { hold } = facts.holds
    return {
      findings: [...openFindings(facts), ...keptFindings(facts)],
      changes: hold === null ? [] : cancelled(facts, hold, payload.reason, ctx),
      summary: holdSummary(payload.hold, hold),
      about: aboutHold(hold),
    }
  },
})

/** The item stays where it is until somebody scans it. */
function keptFindings({ holds }: Facts): Finding[] {
  const { heldItem } = holds
  if (heldItem === null) return []
  return [alert('hold-item-to-clear', 'H11', { params: { barcode: heldItem.barcode } })]
}

function cancelled(
  facts: Facts,
  hold: Hold,
  closeReason: 'by-reader' | 'by-library',
  ctx: Ctx,
): Change[] {
  const { heldItem } = facts.holds
  const closed = { state: 'cancelled', closedAt: ctx.at, closeReason } as const
  const changes = [
    patch('hold', hold.id, closed),
    patch('reader', hold.readerId, {}, { openHoldsCount: -1 }),
  ]
  // A desk that knows the item in brief does not know what it is kept for.
  const isKept = heldItem !== null && (heldItem.holdId === null || heldItem.holdId === hold.id)
  if (!isKept) return changes
  return [...changes, keptForNobody(heldItem)]
}
