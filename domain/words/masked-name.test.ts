import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskedName } from './masked-name.ts'

test.each([
  ['张思远', '张**'],
  ['李雷', '李*'],
  ['王', '王*'],
  ['欧阳明', '欧阳*'],
  ['司马相如', '司马**'],
  ['欧阳', '欧*'],
  ['阿依古丽·买买提', '阿***·***'],
  ['东方·买买提', '东*·***'],
  ['𠮷野家', '𠮷**'],
  ['Maria Silva', 'M***'],
  [' 张思远 ', '张**'],
  ['', ''],
])('%s is shown as %s', (name, masked) => {
  expect(maskedName(name)).toBe(masked)
})

test('at most a surname is left of any name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
      const masked = Array.from(maskedName(name))
      const left = masked.filter((letter) => letter !== '*')
      const parting = masked.filter((letter) => /[·•‧・]/u.test(letter))
      expect(left.length - parting.length).toBeLessThanOrEqual(2)
    }),
  )
})
