import { describe, expect, test } from 'vitest'
import { afterFailure, leftOf, notLocked } from './lockout.ts'
import type { Lockout } from './lockout.ts'

const MINUTE = 60_000

function failing(times: number, from: Lockout = notLocked, atMs = 0): Lockout {
  let lockout = from
  for (let time = 0; time < times; time += 1) lockout = afterFailure(lockout, atMs)
  return lockout
}

describe('a lock', () => {
  test('begins with the fifth failure and lasts 15 minutes', () => {
    expect(leftOf(failing(4), 0)).toBe(0)
    const locked = failing(5, notLocked, 7_000)
    expect(leftOf(locked, 7_000)).toBe(15 * MINUTE)
    expect(leftOf(locked, 7_000 + 15 * MINUTE - 1)).toBe(1)
    expect(leftOf(locked, 7_000 + 15 * MINUTE)).toBe(0)
  })

  test('doubles, six times at most', () => {
    const minutes = [5, 10, 15, 20, 25, 30, 35, 40].map(
      (times) => leftOf(failing(times), 0) / MINUTE,
    )
    expect(minutes).toEqual([15, 30, 60, 120, 240, 480, 960, 960])
  })

  test('is not shortened by starting the machine anew: it counts from there', () => {
    const locked = failing(5, notLocked, 90 * MINUTE)
    expect(leftOf(locked, 0)).toBe(15 * MINUTE)
    expect(leftOf(locked, 5 * MINUTE)).toBe(10 * MINUTE)
    expect(leftOf(locked, 15 * MINUTE)).toBe(0)
  })
})
