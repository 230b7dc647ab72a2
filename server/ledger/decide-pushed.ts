/** One pushed operation against the facts of its batch. */
import { eventTime } from '../../contract/sync-protocol.ts'
import type { OperationBody } from '../../contract/sync-protocol.ts'
import type { Change } from '../../domain/change.ts'
import { gatherFacts } from '../../domain/facts.ts'
import { gatherNow, get, known, together } from '../../domain/gathering.ts'
import type { Facts, Subject } from '../../domain/facts.ts'
import type { Gathering, LoggedOperation } from '../../domain/gathering.ts'
import type { Knew } from '../../domain/open-exception.ts'
import { countEarlierMoney } from '../../domain/money-before-fee.ts'
import { idsOf, impossible } from '../../domain/operation.ts'
import type { About, Finding } from '../../domain/operation.ts'
import type { AnyOperation } from '../../domain/operations/index.ts'
import { mayDo } from '../../domain/policy/roles.ts'
import { worksAt } from '../../domain/policy/works-at.ts'
import type { Role } from '../../domain/policy/roles.ts'
import type { Evidence } from '../../domain/evidence.ts'
import { allowedOverrides, record } from '../../domain/verdict.ts'
import type { Recorded, RecordCtx } from '../../domain/verdict.ts'
import { dateAt } from '../../domain/words/calendar-date.ts'
import type { Branch } from '../../domain/records.ts'
import type { BranchId, OperationId } from '../../domain/words/ids.ts'
import { NotFetched } from './batch-facts.ts'
import type { BatchFacts } from './batch-facts.ts'
import type { Gathered } from './gather-locked.ts'
import type { Poison, ReadOperation } from './read-pushed.ts'
import type { Device } from '../storage/ledger-storage.ts'

/** The rights of a person whom the city does not know: those that every fact is recorded under. */
const roleOfUnknown: Role = 'circulation'

export interface Decided {
  readonly outcome: Recorded['outcome']
  readonly findings: readonly Finding[]
  readonly changes: readonly Change[]
  readonly about: About
  readonly isUndo: boolean
  readonly undoes: string | null
  /** The exception that stands for a refused request. */
  readonly told: readonly Change[]
}

/** What deciding will ask for: the facts, and the people whom the body names. Null for poison. */
export const gatheringOf = ({ body, decidable }: ReadOperation): Gathering<GatheredFacts> =>
  typeof decidable === 'string'
    ? known(null)
    : together(gatherFacts(subjectOf(decidable, body), body.branch), gatherPeople(body))

export type GatheredFacts = readonly [Facts, ...unknown[]] | null

const subjectOf = (
  { operation, payload }: { readonly operation: AnyOperation; readonly payload: unknown },
  { promised }: OperationBody,
): Subject => operation.subject(payload, promised)

const gatherPeople = (body: OperationBody): Gathering<unknown> =>
  together(...[body.staff, ...approvers(body)].map((id) => get('staff', id)))

/**
 * Decides again what the desk reports. `gathered` before the batch was begun. Throws NotFetched
 * where it needs more than was gathered.
 */
export function decidePushed(
  read: ReadOperation,
  gathered: Gathered<GatheredFacts> | undefined,
  facts: BatchFacts,
  openedAt: number,
  device: Pick<Device, 'branchId'>,
): Decided | Poison {
  if (typeof read.decidable === 'string') return read.decidable
  const { operation, payload } = read.decidable
  try {
    const known = inPlace(operation, placeFindings(read.body, facts, device))
    return decided(known, payload, read, gathered, facts, openedAt)
  } catch (error) {
    if (error instanceof NotFetched) throw error
    return 'decision-failed'
  }
}

/**
 * B1, B2: who acted, and where the desk stands. Beside whatever else the rule finds: a fact is kept
 * with an exception, what is only asked for is refused.
 */
function placeFindings(
  { branch, staff: staffId }: OperationBody,
  facts: BatchFacts,
  device: Pick<Device, 'branchId'>,
): Finding[] {
  const found: Finding[] = []
  if (branch !== device.branchId) {
    const params = {
      ...namesOf('branch', facts.row('branch', device.branchId)),
      ...namesOf('told', facts.row('branch', branch)),
    }
    found.push(impossible('desk-of-other-branch', 'B2', { params }))
  }
  const staff = facts.row('staff', staffId)
  if (staff !== null && !worksAt(staff, branch)) {
    const params = { staff: staff.name, ...namesOf('branch', facts.row('branch', branch)) }
    found.push(impossible('staff-of-other-branch', 'B1', { params }))
  }
  return found
}

const namesOf = (name: string, branch: Branch | null): Record<string, string> => ({
  [`${name}Zh`]: branch?.nameZh ?? '',
  [`${name}En`]: branch?.nameEn ?? '',
})

const inPlace = (operation: AnyOperation, findings: readonly Finding[]): AnyOperation =>
  findings.length === 0
    ? operation
    : {
        ...operation,
        decide(facts, payload, ctx) {
          const decision = operation.decide(facts, payload, ctx)
          return { ...decision, findings: [...decision.findings, ...findings] }
        },
      }

function decided(
  operation: AnyOperation,
  payload: unknown,
  { id, body }: ReadOperation,
  gathered: Gathered<GatheredFacts> | undefined,
  facts: BatchFacts,
  openedAt: number,
): Decided | Poison {
  const roles = rolesIn(body, facts)
  const own = roles.get(body.staff) ?? null
  const mayPerform = own !== null && mayDo(own, operation.permission)
  if (!mayPerform && operation.evidence === 'intent') return 'staff-may-not'
  const found =
    stillTrue(gathered, facts) ??
    factsFor(subjectOf({ operation, payload }, body), body.branch, facts)
  const at = eventTime(body)
  const ctx = (overrides: RecordCtx['overrides']): RecordCtx => ({
    operationId: id,
    at,
    knewAt: body.knewAt ?? 0,
    today: dateAt(at),
    clock: { now: openedAt, isSuspect: body.isClockSuspect ?? false },
    staff: { id: body.staff, role: own ?? roleOfUnknown },
    branchId: body.branch,
    overrides,
    factsAgeMs: 0,
    promised: body.promised ?? {},
    newId: idsOf(id),
  })
  const claimed = operation.decide(found, payload, {
    ...ctx(body.overrides),
    mode: 'record',
    isCity: true,
  })
  const overrides = allowedOverrides(claimed.findings, body.overrides, (approvedBy) => {
    if (approvedBy === null) return own
    // Nobody is one's own second person.
    return approvedBy === body.staff ? null : (roles.get(approvedBy) ?? null)
  })
  const opensAny = claimed.findings.some((finding) => finding.exception !== null)
  const { overtakenBy } = claimed
  const behind =
    opensAny || overtakenBy !== undefined
      ? operationBehind(
          { ...claimed.about, loanId: claimed.about.loanId ?? overtakenBy ?? null },
          id,
          facts,
        )
      : null
  const server = {
    deviceId: body.device,
    openedAt,
    knew: knewOf(body),
    other: behind === null ? null : evidenceOf(behind),
    isOtherSuspect: behind?.isClockSuspect ?? false,
  }
  // Where every override stands, deciding once more would say the same.
  const isSame = overrides.length === body.overrides.length
  const rule = isSame ? { ...operation, decide: () => claimed } : operation
  const { outcome, findings, ...recorded } = record(rule, found, payload, ctx(overrides), server)
  const changes = gatherNow(countEarlierMoney(recorded.changes), facts.answerOrNone)
  const isUndo = operation.audit === 'undo' && outcome !== 'refused'
  const undoes = isUndo ? operation.subject(payload).operationId : null
  return { outcome, findings, changes, about: claimed.about, isUndo, undoes, told: recorded.told }
}

/** What the body tells of the desk that made it; older programs tell less. */
export const knewOf = (body: OperationBody): Knew => ({
  staffId: body.staff,
  factsAgeMs: body.factsAgeMs ?? null,
  policyVersion: body.policyVersion,
  baseCursor: body.baseCursor,
  isClockSuspect: body.isClockSuspect ?? false,
})

/** Ids of records begin with the id of the operation that made them (domain/operation.ts). */
function operationBehind(
  { otherLoanId, loanId }: About,
  ownId: string,
  facts: BatchFacts,
): LoggedOperation | null {
  const madeBy = /^(.+)\.r\d+$/.exec(otherLoanId ?? loanId ?? '')?.[1]
  if (madeBy === undefined || madeBy === ownId) return null
  return facts.answer({ lookup: 'operation', id: madeBy }) as LoggedOperation | null
}

/** Null where an operation before it in the batch touched what they were gathered from. */
const stillTrue = (
  gathered: Gathered<GatheredFacts> | undefined,
  facts: BatchFacts,
): Facts | null =>
  gathered !== undefined && facts.areUntouched(gathered.asked)
    ? (gathered.result?.[0] ?? null)
    : null

const evidenceOf = ({ id, staffId, branchId, at }: LoggedOperation): Evidence['other'] => ({
  operationId: id as OperationId,
  staffId,
  branchId: branchId as BranchId,
  at,
})

const factsFor = (subject: Subject, branchId: string, facts: BatchFacts): Facts =>
  gatherNow(gatherFacts(subject, branchId), (lookup) => facts.answer(lookup))

const approvers = (body: OperationBody): string[] =>
  body.overrides.flatMap(({ approvedBy }) => approvedBy ?? [])

/** Roles of the active staff that the body names: of whoever acts, and of those who work there. */
function rolesIn(body: OperationBody, facts: BatchFacts): Map<string, Role> {
  const roles = new Map<string, Role>()
  for (const id of [body.staff, ...approvers(body)]) {
    const staff = facts.row('staff', id)
    const isHere = staff !== null && (id === body.staff || worksAt(staff, body.branch))
    if (isHere && staff.isActive) roles.set(id, staff.role)
  }
  return roles
}
