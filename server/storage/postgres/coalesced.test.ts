import { expect, test } from 'vitest'
import { coalesced } from './coalesced.ts'

test('keys asked for together make one question, each with its own answer', async () => {
  const questions: number[][] = []
  const ask = coalesced(async (keys: readonly number[]) => {
    questions.push([...keys])
    return keys.map((key) => key * 10)
  })
  const twice = async (key: number) => await ask(await ask(key))
  expect(await Promise.all([twice(1), twice(2), twice(3)])).toEqual([100, 200, 300])
  expect(questions).toEqual([
    [1, 2, 3],
    [10, 20, 30],
  ])
})

test('a question that fails, fails for all who asked, and for nobody after them', async () => {
  let isBroken = true
  const ask = coalesced(async (keys: readonly string[]) => {
    if (isBroken) throw new Error('no connection')
    return keys
  })
  const both = await Promise.allSettled([ask('a'), ask('b')])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  isBroken = false
  expect(await ask('c')).toBe('c')
})
