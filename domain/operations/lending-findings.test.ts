/** Who must answer for a lending beyond a limit. */
import { expect, test } from 'vitest'
import { aReader, anItem } from '../../test/builders/city.ts'
import { decideOn } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Reader } from '../records.ts'
import { allowedOverrides } from '../verdict.ts'

const lending = { barcode: anItem().barcode, card: aReader().cardNumber, dueOn: null }
const findingsOf = (parts: Partial<Reader>) => {
  const records = [put('item', anItem()), put('reader', { ...aReader(), ...parts })]
  return decideOn(records, 'loan.check-out', lending).findings
}

test.each<[says: string, reader: Partial<Reader>, code: string, needsSecond: boolean]>([
  ['L29 at the limit', { openLoansCount: 11 }, 'item-limit-reached', false],
  ['L29 one above it', { openLoansCount: 12 }, 'item-limit-reached', false],
  ['L29 as many above as one may answer for', { openLoansCount: 13 }, 'item-limit-reached', true],
  ['L29 of a class', { openLoansCount: 10 }, 'class-limit-reached', false],
  ['L29 below it', { openLoansCount: 9 }, '', false],
])('%s', (_says, reader, code, needsSecond) => {
  const over = findingsOf(reader).filter(({ level }) => level === 'override')
  expect(over.map((one) => one.code)).toEqual(code === '' ? [] : [code])
  expect(over.some(({ needsSecondPerson }) => needsSecondPerson)).toBe(needsSecond)
})

test('L29 beyond that, a colleague with the right is enough, and one alone is not', () => {
  const findings = findingsOf({ openLoansCount: 13 })
  const given = (approvedBy: string | null) =>
    allowedOverrides(
      findings,
      [{ code: 'item-limit-reached', reason: '班级活动', approvedBy }],
      () => 'circulation',
    )
  expect(given('colleague')).toHaveLength(1)
  expect(given(null)).toHaveLength(0)
})
