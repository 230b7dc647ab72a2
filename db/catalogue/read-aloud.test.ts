import { expect, test } from 'vitest'
import { readAloud } from './read-aloud.ts'

const read = (text: string, isName = false): string =>
  readAloud(text, isName)
    .map(({ chosen }) => chosen)
    .join(' ')

test.each([
  ['重庆的长城', false, 'chong qing de chang cheng'],
  ['绿色音乐', false, 'lü se yin yue'],
  ['学习Python 3.12，第2版', false, 'xue xi Python 3 12 di 2 ban'],
  ['单田芳', true, 'shan tian fang'],
  ['成长的烦恼', false, 'cheng zhang de fan nao'],
  ['', false, ''],
  ['《》', false, ''],
])('%s is read', (text, isName, wanted) => {
  expect(read(text, isName)).toBe(wanted)
})

test('what could be read otherwise is told, each reading once', () => {
  const [first, second] = readAloud('乐山', false)
  expect(first).toMatchObject({ source: '乐', chosen: 'le' })
  expect(first?.readings).toEqual(expect.arrayContaining(['le', 'yue']))
  expect(new Set(first?.readings).size).toBe(first?.readings.length)
  expect(second?.readings).toEqual(['shan'])
})

test('hanzi beyond the first plane are characters, not halves', () => {
  expect(readAloud('𠮷野', false).map(({ source }) => source)).toEqual(['𠮷', '野'])
  expect(read('𠮷野')).toBe('𠮷 ye')
})
