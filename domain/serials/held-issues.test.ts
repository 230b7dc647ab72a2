import fc from 'fast-check'
import { expect, test } from 'vitest'
import { heldBy, heldOrdinals, isHeld, nothingHeld } from './held-issues.ts'
import type { Held } from './held-issues.ts'

const plus = (held: Held, added: Partial<Record<keyof Held, number>>): Held => ({
  heldTo40: held.heldTo40 + (added.heldTo40 ?? 0),
  heldTo80: held.heldTo80 + (added.heldTo80 ?? 0),
  heldTo120: held.heldTo120 + (added.heldTo120 ?? 0),
})

test('J10 issues come and go in any order, and none moves another', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 120 })), (ordinals) => {
      const all = ordinals.reduce((held, one) => plus(held, heldBy(one, one, 1)), nothingHeld)
      expect(heldOrdinals(all)).toEqual(ordinals.toSorted((one, other) => one - other))
      const [first, ...rest] = ordinals
      if (first === undefined) return
      const less = plus(all, heldBy(first, first, -1))
      expect(heldOrdinals(less)).toEqual(rest.toSorted((one, other) => one - other))
    }),
  )
})

test('J10 a combined issue is all of its ordinals; beyond the 120th nothing is told', () => {
  expect(heldOrdinals(plus(nothingHeld, heldBy(39, 41, 1)))).toEqual([39, 40, 41])
  expect(heldBy(121, 130, 1)).toEqual({})
  expect(isHeld(nothingHeld, 300)).toBe(false)
})
