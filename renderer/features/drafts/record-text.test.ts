import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aGoodRecord } from '../../../test/builders/good-record.ts'
import { changedTags, readRecordText, recordText } from './record-text.ts'

test('what is shown is read back as it was', () => {
  const value = fc.string({ unit: fc.constantFrom('甲', 'b', '$', ' ', '#', '\n', '=') })
  const data = fc.record({
    tag: fc.constantFrom('200', '606', '9XX'),
    indicators: fc.constantFrom('  ', '1 ', ' 0'),
    value: fc.constant(null),
    subfields: fc.array(fc.record({ code: fc.constantFrom('a', '9', '#'), value }), {
      minLength: 1,
    }),
  })
  const control = fc.record({
    tag: fc.constantFrom('001', '005'),
    indicators: fc.constant(null),
    value,
    subfields: fc.array(fc.record({ code: fc.constant('a'), value }), { maxLength: 0 }),
  })
  const leader = fc.constant('00000nam0 2200000   450 ')
  const record = fc.record({ leader, fields: fc.array(fc.oneof(data, control)) })
  fc.assert(
    fc.property(record, (content) => {
      expect(readRecordText(recordText(content))).toEqual({ content, line: null })
    }),
  )
})

test.each([
  ['no delimiter', '200 1# 小王子', 2],
  ['no indicators', '200 ‡a小王子', 2],
  ['a delimiter alone', '200 1# ‡a小王子‡', 2],
])('%s is no field', (_says, line, expected) => {
  const [leader = ''] = recordText(aGoodRecord()).split('\n')
  expect(readRecordText(`${leader}\n${line}`)).toEqual({ content: null, line: expected })
})

test('a leader has 24 places', () => {
  expect(readRecordText('LDR 00000nam0')).toEqual({ content: null, line: 1 })
})

test('C25 both values of a field stand side by side', () => {
  const [mine, city] = [aGoodRecord('210  $a上海'), aGoodRecord('210  $a广州', '330  $a星球')]
  expect(changedTags(aGoodRecord(), mine, city)).toEqual([
    {
      tag: '210',
      base: '210 ## ‡a北京‡c中译出版社‡d2022',
      mine: '210 ## ‡a上海',
      city: '210 ## ‡a广州',
      isClash: true,
    },
    { tag: '330', base: '', mine: '', city: '330 ## ‡a星球', isClash: false },
  ])
})
