/**
 * The write-ahead log of a database and when it is carried into the file. Left to itself SQLite does
 * that within the commit that happens to write the thousandth page: somebody waits for it.
 */
import type { Database } from './open.ts'

/** What a store offers to whoever knows when nobody waits (main/engine/log-care.ts). */
export interface CarriesLog {
  /** Pages that are in the log only. About 10 µs. */
  readonly logPages: () => number
  /** Carries them into the file: about 5 ms for a thousand. */
  readonly carryLog: () => void
}

/** Of `main` alone: a snapshot may be attached. */
export function logCarrier(db: Database): CarriesLog {
  // NOOP only looks (SQLite 3.51). A database in memory has no log and answers -1 for both.
  const look = db.prepare('PRAGMA main.wal_checkpoint(NOOP)')
  const carry = db.prepare('PRAGMA main.wal_checkpoint(PASSIVE)')
  return {
    logPages: () => {
      const { log, checkpointed } = look.get() as { log: number; checkpointed: number }
      return log - checkpointed
    },
    carryLog: () => {
      carry.get()
    },
  }
}
