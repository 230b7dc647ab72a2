/** A request takes seconds on any line. */
import { expect, test } from 'vitest'
import { openLinePace } from './line-pace.ts'
import type { LinePace } from './line-pace.ts'
import { TransportFailure } from './transport.ts'

/** A line of so many bytes a millisecond, on which a request is given up after `msMax`. */
function lineOf(bytesPerMs: number, msMax = 20_000) {
  let ms = 0
  const pace = openLinePace({ monotonic: () => ms }, { min: 1_000, first: 64_000, max: 512_000 })
  const carry = (bytes: number) => (): Promise<number> => {
    const took = bytes / bytesPerMs
    ms += Math.min(took, msMax)
    return took > msMax
      ? Promise.reject(new TransportFailure('timed-out', 'push'))
      : Promise.resolve(took)
  }
  return { pace, carry }
}

async function after(times: number, pace: LinePace, carry: ReturnType<typeof lineOf>['carry']) {
  const took: number[] = []
  for (let time = 0; time < times; time += 1) {
    await pace.timed(true, carry(pace.bytes())).then(
      (ms) => took.push(ms),
      () => took.push(Number.POSITIVE_INFINITY),
    )
  }
  return took
}

test('a quick line is used whole after a few requests', async () => {
  const { pace, carry } = lineOf(10_000)
  await after(3, pace, carry)
  expect(pace.bytes()).toBe(512_000)
})

test('on 128 kbit/s a request takes seconds, never the time to give up', async () => {
  const { pace, carry } = lineOf(16)
  const took = await after(20, pace, carry)
  expect(Math.max(...took)).toBeLessThan(6_000)
  expect(pace.bytes()).toBeGreaterThan(16_000)
})

test('what was given up is not sent again as large as it was', async () => {
  const { pace, carry } = lineOf(1)
  const took = await after(8, pace, carry)
  expect(took[0]).toBe(Number.POSITIVE_INFINITY)
  expect(took.slice(2).every((ms) => ms < 20_000)).toBe(true)
  expect(pace.bytes()).toBeGreaterThanOrEqual(1_000)
})

test('a small request that was quick says nothing of a large one', async () => {
  const { pace } = lineOf(16)
  await pace.timed(false, () => Promise.resolve())
  expect(pace.bytes()).toBe(64_000)
})

test('a server that refuses is no slow line', async () => {
  const { pace } = lineOf(16)
  const refused = pace.timed(true, () => Promise.reject(new TransportFailure('busy', '')))
  await expect(refused).rejects.toThrow(TransportFailure)
  expect(pace.bytes()).toBe(64_000)
})
