import { expect, it } from 'vitest'
import { fuzzRecords } from './fuzz-records.ts'

it('twenty thousand records made wrong by chance: no throw, no whole record lost, what is read comes back', async () => {
  const result = await fuzzRecords({ cases: 20_000, seed: 20_261_123 })
  expect(result.failures).toEqual([])
  expect(result.taken).toBeGreaterThan(20_000)
  expect(result.refused).toBeGreaterThan(1000)
  expect(result.rewritten).toBeGreaterThan(100)
}, 120_000)
