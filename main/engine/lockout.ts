/**
 * How long a name stays locked at this desk. What is left of a lock is counted on the clock that
 * nobody can set, so that moving the PC's clock opens nothing; a restart of the program or of the
 * machine does not shorten it.
 */
import { z } from 'zod'

const FAILURES_MAX = 5
const LOCK_MS = 15 * 60_000
const LOCK_DOUBLINGS_MAX = 6

export const Lockout = z.strictObject({
  failures: z.int(),
  locks: z.int(),
  /** What was left of the lock when it was written. */
  leftMs: z.number().min(0),
  /** Ms since the machine started, as it was written. */
  elapsedMs: z.number(),
})
export type Lockout = z.infer<typeof Lockout>

export const notLocked: Lockout = { failures: 0, locks: 0, leftMs: 0, elapsedMs: 0 }

/**
 * What is left of the lock now. A machine that was started anew counts from zero: it has been running
 * since, so the lock is at least so much older; while it was off nothing is counted.
 */
export function leftOf({ leftMs, elapsedMs }: Lockout, nowMs: number): number {
  const since = nowMs >= elapsedMs ? nowMs - elapsedMs : nowMs
  return Math.max(0, leftMs - since)
}

/** Five failures lock the name at this desk for 15 minutes, doubling. */
export function afterFailure({ failures, locks }: Lockout, elapsedMs: number): Lockout {
  if (failures + 1 < FAILURES_MAX) return { failures: failures + 1, locks, leftMs: 0, elapsedMs }
  const doublings = Math.min(locks, LOCK_DOUBLINGS_MAX)
  return { failures: 0, locks: locks + 1, leftMs: LOCK_MS * 2 ** doublings, elapsedMs }
}
