/**
 * `npm run simulate -- --seeds 1000 [--from 1] [--json]`: stops at the first failing seed and prints
 * its findings. `--json`: one object on one line, as `citydesk simulate --json` gives it.
 */
import { parseArgs } from 'node:util'
import { simulate } from './many-desks.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
})
const from = Number(values.from)
const last = from + Number(values.seeds) - 1
if (!(from >= 1 && last >= from)) throw new Error('--seeds and --from are whole numbers from 1')
const total = { operations: 0, exceptions: 0, refused: 0 }
let failed: { seed: number; broken: readonly string[] } | null = null
for (let seed = from; seed <= last && failed === null; seed += 1) {
  const { operations, exceptions, refused, broken } = await simulate(seed)
  total.operations += operations
  total.exceptions += exceptions
  total.refused += refused
  if (broken.length > 0) failed = { seed, broken }
}
const says =
  failed === null
    ? `seeds ${from}–${last} clean: ${total.operations} operations, ${total.exceptions} exceptions, ${total.refused} refused`
    : [`seed ${failed.seed} failed:`, ...failed.broken].join('\n  ')
const result = { from, seeds: last - from + 1, ...total, failed }
process.stdout.write(`${values.json ? JSON.stringify(result) : says}\n`)
if (failed !== null) process.exitCode = 1
