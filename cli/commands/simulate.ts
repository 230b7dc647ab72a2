/** `citydesk simulate`: many desks, bad networks, chance from a seed. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { UnusableInput, textOption } from '../command.ts'
import type { Command, OptionValues } from '../command.ts'

const SEEDS_DEFAULT = 200
const SEEDS_MAX = 1_000_000
const program = join(import.meta.dirname, '..', '..', 'test', 'simulation', 'simulate.ts')

export const simulate: Command = {
  name: 'simulate',
  summary: 'Runs the simulator: desks that lose their line, and what must hold afterwards.',
  help: `[--seeds N] [--from S]
  --seeds N   how many seeds (default ${SEEDS_DEFAULT})
  --from S    the first (default 1); a failing seed fails again

Needs the sources of CityDesk; no data folder is touched.
JSON: { from, seeds, operations, exceptions, refused, failed: { seed, broken } | null }; exit status
1 where a seed failed.`,
  options: { seeds: { type: 'string' }, from: { type: 'string' } },
  run: async (_words, values, { signal }) => {
    const seeds = wholeNumber(values, 'seeds', SEEDS_DEFAULT)
    const from = wholeNumber(values, 'from', 1)
    if (!existsSync(program)) {
      throw new UnusableInput('the simulator comes with the sources of CityDesk; they are not here')
    }
    const args = [program, '--json', '--seeds', String(seeds), '--from', String(from)]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const stop = (): void => void child.kill()
    signal.addEventListener('abort', stop)
    const ended = once(child, 'exit') as Promise<[number | null]>
    const said = await text(child.stdout)
    const [code] = await ended
    signal.removeEventListener('abort', stop)
    if (signal.aborted) return { exit: 1, json: { error: 'interrupted' }, text: 'interrupted' }
    if (said === '') throw new Error(`the simulator ended with ${code}`)
    const result = JSON.parse(said) as Simulated
    return { exit: result.failed === null ? 0 : 1, json: result, text: simulatedText(result) }
  },
}

/** What test/simulation/simulate.ts says under `--json`. */
interface Simulated {
  readonly from: number
  readonly seeds: number
  readonly operations: number
  readonly exceptions: number
  readonly refused: number
  readonly failed: { readonly seed: number; readonly broken: readonly string[] } | null
}

function simulatedText(result: Simulated): string {
  const { from, seeds, operations, exceptions, refused, failed } = result
  if (failed !== null) return [`seed ${failed.seed} failed:`, ...failed.broken].join('\n  ')
  return `seeds ${from}–${from + seeds - 1} clean: ${operations} operations, ${exceptions} exceptions, ${refused} refused`
}

function wholeNumber(values: OptionValues, option: string, fallback: number): number {
  const value = textOption(values, option)
  const number = value === null ? fallback : Number(value)
  if (Number.isInteger(number) && number >= 1 && number <= SEEDS_MAX) return number
  throw new UnusableInput(`--${option} ${value}: a whole number from 1 to ${SEEDS_MAX}`)
}
