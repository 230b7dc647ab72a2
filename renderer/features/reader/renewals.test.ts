import { expect, test } from 'vitest'
import { override } from '../../../domain/operation.ts'
import type { Finding } from '../../../domain/operation.ts'
import { askedOfAll, overridesFor } from './renewals.ts'
import type { Renewal } from './renewals.ts'

const asking = (...findings: Finding[]): Renewal =>
  ({ failure: null, receipt: { outcome: 'needs-override', findings } }) as unknown as Renewal

const used = override('renewals-used-up', 'N1', { permission: 'override-limits' })
const late = override('loan-overdue', 'N3', { permission: 'override-limits' })
const waited = override('title-waited-for', 'N7', { needsSecondPerson: true })

test('N1, N3 what several ask is asked once, and one reason answers each', () => {
  const [one, other] = [asking(used, late), asking(late)]
  expect(askedOfAll([one, other]).map(({ code }) => code)).toEqual([
    'renewals-used-up',
    'loan-overdue',
  ])
  const given = ['renewals-used-up', 'loan-overdue'].map((code) => ({
    code,
    reason: '班级用书',
    second: null,
  }))
  expect(overridesFor(one, given)).toHaveLength(2)
  expect(overridesFor(other, given).map(({ code }) => code)).toEqual(['loan-overdue'])
  expect(overridesFor(undefined, given)).toEqual([])
})

test('N7 two must sign where one of them needs it', () => {
  const alone = { ...waited, needsSecondPerson: false }
  expect(askedOfAll([asking(alone), asking(waited)])).toMatchObject([{ needsSecondPerson: true }])
})
