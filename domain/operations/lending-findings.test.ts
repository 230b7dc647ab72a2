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

const ITEMS = 'item-limit-reached'
const CLASS = 'class-limit-reached'

test.each<[says: string, reader: Partial<Reader>, codes: string[], needsSecond: boolean]>([
  ['L29 at the limit', { openLoansCount: 11, openForeignCount: 2 }, [ITEMS], false],
  ['L29 one above it', { openLoansCount: 12, openForeignCount: 3 }, [ITEMS], false],
  [
    'L29 as many above as one may answer for',
    { openLoansCount: 13, openForeignCount: 4 },
    [ITEMS],
    true,
  ],
  ['L29 of a class', { openLoansCount: 10 }, [CLASS], false],
  ['L6, L22, L29 both, each by itself', { openLoansCount: 11 }, [ITEMS, CLASS], false],
  ['L29 below it', { openLoansCount: 9 }, [], false],
])('%s', (_says, reader, codes, needsSecond) => {
  const over = findingsOf(reader).filter(({ level }) => level === 'override')
  expect(over.map(({ code }) => code)).toEqual(codes)
  expect(over.some(({ needsSecondPerson }) => needsSecondPerson)).toBe(needsSecond)
})

test('L22, L29 six foreign books ask for a second person, at the item limit too', () => {
  const foreign = anItem({ language: 'eng' })
  const secondOf = (openLoansCount: number) => {
    const reader = aReader({ openLoansCount, openForeignCount: 6 })
    const records = [put('item', foreign), put('reader', reader)]
    return decideOn(records, 'loan.check-out', lending)
      .findings.filter(({ needsSecondPerson }) => needsSecondPerson)
      .map(({ code }) => code)
  }
  expect(secondOf(10)).toEqual([CLASS])
  expect(secondOf(11)).toEqual([CLASS])
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
