import { describe, expect, test } from 'vitest'
import { aPattern, day } from '../../test/builders/serial-work.ts'
import { issueOfScan, readIssnScan } from './issue-of-scan.ts'
import { predictIssues } from './predict.ts'

const today = day('2026-11-22')

describe('the code on a cover', () => {
  test.each([
    ['9771005180264', '11', { issn: '1005-1805', year: 2026, addOn: '11' }],
    ['9771005180257', null, { issn: '1005-1805', year: 2025, addOn: null }],
    ['9771005180004', '03', { issn: '1005-1805', year: null, addOn: '03' }],
    ['9770028083120', null, { issn: '0028-0836', year: null, addOn: null }],
    ['9787020049295', null, null],
    ['97710051802', null, null],
  ])('%s beside %s', (code, addOn, read) => {
    expect(readIssnScan(code, addOn, today)).toEqual(read)
  })
})

describe('which issue it is', () => {
  const issues = predictIssues(aPattern({ combined: [{ from: 7, to: 8 }] }), day('2026-12-31'))
  const ordinalOf = (addOn: string | null, here: readonly number[] = []) => {
    const named = issueOfScan(issues, { addOn }, ({ ordinal }) => here.includes(ordinal), today)
    return named === null ? null : [named.issue.ordinal, named.isCertain]
  }
  test.each([
    ['11', [], [11, true]],
    ['08', [], [7, true]],
    // The issue is here already: another copy of it.
    ['11', [11], [11, true]],
    // Not one of this year: what is due is looked at by a person.
    ['45', [], [11, false]],
    [null, [], [11, false]],
    [null, [11], [10, false]],
    [null, [1, 2, 3, 4, 5, 6, 7, 9, 10, 11], [12, false]],
    // The price of a variant code: its first two digits.
    ['11000', [], [11, true]],
  ] as const)('add-on %s, here %o: %o', (addOn, here, named) => {
    expect(ordinalOf(addOn, here)).toEqual(named)
  })

  test('nothing is left to come', () => {
    expect(
      ordinalOf(
        null,
        issues.map(({ ordinal }) => ordinal),
      ),
    ).toBeNull()
  })
})
