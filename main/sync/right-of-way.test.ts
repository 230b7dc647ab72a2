/** The files of a city wait while a loan is on its way. */
import { expect, test } from 'vitest'
import { openRightOfWay } from './right-of-way.ts'

test('a free line is free at once', async () => {
  expect(await openRightOfWay().isFree()).toBeUndefined()
})

test('who goes second waits until the first is done, and one more that began meanwhile', async () => {
  const { first, isFree } = openRightOfWay()
  const told: string[] = []
  const one = Promise.withResolvers<void>()
  const two = Promise.withResolvers<void>()
  const both = first(() => one.promise).then(() => first(() => two.promise))
  const second = isFree().then(() => told.push('free'))
  one.resolve()
  await one.promise
  await new Promise(setImmediate)
  expect(told).toEqual([])
  two.resolve()
  await Promise.all([both, second])
  expect(told).toEqual(['free'])
})

test('work that fails frees the line and tells its own caller', async () => {
  const { first, isFree } = openRightOfWay()
  const failed = first(() => Promise.reject(new Error('no line')))
  await expect(failed).rejects.toThrow('no line')
  await isFree()
})
