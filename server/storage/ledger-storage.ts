/**
 * The port between the ledger and its store. Two adapters: PostgreSQL and memory; both pass
 * test/conformance/ledger-storage-suite.ts. All times are epoch ms of the server's clock.
 */
import type { FeedEntry, Outcome } from '../../contract/sync-protocol.ts'
import type { Change, RecordKey } from '../../domain/change.ts'
import type { FinderName, FinderValue, LoggedOperation } from '../../domain/facts.ts'
import type { RecordKind, Records, Scope } from '../../domain/records.ts'

export type AnyRow = Records[RecordKind]
export type Heads = Record<Scope, number>

export interface City {
  /** New whenever the store is made anew or restored: desks that are ahead send again. */
  readonly serverEpoch: string
  readonly isSampleCity: boolean
}

export interface Device {
  readonly id: string
  readonly branchId: string
  readonly deskName: string
  /** Ed25519, SPKI DER, base64. */
  readonly publicKey: string
  readonly enrolledAt: number
  readonly revokedAt: number | null
}

/** The last operation of one (device, epoch); seq 0 and 64 zeros before the first. */
export interface ChainHead {
  readonly lastSeq: number
  readonly headHash: string
}
export const chainStart: ChainHead = { lastSeq: 0, headHash: '0'.repeat(64) }

/** An operation as the ledger keeps it. */
export interface LedgerOperation {
  readonly id: string
  readonly epoch: number
  readonly seq: number
  readonly hash: string
  readonly kind: string
  readonly staffId: string
  readonly branchId: string
  /** Event time: the desk's clock, corrected by the offset it measured. */
  readonly at: number
  readonly receivedAt: number
  /** Canonical JSON of the body: what the hash is of. */
  readonly body: string
  readonly outcome: Outcome['outcome']
  readonly findings: Outcome['findings']
  readonly positions: Outcome['positions']
  readonly changes: readonly Change[]
  readonly inverse: readonly Change[]
}

/** What arrived and could not enter the ledger: forks, and uploads of revoked devices. */
export interface QuarantinedUpload {
  readonly epoch: number
  readonly seq: number
  readonly hash: string
  readonly body: string
  readonly reason: 'fork' | 'revoked'
  readonly receivedAt: number
}

/** Everything one batch writes, in one statement each. */
export interface BatchWriting {
  readonly operations: readonly LedgerOperation[]
  readonly undone: readonly { readonly id: string; readonly by: string }[]
  /** Rows as they stand after the batch; null where removed. */
  readonly rows: ReadonlyMap<RecordKey, AnyRow | null>
  /** Numbered from the locked heads, gap-free per scope. */
  readonly feed: readonly FeedEntry[]
  readonly chains: ReadonlyMap<number, ChainHead>
  readonly quarantine: readonly QuarantinedUpload[]
}

/** One transaction on behalf of one device, whose row is locked. */
export interface LedgerBatch {
  readonly device: Device
  chainHead(epoch: number): Promise<ChainHead>
  /** Outcomes given earlier to the seqs of this epoch in [fromSeq, toSeq], by seq. */
  storedOutcomes(
    epoch: number,
    fromSeq: number,
    toSeq: number,
  ): Promise<ReadonlyMap<number, { readonly hash: string; readonly outcome: Outcome }>>
  /** The heads as committed, not locked. */
  heads(): Promise<Heads>
  /**
   * Locks the heads, in sorted order, until the end of the transaction. No record changes without
   * this lock: if the heads are those read before, so is every row and every answer of a finder.
   * Row locks alone would miss rows that are not there yet (a card registered twice at once).
   */
  lockHeads(): Promise<Heads>
  get(kind: RecordKind, id: string): Promise<AnyRow | null>
  find(
    finder: FinderName,
    values: readonly FinderValue[],
    limit: number,
  ): Promise<readonly AnyRow[]>
  operation(id: string): Promise<LoggedOperation | null>
  /** At most once per batch; with feed or rows only after `lockHeads`. */
  write(writing: BatchWriting): Promise<void>
}

export interface FeedPage {
  readonly entries: readonly FeedEntry[]
  readonly heads: Heads
  /** The entries reach the heads of all scopes: one consistent cut. */
  readonly isComplete: boolean
}

export interface EnrolmentCode {
  /** The part that finds the code; the rest is secret and kept as a hash. */
  readonly label: string
  readonly secretHash: string
  readonly branchId: string
  readonly deskName: string
  readonly expiresAt: number
}

export interface SignInFailures {
  readonly failures: number
  /** How often it was locked in a row: each lock is twice as long. */
  readonly lockouts: number
  readonly lockedUntil: number | null
  readonly lastAt: number
}

export interface LedgerStorage {
  city(): Promise<City>
  /** Loads puts into an empty city, all or nothing; false where the city is not empty. */
  seed(changes: Iterable<Change> | AsyncIterable<Change>, isSampleCity: boolean): Promise<boolean>
  heads(): Promise<Heads>
  /** Entries after the cursors from one snapshot: at most `limit`, and about `bytesMax` of JSON. */
  readFeed(cursors: Partial<Heads>, limit: number, bytesMax: number): Promise<FeedPage>
  /** Commits what `fn` wrote, or nothing where it throws. The device must exist. */
  withBatch<T>(deviceId: string, fn: (batch: LedgerBatch) => Promise<T>): Promise<T>
  get(kind: RecordKind, id: string): Promise<AnyRow | null>
  find(finder: FinderName, values: readonly FinderValue[]): Promise<readonly AnyRow[]>

  device(id: string): Promise<Device | null>
  chainHead(deviceId: string, epoch: number): Promise<ChainHead>
  revokeDevice(id: string, at: number): Promise<boolean>
  /** Those of the given devices that are revoked. */
  revokedAmong(deviceIds: readonly string[]): Promise<readonly string[]>
  saveEnrolmentCode(code: EnrolmentCode): Promise<void>
  /**
   * Spends the code and makes the device in one transaction. A wrong secret costs one of its
   * tries. Null where the code is unknown, spent, expired, worn out, or the secret is wrong.
   */
  enrol(
    attempt: { readonly label: string; readonly secretHash: string; readonly at: number },
    device: Pick<Device, 'id' | 'deskName' | 'publicKey'>,
  ): Promise<Device | null>

  /** Reads, decides and writes the failures of one key without another coming between. */
  updateSignInFailures(
    key: string,
    next: (before: SignInFailures | null) => SignInFailures | null,
  ): Promise<SignInFailures | null>
  /** False where this device used the nonce before; forgotten after `forgetBefore`. */
  rememberNonce(deviceId: string, nonce: string, at: number, forgetBefore: number): Promise<boolean>

  /** Calls back soon after any node on this store moved a head. Latency only: poll as well. */
  onHeadsMoved(listener: () => void): Promise<() => Promise<void>>
  /** Throws where the store does not answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

export const ENROLMENT_TRIES = 5

/** A failure of the store, told apart by what the caller can do about it. */
export class LedgerStorageFailure extends Error {
  /** `rejected`: these rows will never be taken · `busy`, `unavailable`: later. */
  readonly code: 'rejected' | 'busy' | 'unavailable'

  constructor(code: LedgerStorageFailure['code'], cause: unknown) {
    super(`the ledger's store is ${code}`, { cause })
    this.name = 'LedgerStorageFailure'
    this.code = code
  }
}
