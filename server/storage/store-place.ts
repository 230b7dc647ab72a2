/** What a store can say of itself, so that one that came back from a backup is noticed. */

/** How far the database's own log has gone; it never goes back but by a restore. */
export interface WrittenUpTo {
  /** Drawn when the cluster was made; a dump that was loaded elsewhere is in another. */
  readonly clusterId: string
  /** Rises when a copy is brought up to a point in time, and when a standby takes over. */
  readonly timeline: number
  /** Bytes of log, with the disk. */
  readonly bytes: number
}

/** Part of the port of ledger-storage.ts. */
export interface StorePlace {
  /** Null where the store does not say: in memory, or where the provider forbids the question. */
  writtenUpTo(): Promise<WrittenUpTo | null>
  /**
   * Notes in the rows where they are; true where they were in another cluster or timeline before,
   * and the store has a new name because of it.
   */
  noticeMove(): Promise<boolean>
  /**
   * A new name for this store, because it is not what it was: every desk that is ahead of it sends
   * again what it lacks. Answers the name.
   */
  renewServerEpoch(): Promise<string>
}
