import { expect, test } from 'vitest'
import type { SignInFailures } from '../storage/ledger-storage.ts'
import { afterFailure, isLocked } from './lockout.ts'

const MINUTE = 60_000
const DAY = 1_440 * MINUTE

/** Failures one second apart, from `at` on. */
function fail(times: number, before: SignInFailures | null, at: number): SignInFailures {
  let failures = before
  for (let time = 0; time < times; time++) failures = afterFailure(failures, at + time * 1_000)
  if (failures === null) throw new Error('no failure')
  return failures
}

test('the fifth failure locks for 15 minutes, the fourth does not', () => {
  expect(isLocked(fail(4, null, 0), 3_000)).toBe(false)
  const locked = fail(5, null, 0)
  expect(locked.lockedUntil).toBe(4_000 + 15 * MINUTE)
  expect(isLocked(locked, 4_000 + 15 * MINUTE - 1)).toBe(true)
  expect(isLocked(locked, 4_000 + 15 * MINUTE)).toBe(false)
})

test('each lock is twice as long as the one before, a day at most', () => {
  let failures: SignInFailures | null = null
  const minutes: number[] = []
  for (let round = 0, at = 0; round < 9; round++) {
    failures = fail(5, failures, at)
    const until = failures.lockedUntil ?? 0
    minutes.push((until - failures.lastAt) / MINUTE)
    at = until
  }
  expect(minutes).toEqual([15, 30, 60, 120, 240, 480, 960, 1_440, 15])
})

test('failures during a lock do not count, failures of yesterday neither', () => {
  const locked = fail(5, null, 0)
  expect(fail(20, locked, 5_000)).toEqual(locked)
  expect(afterFailure(fail(4, null, 0), DAY + 3_000)).toMatchObject({ failures: 1, lockouts: 0 })
})
