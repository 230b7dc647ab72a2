import { beforeEach, expect, test } from 'vitest'
import { createPageRecovery } from './page-recovery.ts'

let now: number
let pauses: number[]
let reloads: number
let gaveUp: string[]
let gone: ReturnType<typeof createPageRecovery>

beforeEach(() => {
  now = 0
  pauses = []
  reloads = 0
  gaveUp = []
  gone = createPageRecovery({
    now: () => now,
    after: (ms, work) => {
      pauses.push(ms)
      work()
    },
    reload: () => {
      reloads += 1
    },
    giveUp: (reason) => gaveUp.push(reason),
  })
})

test('a page that ended in order is left alone', () => {
  gone({ reason: 'clean-exit' })
  expect(reloads).toBe(0)
})

test('two crashes are two reloads, the second after a longer pause; the third asks a person', () => {
  gone({ reason: 'crashed' })
  gone({ reason: 'oom' })
  expect(reloads).toBe(2)
  expect(pauses).toEqual([250, 500])
  expect(gaveUp).toEqual([])
  gone({ reason: 'killed' })
  expect(reloads).toBe(2)
  expect(gaveUp).toEqual(['killed'])
})

test('crashes five minutes apart are never the third', () => {
  for (let count = 0; count < 10; count += 1) {
    gone({ reason: 'crashed' })
    now += 5 * 60_000
  }
  expect(reloads).toBe(10)
  expect(pauses).toEqual(Array.from({ length: 10 }, () => 250))
  expect(gaveUp).toEqual([])
})
