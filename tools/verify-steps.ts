import { program, vitest } from './steps.ts'
import type { Step } from './steps.ts'

/** What every commit passes, cheapest first. `npm test` starts with the same steps. */
export const verifySteps: readonly Step[] = [
  { name: 'format', command: program('oxfmt', '--check'), counts: false },
  { name: 'lint', command: program('oxlint'), counts: false },
  { name: 'types', command: program('typescript', '-b'), counts: false },
  { name: 'types of tests', command: program('typescript', '-p', 'test'), counts: false },
  { name: 'unused', command: program('knip'), counts: false },
  vitest('structure', '--project', 'structure'),
  vitest('unit', '--project', 'unit'),
]
