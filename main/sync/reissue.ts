/**
 * The operations of a log that went another way than the city's, once more under new numbers: the
 * same fact, person, time and request (docs/decisions/0011). What they call one another by, and the
 * ids of records that they made, follow.
 */
import type { OperationBody } from '../../contract/sync-protocol.ts'
import { operationId } from '../../domain/operation.ts'
import { RECOVERED_PREFIX } from '../../db/outbox/log-turns.ts'
import type { Reissue } from '../../db/outbox/log-turns.ts'
import type { StoredOperation } from '../../db/outbox/outbox.ts'
import { hashOf } from '../engine/chain.ts'

export interface ChainEnd {
  readonly deviceId: string
  readonly epoch: number
  readonly lastSeq: number
  readonly headHash: string
}

export interface ReissueRules {
  /** The id that an operation took back, or null. */
  readonly undoneWith: (id: string) => string | null
  /**
   * Rows that only came back from the city go along as well. Where another disk under this name
   * pushed its own in their place they do not: whoever did them tells them, and would tell them
   * twice.
   */
  readonly withRecovered: boolean
}

/** `tail` in order. */
export function reissuesOf(
  tail: readonly StoredOperation[],
  { deviceId, epoch, lastSeq, headHash }: ChainEnd,
  { undoneWith, withRecovered }: ReissueRules,
): Reissue[] {
  const own = tail.filter(({ requestId }) => withRecovered || !isRecovered(requestId))
  const newIds = new Map(
    own.map(({ id }, index) => [id, operationId(deviceId, epoch, lastSeq + index + 1)]),
  )
  let prevHash = headHash
  return own.map((stored, index) => {
    const seq = lastSeq + index + 1
    const old = stored.body as OperationBody
    const body: OperationBody = { ...old, device: deviceId, epoch, seq, prevHash }
    body.payload = withNewIds(old.payload, newIds)
    // The slip names the hold, which is this log's own: under its new id the city knows it.
    if (old.promised !== undefined) body.promised = withNewIds(old.promised, newIds)
    const hash = hashOf(body)
    prevHash = hash
    const undone = undoneWith(stored.id)
    const { requestId, kind, at, staffId, branchId, factsAgeMs } = stored
    const { changes, inverse, findings, summary, about } = withNewIds(partsWithIds(stored), newIds)
    return {
      operation: {
        seq,
        epoch,
        id: operationId(deviceId, epoch, seq),
        requestId: isRecovered(requestId) ? `again:${stored.id}` : requestId,
        kind,
        body,
        hash,
        at,
        staffId,
        branchId,
        changes,
        inverse,
        findings,
        summary,
        about,
        factsAgeMs,
      },
      undoes: undone === null ? null : (newIds.get(undone) ?? undone),
      supersedes: stored.id,
    }
  })
}

const isRecovered = (requestId: string): boolean => requestId.startsWith(RECOVERED_PREFIX)

const partsWithIds = ({ changes, inverse, findings, summary, about }: StoredOperation) => ({
  changes,
  inverse,
  findings,
  summary,
  about,
})

/** `<operation>`, `<operation>.r1`, `<operation>.x-…` (domain/operation.ts). */
const ID = /^([^.]+\.\d+\.\d+)(\..*)?$/

function withNewIds<T>(value: T, newIds: ReadonlyMap<string, string>): T {
  return renamed(value, newIds) as T
}

function renamed(value: unknown, newIds: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    const [, id = '', rest = ''] = ID.exec(value) ?? []
    const newId = newIds.get(id)
    return newId === undefined ? value : `${newId}${rest}`
  }
  if (Array.isArray(value)) return value.map((one) => renamed(one, newIds))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, renamed(field, newIds)]),
  )
}
