/**
 * Desk ⇄ server. JSON over HTTP plus one WebSocket that says "there is news".
 *
 *   POST /v1/enrol      one-time code + public key      → who this desk is
 *   POST /v1/hello      versions, clocks, chain head    → epoch, scopes, what the server has
 *   POST /v1/push       operations in order             → an outcome for each
 *   POST /v1/pull       cursor per scope                → entries after it, gap-free per scope
 *   POST /v1/recover    a desk behind its own log       → its operations and their outcomes
 *   POST /v1/new-epoch  a desk whose log starts anew    → the number of its next epoch
 *   POST /v1/sign-in    name + password                 → the staff record, fresh
 *   GET  /v1/snapshot/… ready files, by Range           → see Snapshot
 *   GET  /v1/live       WebSocket: heads and small pages whenever they move
 *
 * All but enrol carry the signature headers of `signedHeaders`. Bodies may be compressed
 * (`content-encoding: zstd` or `gzip`), answers are where the desk accepts it.
 *
 * A push of any version from PROTOCOL_PUSH_MIN on is taken: facts are never refused for the age of
 * the program. The rest is answered from PROTOCOL_MIN on.
 */
import { z } from 'zod'
import { Change } from '../domain/change.ts'
import { Override, Promised } from '../domain/operation.ts'
import { Branch, Library, Staff } from '../domain/records.ts'
import { ScopeName } from '../domain/scopes.ts'
import type { ScopeNumbers } from '../domain/scopes.ts'

/**
 * Raise it with every change of the shapes below; the hash test insists.
 * History: 1 first, one feed for the whole circulation · 2 a feed for each service point, recovery,
 * snapshots, pages on the live channel.
 */
export const PROTOCOL_VERSION = 2
/** Older desks push and are told to update. */
export const PROTOCOL_MIN = 2
export const PROTOCOL_PUSH_MIN = 1
export const PUSH_BATCH_MAX = 500
export const PULL_ENTRIES_MAX = 500
/** A desk that is this close gets the entries with the news instead of pulling them. */
export const LIVE_ENTRIES_MAX = 200

/** The body whose canonical JSON is hashed into the desk's chain. Keys are sorted when hashed. */
export const OperationBody = z.strictObject({
  device: z.string().max(40),
  /** Rises when the desk's log starts anew (clone, restored disk). */
  epoch: z.int().min(1),
  /** 1, 2, 3 … without gaps within an epoch. */
  seq: z.int().min(1),
  /** Hash of the operation before, 64 zeros before the first. */
  prevHash: z.string().length(64),
  kind: z.string().max(60),
  /** Version of the payload's shape; old ones are upcast by the server. */
  version: z.int().min(1),
  payload: z.unknown(),
  overrides: z.array(Override).max(20),
  staff: z.string().max(80),
  branch: z.string().max(80),
  wallMs: z.int().min(0),
  monoMs: z.number().min(0),
  bootId: z.string().max(64),
  /** Measured against the server at last contact; null before the first. */
  clockOffsetMs: z.number().nullable(),
  /** The clock went backwards or jumped since it was last trusted. Absent before protocol 2. */
  isClockSuspect: z.boolean().optional(),
  /** Ms since the desk's last complete pull; null before the first. Absent before protocol 2. */
  factsAgeMs: z.number().min(0).nullable().optional(),
  /**
   * The latest that the desk knew of the item's history (domain/item-history.ts): it was done after
   * that, whatever the clock said. Absent before protocol 2.
   */
  knewAt: z.int().min(0).optional(),
  policyVersion: z.int().min(0),
  /** The cursor of the desk's own branch that it was decided on. */
  baseCursor: z.int().min(0),
  /** What people were told, on a slip or a screen. Absent where nothing was. */
  promised: Promised.optional(),
})
export type OperationBody = z.infer<typeof OperationBody>

/**
 * When it happened, epoch ms: the desk's clock corrected by what the desk measured. Desk and server
 * take the same instant, so that a due date printed near midnight is the due date kept (I28).
 */
export const eventTime = (clock: Pick<OperationBody, 'wallMs' | 'clockOffsetMs'>): number =>
  Math.max(0, Math.round(clock.wallMs + (clock.clockOffsetMs ?? 0)))

export const PushedOperation = z.strictObject({
  body: OperationBody,
  /** SHA-256 of the canonical JSON of `body`, hex. */
  hash: z.string().length(64),
})
export type PushedOperation = z.infer<typeof PushedOperation>

const numberPerScope = (least: number) =>
  z.record(
    z
      .string()
      .max(100)
      .regex(/^[a-z]+(?::.+)?$/),
    z.int().min(least),
  ) as unknown as z.ZodType<ScopeNumbers>

/** Where the entries of an operation stand in each scope's feed; empty where it changed nothing. */
const Positions = numberPerScope(1)

export const Outcome = z.strictObject({
  id: z.string(),
  seq: z.int(),
  outcome: z.enum(['applied', 'applied-with-exception', 'refused', 'quarantined']),
  findings: z.array(z.unknown()),
  positions: Positions,
})
export type Outcome = z.infer<typeof Outcome>

export const FeedEntry = z.strictObject({
  scope: ScopeName,
  /** 1, 2, 3 … without gaps per scope, in commit order (I18). */
  number: z.int().min(1),
  /** Null for changes that no desk made (policy, seed). */
  operationId: z.string().nullable(),
  changes: z.array(Change),
})
export type FeedEntry = z.infer<typeof FeedEntry>

/** Scopes that are not named are not asked for: a desk that fills by a snapshot waits with the tail. */
const Cursors = numberPerScope(0)
export type Cursors = ScopeNumbers

/**
 * A ready database file of one scope, made by a headless desk and signed by the server.
 * It is sent zstd-compressed; `ranges` are SHA-256 of each RANGE_BYTES of the compressed file.
 */
export const Snapshot = z.strictObject({
  scope: z.enum(['brief', 'catalogue']),
  /** Name in the path: GET /v1/snapshot/<name>. */
  name: z.string().regex(/^[a-z0-9-]{1,80}$/),
  /** The feed entry up to which the file has everything. */
  cursor: z.int().min(0),
  /** Fingerprint of the tables: another program's file is of no use. */
  schema: z.string().length(64),
  serverEpoch: z.string(),
  createdAt: z.int(),
  bytes: z.int().min(1),
  rawBytes: z.int().min(1),
  rawSha256: z.string().length(64),
  ranges: z.array(z.string().length(64)).max(4_096),
  /** Ed25519 over the canonical JSON of all fields but this one, base64. */
  signature: z.string().max(200),
})
export type Snapshot = z.infer<typeof Snapshot>
export const RANGE_BYTES = 4 * 1024 * 1024

/** An operation as the ledger has it, for a desk that lost it. */
export const RecoveredOperation = z.strictObject({
  /** The canonical JSON that was hashed. */
  body: z.string().max(8_000_000),
  hash: z.string().length(64),
  outcome: Outcome,
  changes: z.array(Change),
  inverse: z.array(Change),
})
export type RecoveredOperation = z.infer<typeof RecoveredOperation>

export const messages = {
  enrol: {
    request: z.strictObject({
      protocol: z.int(),
      /** At least 40 bits, single use, 15 minutes. */
      code: z.string().min(8).max(40),
      /** Ed25519, SPKI DER, base64. */
      publicKey: z.string().max(200),
      deskName: z.string().min(1).max(60),
    }),
    response: z.strictObject({
      deviceId: z.string(),
      branch: Branch,
      library: Library,
      isSampleCity: z.boolean(),
      serverEpoch: z.string(),
      /** Ed25519, SPKI DER, base64: snapshots are signed with it. */
      serverKey: z.string().max(200),
    }),
  },
  hello: {
    request: z.strictObject({
      protocol: z.int(),
      appVersion: z.string().max(40),
      epoch: z.int(),
      lastSeq: z.int(),
      headHash: z.string().length(64),
      wallMs: z.int(),
    }),
    response: z.strictObject({
      protocol: z.int(),
      serverEpoch: z.string(),
      serverMs: z.int(),
      /** Highest seq of this device and epoch that the server holds, and its hash. */
      lastSeq: z.int(),
      headHash: z.string().length(64),
      /** Of the scopes that this desk follows. */
      heads: Cursors,
      snapshots: z.array(Snapshot).max(10),
      serverKey: z.string().max(200),
    }),
  },
  recover: {
    request: z.strictObject({
      protocol: z.int(),
      epoch: z.int().min(1),
      afterSeq: z.int().min(0),
      limit: z.int().min(1).max(PUSH_BATCH_MAX),
    }),
    response: z.strictObject({
      serverEpoch: z.string(),
      operations: z.array(RecoveredOperation),
      isComplete: z.boolean(),
    }),
  },
  newEpoch: {
    request: z.strictObject({
      protocol: z.int(),
      /** The epoch that ends. Asked again for the same one, the same number is answered. */
      epoch: z.int().min(1),
      reason: z.enum(['rewound', 'forked', 'log-lost']),
      /** Makes the asking idempotent, and two twins two epochs. */
      requestId: z.string().min(8).max(80),
    }),
    response: z.strictObject({ serverEpoch: z.string(), epoch: z.int().min(2) }),
  },
  push: {
    request: z.strictObject({
      protocol: z.int(),
      operations: z.array(PushedOperation).max(PUSH_BATCH_MAX),
    }),
    response: z.strictObject({
      serverEpoch: z.string(),
      serverMs: z.int(),
      outcomes: z.array(Outcome),
      /** Set where the batch did not follow on: the server wants this seq next. */
      wants: z.int().nullable(),
      /** Same number, other hash (I4): the desk must stop and start a new epoch. */
      isFork: z.boolean(),
    }),
  },
  pull: {
    request: z.strictObject({
      protocol: z.int(),
      cursors: Cursors,
      limit: z.int().min(1).max(PULL_ENTRIES_MAX),
    }),
    response: z.strictObject({
      serverEpoch: z.string(),
      serverMs: z.int(),
      /** In order per scope; one consistent cut over all scopes when `isComplete`. */
      entries: z.array(FeedEntry),
      heads: Cursors,
      /**
       * Scopes whose cursor is older than the feed that is kept (90 days), or 0 where the feed no
       * longer begins at 1. The entries follow on this number, and repeat every row of the scope; of
       * `brief` and `catalogue` only a snapshot does. A desk whose cursor was above 0 throws its
       * replica away first.
       */
      restarts: Cursors,
      isComplete: z.boolean(),
    }),
  },
  signIn: {
    request: z.strictObject({
      protocol: z.int(),
      username: z.string().max(40),
      password: z.string().max(128),
    }),
    response: z.strictObject({
      outcome: z.enum(['signed-in', 'wrong-name-or-password', 'locked']),
      staff: Staff.nullable(),
      lockedUntil: z.int().nullable(),
    }),
  },
} as const

export const LiveNews = z.strictObject({
  heads: Cursors,
  serverEpoch: z.string(),
  /** When it was sent. */
  serverMs: z.int(),
  /** What follows the heads told before on this channel; empty where the desk had better pull. */
  entries: z.array(FeedEntry).max(LIVE_ENTRIES_MAX),
})
export type LiveNews = z.infer<typeof LiveNews>

/** Why the server will not serve this desk; the status code is in the comment. */
export const ServerRefusal = z.strictObject({
  refusal: z.enum([
    'bad-request', // 400
    'bad-signature', // 401
    'device-revoked', // 401
    'code-not-valid', // 403
    'desk-too-old', // 426
    'server-too-old', // 426
    'too-large', // 413
    'busy', // 503, with Retry-After
  ]),
  detail: z.string().max(500),
})
export type ServerRefusal = z.infer<typeof ServerRefusal>

/** The detail of a `device-revoked` that refuses a push: the operations are in quarantine. */
export const UPLOAD_KEPT = 'upload kept for a person'

/** Headers of a signed request; the signature covers signingText(). */
export const signedHeaders = {
  device: 'x-citydesk-device',
  at: 'x-citydesk-at',
  nonce: 'x-citydesk-nonce',
  signature: 'x-citydesk-signature',
} as const

/** What is signed (Ed25519, base64): one line each. `bodyHash` is SHA-256 of the raw body, hex. */
export const signingText = (
  method: string,
  path: string,
  bodyHash: string,
  device: string,
  at: string,
  nonce: string,
): string => ['citydesk-1', method, path, bodyHash, device, at, nonce].join('\n')

/** A signed request is stale beyond this difference of clocks, after the measured offset. */
export const SIGNATURE_SKEW_MAX_MS = 300_000

/**
 * JSON with keys sorted at every depth and no white space: what hashes are taken of. An import's
 * operation has 300 KB: keys are put in order and the engine writes, four times as fast as writing
 * here.
 */
export function canonicalJson(value: unknown): string {
  const order = { isKept: true }
  const text = JSON.stringify(inOrder(value, order))
  return order.isKept ? text : writtenInOrder(value)
}

type Fields = Record<string, unknown>

const isAscending = (names: readonly string[]): boolean =>
  names.every((name, index) => index === 0 || (names[index - 1] ?? '') < name)

/** Objects list such names before all others, or not at all. */
const losesPlace = (name: string): boolean => /^\d/.test(name) || name === '__proto__'

/** The same value where its names are in order already. */
function inOrder(value: unknown, order: { isKept: boolean }): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return listInOrder(value, order)
  const fields = value as Fields
  const names = Object.keys(fields)
  let ordered = fields
  if (!isAscending(names)) {
    ordered = {}
    names.sort()
  }
  for (const name of names) {
    if (losesPlace(name)) order.isKept = false
    const field = fields[name]
    const next = field === null || typeof field !== 'object' ? field : inOrder(field, order)
    if (ordered === fields) {
      if (next === field) continue
      ordered = { ...fields }
    }
    ordered[name] = next
  }
  return ordered
}

function listInOrder(list: unknown[], order: { isKept: boolean }): unknown[] {
  let ordered = list
  for (const [index, entry] of list.entries()) {
    if (entry === null || typeof entry !== 'object') continue
    const next = inOrder(entry, order)
    if (next === entry) continue
    if (ordered === list) ordered = [...list]
    ordered[index] = next
  }
  return ordered
}

function writtenInOrder(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(writtenInOrder).join(',')}]`
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
    .map(([name, field]) => `${JSON.stringify(name)}:${writtenInOrder(field)}`)
  return `{${fields.join(',')}}`
}
