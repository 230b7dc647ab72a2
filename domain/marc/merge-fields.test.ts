import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aGoodRecord } from '../../test/builders/good-record.ts'
import { mergeRecord } from './merge-fields.ts'

const publisher = '210  $a上海$c上海译文出版社$d2022'
const extent = '215  $a120页$d21cm'
const subject = (text: string) => `606 0$a${text}`
const two = [subject('童话'), subject('法国')] as const

describe('C25 merging', () => {
  test.each([
    ['two fields', [], [publisher], [extent], [publisher, extent]],
    ['the same, alike', [], [publisher], [publisher], [publisher]],
    [
      'one repeat each',
      two,
      ['606 0$a寓言', two[1]],
      [two[0], '606 0$a欧洲'],
      ['606 0$a寓言', '606 0$a欧洲'],
    ],
    [
      'the later stamp',
      ['005  20260101'],
      ['005  20260301'],
      ['005  20260201', extent],
      ['005  20260301', extent],
    ],
    [
      'a field added there',
      [],
      [publisher],
      ['330  $a一个孩子的星球。'],
      [publisher, '330  $a一个孩子的星球。'],
    ],
  ])('%s', (_says, base, mine, theirs, merged) => {
    const [was, here, there] = [aGoodRecord(...base), aGoodRecord(...mine), aGoodRecord(...theirs)]
    const { content, clashes } = mergeRecord(was, here, there)
    expect(clashes).toEqual([])
    expect(content).toEqual(aGoodRecord(...merged))
  })

  test.each([
    ['one field', [], [publisher], ['210  $a广州$d2022'], { tag: '210', occurrence: 0 }],
    [
      'a repeat',
      two,
      ['606 0$a寓言', two[1]],
      ['606 0$a故事', two[1]],
      { tag: '606', occurrence: 0 },
    ],
    [
      'more of them here',
      two,
      [...two, subject('三')],
      [two[0], subject('乙')],
      { tag: '606', occurrence: null },
    ],
  ])('a clash of %s', (_says, base, mine, theirs, clash) => {
    const [was, here, there] = [aGoodRecord(...base), aGoodRecord(...mine), aGoodRecord(...theirs)]
    const { content, clashes } = mergeRecord(was, here, there)
    expect(clashes).toEqual([clash])
    expect(content).toEqual(here)
  })

  test('a clash of leaders, but not of lengths', () => {
    const was = aGoodRecord()
    const led = (leader: string) => ({ ...was, leader })
    const [old, here] = [led('00000nam0 2200000   450 '), led('00000cam0 2200000   450 ')]
    expect(mergeRecord(old, here, led('00999nam0 2200123   450 ')).content).toEqual(here)
    expect(mergeRecord(old, here, led('00000dam0 2200000   450 ')).clashes).toEqual([
      { tag: 'LDR', occurrence: null },
    ])
  })

  const field = fc.record({
    tag: fc.constantFrom('200', '606', '701'),
    indicators: fc.constant('  '),
    value: fc.constant(null),
    subfields: fc.array(
      fc.record({ code: fc.constant('a'), value: fc.constantFrom('甲', '乙', '丙') }),
      {
        minLength: 1,
        maxLength: 1,
      },
    ),
  })
  const content = fc.record({
    leader: fc.constantFrom('00000nam0 2200000   450 ', '00000cam0 2200000   450 '),
    fields: fc.array(field, { maxLength: 5 }),
  })
  const texts = (record: { fields: readonly unknown[] }) =>
    record.fields.map((one) => JSON.stringify(one))

  test('one side alone counts to the letter', () => {
    fc.assert(
      fc.property(content, content, (base, moved) => {
        expect(mergeRecord(base, moved, base)).toEqual({ content: moved, clashes: [] })
        expect(mergeRecord(base, base, moved)).toEqual({ content: moved, clashes: [] })
        expect(mergeRecord(base, moved, moved)).toEqual({ content: moved, clashes: [] })
      }),
    )
  })

  test('without a clash, what either side wrote anew is there, and both orders agree', () => {
    fc.assert(
      fc.property(content, content, content, (base, mine, theirs) => {
        const { content: merged, clashes } = mergeRecord(base, mine, theirs)
        const other = mergeRecord(base, theirs, mine).clashes
        expect(new Set(texts({ fields: other }))).toEqual(new Set(texts({ fields: clashes })))
        fc.pre(clashes.length === 0)
        const [was, now] = [texts(base), texts(merged)]
        const written = [...texts(mine), ...texts(theirs)].filter((one) => !was.includes(one))
        expect(now).toEqual(expect.arrayContaining(written))
      }),
    )
  })
})
