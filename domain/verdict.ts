/**
 * From a decision to an outcome: the same arithmetic on the desk (may I?) and on the server
 * (it happened; what must a person look at?).
 */
import { put } from './change.ts'
import type { Change } from './change.ts'
import type { Facts } from './facts.ts'
import { itemHistoryAt } from './item-history.ts'
import { alert, note, openOverrides } from './operation.ts'
import { openedException } from './open-exception.ts'
import type { Knew } from './open-exception.ts'
import type { AnyOperation } from './operations/index.ts'
import type { About, Ctx, Decision, Finding, Override } from './operation.ts'
import { mayDo } from './policy/roles.ts'
import type { Role } from './policy/roles.ts'
import type { Evidence } from './evidence.ts'
import type { ExceptionKind } from './records.ts'
import { requestRefused } from './request-refused.ts'
import { dateAt } from './words/calendar-date.ts'
import type { EpochMs } from './words/calendar-date.ts'

/** What the desk answers to a proposal. */
export type Proposal = 'may-be-done' | 'needs-override' | 'refused'

export function judge(decision: Decision, overrides: readonly Override[]): Proposal {
  if (decision.findings.some((finding) => finding.level === 'impossible')) return 'refused'
  return openOverrides(decision.findings, overrides).length > 0 ? 'needs-override' : 'may-be-done'
}

/** L19: whatever is answered upon old facts says how old they are; R13 has said it already. */
export function withFactsAge<S>(
  decision: Decision<S>,
  { policy }: Pick<Facts, 'policy'>,
  { factsAgeMs }: Pick<Ctx, 'factsAgeMs'>,
): Decision<S> {
  const isSaid = decision.findings.some(({ code }) => code === 'facts-too-old')
  if (factsAgeMs <= policy.factsFreshMs || isSaid) return decision
  const params = { hours: Math.floor(factsAgeMs / 3_600_000) }
  return { ...decision, findings: [...decision.findings, note('facts-old', 'L19', { params })] }
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
export type RecordCtx = Omit<Ctx, 'mode' | 'isCity'>

/** Where and by whom the operation is recorded, for the exceptions that it opens. */
export interface Recording {
  readonly deviceId: string
  readonly openedAt: EpochMs
  readonly knew: Knew
  /** The operation behind the loan that it clashes with, where the city knows it. */
  readonly other: Evidence['other']
  /** … and whether that one's clock was suspect. */
  readonly isOtherSuspect: boolean
}

/** Below this two clocks that were measured agree. */
const CLOCKS_AGREE_MS = 120_000

export interface Recorded {
  readonly outcome: 'applied' | 'applied-with-exception' | 'refused'
  readonly findings: readonly Finding[]
  readonly changes: readonly Change[]
  readonly summary: unknown
  /** Of a refused request: the exception in front of a person (E11). It changes nothing else. */
  readonly told: readonly Change[]
}

/**
 * Deciding again what a desk reports. A physical fact is always recorded: each rule it broke
 * becomes an exception (`openExceptions` true on the server; a desk that replays its own log keeps
 * the fact and leaves the exceptions to the server). An intent may be refused: its desk has called it
 * done, so a person is told.
 */
export function record(
  operation: AnyOperation,
  facts: Facts,
  payload: unknown,
  ctx: RecordCtx,
  server: Recording | null,
): Recorded {
  const isCity = server !== null
  const decided = operation.decide(facts, payload, { ...ctx, mode: 'record', isCity })
  const decision = withClock({ operation, decision: decided, facts, ctx, server })
  const broken = [
    ...decision.findings.filter((finding) => finding.level === 'impossible'),
    ...openOverrides(decision.findings, ctx.overrides),
  ]
  const { findings, summary } = decision
  if (operation.evidence === 'intent' && broken.length > 0) {
    const refused = withPromise(decision, broken, operation, payload, ctx)
    const told = exceptionsOf({ facts, decision: refused, broken: [], operation, ctx, server })
    return { outcome: 'refused', findings, changes: [], summary, told }
  }
  const exceptions = exceptionsOf({ facts, decision, broken, operation, ctx, server })
  return {
    outcome: exceptions.length > 0 ? 'applied-with-exception' : 'applied',
    findings,
    changes: [...decision.changes, ...exceptions],
    summary,
    told: [],
  }
}

type Timed = Omit<Clash, 'broken'>

/** What a clock that cannot be believed may have made wrong. */
function withClock(timed: Timed): Decision {
  const { decision, server } = timed
  if (server === null) return decision
  const found = [...dateDoubts(timed, server), ...orderDoubts(timed, server)]
  return found.length === 0 ? decision : { ...decision, findings: [...decision.findings, ...found] }
}

/** The desk said so, or it tells of what has not been yet. */
const isSuspect = ({ at }: Pick<Ctx, 'at'>, { knew, openedAt }: Recording): boolean =>
  knew.isClockSuspect || at > openedAt + CLOCKS_AGREE_MS

/** E11: what was said at the desk, then what stood against it in the city. */
function withPromise(
  decision: Decision,
  broken: readonly Finding[],
  { asks, isUntold }: AnyOperation,
  payload: unknown,
  { promised }: RecordCtx,
): Decision {
  if (isUntold === true || decision.isSoAlready === true) return { ...decision, findings: [] }
  const said = { asked: asks?.(payload) ?? {}, promisedDueOn: promised.dueOn, broken }
  const reasons = broken.map((one) => ({ ...one, exception: 'request-refused' as const }))
  return { ...decision, findings: [requestRefused(said), ...reasons] }
}

/**
 * E8: a date told under a suspect clock is checked at arrival. Where the city's day is the desk's,
 * the date is right whatever the clock was suspected of; else a person must look.
 */
function dateDoubts({ decision, ctx }: Timed, server: Recording): Finding[] {
  const [onDesk, arrivedOn] = [dateAt(ctx.at), dateAt(server.openedAt)]
  if (onDesk === arrivedOn || !isSuspect(ctx, server)) return []
  if (!decision.changes.some(tellsDate)) return []
  return [doubt('clock-suspect', 'E8', { onDesk, arrivedOn })]
}

/**
 * E14: a lending or a return whose desk did not know all that the city knows of the item is put in
 * its place by times alone. Where one of the two clocks is suspect, that place may be wrong.
 */
function orderDoubts(timed: Timed, server: Recording): Finding[] {
  const { operation, decision, facts, ctx } = timed
  if (operation.evidence !== 'physical') return []
  const isOvertaken = decision.overtakenBy !== undefined
  if (!isOvertaken && !decision.changes.some(movesItem)) return []
  const historyAt = itemHistoryAt(facts)
  if (historyAt <= ctx.knewAt) return []
  const isOfFuture = historyAt > server.openedAt + CLOCKS_AGREE_MS
  const isOtherSuspect = isOfFuture || (isOvertaken && server.isOtherSuspect)
  if (!isOtherSuspect && !isSuspect(ctx, server)) return []
  return [doubt('order-doubtful', 'E14', { onDesk: dateAt(ctx.at), inCity: dateAt(historyAt) })]
}

const doubt = (code: 'clock-suspect' | 'order-doubtful', rule: string, params: Finding['params']) =>
  alert(code, rule, { params, exception: 'clock-suspect' })

/** Lent, returned, or seen again. */
const movesItem = (change: Change): boolean =>
  ('put' in change && change.put === 'loan') ||
  ('patch' in change && change.patch === 'loan' && 'returnedAt' in change.set) ||
  ('patch' in change && change.patch === 'item' && 'lastCheckInAt' in change.set)

/** A due date, or a fee that counts days. */
const tellsDate = (change: Change): boolean =>
  ('put' in change && change.put === 'loan') ||
  ('put' in change && change.put === 'fee' && change.row.cause === 'overdue') ||
  ('patch' in change && change.patch === 'loan' && 'dueOn' in change.set)

interface Clash {
  readonly facts: Facts
  readonly decision: Decision
  readonly broken: readonly Finding[]
  readonly operation: AnyOperation
  readonly ctx: RecordCtx
  readonly server: Recording | null
}

/** One exception per kind, quoting every rule that led to it. */
function exceptionsOf({ facts, decision, broken, operation, ctx, server }: Clash): Change[] {
  if (server === null) return []
  const findingsByKind = new Map<ExceptionKind, Finding[]>()
  for (const finding of decision.findings) {
    const kind = finding.exception ?? (broken.includes(finding) ? 'rule-broken' : null)
    if (kind === null) continue
    findingsByKind.set(kind, [...(findingsByKind.get(kind) ?? []), finding])
  }
  return [...findingsByKind].map(([kind, findings]) =>
    put(
      'exception',
      openedException({
        kind,
        operationId: ctx.operationId,
        operationKind: operation.kind,
        branchId: ctx.branchId,
        about: decision.about,
        otherBranchId: otherBranchOf(facts, decision.about, ctx.branchId),
        happenedAt: decision.happenedAt ?? ctx.at,
        findings,
        comment: null,
        ...server,
      }),
    ),
  )
}

/** Where the loan that it clashes with began, if elsewhere. */
function otherBranchOf(facts: Facts, { otherLoanId, loanId }: About, branchId: string) {
  const known = [...facts.openLoansOfItem, ...(facts.loan === null ? [] : [facts.loan])]
  const other =
    known.find(({ id }) => id === otherLoanId) ?? known.find(({ id }) => id === loanId) ?? null
  return other === null || other.lentBranchId === branchId ? null : other.lentBranchId
}
