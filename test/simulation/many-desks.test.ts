/** A smoke of the simulation; `npm run simulate -- --seeds 2000` runs more. */
import { describe, expect, it } from 'vitest'
import { failedSeeds } from './failed-seeds.ts'
import { simulate } from './simulate-seed.ts'

const smoke = Array.from({ length: 24 }, (_, index) => index + 1)
/** A busy machine is no failure. */
const SEED_MS_MAX = 60_000

describe('desks and a server in trouble converge', () => {
  it.each([...new Set([...smoke, ...failedSeeds])])(
    'seed %i',
    async (seed) => {
      const { broken, events, steps } = await simulate(seed)
      expect(broken, events.join('\n')).toEqual([])
      expect(steps).toBeGreaterThan(100)
    },
    SEED_MS_MAX,
  )

  it(
    'the same seed is the same run',
    async () => {
      const { steps, operations, exceptions, refused } = await simulate(7)
      expect(await simulate(7)).toMatchObject({ steps, operations, exceptions, refused })
    },
    SEED_MS_MAX,
  )
})
