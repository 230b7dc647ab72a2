/**
 * Staff perform operations. One file per operation holds its shape, whom it is about and its rule;
 * everything else is generic and never names an operation.
 */
import { z } from 'zod'
import type { Change } from './change.ts'
import type { Facts, Subject } from './facts.ts'
import type { Permission } from './policy/roles.ts'
import type { Role } from './policy/roles.ts'
import type { ExceptionKind } from './records.ts'
import { CalendarDate, EpochMs } from './words/calendar-date.ts'
import { HoldId } from './words/ids.ts'
import type { LoanId } from './words/ids.ts'
import type { Refusal } from './refusals.ts'
import type { Asked } from './refused-request.ts'

/** How a finding weighs, heaviest first. */
export const Level = z.enum(['impossible', 'override', 'alert', 'note'])
export type Level = z.infer<typeof Level>

/** One thing a rule has to say. All that apply are collected before answering. */
export interface Finding {
  readonly level: Level
  /** A state a librarian would say; its words are in renderer/language. */
  readonly code: Refusal
  /** The rule of docs/rules.md that speaks, e.g. `L7`. */
  readonly rule: string
  /** What the words need: names, dates, counts. */
  readonly params: Readonly<Record<string, string | number>>
  /** Who may override; null where nobody may or nobody need. */
  readonly permission: Permission | null
  /** True where a second person must confirm on the spot. */
  readonly needsSecondPerson: boolean
  /** What the server opens where the fact is recorded although the rule is broken. */
  readonly exception: ExceptionKind | null
}

/** A finding that a person with the right answered for, with a reason. */
export const Override = z.strictObject({
  code: z.string().max(60),
  reason: z.string().min(1).max(200),
  /** The second person, where one confirmed; already authenticated by the engine. */
  approvedBy: z.string().max(80).nullable(),
})
export type Override = z.infer<typeof Override>

/**
 * What people were told when it happened, on a slip or a screen: it is kept whatever is decided
 * later. What is absent was not told.
 */
export const Promised = z.strictObject({
  /** Of a loan (I28). */
  dueOn: CalendarDate.optional(),
  /** Of a loan of hours; null of one of days. */
  dueAt: EpochMs.nullable().optional(),
  /** The hold that the item was kept for; null: for none (H8). */
  holdId: HoldId.nullable().optional(),
})
export type Promised = z.infer<typeof Promised>

/**
 * What a rule may know besides its facts.
 *
 * `propose`: the desk asks whether it may; broken rules stop it.
 * `record`: it has happened (the server deciding again, a desk replaying its log): a physical
 * operation must return the changes that keep the fact, whatever rules it broke.
 */
export interface Ctx {
  readonly mode: 'propose' | 'record'
  /** The server decides, and knows every record: what is not there does not exist. */
  readonly isCity: boolean
  readonly operationId: string
  readonly at: EpochMs
  /** The latest that its desk knew of the item's history (item-history.ts); 0 where it told none. */
  readonly knewAt: EpochMs
  readonly today: CalendarDate
  /** Of whoever decides: `now` is the arrival at the city, and `at` on the desk. */
  readonly clock: { readonly now: EpochMs; readonly isSuspect: boolean }
  readonly staff: { readonly id: string; readonly role: Role }
  readonly branchId: string
  readonly overrides: readonly Override[]
  /** Age of the facts on this desk, ms since the last complete pull; 0 on the server. */
  readonly factsAgeMs: number
  /** Empty where it is being decided the first time. */
  readonly promised: Promised
  /** Ids follow from the operation's own id, so that desk and server make the same ones. */
  readonly newId: () => string
}

/** What a rule answers. `summary` is what the screen shows and the slip prints. */
export interface Decision<S = unknown> {
  readonly findings: readonly Finding[]
  readonly changes: readonly Change[]
  readonly summary: S
  readonly about: About
  /** Where it is not the time of the operation: read from another system's file. */
  readonly happenedAt?: EpochMs
  /** By its time it came before this loan, and so it moved nothing. */
  readonly overtakenBy?: LoanId
  /** It is so already: refused, there is nothing to tell anybody (E11). */
  readonly isSoAlready?: boolean
}

/** Whom the decision touched: what an exception, a list or an audit line points at. */
export interface About {
  readonly itemId: string | null
  readonly readerId: string | null
  readonly loanId: string | null
  /** A loan it clashes with. */
  readonly otherLoanId: string | null
}

export interface OperationSpec<K extends string, P, S> {
  /** Stored for ever: add a new version, never edit the meaning. */
  readonly kind: K
  /** A fact is never refused once it happened; an intent may be. */
  readonly evidence: 'physical' | 'intent'
  readonly permission: Permission
  /** Audit class of the desk's and the server's trail. */
  readonly audit: 'circulation' | 'reader' | 'catalogue' | 'exception' | 'undo' | 'policy'
  readonly payload: z.ZodType<P>
  readonly summary: z.ZodType<S>
  /** `promised`: where it is decided again. */
  readonly subject: (payload: P, promised?: Promised) => Subject
  readonly decide: (facts: Facts, payload: P, ctx: Ctx) => Decision<S>
  readonly promises?: (summary: S) => Promised
  /** Of an intent: what the city keeps of it where it refuses, to grant it later (E11). */
  readonly asks?: (payload: P) => Asked
  /**
   * Of an intent that nobody is told is done: the program asks by itself, or the screen waits for the
   * city. Refused, it comes in front of nobody.
   */
  readonly isUntold?: true
}

export const defineOperation = <K extends string, P, S>(
  spec: OperationSpec<K, P, S>,
): OperationSpec<K, P, S> => spec

/** The id of an operation says who made it and in which order. */
export const operationId = (device: string, epoch: number, seq: number): string =>
  `${device}.${epoch}.${seq}`

/** The device and epoch that an operation's id names. */
export function deskOf(operation: string): { readonly deviceId: string; readonly epoch: number } {
  const [deviceId = '', epoch = ''] = operation.split('.')
  return { deviceId, epoch: Number(epoch) }
}

/** Ids of records made by an operation: `<operation>.r1`, `<operation>.r2`, … */
export function idsOf(operation: string): () => string {
  let made = 0
  return () => `${operation}.r${++made}`
}

const levels = Level.options
export const heaviest = (findings: readonly Finding[]): Level | null =>
  levels.find((level) => findings.some((finding) => finding.level === level)) ?? null

/** Overrides still to be given before the operation may be done. */
export const openOverrides = (
  findings: readonly Finding[],
  overrides: readonly Override[],
): readonly Finding[] =>
  findings.filter(
    (finding) =>
      finding.level === 'override' && !overrides.some((given) => given.code === finding.code),
  )

export const isOverridden = (ctx: Ctx, code: Refusal): boolean =>
  ctx.overrides.some((given) => given.code === code)

type FindingParts = Partial<Omit<Finding, 'level' | 'code' | 'rule'>>
const finding =
  (level: Level) =>
  (code: Refusal, rule: string, parts: FindingParts = {}): Finding => ({
    level,
    code,
    rule,
    params: {},
    permission: null,
    needsSecondPerson: false,
    exception: null,
    ...parts,
  })

export const impossible = finding('impossible')
export const override = finding('override')
export const alert = finding('alert')
export const note = finding('note')
