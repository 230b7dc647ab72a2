import { afterEach, beforeEach, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { patch, remove } from '../../domain/change.ts'
import { shenzhenPolicy } from '../../domain/policy/shenzhen.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { policy } from './policy.ts'

let stores: ReturnType<typeof someStores>
beforeEach(() => {
  stores = someStores([patch('policy', 'city', { version: 7 })])
})
afterEach(() => {
  stores.close()
})

const ask = () => queries.policy.answer.parse(policy(stores, {}, ASKED))

test('the policy that the city sent', () => {
  expect(ask().version).toBe(7)
})

test('the shipped one before any has come', () => {
  stores.replica.applyPage({
    entries: [{ scope: 'city', number: 1, changes: [remove('policy', 'city')] }],
    settled: [],
    redecide: () => [],
  })
  expect(ask()).toEqual(shenzhenPolicy)
})
