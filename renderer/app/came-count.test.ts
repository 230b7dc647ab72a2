import { expect, test } from 'vitest'
import { cameCount } from './came-count.ts'

test('C42 what was open and has come is counted, what still waits and what never waited is not', () => {
  expect(
    cameCount([
      { wasProvisional: true, isProvisional: false },
      { wasProvisional: true, isProvisional: true },
      { wasProvisional: false, isProvisional: false },
    ]),
  ).toBe(1)
})
