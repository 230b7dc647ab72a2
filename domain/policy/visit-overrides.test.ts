import { expect, test } from 'vitest'
import { override } from '../operation.ts'
import type { Refusal } from '../refusals.ts'
import { standsForVisit } from './visit-overrides.ts'

test.each<[Refusal, boolean]>([
  ['item-limit-reached', true],
  ['class-limit-reached', true],
  ['debt-above-limit', true],
  ['card-expired', true],
  ['card-replaced', true],
  ['reader-blocked', true],
  ['unknown-reader', true],
  ['unknown-item', false],
  ['item-on-loan', false],
  ['item-not-for-loan', false],
  ['item-held-for-another', false],
  ['already-on-loan-to-reader', false],
  ['loan-overdue', false],
])('L28 %s: stands for the visit %s', (code, stands) => {
  expect(standsForVisit(override(code, 'L28'))).toBe(stands)
})

test('L28 only what an override answers can stand', () => {
  expect(standsForVisit({ level: 'impossible', code: 'card-expired' })).toBe(false)
})
