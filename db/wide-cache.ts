import type { Database } from './open.ts'

const KIB = 64 * 1024

/**
 * A transaction that meets thousands of rows over and over: beyond the usual 2 MB each page is
 * written to the log, let go, and read and deciphered again. Given back when `work` ends.
 */
export function withWideCache<T>(db: Database, isNeeded: boolean, work: () => T): T {
  if (!isNeeded) return work()
  const usual = String(db.pragma('cache_size', { simple: true }))
  db.pragma(`cache_size = -${KIB}`)
  try {
    return work()
  } finally {
    db.pragma(`cache_size = ${usual}`)
    db.pragma('shrink_memory')
  }
}
