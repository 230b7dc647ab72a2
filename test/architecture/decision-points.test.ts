import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DECISION_POINTS, unanswered } from './decision-points.ts'
import { rulesIn } from './rules.ts'

const root = join(import.meta.dirname, '..', '..')

test('each decision point has its rules, or why it is not wanted', () => {
  const markdown = readFileSync(join(root, 'docs', 'rules.md'), 'utf8')
  expect(unanswered(markdown, new Set(rulesIn(markdown).keys()))).toEqual([])
})

const table = (answer: string, count = DECISION_POINTS) =>
  Array.from({ length: count }, (_, index) => `| P ${index + 1} | what | ${answer} |`).join('\n')

test.each([
  ['a rule', table('L7'), 0],
  ['several', table('L7, R1'), 0],
  ['not wanted', table('not wanted: nobody asks'), 0],
  ['no reason why not', table('not wanted: '), DECISION_POINTS],
  ['a rule that there is not', table('L7, L99'), DECISION_POINTS],
  ['one missing', table('L7', DECISION_POINTS - 1), 1],
  ['one twice', `${table('L7')}\n| P 3 | what | L7 |`, 1],
])('%s', (_says, markdown, count) => {
  expect(unanswered(markdown, new Set(['L7', 'R1']))).toHaveLength(count)
})
