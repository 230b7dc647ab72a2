/** An operation of this desk as the undo rule sees it. */
import type { OperationBody } from '../../contract/sync-protocol.ts'
import { isOfCatalogue } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import type { LoggedOperation } from '../../domain/gathering.ts'
import type { Outbox, StoredOperation } from '../../db/outbox/outbox.ts'

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
  // The replica numbers the operations of the present epoch.
  const isOfEpoch = stored.epoch === outbox.identity()?.epoch
  const pending = isOfEpoch ? pendingChanges(stored.seq) : null
  return {
    id: stored.id,
    kind: stored.kind,
    staffId: stored.staffId,
    branchId: stored.branchId,
    at: stored.at,
    changes: changesNow(stored, pending),
    inverse: inverseNow(stored, pending),
    isClockSuspect: (stored.body as OperationBody).isClockSuspect ?? false,
    undoneBy: stored.undoneBy,
  }
}

/** Titles are not the replica's: what was done to them stands in the log alone. */
function changesNow(
  stored: Pick<StoredOperation, 'changes'>,
  pending: PendingChanges,
): readonly Change[] {
  if (pending === null) return stored.changes
  const ofCatalogue = stored.changes.filter(isOfCatalogue)
  return ofCatalogue.length === 0 ? pending.changes : [...ofCatalogue, ...pending.changes]
}

/**
 * What takes the operation back. Its titles reach catalogue.db before the replica looks at the rows
 * below it, so the replica's inverse would put them where they are: theirs is the outbox's.
 */
function inverseNow(
  stored: Pick<StoredOperation, 'inverse'>,
  pending: PendingChanges,
): readonly Change[] {
  if (pending === null) return stored.inverse
  return [
    ...pending.inverse.filter((change) => !isOfCatalogue(change)),
    ...stored.inverse.filter(isOfCatalogue),
  ]
}
