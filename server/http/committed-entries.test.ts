import { expect, test } from 'vitest'
import { branchScope } from '../../domain/scopes.ts'
import type { Scope } from '../../domain/scopes.ts'
import { BRANCH } from '../../test/builders/city.ts'
import { addCommitted } from './committed-entries.ts'
import { openScopeRing } from './scope-ring.ts'

const HERE = branchScope(BRANCH)
const entry = (scope: Scope, number: number) => ({
  scope,
  number,
  stamp: number,
  operationId: `desk-a.1.${number}`,
  changes: [],
})
const ringsAt = (heads: Record<string, number>) =>
  new Map(Object.entries(heads).map(([scope, head]) => [scope as Scope, openScopeRing(head)]))

test('what follows on is told without being read', () => {
  const rings = ringsAt({ [HERE]: 4, city: 9 })
  expect(addCommitted(rings, [entry(HERE, 5), entry('city', 10), entry(HERE, 6)])).toEqual([
    HERE,
    'city',
  ])
  expect(rings.get(HERE)?.head).toBe(6)
  expect(rings.get(HERE)?.after(5)).toEqual([
    JSON.stringify({ scope: HERE, number: 6, operationId: 'desk-a.1.6', changes: [] }),
  ])
})

test('commits heard of in the other order stand in order', () => {
  const rings = ringsAt({ [HERE]: 4 })
  addCommitted(rings, [entry(HERE, 6), entry(HERE, 5)])
  expect(rings.get(HERE)?.after(4)).toHaveLength(2)
})

test('I15 where one scope has a gap, no part of it is told', () => {
  const rings = ringsAt({ [HERE]: 4, city: 9 })
  expect(addCommitted(rings, [entry(HERE, 5), entry('city', 11)])).toBeNull()
  expect([rings.get(HERE)?.head, rings.get('city')?.head]).toEqual([4, 9])
})

test('what was read meanwhile, and what nobody follows, moves nothing', () => {
  const rings = ringsAt({ [HERE]: 5 })
  expect(addCommitted(rings, [entry(HERE, 5), entry('city', 1)])).toEqual([])
  expect(rings.get(HERE)?.head).toBe(5)
})
