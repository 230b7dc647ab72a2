/**
 * The port between the ledger and its store. Two adapters: PostgreSQL and memory; both pass
 * test/conformance/ledger-storage-suite.ts. All times are epoch ms of the server's clock.
 */
import type { FeedEntry, Outcome } from '../../contract/sync-protocol.ts'
import type { Change, RecordKey } from '../../domain/change.ts'
import type { FinderName, FinderValue, LoggedOperation } from '../../domain/gathering.ts'
import type { RecordKind, Records } from '../../domain/records.ts'
import type { Scope, ScopeNumbers } from '../../domain/scopes.ts'
import type { DeviceLog } from './device-log.ts'
import type { LedgerOperation } from './ledger-operation.ts'

export type { LedgerOperation } from './ledger-operation.ts'

export type AnyRow = Records[RecordKind]

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

/** What arrived and could not enter the ledger: forks, and uploads of revoked devices. */
export interface QuarantinedUpload {
  readonly epoch: number
  readonly seq: number
  readonly hash: string
  readonly body: string
  readonly reason: 'fork' | 'revoked'
  readonly receivedAt: number
}

/** A record as the store has it. */
export interface StoredRecord {
  /** Null where there is none, or where it was removed. */
  readonly row: AnyRow | null
  /** Rises with every writing; 0 where there never was one. */
  readonly version: number
  /** Sorted; empty where there is no row. `brief` is never among an item's. */
  readonly scopes: readonly Scope[]
}
export const noRecord: StoredRecord = { row: null, version: 0, scopes: [] }

export interface Search {
  readonly finder: FinderName
  readonly values: readonly FinderValue[]
  readonly limit: number
}

/** A record as it is to stand; the transaction holds its lock, or makes it. */
export interface RecordWriting {
  readonly row: AnyRow | null
  readonly scopes: readonly Scope[]
  /** As it was locked: `version` 0 for a record that is made. */
  readonly stored: StoredRecord
}

/** Changes of one operation, or of none, in one scope. */
export interface EntryWriting {
  readonly scope: Scope
  readonly operationId: string | null
  readonly changes: readonly Change[]
  /** They are all of the operation's changes, which `write` of the same turn keeps. */
  readonly isWhole?: boolean
}

/** A record whose brief facts are to be told again. */
export interface BriefDirty {
  readonly kind: 'item' | 'reader' | 'card'
  readonly id: string
  /** A number that the reader no longer has, or that of a card. */
  readonly card: string | null
}

export interface RecordsWriting {
  readonly records: ReadonlyMap<RecordKey, RecordWriting>
  readonly dirty: readonly BriefDirty[]
  /** Epoch ms, for the tombstones. */
  readonly at: number
}

/** Everything else that a batch of a device writes. */
export interface BatchWriting {
  readonly operations: readonly LedgerOperation[]
  readonly undone: readonly { readonly id: string; readonly by: string }[]
  readonly chains: ReadonlyMap<number, ChainHead>
  readonly quarantine: readonly QuarantinedUpload[]
}

/** An entry with its place, given out under the locks of the heads. */
export interface NumberedEntry extends EntryWriting {
  readonly number: number
  /** One for each operation, rising in every scope: what orders the entries of several scopes. */
  readonly stamp: number
}

/**
 * One transaction. What it reads is read as committed at that moment and not locked; what it
 * decides upon it locks before, in this order: guards, records, heads.
 */
export interface LedgerTurn {
  /** Of each key; a key that is not in the answer has no record. */
  records(keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, StoredRecord>>
  /** What each search finds, in the order asked. */
  search(searches: readonly Search[]): Promise<readonly (readonly FoundRecord[])[]>
  operations(ids: readonly string[]): Promise<ReadonlyMap<string, LoggedOperation>>
  /**
   * Locks these records until the end of the transaction, in sorted order; answers those whose
   * version is another than the one given, as they are now. A record that never was cannot be
   * locked: `guard` does it.
   */
  lock(versions: ReadonlyMap<RecordKey, number>): Promise<ReadonlyMap<RecordKey, StoredRecord>>
  /**
   * Until the end of the transaction nobody else passes a guard of the same searches: a card that
   * was found nowhere stays unknown. Searches may share a guard; sorted, so that none waits in a
   * circle.
   */
  guard(searches: readonly Search[]): Promise<void>
  /** Need not be awaited before `number`: statements keep their order. */
  writeRecords(writing: RecordsWriting): Promise<void>
  /**
   * Locks the heads of the scopes written to, in sorted order, and numbers the entries from them on,
   * gap-free per scope (I18). Late and once: a desk that writes to the same scope waits until the
   * commit.
   */
  number(entries: readonly EntryWriting[]): Promise<readonly NumberedEntry[]>
  /** `at`: what the age of entries is counted from. */
  writeFeed(entries: readonly NumberedEntry[], at: number): Promise<void>
}

export interface FoundRecord extends StoredRecord {
  readonly row: AnyRow
}

/** One transaction on behalf of one device, whose row is locked. */
export interface LedgerBatch extends LedgerTurn {
  readonly device: Device
  /** The last operation of each of its epochs. */
  readonly chainHeads: ReadonlyMap<number, ChainHead>
  /** Outcomes given earlier to the seqs of this epoch in [fromSeq, toSeq], by seq. */
  storedOutcomes(
    epoch: number,
    fromSeq: number,
    toSeq: number,
  ): Promise<ReadonlyMap<number, { readonly hash: string; readonly outcome: Outcome }>>
  write(writing: BatchWriting): Promise<void>
}

export interface FeedPage {
  readonly entries: readonly FeedEntry[]
  /** Of the scopes asked for. */
  readonly heads: ScopeNumbers
  /**
   * Scopes whose cursor is older than what is kept: the entries follow on this number instead, and
   * repeat every row of the scope (`brief` and `catalogue`: only a snapshot does).
   */
  readonly restarts: ScopeNumbers
  /** The entries reach the heads of all scopes asked for: one consistent cut. */
  readonly isComplete: boolean
}

/** The tasks of the city's own clock; each is one transaction, and one node at a time. */
export interface Upkeep {
  /**
   * The oldest facts that the brief feed has not been told, at most `limit`, taken out in this
   * transaction; null where another node is at it.
   */
  takeDirty(limit: number): Promise<readonly BriefDirty[] | null>
}

export interface ScopeState {
  readonly scope: Scope
  readonly head: number
  /** Entries up to this one are gone. */
  readonly deleted: number
  /** The entries after it repeat every row; 0 where the feed does so from its start. */
  readonly base: number
  readonly baseRows: number
  readonly baseAt: number | null
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

export interface LedgerStorage extends DeviceLog {
  city(): Promise<City>
  /** The city's signing key: the one that is kept, or `candidate`, kept from now on. */
  signingKey(candidate: string): Promise<string>
  /** Loads puts into an empty city, all or nothing; false where the city is not empty. */
  seed(
    changes: Iterable<Change> | AsyncIterable<Change>,
    isSampleCity: boolean,
    at?: number,
  ): Promise<boolean>
  /** Of all scopes, or of those given; a scope that nothing was written to stands at 0. */
  heads(scopes?: readonly Scope[]): Promise<ScopeNumbers>
  /**
   * Entries after the cursors, of the scopes named in them, from one snapshot: at most `limit`, and
   * about `bytesMax` of JSON. Scopes of the replica come first and merged: an operation is in one
   * page whole (I15).
   */
  readFeed(cursors: ScopeNumbers, limit: number, bytesMax: number): Promise<FeedPage>
  /**
   * Commits what `fn` wrote, or nothing where it throws; runs it again, a bounded number of times,
   * where the store broke a circle of waiting. The device must exist.
   */
  withBatch<T>(deviceId: string, fn: (batch: LedgerBatch) => Promise<T>): Promise<T>
  /** The same on behalf of the city itself: leases, expiry, the digest. */
  withTurn<T>(fn: (turn: LedgerTurn & Upkeep) => Promise<T>): Promise<T>
  get(kind: RecordKind, id: string): Promise<AnyRow | null>
  find(finder: FinderName, values: readonly FinderValue[]): Promise<readonly AnyRow[]>
  /** Records of a kind in the order of their ids, after `afterId`. */
  listRecords(kind: RecordKind, afterId: string, limit: number): Promise<readonly FoundRecord[]>

  scopeStates(): Promise<readonly ScopeState[]>
  /** Every entry of the scope after `after`, in order, page by page. */
  entriesOf(scope: Scope, after: number): AsyncIterable<readonly FeedEntry[]>
  /**
   * Appends these entries as the base of the scope, if its head is still `head`; false where it
   * moved on.
   */
  writeBase(
    scope: Scope,
    head: number,
    base: { readonly chunks: readonly (readonly Change[])[]; readonly rows: number },
    at: number,
  ): Promise<boolean>
  /** Deletes entries up to `number`; who stands below is told to start anew. */
  deleteEntries(scope: Scope, number: number): Promise<void>
  /** The newest entry of the scope that is older than `at`; 0 where there is none. */
  lastEntryBefore(scope: Scope, at: number): Promise<number>
  /** Forgets records that were removed before `at`. */
  forgetRemoved(at: number): Promise<number>

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
  onHeadsMoved(listener: (moved: Moved) => void): Promise<() => Promise<void>>
  /** Throws where the store does not answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

export interface Moved {
  /** Null where they are too many to name. */
  readonly scopes: readonly Scope[] | null
  /**
   * All that was committed in those scopes, rising in each, where this very node did it; null where
   * it has to be read.
   */
  readonly entries: readonly NumberedEntry[] | null
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
