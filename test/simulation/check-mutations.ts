/** One safeguard less, in a copy of the tree, until a seed fails. Whatever escapes is not proven. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Mutation } from './mutation.ts'
import { mutations } from './mutations.ts'

const root = join(import.meta.dirname, '..', '..')
const folders = [
  'contract',
  'db',
  'devices',
  'domain',
  'main',
  'server',
  'test/builders',
  'test/simulation',
]
const files = ['package.json', 'tsconfig.base.json']
/** A run that does not end by then was caught as well: it hangs. Patient ones have more time. */
const MUTATION_MS_MAX = 600_000
const PARALLEL = 2

export interface MutationRun {
  readonly seeds: number
  readonly from: number
  readonly only: string | null
  readonly say: (text: string) => void
}

interface Caught {
  readonly mutation: Mutation
  readonly by: string | null
  readonly seed: number | null
  readonly ms: number
}

/** False where one escaped. */
export async function checkMutations({ seeds, from, only, say }: MutationRun): Promise<boolean> {
  const chosen = mutations.filter(({ name }) => only === null || name === only)
  if (chosen.length === 0) throw new Error(`no mutation ${only}`)
  for (const mutation of chosen) mutated(mutation)
  say('| mutation | caught by | seed | seconds |\n| --- | --- | --- | --- |')
  const results: Caught[] = []
  const queue = [...chosen]
  await Promise.all(
    Array.from({ length: PARALLEL }, async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const result = await tryMutation(next, seeds, from)
        results.push(result)
        say(rowOf(result))
      }
    }),
  )
  const escaped = results.filter(({ by }) => by === null)
  say(`${results.length - escaped.length} of ${results.length} mutations caught`)
  for (const { mutation } of escaped) say(`escaped: ${mutation.name}`)
  return escaped.length === 0
}

const rowOf = ({ mutation, by, seed, ms }: Caught): string =>
  `| ${mutation.name} | ${by ?? 'ESCAPED'} | ${seed ?? '-'} | ${(ms / 1000).toFixed(1)} |`

/** The text of the file without the safeguard. A mutation that no longer fits is an error. */
function mutated({ name, file, replaces, by }: Mutation): string {
  const source = readFileSync(join(root, file), 'utf8')
  const count = source.split(replaces).length - 1
  if (count !== 1) throw new Error(`${name}: its text stands ${count} times in ${file}`)
  return source.replace(replaces, () => by)
}

async function tryMutation(mutation: Mutation, seeds: number, from: number): Promise<Caught> {
  const folder = mkdtempSync(join(tmpdir(), 'citydesk-mutation-'))
  const began = performance.now()
  try {
    for (const name of folders) cpSync(join(root, name), join(folder, name), { recursive: true })
    for (const name of files) cpSync(join(root, name), join(folder, name))
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    writeFileSync(join(folder, mutation.file), mutated(mutation))
    const found = await runCopy(folder, mutation, seeds, from)
    return { mutation, ...found, ms: performance.now() - began }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runCopy(
  folder: string,
  { storage, only, patience = 1 }: Mutation,
  seeds: number,
  from: number,
): Promise<Pick<Caught, 'by' | 'seed'>> {
  const program = join(folder, 'test', 'simulation', 'simulate.ts')
  const args = [program, '--json', '--workers=1', `--seeds=${seeds * patience}`, `--from=${from}`]
  args.push(`--storage=${storage ?? 'memory'}`, ...(only === undefined ? [] : [`--only=${only}`]))
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const timer = setTimeout(() => child.kill('SIGKILL'), MUTATION_MS_MAX * patience)
  const ended = once(child, 'exit') as Promise<[number | null]>
  const [said, erred] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = await ended
  clearTimeout(timer)
  if (code === null) return { by: 'hangs', seed: null }
  const line = said.split('\n').find((one) => one.startsWith('{'))
  if (line === undefined) throw new Error(`the copy does not run: ${erred.slice(0, 1_000)}`)
  const { failed } = JSON.parse(line) as { failed: { seed: number; broken: string[] } | null }
  return failed === null
    ? { by: null, seed: null }
    : { by: (failed.broken[0] ?? '').slice(0, 90), seed: failed.seed }
}
