import { expect, test } from 'vitest'

import { closingLine, runSteps } from './steps.ts'

const ends = (name: string, code: number): { name: string; command: string[]; counts: false } => ({
  name,
  command: [process.execPath, '-e', `process.exit(${code})`],
  counts: false,
})

test('steps run in order and the first that fails stops the rest', async () => {
  const ran = await runSteps([ends('one', 0), ends('two', 0)])
  expect(ran?.map(({ name }) => name)).toEqual(['one', 'two'])
  expect(
    await runSteps([ends('one', 1), { ...ends('two', 0), command: ['no-such-program'] }]),
  ).toBeNull()
})

test('the closing line sums what was counted', () => {
  expect(
    closingLine([
      { name: 'lint', ms: 1000, files: 0, tests: 0, skipped: 0 },
      { name: 'unit', ms: 2000, files: 3, tests: 40, skipped: 1 },
      { name: 'postgres', ms: 500, files: 1, tests: 2, skipped: 0 },
    ]),
  ).toBe('Passed: 3 steps, 42 tests in 4 files (unit 40, postgres 2; 1 skipped), 3.5 s.')
})
