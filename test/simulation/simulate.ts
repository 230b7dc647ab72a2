/** `npm run simulate -- --seeds 1000 [--from 1]`: prints the first failing seed and its findings. */
import { parseArgs } from 'node:util'
import { simulate } from './many-desks.ts'

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '200' }, from: { type: 'string', default: '1' } },
})
const from = Number(values.from)
const last = from + Number(values.seeds) - 1
const total = { operations: 0, exceptions: 0, refused: 0 }
for (let seed = from; seed <= last; seed += 1) {
  const result = await simulate(seed)
  total.operations += result.operations
  total.exceptions += result.exceptions
  total.refused += result.refused
  if (result.broken.length > 0) {
    process.stdout.write(`seed ${seed} failed:\n  ${result.broken.join('\n  ')}\n`)
    process.exit(1)
  }
}
process.stdout.write(
  `seeds ${from}–${last} clean: ${total.operations} operations, ${total.exceptions} exceptions, ${total.refused} refused\n`,
)
