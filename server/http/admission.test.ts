import { afterEach, beforeEach, expect, test } from 'vitest'

import { openAdmission } from './admission.ts'
import type { Admission, RequestKind } from './admission.ts'
import { Refused } from './refused.ts'

let now = 0
let admission: Admission
beforeEach(() => {
  now = 1_000_000
  admission = openAdmission(() => now)
})
afterEach(() => admission.close())

/** How many get in before one is sent away, at most `most`. */
function admitted(key: string, kind: RequestKind, most: number): number {
  for (let count = 0; count < most; count += 1) {
    try {
      admission.enter(key, kind)
    } catch (error) {
      if (error instanceof Refused && error.refusal === 'busy') return count
      throw error
    }
  }
  return most
}

test('a desk that asks too often is sent away, and comes in again with time', () => {
  expect(admitted('d1', 'sign-in', 100)).toBe(20)
  now += 10_000
  expect(admitted('d1', 'sign-in', 100)).toBe(5)
})

test('desks and kinds do not stand in each other’s way', () => {
  expect(admitted('d1', 'sign-in', 100)).toBe(20)
  expect(admitted('d2', 'sign-in', 100)).toBe(20)
  expect(admitted('d1', 'push', 100)).toBe(100)
})

test('a clock that steps back gives nothing away', () => {
  expect(admitted('d1', 'enrol', 100)).toBe(20)
  now -= 3_600_000
  expect(admitted('d1', 'enrol', 100)).toBe(0)
})

test('a day of a busy desk is never sent away', () => {
  for (let second = 0; second < 3_600; second += 1) {
    now += 1_000
    expect(admitted('d1', 'push', 20)).toBe(20)
  }
})
