import { expect, test } from 'vitest'
import { aGoodRecord } from '../../test/builders/good-record.ts'
import type { BibContent } from '../cataloguing-records.ts'
import {
  hanziToRead,
  pinyinBehind,
  pinyinToMend,
  withMendedPinyin,
  withPinyin,
} from './pinyin-fields.ts'

const wishes = (content: BibContent, isAll = false) =>
  hanziToRead(content, isAll).map(({ index, text, isName }) => [
    content.fields[index]?.tag,
    text,
    isName,
  ])
const fieldOf = (content: BibContent, tag: string): string | undefined => {
  const found = content.fields.find((field) => field.tag === tag)
  return found?.subfields.map(({ code, value }) => `$${code}${value}`).join('')
}

test('titles and names without pinyin are read, and those only', () => {
  const content = aGoodRecord(
    '2001 $a小王子$f某人著',
    '701 0$a单田芳$9$4著',
    '711 2$aIBM',
    '330  $a星球',
  )
  expect(wishes(content)).toEqual([
    ['200', '小王子', false],
    ['701', '单田芳', true],
  ])
  expect(wishes(content, true)).toContainEqual(['702', '李玉民', true])
})

test('a record of the other habit is left to it', () => {
  expect(wishes(aGoodRecord('2001 $a小王子$AXiao Wang Zi'))).toEqual([])
})

test('pinyin stands right behind its hanzi, in the place of what was there', () => {
  const content = aGoodRecord('2001 $a小王子$f某人著$a玫瑰$9mei')
  const [first, second] = hanziToRead(content, true)
  if (first === undefined || second === undefined) throw new Error('nothing to read')
  const once = withPinyin(content, first, 'xiao wang zi')
  expect(fieldOf(once, '200')).toBe('$a小王子$9xiao wang zi$f某人著$a玫瑰$9mei')
  expect(fieldOf(withPinyin(content, second, 'mei gui'), '200')).toBe(
    '$a小王子$f某人著$a玫瑰$9mei gui',
  )
  expect(fieldOf(withPinyin(once, first, 'xiao'), '200')).toContain('$9xiao$f')
  const [field] = once.fields.filter(({ tag }) => tag === '200')
  expect(field && pinyinBehind(field, 0)).toBe('xiao wang zi')
})

test.each([
  ['701 0$a叶震$AXie$4主编', 'A', '$a叶震$AYe Zhen$4主编'],
  ['701 0$a叶震$9xie 震$4主编', '9', '$a叶震$9ye zhen$4主编'],
  ['701 0$a叶震$4主编$AXie', 'A', '$a叶震$4主编$AYe Zhen'],
])('M11 the pinyin of %s is read again', (line, code, wanted) => {
  const content = aGoodRecord(line)
  const index = content.fields.findIndex(({ tag }) => tag === '701')
  const wish = pinyinToMend(content, index, code)
  if (wish === null) throw new Error('nothing to mend')
  expect(wish).toMatchObject({ text: '叶震', isName: true })
  expect(fieldOf(withMendedPinyin(content, wish, ['ye', 'zhen']), '701')).toBe(wanted)
})

test('M11 what only stands in the wrong place is not read again', () => {
  const content = aGoodRecord('701 0$a叶震$4主编$AYe Zhen')
  const index = content.fields.findIndex(({ tag }) => tag === '701')
  expect(pinyinToMend(content, index, 'A')).toBeNull()
})
