/** Drives a rule over a literal set of records, on the tiny city, without a store. */
import { applyChange, inverseOf, keyOf, keyOfChange } from '../../domain/change.ts'
import type { Change, RecordKey } from '../../domain/change.ts'
import { gatherFacts } from '../../domain/facts.ts'
import { finders, gatherNow } from '../../domain/gathering.ts'
import type { Facts } from '../../domain/facts.ts'
import type { LoggedOperation, Lookup, LookupAnswer } from '../../domain/gathering.ts'
import type { Knew } from '../../domain/open-exception.ts'
import { countEarlierMoney } from '../../domain/money-before-fee.ts'
import { knownAt } from '../../domain/item-history.ts'
import { idsOf } from '../../domain/operation.ts'
import type { Ctx, Decision } from '../../domain/operation.ts'
import { operationOf } from '../../domain/operations/index.ts'
import type { OperationKind, SummaryOf } from '../../domain/operations/index.ts'
import type { Role } from '../../domain/policy/roles.ts'
import type { LedgerException, RecordKind, RecordOf, Records } from '../../domain/records.ts'
import { record } from '../../domain/verdict.ts'
import type { Recorded } from '../../domain/verdict.ts'
import { dateAt } from '../../domain/words/calendar-date.ts'
import { inFinderOrder, isMatch } from '../../server/storage/matching-rows.ts'
import { BRANCH, NOW, theCity } from './city.ts'

type AnyRow = Records[RecordKind]

/** Rows and a log of operations, as a test wrote them. */
export interface Shelf {
  readonly rows: Map<RecordKey, AnyRow>
  readonly log: Map<string, LoggedOperation>
}

/** The tiny city and `changes` on it, in order: later rows replace earlier ones. */
export function aShelf(changes: readonly Change[], log: readonly LoggedOperation[] = []): Shelf {
  const shelf: Shelf = { rows: new Map(), log: new Map(log.map((one) => [one.id, one])) }
  applyTo(shelf, [...theCity(), ...changes])
  return shelf
}

/** What takes the changes back, in their order. */
export function applyTo({ rows }: Shelf, changes: readonly Change[]): Change[] {
  return changes.map((change) => {
    const key = keyOfChange(change)
    const before = rows.get(key) ?? null
    const after = applyChange(before, change)
    if (after === null) rows.delete(key)
    else rows.set(key, after)
    return inverseOf(change, before)
  })
}

export const rowOf = <K extends RecordKind>(shelf: Shelf, kind: K, id: string) =>
  (shelf.rows.get(keyOf(kind, id)) ?? null) as RecordOf<K> | null

export const rowsOf = <K extends RecordKind>(shelf: Shelf, kind: K): RecordOf<K>[] =>
  [...shelf.rows].flatMap(([key, row]) => (key.startsWith(`${kind}:`) ? [row as RecordOf<K>] : []))

/** A shelf names blocked cards by their numbers, padded: hashing is the stores' own affair. */
const blockedIn = (rows: Shelf['rows'], card: string): LookupAnswer => {
  const row = rows.get(keyOf('blocked-card', blockedCardId(card)))
  return row === undefined ? [] : [row]
}
export const blockedCardId = (card: string): string => card.padStart(32, '0')

export function answerFrom({ rows, log }: Shelf, lookup: Lookup): LookupAnswer {
  if (lookup.lookup === 'operation') return log.get(lookup.id) ?? null
  if (lookup.lookup === 'get') {
    const row = rows.get(keyOf(lookup.kind, lookup.id))
    return row === undefined ? [] : [row]
  }
  if (lookup.lookup === 'blocked-card') return blockedIn(rows, lookup.card)
  const { finder, values } = lookup
  const { kind, limit } = finders[finder]
  const found = [...rows].flatMap(([key, row]) =>
    key.startsWith(`${kind}:`) && isMatch(finder, values, row) ? [row] : [],
  )
  return inFinderOrder(finder, found).slice(0, limit)
}

/** Circulation staff at the counter of BRANCH, now, with fresh facts and no overrides. */
export type CtxParts = Partial<Omit<Ctx, 'staff' | 'newId' | 'today'>> & { readonly role?: Role }

function aCtx({ role = 'circulation', ...parts }: CtxParts = {}): Ctx {
  const at = parts.at ?? NOW
  const operationId = parts.operationId ?? 'desk-a.1.1'
  return {
    mode: 'propose',
    isCity: false,
    operationId,
    at,
    knewAt: 0,
    today: dateAt(at),
    clock: { now: at, isSuspect: false },
    staff: { id: 'staff-lin', role },
    branchId: BRANCH,
    overrides: [],
    factsAgeMs: 0,
    promised: {},
    newId: idsOf(operationId),
    ...parts,
  }
}

/** The overrides of these codes, all with the same reason. */
export const answering = (...codes: string[]) =>
  codes.map((code) => ({ code, reason: '已当面核实', approvedBy: null }))

type Literal = Shelf | readonly Change[]
const shelfOf = (records: Literal): Shelf => ('rows' in records ? records : aShelf(records))

function prepared(shelf: Shelf, kind: OperationKind, raw: unknown, ctx: Ctx) {
  const operation = operationOf(kind)
  const payload = operation.payload.parse(raw)
  const subject = operation.subject(payload, ctx.promised)
  const facts: Facts = gatherNow(gatherFacts(subject, ctx.branchId), (lookup) =>
    answerFrom(shelf, lookup),
  )
  return { operation, payload, facts }
}

/** As the engine: what is proposed comes after all that its desk knows. */
const asKnown = (ctx: Ctx, facts: Facts, { knewAt, mode }: CtxParts): Ctx =>
  knewAt === undefined && mode !== 'record' ? { ...ctx, knewAt: knownAt(facts) } : ctx

export function decideOn<K extends OperationKind>(
  records: Literal,
  kind: K,
  raw: unknown,
  parts: CtxParts = {},
): Decision<SummaryOf<K>> {
  const ctx = aCtx(parts)
  const { operation, payload, facts } = prepared(shelfOf(records), kind, raw, ctx)
  const decision = operation.decide(facts, payload, asKnown(ctx, facts, parts))
  operation.summary.parse(decision.summary)
  return decision as Decision<SummaryOf<K>>
}

interface RecordedOn extends Recorded {
  readonly exceptions: readonly LedgerException[]
}

/** As the server records it: the exceptions apart from the other changes too. */
export function recordOn(
  records: Literal,
  kind: OperationKind,
  raw: unknown,
  parts: CtxParts = {},
  knew: Partial<Knew> = {},
): RecordedOn {
  const ctx = aCtx(parts)
  const shelf = shelfOf(records)
  const { operation, payload, facts } = prepared(shelf, kind, raw, ctx)
  const recorded = record(operation, facts, payload, ctx, {
    deviceId: 'desk-a',
    openedAt: Math.max(NOW, parts.clock?.now ?? ctx.at) + 60_000,
    knew: {
      staffId: 'staff-lin',
      factsAgeMs: ctx.factsAgeMs,
      policyVersion: 1,
      baseCursor: 0,
      isClockSuspect: false,
      ...knew,
    },
    other: null,
    isOtherSuspect: false,
  })
  const changes = gatherNow(countEarlierMoney(recorded.changes), (lookup) =>
    answerFrom(shelf, lookup),
  )
  const exceptions = [...changes, ...recorded.told].flatMap((change) =>
    'put' in change && change.put === 'exception' ? [change.row] : [],
  )
  return { ...recorded, changes, exceptions }
}

/** Records and applies, as the server does: the log then holds it for an undo. */
export function performOn(
  shelf: Shelf,
  kind: OperationKind,
  raw: unknown,
  parts: CtxParts = {},
): RecordedOn {
  const ctx = aCtx(parts)
  const recorded = recordOn(shelf, kind, raw, parts)
  const inverse = applyTo(shelf, recorded.changes)
  applyTo(shelf, recorded.told)
  shelf.log.set(ctx.operationId, {
    id: ctx.operationId,
    kind,
    staffId: ctx.staff.id,
    branchId: ctx.branchId,
    at: ctx.at,
    isClockSuspect: false,
    changes: recorded.changes,
    inverse,
    undoneBy: null,
  })
  return recorded
}

/** `override L7 item-on-loan`, in the order in which the rule said it. */
export const said = ({ findings }: Pick<Decision, 'findings'>): string[] =>
  findings.map(({ level, rule, code }) => `${level} ${rule} ${code}`)
