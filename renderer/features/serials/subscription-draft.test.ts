import { expect, test } from 'vitest'
import { draftOfSubscription, draftOfTitle, foreseenCount, termsOf } from './subscription-draft.ts'
import { beginning } from '../../../test/builders/serial-work.ts'
import type { Subscription } from '../../../domain/serial-records.ts'

const draft = draftOfTitle({
  frequency: 'monthly',
  issn: '1005-1805',
  callNumber: 'Z62/1',
  year: '2026',
})

test('J4 what a title’s record says is a subscription of its year', () => {
  expect(termsOf(draft)).toMatchObject({
    endsOn: '2026-12-31',
    issn: '1005-1805',
    copies: 1,
    priceFen: null,
    pattern: { frequency: 'monthly', firstOn: '2026-01-01', combined: [], volume: null },
  })
  expect(foreseenCount(draft)).toBe(12)
})

test('J4 lists are typed with blanks or commas', () => {
  const typed = { ...draft, combined: '1-2，7-8', skippedMonths: '12', volumeFirst: '40' }
  expect(termsOf(typed)?.pattern).toMatchObject({
    combined: [
      { from: 1, to: 2 },
      { from: 7, to: 8 },
    ],
    skippedMonths: [12],
    volume: { first: 40, issuesCount: null },
  })
  expect(foreseenCount(typed)).toBe(9)
})

test.each([
  { copies: '0' },
  { copies: '两份' },
  { firstOn: '2026-02-30' },
  { combined: '1' },
  { skippedMonths: '13' },
  { price: '一元' },
  { claimAfterDays: '' },
])('J4 %o cannot be read', (parts) => {
  expect(termsOf({ ...draft, ...parts })).toBeNull()
  expect(foreseenCount({ ...draft, ...parts })).toBeNull()
})

test('J8 what stands is typed as it stands', () => {
  const stands = beginning() as unknown as Subscription
  const { endsOn, pattern, vendor, priceFen } = stands
  expect(termsOf(draftOfSubscription(stands))).toMatchObject({ endsOn, pattern, vendor, priceFen })
})
