import type { SignInFailures } from '../storage/ledger-storage.ts'

const FAILURES_MAX = 5
const LOCK_MS = 15 * 60_000
/** A day: longer locks punish the person, not the guesser. */
const LOCK_MAX_MS = 24 * 3_600_000
/** Failures further apart than this are not one attack. */
const FORGET_AFTER_MS = 24 * 3_600_000

export const isLocked = (failures: SignInFailures | null, now: number): boolean =>
  failures !== null && failures.lockedUntil !== null && failures.lockedUntil > now

/**
 * One failure more: the fifth locks for 15 minutes, and the next five for twice as long. A failure
 * during a lock does not count.
 */
export function afterFailure(before: SignInFailures | null, now: number): SignInFailures {
  const kept = before !== null && now - before.lastAt < FORGET_AFTER_MS ? before : null
  if (kept !== null && isLocked(kept, now)) return kept
  const failures = (kept?.failures ?? 0) + 1
  const lockouts = kept?.lockouts ?? 0
  if (failures < FAILURES_MAX) return { failures, lockouts, lockedUntil: null, lastAt: now }
  const lockMs = Math.min(LOCK_MS * 2 ** lockouts, LOCK_MAX_MS)
  return { failures: 0, lockouts: lockouts + 1, lockedUntil: now + lockMs, lastAt: now }
}
