/** Deciding this desk's own operations again: after a crash, and when the server's rows move. */
import { eventTime } from '../../contract/sync-protocol.ts'
import type { OperationBody } from '../../contract/sync-protocol.ts'
import { isOfCatalogue } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { countEarlierMoney } from '../../domain/money-before-fee.ts'
import { idsOf } from '../../domain/operation.ts'
import { isOperationKind, operationOf } from '../../domain/operations/index.ts'
import { upcastPayload } from '../../domain/operations/payload-versions.ts'
import { record } from '../../domain/verdict.ts'
import { dateAt } from '../../domain/words/calendar-date.ts'
import type { Outbox, StoredOperation } from '../../db/outbox/outbox.ts'
import { gatherFrom } from '../../db/replica/load-facts.ts'
import type { RecordStores } from './stores.ts'

/** The changes of a stored operation on the facts as they are now. */
export function redecide(
  stores: RecordStores,
  stored: Pick<StoredOperation, 'id' | 'body'>,
): readonly Change[] {
  // This desk made it, and its hash says that it is still the same: only the payload may be of an
  // older program.
  const body = stored.body as OperationBody
  if (!isOperationKind(body.kind)) return []
  const operation = operationOf(body.kind)
  // It may be older than the program: an update finds unsent work in the log.
  const upcast = upcastPayload(body.kind, body.version, body.payload)
  if (upcast === 'unknown-version') return []
  const payload = operation.payload.parse(upcast.payload)
  const facts = stores.replica.gather(operation.subject(payload, body.promised), body.branch)
  const role = stores.replica.row('staff', body.staff)?.role ?? 'circulation'
  const at = eventTime(body)
  const ctx = {
    operationId: stored.id,
    at,
    knewAt: body.knewAt ?? 0,
    today: dateAt(at),
    clock: { now: at, isSuspect: false },
    staff: { id: body.staff, role },
    branchId: body.branch,
    overrides: body.overrides,
    factsAgeMs: 0,
    promised: body.promised ?? {},
    newId: idsOf(stored.id),
  }
  const { changes } = record(operation, facts, payload, ctx, null)
  return gatherFrom(stores.replica.rows, countEarlierMoney(changes))
}

/**
 * Brings replica and catalogue up to the outbox after an unclean stop. Operations that the server
 * has settled are in the feed already and are left to it. A replica that was begun anew cannot
 * decide before the city's own records are back: then this is done after the next complete pull.
 */
export function catchUp(stores: RecordStores): number {
  const { outbox, replica, catalogue } = stores
  if (replica.row('policy', 'city') === null) return 0
  for (const seq of outbox.unsettledSeqs(catalogue.localSeq())) {
    const stored = effective(outbox, seq)
    if (stored?.changes.some(isOfCatalogue) !== true) continue
    catalogue.apply(stored.changes, { cursor: null, localSeq: seq })
  }
  const behind = outbox.unsettledSeqs(replica.localSeq())
  for (const seq of behind) {
    const stored = effective(outbox, seq)
    if (stored === null) continue
    replica.applyLocal({ seq, id: stored.id }, redecide(stores, stored))
  }
  return behind.length
}

/** Null where the server took its effect back. */
function effective(outbox: Outbox, seq: number): StoredOperation | null {
  const stored = outbox.bySeq(seq)
  return stored?.outcome === 'refused' || stored?.outcome === 'quarantined' ? null : stored
}

/**
 * The newest operation is in the outbox and not in the rows: the disk filled, or the power went,
 * between the two. The next one must not be applied over the hole, which nothing would ever fill.
 */
export const isBehind = ({ outbox, replica }: RecordStores): boolean =>
  replica.localSeq() < outbox.lastSeq()
