import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aGoodRecord } from '../../test/builders/good-record.ts'
import type { BibContent } from '../cataloguing-records.ts'
import { BatchFix, fixedContent } from './batch-fix.ts'

const YEAR = 2026
const fixed = (fix: object, ...lines: readonly string[]): BibContent | null =>
  fixedContent({ profile: 'cnmarc', ...aGoodRecord(...lines) }, BatchFix.parse(fix), YEAR)
const field = (content: BibContent | null, tag: string): string | null => {
  if (content === null) return null
  const found = content.fields.filter((one) => one.tag === tag)
  return found
    .map(({ subfields }) => subfields.map(({ code, value }) => `$${code}${value}`).join(''))
    .join(' ')
}

describe('a fix', () => {
  const rows: [says: string, fix: object, line: string, is: string | null][] = [
    ['sets', { does: 'set', tag: '210', code: 'c', value: '甲' }, '210  $a京$c乙', '$a京$c甲'],
    ['adds', { does: 'set', tag: '210', code: 'c', value: '甲' }, '210  $a京', '$a京$c甲'],
    [
      'replaces every place of a text',
      { does: 'replace', tag: '210', code: 'c', find: '书局', value: '出版社' },
      '210  $c中华书局$c上海书局',
      '$c中华出版社$c上海出版社',
    ],
    [
      'takes signs for signs, no patterns',
      { does: 'replace', tag: '210', code: 'c', find: '.*', value: '$&' },
      '210  $c.*社',
      '$c$&社',
    ],
    [
      'takes a text out, and the subfield with its last letter',
      { does: 'replace', tag: '210', code: 'c', find: '甲', value: '' },
      '210  $a京$c甲',
      '$a京',
    ],
    ['deletes', { does: 'delete', tag: '210', code: 'c' }, '210  $a京$c甲$c乙', '$a京'],
    [
      'deletes the field with its last subfield',
      { does: 'delete', tag: '210', code: 'c' },
      '210  $c甲',
      '',
    ],
    [
      'leaves what is so already',
      { does: 'set', tag: '210', code: 'c', value: '甲' },
      '210  $c甲',
      null,
    ],
    ['leaves other subfields', { does: 'delete', tag: '210', code: 'x' }, '210  $c甲', null],
  ]
  test.each(rows)('%s', (_says, fix, line, is) => {
    expect(field(fixed(fix, line), '210')).toBe(is)
  })

  test.each([
    ['M08', '010  $a978-7-5001-6208-7$d32元', '$a978-7-5001-6208-7$dCNY32.00'],
    // The second price is right, the third another one that is wrong: each its own.
    ['M08', '010  $d¥25.5$dCNY30.00$d9元', '$dCNY25.50$dCNY30.00$dCNY9.00'],
    ['M07', '010  $a978-7-5001-6208-1', '$z978-7-5001-6208-1'],
  ])('of the rule %s: %s', (rule, line, is) => {
    expect(field(fixed({ does: 'rule', rule }, line), '010')).toBe(is)
  })

  test('of a rule that proposes nothing leaves the record', () => {
    expect(fixed({ does: 'rule', rule: 'M05' })).toBeNull()
  })

  test('made twice is made once, unless what is written holds what is sought', () => {
    const text = fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom('甲', '乙', '丙') })
    fc.assert(
      fc.property(text, text, text, (find, value, is) => {
        fc.pre(!value.includes(find))
        const fix = { does: 'replace', tag: '210', code: 'c', find, value } as const
        const once = fixed(fix, `210  $a京$c${is}`)
        if (once === null) return
        const again = fixedContent({ profile: 'cnmarc', ...once }, fix, YEAR)
        const holds = field(once, '210')?.includes(find) === true
        expect(again === null).toBe(!holds)
      }),
      { numRuns: 200 },
    )
  })
})
