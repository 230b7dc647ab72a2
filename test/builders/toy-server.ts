/**
 * The ordering authority as a map of rows: it decides again with the real rules, keeps a log, and
 * numbers one gap-free feed a scope. For tests that need a city to answer.
 */
import { applyChange, inverseOf, keyOf, keyOfChange, kindOfChange } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { gatherFacts } from '../../domain/facts.ts'
import { finders, gatherNow } from '../../domain/gathering.ts'
import type { Facts, Subject } from '../../domain/facts.ts'
import type { LoggedOperation } from '../../domain/gathering.ts'
import { idsOf } from '../../domain/operation.ts'
import type { Override } from '../../domain/operation.ts'
import { operationOf } from '../../domain/operations/index.ts'
import type { OperationKind } from '../../domain/operations/index.ts'
import { isCityKind } from '../../domain/scopes.ts'
import type { RecordKind, Records } from '../../domain/records.ts'
import { record } from '../../domain/verdict.ts'
import type { Recorded, Recording } from '../../domain/verdict.ts'
import { FEED, TODAY } from './city.ts'

export type Row = Records[RecordKind]
/** Rows by `kind:id`. */
export type Table = Map<string, Row>

export interface FeedStep {
  readonly scope: 'city' | typeof FEED
  readonly number: number
  readonly changes: readonly Change[]
}

export interface ToyOperation {
  readonly id: string
  readonly kind: OperationKind
  readonly payload: unknown
  readonly overrides: readonly Override[]
  readonly at: number
  readonly branchId: string
}

export function applyTo(table: Table, changes: readonly Change[]): void {
  for (const change of changes) {
    const key = keyOfChange(change)
    const next = applyChange(table.get(key) ?? null, change)
    if (next === null) table.delete(key)
    else table.set(key, next)
  }
}

export function decide(
  operation: ToyOperation,
  gather: (subject: Subject, branchId: string) => Facts,
  server: Recording | null,
): Recorded {
  const spec = operationOf(operation.kind)
  const payload = spec.payload.parse(operation.payload)
  const facts = gather(spec.subject(payload), operation.branchId)
  const ctx = {
    operationId: operation.id,
    at: operation.at,
    knewAt: 0,
    today: TODAY,
    clock: { now: operation.at, isSuspect: false },
    staff: { id: 'staff-lin', role: 'branch-head' as const },
    branchId: operation.branchId,
    overrides: operation.overrides,
    factsAgeMs: 0,
    promised: {},
    newId: idsOf(operation.id),
  }
  return record(spec, facts, payload, ctx, server)
}

export class ToyServer {
  readonly table: Table = new Map()
  readonly feed: FeedStep[] = []
  readonly heads: Record<FeedStep['scope'], number> = { city: 0, [FEED]: 0 }
  private readonly log = new Map<string, LoggedOperation>()

  constructor(rows: readonly Change[]) {
    this.announce(rows)
  }

  /** Where its changes stand in the feed; null where there are none. */
  accept(operation: ToyOperation, deviceId: string, undoes: string | null): number | null {
    const gather = (subject: Subject, branchId: string) => this.gather(subject, branchId)
    const recorded = decide(operation, gather, {
      deviceId,
      openedAt: operation.at,
      knew: {
        staffId: 'staff-lin',
        factsAgeMs: 0,
        policyVersion: 1,
        baseCursor: 0,
        isClockSuspect: false,
      },
      other: null,
      isOtherSuspect: false,
    })
    const now: Table = new Map(this.table)
    const inverse = recorded.changes.map((change) => {
      const before = now.get(keyOfChange(change)) ?? null
      applyTo(now, [change])
      return inverseOf(change, before)
    })
    this.log.set(operation.id, { ...logged(operation, recorded.changes, inverse), undoneBy: null })
    if (undoes !== null && recorded.outcome !== 'refused') {
      const undone = this.log.get(undoes)
      if (undone !== undefined) this.log.set(undoes, { ...undone, undoneBy: operation.id })
    }
    if (recorded.changes.length === 0) return null
    this.announce(recorded.changes)
    return this.heads[FEED]
  }

  announce(changes: readonly Change[]): void {
    applyTo(this.table, changes)
    for (const scope of ['city', FEED] as const) {
      const ofScope = changes.filter(
        (change) => isCityKind(kindOfChange(change)) === (scope === 'city'),
      )
      if (ofScope.length === 0) continue
      this.heads[scope] += 1
      this.feed.push({ scope, number: this.heads[scope], changes: ofScope })
    }
  }

  private gather(subject: Subject, branchId: string): Facts {
    return gatherNow(gatherFacts(subject, branchId), (lookup) => {
      if (lookup.lookup === 'operation') return this.log.get(lookup.id) ?? null
      if (lookup.lookup === 'blocked-card') return []
      if (lookup.lookup === 'get') {
        const row = this.table.get(keyOf(lookup.kind, lookup.id))
        return row === undefined ? [] : [row]
      }
      const { kind, by, orderBy, limit } = finders[lookup.finder]
      const field = (row: Row, name: string) => (row as unknown as Record<string, unknown>)[name]
      return [...this.table]
        .filter(([key]) => key.startsWith(`${kind}:`))
        .map(([, row]) => row)
        .filter((row) => by.every((name, index) => field(row, name) === lookup.values[index]))
        .toSorted((one, other) =>
          String(field(one, orderBy)).localeCompare(String(field(other, orderBy))),
        )
        .slice(0, limit)
    })
  }
}

export const logged = (
  operation: ToyOperation,
  changes: readonly Change[],
  inverse: readonly Change[],
): Omit<LoggedOperation, 'undoneBy'> => ({
  id: operation.id,
  kind: operation.kind,
  staffId: 'staff-lin',
  branchId: operation.branchId,
  at: operation.at,
  isClockSuspect: false,
  changes,
  inverse,
})
