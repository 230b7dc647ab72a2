/**
 * `npm run fuzz -- [--cases 1000000] [--seed 1] [--json]`: records made wrong by chance. Ends with
 * status 1 where reading threw, lost a whole record, or what was read did not come back.
 */
import { parseArgs } from 'node:util'
import { fuzzRecords } from './fuzz-records.ts'

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
})

const whole = (name: 'cases' | 'seed'): number => {
  const number = Number(values[name])
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name}: a whole number from 1`)
  return number
}

const TELL_EVERY = 100_000
const startedAt = performance.now()
const result = await fuzzRecords({
  cases: whole('cases'),
  seed: whole('seed'),
  onProgress: (done) => {
    if (done % TELL_EVERY === 0) process.stderr.write(`${done} cases\n`)
  },
})
const seconds = Math.round((performance.now() - startedAt) / 1000)
const { failures, reasons, ...counts } = result
if (values.json) process.stdout.write(`${JSON.stringify({ seconds, ...result })}\n`)
else {
  for (const [name, count] of Object.entries({ seconds, ...counts })) {
    process.stdout.write(`${name.padEnd(16)}${count}\n`)
  }
  for (const [reason, count] of Object.entries(reasons)) {
    process.stdout.write(`  ${reason.padEnd(28)}${count}\n`)
  }
  for (const failure of failures) process.stdout.write(`${failure}\n`)
}
process.exitCode = failures.length > 0 ? 1 : 0
