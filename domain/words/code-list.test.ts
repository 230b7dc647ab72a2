import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { codesIn, isCodeList } from './code-list.ts'

const a = '04400510000001'
const b = '04400510000002'

describe('L30 codes in a text', () => {
  test.each([
    ['one a line', `${a}\n${b}`, [a, b], 0, []],
    ['with blank lines, of Windows', `\r\n${a}\r\n\r\n  ${b}\r\n`, [a, b], 0, []],
    [
      'between blanks, commas, tabs',
      `${a} ${b},F4401000000001\t04`,
      [a, b, 'F4401000000001', '04'],
      0,
      [],
    ],
    ['as written in Chinese', `${a}，${b}、${a}；`, [a, b], 1, []],
    ['full-width digits', '０４４００５１００００００１', [a], 0, []],
    ['in quotes, from a table', `"${a}","${b}"`, [a, b], 0, []],
    ['each once, the first place counts', `${b}\n${a}\n${b}\n${b}`, [b, a], 2, []],
    ['with a heading', `条码\n${a}`, [a], 0, ['条码']],
    ['too long for a label', `${'0'.repeat(65)}\n${a}`, [a], 0, ['0'.repeat(65)]],
    ['D19 an ID number is no label', `${a}\n11010519491231002X`, [a], 0, ['110***********002X']],
    ['nothing', ' \n ', [], 0, []],
  ])('%s', (_says, text, codes, repeatedCount, unreadable) => {
    expect(codesIn(text)).toEqual({ codes, repeatedCount, unreadable })
  })

  test.each([
    [a, false],
    [`${a}\r\n`, false],
    [`${a}\n${b}`, true],
    [`${a}，${b}`, true],
    ['', false],
  ])('%o is a list: %s', (text, isList) => expect(isCodeList(text)).toBe(isList))

  test('whatever lies between, the codes come back in their order', () => {
    const code = fc.integer({ min: 0, max: 99_999_999 }).map((n) => `0440051${n}`)
    const between = fc.constantFrom('\n', '\r\n', ' ', ',', '\t', '，', '、\n', '　', ' ; ')
    fc.assert(
      fc.property(fc.uniqueArray(code, { maxLength: 40 }), between, (codes, separator) => {
        expect(codesIn(codes.join(separator)).codes).toEqual(codes)
      }),
    )
  })
})
