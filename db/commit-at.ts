import { inTransaction } from './open.ts'
import type { Database } from './open.ts'

/**
 * `FULL`: with the disk when it returns. `NORMAL`: a power cut may take the last commits but never
 * breaks the file (measured).
 */
export type Durability = 'NORMAL' | 'FULL'

/** Transactions of one connection at the durability each of them needs; it was opened at FULL. */
export function committer(db: Database): <T>(level: Durability, work: () => T) => T {
  let now: Durability = 'FULL'
  return (level, work) => {
    if (level !== now) db.pragma(`synchronous = ${level}`)
    now = level
    return inTransaction(db, work)
  }
}
