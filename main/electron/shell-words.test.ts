import { expect, test } from 'vitest'
import { shellWords } from './shell-words.ts'

test('trouble is said in the language of the desk, with the detail last', () => {
  const zh = shellWords('home-in-use', 'program 42', 'zh-CN')
  expect(zh.title).toBe('城图工作台无法启动')
  expect(zh.text).toMatch(/另一个程序.*\n\nprogram 42$/su)
  expect(shellWords('home-in-use', '', 'en-GB').text).toMatch(/^Another program/)
})
