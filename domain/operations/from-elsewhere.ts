/** What happened at a desk of another system, and is recorded here from its file. Rules X1, X2. */
import { z } from 'zod'
import { put } from '../change.ts'
import { note } from '../operation.ts'
import type { Ctx, Decision } from '../operation.ts'
import type { Facts } from '../facts.ts'
import { EpochMs, dateAt } from '../words/calendar-date.ts'
import type { BranchId, OperationId } from '../words/ids.ts'
import { OfflineLineId } from '../words/ids.ts'

/** Part of a payload, where the fact was read from another system's file. */
export const Elsewhere = z.strictObject({ line: OfflineLineId, happenedAt: EpochMs })
export type Elsewhere = z.infer<typeof Elsewhere>

/**
 * X2: decided as of the time of the file, so that due dates count from that day and what moved since
 * is not undone; a time ahead of the desk's own counts as now. X1: a line that was recorded already
 * changes nothing.
 */
export function fromElsewhere<S>(
  elsewhere: Elsewhere | undefined,
  facts: Facts,
  ctx: Ctx,
  decide: (ctx: Ctx) => Decision<S>,
): Decision<S> {
  if (elsewhere === undefined) return decide(ctx)
  const at = Math.min(elsewhere.happenedAt, ctx.at)
  const decision = { ...decide({ ...ctx, at, knewAt: 0, today: dateAt(at) }), happenedAt: at }
  if (facts.offlineLine !== null) {
    const about = { ...decision.about, loanId: null, otherLoanId: null }
    const findings = [note('line-recorded-already', 'X1')]
    // Whatever it came before, it came once.
    const { overtakenBy: _, ...told } = decision
    return { ...told, findings, changes: [], about }
  }
  const line = put('offline-line', {
    id: elsewhere.line,
    operationId: ctx.operationId as OperationId,
    branchId: ctx.branchId as BranchId,
    happenedAt: at,
    recordedAt: ctx.at,
  })
  return { ...decision, changes: [...decision.changes, line] }
}
