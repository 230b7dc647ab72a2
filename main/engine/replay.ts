/** Deciding this desk's own operations again: after a crash, and when the server's rows move. */
import { OperationBody } from '../../contract/sync-protocol.ts'
import type { Change } from '../../domain/change.ts'
import { idsOf } from '../../domain/operation.ts'
import { isOperationKind, operationOf } from '../../domain/operations/index.ts'
import { record } from '../../domain/verdict.ts'
import { dateAt } from '../../domain/words/calendar-date.ts'
import type { StoredOperation } from '../../db/outbox/outbox.ts'
import type { RecordStores } from './stores.ts'

/** The changes of a stored operation on the facts as they are now. */
export function redecide(stores: RecordStores, stored: StoredOperation): readonly Change[] {
  const body = OperationBody.parse(stored.body)
  if (!isOperationKind(body.kind)) return []
  const operation = operationOf(body.kind)
  const payload = operation.payload.parse(body.payload)
  const facts = stores.replica.gather(operation.subject(payload), body.branch)
  const role = stores.replica.row('staff', body.staff)?.role ?? 'circulation'
  const ctx = {
    operationId: stored.id,
    at: body.wallMs,
    today: dateAt(body.wallMs),
    staff: { id: body.staff, role },
    branchId: body.branch,
    overrides: body.overrides,
    factsAgeMs: 0,
    newId: idsOf(stored.id),
  }
  return record(operation, facts, payload, ctx, null).changes
}

/**
 * Brings replica and catalogue up to the outbox after an unclean stop. Operations that the server
 * has settled are in the feed already and are left to it. A replica that was begun anew cannot
 * decide before the city's own records are back: then this is done after the next complete pull.
 */
export function catchUp(stores: RecordStores): number {
  const { outbox, replica, catalogue } = stores
  if (replica.row('policy', 'city') === null) return 0
  const behind = outbox.unsettled().filter((stored) => stored.seq > replica.localSeq())
  for (const stored of behind) {
    if (stored.outcome === 'refused' || stored.outcome === 'quarantined') continue
    replica.applyLocal({ seq: stored.seq, id: stored.id }, redecide(stores, stored))
  }
  for (const stored of outbox.unsettled()) {
    if (stored.seq > catalogue.localSeq()) {
      catalogue.apply(stored.changes, { cursor: null, localSeq: stored.seq })
    }
  }
  return behind.length
}
