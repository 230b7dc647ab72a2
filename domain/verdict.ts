/**
 * From a decision to an outcome: the same arithmetic on the desk (may I?) and on the server
 * (it happened; what must a person look at?).
 */
import { put } from './change.ts'
import type { Change } from './change.ts'
import type { Facts } from './facts.ts'
import { openOverrides } from './operation.ts'
import type { AnyOperation } from './operations/index.ts'
import type { Ctx, Decision, Finding, Override } from './operation.ts'
import { mayDo } from './policy/roles.ts'
import type { Role } from './policy/roles.ts'
import type { ExceptionKind, LedgerException } from './records.ts'
import type { EpochMs } from './words/calendar-date.ts'
import type { BranchId, DeviceId, ExceptionId, ItemId } from './words/ids.ts'
import type { LoanId, OperationId, ReaderId } from './words/ids.ts'

/** What the desk answers to a proposal. */
export type Proposal = 'may-be-done' | 'needs-override' | 'refused'

export function judge(decision: Decision, overrides: readonly Override[]): Proposal {
  if (decision.findings.some((finding) => finding.level === 'impossible')) return 'refused'
  return openOverrides(decision.findings, overrides).length > 0 ? 'needs-override' : 'may-be-done'
}

/** Overrides that the people who gave them were allowed to give. */
export function allowedOverrides(
  findings: readonly Finding[],
  overrides: readonly Override[],
  roleOf: (approvedBy: string | null) => Role | null,
): readonly Override[] {
  return overrides.filter((given) => {
    const finding = findings.find((one) => one.code === given.code)
    if (finding === undefined || finding.permission === null) return false
    if (finding.needsSecondPerson && given.approvedBy === null) return false
    const role = roleOf(given.approvedBy)
    return role !== null && mayDo(role, finding.permission)
  })
}

/** Ctx of a recorded operation, before it is decided again. */
export type RecordCtx = Omit<Ctx, 'mode'>

export interface Recorded {
  readonly outcome: 'applied' | 'applied-with-exception' | 'refused'
  readonly findings: readonly Finding[]
  readonly changes: readonly Change[]
  readonly summary: unknown
}

/**
 * Deciding again what a desk reports. A physical fact is always recorded: each rule it broke
 * becomes an exception (`openExceptions` true on the server; a desk that replays its own log keeps
 * the fact and leaves the exceptions to the server). An intent may be refused.
 */
export function record(
  operation: AnyOperation,
  facts: Facts,
  payload: unknown,
  ctx: RecordCtx,
  server: { deviceId: string; openedAt: EpochMs } | null,
): Recorded {
  const decision = operation.decide(facts, payload, { ...ctx, mode: 'record' })
  const broken = [
    ...decision.findings.filter((finding) => finding.level === 'impossible'),
    ...openOverrides(decision.findings, ctx.overrides),
  ]
  const { findings, summary } = decision
  if (operation.evidence === 'intent') {
    return broken.length > 0
      ? { outcome: 'refused', findings, changes: [], summary }
      : { outcome: 'applied', findings, changes: decision.changes, summary }
  }
  const exceptions = exceptionsOf(decision, broken, operation.kind, ctx, server)
  return {
    outcome: exceptions.length > 0 ? 'applied-with-exception' : 'applied',
    findings,
    changes: [...decision.changes, ...exceptions],
    summary,
  }
}

/** One exception per kind, quoting every rule that led to it. */
function exceptionsOf(
  decision: Decision,
  broken: readonly Finding[],
  operationKind: string,
  ctx: RecordCtx,
  server: { deviceId: string; openedAt: EpochMs } | null,
): Change[] {
  if (server === null) return []
  const rulesByKind = new Map<ExceptionKind, string[]>()
  for (const finding of decision.findings) {
    const kind = finding.exception ?? (broken.includes(finding) ? 'rule-broken' : null)
    if (kind === null) continue
    rulesByKind.set(kind, [...(rulesByKind.get(kind) ?? []), finding.rule])
  }
  return [...rulesByKind].map(([kind, rules]) => {
    const { about } = decision
    const row: LedgerException = {
      // Not from ctx.newId: the desk, which opens no exceptions, must count the same ids.
      id: `${ctx.operationId}.x-${kind}` as ExceptionId,
      kind,
      operationId: ctx.operationId as OperationId,
      operationKind,
      deviceId: server.deviceId as DeviceId,
      branchId: ctx.branchId as BranchId,
      itemId: about.itemId as ItemId | null,
      readerId: about.readerId as ReaderId | null,
      loanId: about.loanId as LoanId | null,
      otherLoanId: about.otherLoanId as LoanId | null,
      rules,
      happenedAt: ctx.at,
      openedAt: server.openedAt,
      settledAt: null,
      settledBy: null,
      settlement: null,
      comment: null,
    }
    return put('exception', row)
  })
}
