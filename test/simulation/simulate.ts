/**
 * `npm run simulate -- --seeds 2000 [--from 1] [--workers 2] [--storage postgres] [--json]`: stops at
 * the first failing seed and prints what it broke and the events before it.
 *
 *   --trace            every event of the first seed
 *   --all              goes on after a failing seed and lists them all
 *   --only a,b         these troubles instead of the seed's own (swarm.ts)
 *   --mutations [name] takes one safeguard away at a time; each must be caught
 *   --invariants       what is checked, where and when
 *   --json             one object on one line, as `citydesk simulate --json` gives it
 */
import { parseArgs } from 'node:util'
import { checkMutations } from './check-mutations.ts'
import { inWorkers } from './in-workers.ts'
import { invariants } from './invariants.ts'
import type { RunOptions, SimulationResult } from './run.ts'
import { simulate } from './simulate-seed.ts'
import { openSlowStorage } from './slow-storage.ts'
import { troubles } from './swarm.ts'
import type { Trouble } from './swarm.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    every: { type: 'string', default: '1' },
    workers: { type: 'string', default: '2' },
    storage: { type: 'string', default: 'memory' },
    only: { type: 'string' },
    trace: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    worker: { type: 'boolean', default: false },
    invariants: { type: 'boolean', default: false },
    mutations: { type: 'boolean', default: false },
    mutation: { type: 'string' },
  },
})

const whole = (name: 'seeds' | 'from' | 'every' | 'workers'): number => {
  const number = Number(values[name])
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name}: a whole number from 1`)
  return number
}
const [seeds, from, every] = [whole('seeds'), whole('from'), whole('every')]

function only(): ReadonlySet<Trouble> | null {
  if (values.only === undefined) return null
  const names = values.only.split(',').filter((name) => name !== '')
  const unknown = names.filter((name) => !(troubles as readonly string[]).includes(name))
  if (unknown.length > 0) throw new Error(`no such trouble: ${unknown.join(', ')}`)
  return new Set(names as Trouble[])
}

async function optionsOf(): Promise<{ options: RunOptions; close: () => Promise<void> }> {
  const chosen = only()
  const slow = values.storage === 'postgres' ? await openSlowStorage() : null
  return {
    options: {
      ...(chosen === null ? {} : { only: chosen }),
      ...(values.trace ? { traceTo: '/dev/stderr' } : {}),
      ...(slow === null ? {} : { openStorage: slow.open }),
    },
    close: async () => await slow?.close(),
  }
}

/** Seeds `from`, `from + every`, …: one JSON line each. */
async function runHere(onResult: (result: SimulationResult) => boolean): Promise<void> {
  const { options, close } = await optionsOf()
  try {
    for (let index = 0; index < seeds; index += 1) {
      const result = await simulate(from + index * every, options)
      if (!onResult(result)) return
    }
  } finally {
    await close()
  }
}

const say = (text: string): void => void process.stdout.write(`${text}\n`)

function failedText({ seed, broken, events, steps, troubles: had }: SimulationResult): string {
  return [
    `seed ${seed} failed at step ${steps} (${had.join(', ') || 'no trouble but the line'}):`,
    ...broken.map((one) => `  ${one}`),
    'the events before it:',
    ...events.map((one) => `  ${one}`),
  ].join('\n')
}

async function runAll(): Promise<void> {
  const total = { operations: 0, exceptions: 0, refused: 0 }
  const failed: SimulationResult[] = []
  const began = performance.now()
  const take = (result: SimulationResult): boolean => {
    total.operations += result.operations
    total.exceptions += result.exceptions
    total.refused += result.refused
    if (result.broken.length > 0) {
      failed.push(result)
      if (values.all) say(`seed ${result.seed}: ${result.broken[0]}`)
    }
    return failed.length === 0 || values.all
  }
  const workers = Math.min(whole('workers'), seeds)
  if (workers === 1 || values.trace) await runHere(take)
  else await inWorkers({ workers, seeds, from }, passedOn(), take)
  report(
    failed.toSorted((one, other) => one.seed - other.seed),
    total,
    performance.now() - began,
  )
}

const passedOn = (): string[] => [
  `--storage=${values.storage}`,
  ...(values.only === undefined ? [] : [`--only=${values.only}`]),
]

function report(
  failed: readonly SimulationResult[],
  total: { readonly operations: number; readonly exceptions: number; readonly refused: number },
  ms: number,
): void {
  const [first] = failed
  if (first !== undefined) process.exitCode = 1
  if (values.json) {
    const failure = first === undefined ? null : { seed: first.seed, broken: first.broken }
    return say(JSON.stringify({ from, seeds, ...total, failed: failure }))
  }
  const { operations, exceptions, refused } = total
  const did = `${operations} operations, ${exceptions} exceptions, ${refused} refused`
  const took = `${(ms / 1000).toFixed(1)} s, ${((seeds * 1000) / ms).toFixed(1)} seeds/s`
  if (first === undefined) return say(`seeds ${from}–${from + seeds - 1} clean: ${did}; ${took}`)
  say(failedText(first))
  if (failed.length > 1)
    say(`${failed.length} of ${seeds} seeds failed: ${failed.map(({ seed }) => seed).join(' ')}`)
}

if (values.invariants) {
  for (const { id, says, when, by } of invariants) say([id, when, says, by].join('\t'))
} else if (values.worker) {
  await runHere((result) => {
    say(JSON.stringify(result))
    return true
  })
} else if (values.mutations || values.mutation !== undefined) {
  const isCaught = await checkMutations({ seeds, from, only: values.mutation ?? null, say })
  if (!isCaught) process.exitCode = 1
} else {
  await runAll()
}
