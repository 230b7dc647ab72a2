/** One pushed operation against the facts of its batch. */
import { eventTime } from '../../contract/sync-protocol.ts'
import type { OperationBody } from '../../contract/sync-protocol.ts'
import type { Change } from '../../domain/change.ts'
import { gatherFacts, gatherLater } from '../../domain/facts.ts'
import type { Facts } from '../../domain/facts.ts'
import { idsOf } from '../../domain/operation.ts'
import type { Finding } from '../../domain/operation.ts'
import type { AnyOperation } from '../../domain/operations/index.ts'
import { mayDo } from '../../domain/policy/roles.ts'
import type { Role } from '../../domain/policy/roles.ts'
import { allowedOverrides, record } from '../../domain/verdict.ts'
import type { Recorded, RecordCtx } from '../../domain/verdict.ts'
import { dateAt } from '../../domain/words/calendar-date.ts'
import { LedgerStorageFailure } from '../storage/ledger-storage.ts'
import type { BatchFacts } from './batch-facts.ts'
import type { Poison, ReadOperation } from './read-pushed.ts'

/** The rights of a person whom the city does not know: those that every fact is recorded under. */
const roleOfUnknown: Role = 'circulation'

export interface Decided {
  readonly outcome: Recorded['outcome']
  readonly findings: readonly Finding[]
  readonly changes: readonly Change[]
  readonly undoes: string | null
}

/** Reads what deciding will ask for. A gathering that fails, fails again when it is decided. */
export async function prefetch(reads: readonly ReadOperation[], facts: BatchFacts): Promise<void> {
  const gathered = await Promise.allSettled(
    reads.flatMap((read) => {
      const { body, decidable } = read
      if (typeof decidable === 'string') return []
      return [
        facts.row('staff', body.staff),
        ...approvers(body).map((id) => facts.row('staff', id)),
        factsFor(decidable.operation, decidable.payload, body.branch, facts),
      ]
    }),
  )
  const failures = gathered.flatMap((one) =>
    one.status === 'rejected' && one.reason instanceof LedgerStorageFailure ? [one.reason] : [],
  )
  // The query that the store rejected makes those beside it fail as well: it is the cause.
  const cause = failures.find(({ code }) => code === 'rejected') ?? failures[0]
  if (cause !== undefined) throw cause
}

/** Decides again what the desk reports. Throws only where the store fails. */
export async function decidePushed(
  read: ReadOperation,
  facts: BatchFacts,
  openedAt: number,
): Promise<Decided | Poison> {
  if (typeof read.decidable === 'string') return read.decidable
  const { operation, payload } = read.decidable
  try {
    return await decided(operation, payload, read, facts, openedAt)
  } catch (error) {
    if (error instanceof LedgerStorageFailure) throw error
    return 'decision-failed'
  }
}

async function decided(
  operation: AnyOperation,
  payload: unknown,
  { id, body }: ReadOperation,
  facts: BatchFacts,
  openedAt: number,
): Promise<Decided | Poison> {
  const roles = await rolesIn(body, facts)
  const own = roles.get(body.staff) ?? null
  const mayPerform = own !== null && mayDo(own, operation.permission)
  if (!mayPerform && operation.evidence === 'intent') return 'staff-may-not'
  const found = await factsFor(operation, payload, body.branch, facts)
  const at = eventTime(body)
  const ctx = (overrides: RecordCtx['overrides']): RecordCtx => ({
    operationId: id,
    at,
    today: dateAt(at),
    staff: { id: body.staff, role: own ?? roleOfUnknown },
    branchId: body.branch,
    overrides,
    factsAgeMs: 0,
    newId: idsOf(id),
  })
  const claimed = operation.decide(found, payload, { ...ctx(body.overrides), mode: 'record' })
  const overrides = allowedOverrides(claimed.findings, body.overrides, (approvedBy) => {
    if (approvedBy === null) return own
    // Nobody is one's own second person.
    return approvedBy === body.staff ? null : (roles.get(approvedBy) ?? null)
  })
  const server = { deviceId: body.device, openedAt }
  const { outcome, findings, changes } = record(operation, found, payload, ctx(overrides), server)
  const isUndo = operation.audit === 'undo' && outcome !== 'refused'
  const undoes = isUndo ? operation.subject(payload).operationId : null
  return { outcome, findings, changes, undoes }
}

const factsFor = (
  operation: AnyOperation,
  payload: unknown,
  branchId: string,
  facts: BatchFacts,
): Promise<Facts> =>
  gatherLater(gatherFacts(operation.subject(payload), branchId), (lookup) => facts.answer(lookup))

const approvers = (body: OperationBody): string[] =>
  body.overrides.flatMap(({ approvedBy }) => approvedBy ?? [])

/** Roles of the active staff that the body names. */
async function rolesIn(body: OperationBody, facts: BatchFacts): Promise<Map<string, Role>> {
  const roles = new Map<string, Role>()
  for (const id of [body.staff, ...approvers(body)]) {
    const staff = await facts.row('staff', id)
    if (staff !== null && staff.isActive) roles.set(id, staff.role)
  }
  return roles
}
