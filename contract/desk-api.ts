/**
 * Renderer ⇄ engine: perform(operation) · ask(query) · watch(topic). Three verbs, for ever.
 * Both shells carry exactly these messages: over a MessagePort or over a WebSocket.
 */
import { z } from 'zod'
import { Level } from '../domain/operation.ts'

/** An operation as the screen wants it done. */
export const PerformRequest = z.strictObject({
  /** Made by the screen once per intention; a second try with the same id returns the first receipt. */
  requestId: z.string().regex(/^[A-Za-z0-9-]{8,64}$/),
  kind: z.string().max(60),
  /** Checked against the operation's own schema by the engine. */
  payload: z.unknown(),
  overrides: z
    .array(
      z.strictObject({
        code: z.string().max(60),
        reason: z.string().min(1).max(200),
        /** A second person on the spot, where the finding's permission is not the signed-in one's. */
        second: z
          .strictObject({ username: z.string().max(40), password: z.string().max(128) })
          .nullable(),
      }),
    )
    .max(20),
  /** True gives the verdict and writes nothing. */
  isDryRun: z.boolean(),
  /** Where a reader stands at the desk: from the card on the screen until it leaves the screen. */
  visit: z
    .strictObject({
      id: z.string().regex(/^[A-Za-z0-9-]{8,64}$/),
      /** What is overridden here about the reader stands until the visit ends (L28). */
      isToStand: z.boolean(),
    })
    .optional(),
})
export type PerformRequest = z.infer<typeof PerformRequest>

export const FindingShape = z.strictObject({
  level: Level,
  code: z.string(),
  rule: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  permission: z.string().nullable(),
  needsSecondPerson: z.boolean(),
  exception: z.string().nullable(),
})

export const Receipt = z.strictObject({
  requestId: z.string(),
  /** Null where nothing was written. */
  operationId: z.string().nullable(),
  outcome: z.enum(['done', 'needs-override', 'refused', 'dry-run']),
  findings: z.array(FindingShape),
  /** The operation's own summary; typed by SummaryOf<kind>. */
  summary: z.unknown(),
  /** Age of the facts behind the verdict, ms since the last complete pull; null before the first. */
  factsAgeMs: z.number().nullable(),
  /** Of the policy it was decided by. */
  policyVersion: z.int().optional(),
  at: z.number(),
})
export type Receipt = z.infer<typeof Receipt>

/** What stands between a screen and an answer; words for each in renderer/language. */
export const Failure = z.enum([
  'not-signed-in',
  'not-allowed',
  'bad-request',
  'unknown-route',
  'busy',
  'disk-full',
  'storage-damaged',
  'server-unreachable',
  'engine-stopped',
])
export type Failure = z.infer<typeof Failure>

/** Screen → engine. */
export const Call = z.discriminatedUnion('verb', [
  z.strictObject({ verb: z.literal('perform'), id: z.int(), request: PerformRequest }),
  z.strictObject({
    verb: z.literal('ask'),
    id: z.int(),
    query: z.string().max(60),
    ask: z.unknown(),
  }),
  z.strictObject({ verb: z.literal('watch'), topics: z.array(z.string().max(40)).max(20) }),
])
export type Call = z.infer<typeof Call>

/** Engine → screen. */
export const Reply = z.discriminatedUnion('reply', [
  z.strictObject({ reply: z.literal('answer'), id: z.int(), answer: z.unknown() }),
  z.strictObject({
    reply: z.literal('failure'),
    id: z.int(),
    failure: Failure,
    /** Where in the request the trouble is, e.g. `payload.card`; never a value. */
    detail: z.string().max(500),
  }),
  z.strictObject({ reply: z.literal('news'), topic: z.string().max(40), news: z.unknown() }),
])
export type Reply = z.infer<typeof Reply>

/** What the preload bridge or the browser transport gives the page. */
export interface Desk {
  readonly perform: (request: PerformRequest) => Promise<Receipt>
  readonly ask: (query: string, ask: unknown) => Promise<unknown>
  /** Calls back with each piece of news; returns the way to stop. */
  readonly watch: (topic: string, onNews: (news: unknown) => void) => () => void
}
