/**
 * One operation, from the screen's wish to the outbox. Generic: it never names an operation.
 *
 * "Done" is answered after outbox.db has committed at synchronous=FULL. The replica follows in its
 * own transaction; if the power goes between the two, the next start applies it (replay.ts).
 */
import type { PerformRequest, Receipt } from '../../contract/desk-api.ts'
import { canonicalJson, eventTime } from '../../contract/sync-protocol.ts'
import type { OperationBody } from '../../contract/sync-protocol.ts'
import type { FactsClass } from '../../contract/topics.ts'
import { isOfCatalogue, keyOfChange, kindOfChange } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { knownAt } from '../../domain/item-history.ts'
import { idsOf, operationId } from '../../domain/operation.ts'
import type { Ctx, Decision, Override } from '../../domain/operation.ts'
import { isOperationKind, operationOf } from '../../domain/operations/index.ts'
import type { AnyOperation } from '../../domain/operations/index.ts'
import { payloadVersionOf } from '../../domain/operations/payload-versions.ts'
import { mayDo } from '../../domain/policy/roles.ts'
import type { Role } from '../../domain/policy/roles.ts'
import type { Facts } from '../../domain/facts.ts'
import { branchScope, isOwnItem } from '../../domain/scopes.ts'
import { allowedOverrides, judge, withFactsAge } from '../../domain/verdict.ts'
import { dateAt } from '../../domain/words/calendar-date.ts'
import { knowJson } from '../../db/json-once.ts'
import { StorageFailure } from '../../db/open.ts'
import type { DeskIdentity, StoredOperation } from '../../db/outbox/outbox.ts'
import type { Announcer } from './announce.ts'
import { hashOfText } from './chain.ts'
import type { Clock } from './clock.ts'
import { DeskFailure } from './desk-failure.ts'
import type { DiskGuard } from './disk-guard.ts'
import { catchUp, isBehind } from './replay.ts'
import { askedAgain, isRebuilt } from './storage-healing.ts'
import type { RecordStores } from './stores.ts'
import type { Visit, Visits } from './visits.ts'

/** One operation travels whole: beyond the server's 8 MiB it would block the queue for ever. */
const OPERATION_BYTES_MAX = 4_000_000

function assertFits(json: string): void {
  if (Buffer.byteLength(json) > OPERATION_BYTES_MAX) throw new DeskFailure('bad-request', 'payload')
}

/** Who performs. */
export interface Performer {
  readonly staffId: string
  readonly role: Role
  readonly branchId: string
}

export interface PerformDeps {
  readonly stores: RecordStores
  readonly clock: Clock
  readonly announcer: Announcer
  readonly bootId: string
  /** Ms between server and desk clocks at last contact; null before the first. */
  readonly clockOffsetMs: () => number | null
  /** Ms since the last complete telling of that class; null before the first. */
  readonly factsAgeMs: (of: FactsClass) => number | null
  /** The clock jumped since the city last vouched for it; absent where nobody watches it. */
  readonly isClockSuspect?: () => boolean
  /** Room for one more operation; absent where nobody watches the disk. */
  readonly disk?: Pick<DiskGuard, 'assertRoom' | 'giveUpBallast'>
  /** Absent where no screen serves readers. */
  readonly visits?: Visits
  /** Called after each operation that the outbox took. */
  readonly onAppended: () => void
}

/**
 * Performs `request` as `performer`. `overrides` are the request's, with second persons already
 * authenticated. Throws DeskFailure `not-allowed` or `bad-request`.
 */
export function perform(
  deps: PerformDeps,
  performer: Performer,
  request: PerformRequest,
  overrides: readonly Override[],
): Receipt {
  return performAs('propose', deps, performer, request, overrides)
}

/**
 * A fact that nobody can be asked about any more: it is recorded whatever rule it broke, and the
 * city opens the exceptions. Of physical operations only. Throws as `perform` does.
 */
export function recordFact(
  deps: PerformDeps,
  performer: Performer,
  request: Omit<PerformRequest, 'overrides'>,
): Receipt {
  return performAs('record', deps, performer, { ...request, overrides: [] }, [])
}

function performAs(
  mode: Ctx['mode'],
  deps: PerformDeps,
  performer: Performer,
  request: PerformRequest,
  overrides: readonly Override[],
): Receipt {
  const { outbox } = deps.stores
  const earlier = outbox.byRequestId(request.requestId)
  if (earlier !== null) return receiptOf(earlier)
  const operation = knownOperation(request.kind)
  if (!mayDo(performer.role, operation.permission)) {
    throw new DeskFailure('not-allowed', operation.permission)
  }
  if (mode === 'record' && operation.evidence !== 'physical') {
    throw new DeskFailure('bad-request', 'evidence')
  }
  const parsed = operation.payload.safeParse(request.payload)
  if (!parsed.success) {
    const at = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')
    throw new DeskFailure('bad-request', `payload.${at}`.slice(0, 200))
  }
  // What is done is measured where its text is made for the log.
  if (request.isDryRun) assertFits(JSON.stringify(parsed.data))
  const identity = outbox.identity()
  if (identity === null) throw new DeskFailure('bad-request', 'desk is not enrolled')
  const proposed = { mode, deps, performer, request, overrides, operation, identity }
  return askedAgain(() => {
    // It may have been done, and the damage met after it.
    const done = outbox.byRequestId(request.requestId)
    return done === null ? propose({ ...proposed, payload: parsed.data }) : receiptOf(done)
  })
}

function knownOperation(kind: string): AnyOperation {
  if (!isOperationKind(kind)) throw new DeskFailure('unknown-route', 'operation kind')
  return operationOf(kind)
}

interface Proposed {
  readonly mode: Ctx['mode']
  readonly deps: PerformDeps
  readonly performer: Performer
  readonly request: PerformRequest
  readonly overrides: readonly Override[]
  readonly operation: AnyOperation
  readonly identity: DeskIdentity
  readonly payload: unknown
}

function propose(proposed: Proposed): Receipt {
  const { mode, deps, performer, request, operation, identity, payload } = proposed
  const { outbox, replica } = deps.stores
  if (isBehind(deps.stores)) catchUp(deps.stores)
  const seq = outbox.lastSeq() + 1
  const id = operationId(identity.deviceId, identity.epoch, seq)
  const isClockSuspect = deps.isClockSuspect?.() ?? false
  const reading = {
    wallMs: deps.clock.now(),
    clockOffsetMs: deps.clockOffsetMs(),
    isClockSuspect,
  }
  const at = eventTime(reading)
  const facts = replica.gather(operation.subject(payload), performer.branchId)
  const knewAt = knownAt(facts)
  const factsAgeMs = ageOf(facts, deps, identity)
  const policyVersion = facts.policy.version
  const decideWith = (overrides: readonly Override[]): Decision => {
    const ctx: Ctx = {
      mode,
      isCity: false,
      operationId: id,
      at,
      knewAt,
      today: dateAt(at),
      clock: { now: at, isSuspect: isClockSuspect },
      staff: { id: performer.staffId, role: performer.role },
      branchId: performer.branchId,
      overrides,
      factsAgeMs: factsAgeMs ?? 0,
      promised: {},
      newId: idsOf(id),
    }
    return withFactsAge(operation.decide(facts, payload, ctx), facts, ctx)
  }
  const plain = decideWith([])
  const visit = visitOf(proposed, plain)
  const standing = visit === null ? [] : (deps.visits?.standing(visit) ?? [])
  const given = [...proposed.overrides, ...notGiven(standing, proposed.overrides)]
  const allowed = allowedOverrides(plain.findings, given, (staffId) =>
    staffId === null ? performer.role : (replica.row('staff', staffId)?.role ?? null),
  )
  const decision = allowed.length === 0 ? plain : decideWith(allowed)
  const verdict = mode === 'record' ? 'may-be-done' : judge(decision, allowed)
  if (request.isDryRun || verdict !== 'may-be-done') {
    const outcome = request.isDryRun
      ? 'dry-run'
      : verdict === 'refused'
        ? 'refused'
        : 'needs-override'
    return answer({ request, id: null, outcome, decision, factsAgeMs, at, policyVersion })
  }
  deps.disk?.assertRoom()
  append(proposed, decision, allowed, {
    seq,
    id,
    at,
    knewAt,
    reading,
    factsAgeMs,
    policyVersion,
  })
  const served = visitOf(proposed, decision)
  if (served !== null && request.visit?.isToStand === true) {
    deps.visits?.keep(served, plain.findings, allowed)
  }
  return answer({ request, id, outcome: 'done', decision, factsAgeMs, at, policyVersion })
}

/** A reader whom nobody knew has another id once the lending is decided than before. */
function visitOf({ request, performer }: Proposed, { about }: Decision): Visit | null {
  const { visit } = request
  if (visit === undefined) return null
  return { id: visit.id, staffId: performer.staffId, readerId: about.readerId }
}

/** A reason that is given now says more than that of an item before. */
const notGiven = (standing: readonly Override[], given: readonly Override[]): Override[] =>
  standing.filter(({ code }) => given.every((one) => one.code !== code))

/** An item of elsewhere is known in brief only, and that may be older. */
function ageOf({ item }: Facts, deps: PerformDeps, { branchId }: DeskIdentity): number | null {
  const own = deps.factsAgeMs('branch')
  if (item === null || isOwnItem(item, branchId)) return own
  const brief = deps.factsAgeMs('brief')
  return own === null || brief === null ? null : Math.max(own, brief)
}

interface Place {
  readonly seq: number
  readonly id: string
  readonly at: number
  readonly knewAt: number
  /** The desk's clock as it stood, and what was known of its error. */
  readonly reading: Required<Pick<OperationBody, 'wallMs' | 'clockOffsetMs' | 'isClockSuspect'>>
  readonly factsAgeMs: number | null
  readonly policyVersion: number
}

function append(
  { deps, performer, request, operation, identity, payload }: Proposed,
  decision: Decision,
  overrides: readonly Override[],
  { seq, id, at, knewAt, reading, factsAgeMs, policyVersion }: Place,
): void {
  const { outbox, replica, catalogue } = deps.stores
  const { changes, findings, summary, about } = decision
  const promised = operation.promises?.(summary)
  const body: OperationBody = {
    device: identity.deviceId,
    epoch: identity.epoch,
    seq,
    prevHash: outbox.headHash(),
    kind: operation.kind,
    version: payloadVersionOf(operation.kind),
    payload,
    overrides: [...overrides],
    staff: performer.staffId,
    branch: performer.branchId,
    ...reading,
    knewAt,
    factsAgeMs,
    monoMs: deps.clock.monotonic(),
    bootId: deps.bootId,
    policyVersion,
    baseCursor: replica.cursors()[branchScope(identity.branchId)] ?? 0,
    ...(promised === undefined ? {} : { promised }),
  }
  const text = canonicalJson(body)
  assertFits(text)
  knowJson(body, text)
  const stored = {
    seq,
    epoch: identity.epoch,
    id,
    requestId: request.requestId,
    kind: operation.kind,
    body,
    hash: hashOfText(text),
    at,
    staffId: performer.staffId,
    branchId: performer.branchId,
    changes: [...changes],
    inverse: replica.inverseOf(changes),
    findings: [...findings],
    summary,
    about,
    factsAgeMs,
  }
  keep(deps, () => outbox.append(stored, undoneOperation(operation, payload)))
  follow(() => {
    // A loan says nothing to the catalogue, and a second commit would cost it a second fsync.
    if (changes.some(isOfCatalogue)) catalogue.apply(changes, { cursor: null, localSeq: seq })
    replica.applyLocal({ seq, id }, changes)
  })
  deps.announcer.announce('changed', newsOf(changes))
  deps.onAppended()
}

/**
 * It is done: the outbox has it. A disk that fills or breaks now must not make the screen say that it is not;
 * the rows are caught up before the next operation.
 */
function follow(apply: () => void): void {
  try {
    apply()
  } catch (error) {
    const isFull = error instanceof StorageFailure && error.code === 'disk-full'
    if (!isFull && !isRebuilt(error)) throw error
  }
}

/** Where even the last room is gone, the ballast lets the database clean up behind itself. */
function keep({ disk }: PerformDeps, append: () => void): void {
  try {
    append()
  } catch (error) {
    if (error instanceof StorageFailure && error.code === 'disk-full') disk?.giveUpBallast()
    throw error
  }
}

/** The operation an undo takes back, by its subject: the only thing perform asks of an undo. */
function undoneOperation(operation: AnyOperation, payload: unknown): string | null {
  return operation.subject(payload).operationId
}

/** Which records moved, for the screens that show them. */
export function newsOf(changes: readonly Change[]): {
  kinds: ReturnType<typeof kindOfChange>[]
  ids: string[]
  operations: boolean
} {
  return {
    kinds: [...new Set(changes.map(kindOfChange))],
    ids: [...new Set(changes.map((change) => keyOfChange(change).replace(/^[a-z]+:/, '')))].slice(
      0,
      200,
    ),
    operations: true,
  }
}

interface Answered {
  readonly request: PerformRequest
  readonly id: string | null
  readonly outcome: Receipt['outcome']
  readonly decision: Decision
  readonly factsAgeMs: number | null
  readonly at: number
  readonly policyVersion: number
}

const answer = ({ request, id, outcome, decision, ...told }: Answered): Receipt => ({
  requestId: request.requestId,
  operationId: id,
  outcome,
  findings: decision.findings.map((finding) => ({ ...finding, params: { ...finding.params } })),
  summary: decision.summary,
  factsAgeMs: told.factsAgeMs,
  policyVersion: told.policyVersion,
  at: told.at,
})

/** What was answered when the operation was done: asked again after a broken connection. */
export function receiptOf(stored: StoredOperation): Receipt {
  return {
    requestId: stored.requestId,
    operationId: stored.id,
    outcome: 'done',
    findings: stored.findings.map((finding) => ({ ...finding, params: { ...finding.params } })),
    summary: stored.summary,
    factsAgeMs: stored.factsAgeMs,
    policyVersion: (stored.body as OperationBody).policyVersion,
    at: stored.at,
  }
}
