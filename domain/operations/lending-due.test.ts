import { describe, expect, test } from 'vitest'
import { NOW, TODAY, aCalendar, aLoan, aPolicy, aReader, anItem } from '../../test/builders/city.ts'
import { decideOn, recordOn, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const item = anItem()
const reader = aReader({ expiresOn: '2026-12-31' })
const records: Change[] = [put('item', item), put('reader', reader)]
const lending = (dueOn: string | null, more = {}) => ({
  barcode: item.barcode,
  card: reader.cardNumber,
  dueOn,
  ...more,
})
const closed = put('calendar', aCalendar({ closedOn: ['2026-12-10'] }))
const lentToSelf = [
  ...records,
  put('item', anItem({ state: 'on-loan', openLoanId: 'loan-1' })),
  put('loan', aLoan()),
]

describe('a chosen due date', () => {
  test.each<[says: string, records: Change[], dueOn: string, said: string[], due: string]>([
    ['L32 an earlier one', records, '2026-12-01', [], '2026-12-01'],
    ['L32 the last of the policy', records, '2026-12-23', [], '2026-12-23'],
    ['L32 today', records, TODAY, [], TODAY],
    ['L15 yesterday', records, '2026-11-21', ['impossible L15 due-date-in-past'], '2026-11-21'],
    [
      'L32 later than the policy',
      records,
      '2026-12-24',
      ['override L32 due-date-beyond-policy'],
      '2026-12-24',
    ],
    [
      'L32 later than the card too',
      records,
      '2027-01-01',
      ['override L32 due-date-beyond-policy', 'alert L32 due-date-after-card'],
      '2027-01-01',
    ],
    [
      'L15 a closed day is moved, and said',
      [...records, closed],
      '2026-12-10',
      ['note L15 due-date-moved'],
      '2026-12-11',
    ],
    [
      'L8, L32 measured by the renewal where this reader has it',
      lentToSelf,
      '2026-12-24',
      ['override L8 already-on-loan-to-reader', 'override L32 due-date-beyond-policy'],
      '2026-12-13',
    ],
  ])('%s', (_says, given, dueOn, expected, due) => {
    const decision = decideOn(given, 'loan.check-out', lending(dueOn))
    expect(said(decision)).toEqual(expected)
    expect(decision.summary).toMatchObject({ dueOn: due, dueAt: null })
  })

  test('L32, I28 what was told stands, and whoever did not answer for it is asked', () => {
    const told = { promised: { dueOn: '2026-12-30', dueAt: null } } as never
    const recorded = recordOn(records, 'loan.check-out', lending('2026-12-30'), told)
    expect(recorded.exceptions).toMatchObject([{ kind: 'rule-broken', rules: ['L32'] }])
    expect(recorded.changes).toContainEqual(
      expect.objectContaining({
        put: 'loan',
        row: expect.objectContaining({ dueOn: '2026-12-30' }),
      }),
    )
  })

  test('L32 what another system told its reader is not measured', () => {
    const elsewhere = { line: 'a'.repeat(40), happenedAt: NOW - 1000 }
    expect(said(decideOn(records, 'loan.check-out', lending('2027-06-01', { elsewhere })))).toEqual(
      [],
    )
  })
})

test('P3 the answer names the line that set the due date', () => {
  const { summary } = decideOn(records, 'loan.check-out', lending(null))
  expect(summary.policyLine).toBe('city-default')
})

test('P5, I28 the hour that was printed is kept', () => {
  const [first] = aPolicy().loanRules
  if (first === undefined) throw new Error('no policy')
  const policy = aPolicy({ loanRules: [{ ...first, loanHours: 3 }] })
  const given = [...records, put('policy', policy)]
  const { summary } = decideOn(given, 'loan.check-out', lending(null))
  expect(summary).toMatchObject({ dueOn: TODAY, dueAt: NOW + 3 * 3_600_000 })
  const told = { promised: { dueOn: TODAY, dueAt: NOW + 3_600_000 } } as never
  const recorded = recordOn(given, 'loan.check-out', lending(null), told)
  expect(recorded.changes).toContainEqual(
    expect.objectContaining({ row: expect.objectContaining({ dueAt: NOW + 3_600_000 }) }),
  )
})
