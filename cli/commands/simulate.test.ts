import { describe, expect, it } from 'vitest'

import { UnusableInput } from '../command.ts'
import type { CommandEnvironment, OptionValues } from '../command.ts'
import { simulate } from './simulate.ts'

const environment: CommandEnvironment = {
  env: {},
  home: '',
  isJson: true,
  stdin: process.stdin,
  log: () => undefined,
  signal: new AbortController().signal,
}
const run = (values: OptionValues) => simulate.run([], values, environment)

describe('citydesk simulate', () => {
  it('runs the seeds it is given', async () => {
    const { exit, json } = await run({ seeds: '2', from: '3' })
    expect([exit, json]).toEqual([
      0,
      {
        from: 3,
        seeds: 2,
        operations: expect.any(Number),
        exceptions: expect.any(Number),
        refused: expect.any(Number),
        failed: null,
      },
    ])
    expect((json as { operations: number }).operations).toBeGreaterThan(0)
  })
  it.each([{ seeds: '0' }, { seeds: 'many' }, { from: '-1' }])('refuses %j', async (values) => {
    await expect(run(values)).rejects.toThrow(UnusableInput)
  })
})
