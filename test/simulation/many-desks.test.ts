/** A smoke of the simulation; `npm run simulate -- --seeds 1000` runs more. */
import { describe, expect, it } from 'vitest'
import { simulate } from './many-desks.ts'
import { failedSeeds } from './failed-seeds.ts'

const smoke = Array.from({ length: 12 }, (_, index) => index + 1)

describe('three desks and a server converge', () => {
  it.each([...smoke, ...failedSeeds])('seed %i', async (seed) => {
    const result = await simulate(seed)
    expect(result.broken).toEqual([])
    expect(result.operations).toBeGreaterThan(20)
  })
})
