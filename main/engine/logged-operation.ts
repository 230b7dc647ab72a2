/** An operation of this desk as the undo rule sees it. */
import type { Change } from '../../domain/change.ts'
import type { LoggedOperation } from '../../domain/facts.ts'
import type { Outbox } from '../../db/outbox/outbox.ts'

type PendingChanges = { changes: readonly Change[]; inverse: readonly Change[] } | null

/**
 * What it changed is taken from the replica while it is pending, because a rebase may have decided
 * it again; afterwards from the outbox.
 */
export function loggedOperation(
  outbox: Outbox,
  pendingChanges: (seq: number) => PendingChanges,
  id: string,
): LoggedOperation | null {
  const stored = outbox.byId(id)
  if (stored === null || stored.outcome === 'refused') return null
  const current = pendingChanges(stored.seq) ?? stored
  return {
    id: stored.id,
    kind: stored.kind,
    staffId: stored.staffId,
    branchId: stored.branchId,
    at: stored.at,
    changes: current.changes,
    inverse: current.inverse,
    undoneBy: stored.undoneBy,
  }
}
