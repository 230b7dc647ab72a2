/**
 * Sync engines beside each other, on the same rows and the same work.
 *
 *   node test/bench/sync.ts [PART …] [--rows 100000] [--writes 10000] [--samples 200] [--runs 3]
 *     [--only RxDB,PouchDB] [--storm-desks 500] [--storm-operations 400] [--live 500,2000] [--pending 5000]
 *     [--json]   (the figures as JSON on stdout, the table on stderr)
 *
 * Parts: `peers` (ours among them), `nodes` (one, two and four servers), `live` (desks on their
 * lines), `storm` (desks that come back at once), `rebase`. Without one, all.
 */
import { parseArgs } from 'node:util'
import { benchLive } from './live.ts'
import { benchPush, pushTable } from './push.ts'
import type { PushResult } from './push.ts'
import { benchStorm } from './storm.ts'
import { contest } from './sync/contest.ts'
import type { PeerResult } from './sync/contest.ts'
import { contestants, peersFolder } from './sync/contestants.ts'
import { installPackages } from './sync/install-peers.ts'
import { benchRebase } from './sync/rebase.ts'
import { peerRow, peerTable } from './sync/peer-table.ts'
import type { PeerSizes } from './sync/sync-peer.ts'

export interface SyncBenchOptions extends PeerSizes {
  readonly runs: number
  /** Names of contestants; null: all. */
  readonly only: readonly string[] | null
  /** Of the storm, and the operations that each of them did while it was offline. */
  readonly desks: number
  readonly operations: number
  /** How many listen, one measurement for each number. */
  readonly live: readonly number[]
  /** Operations of a desk that meets a page. */
  readonly pending: number
}

/** A part answers its table, and what the table was made of. */
type Part = (options: SyncBenchOptions) => Promise<{ table: string; result: unknown }>

const parts: Record<string, Part> = {
  peers: async (options) => {
    const missing = await installPackages(peersFolder)
    if (missing !== null) process.stderr.write(`${missing}\n`)
    const result = await benchPeers(options, missing === null)
    const table = peerTable(result, options)
    return missing === null
      ? { table, result }
      : { table: `${table}\n\nPeers: not measured, npm could not install them.`, result }
  },
  nodes: async () => {
    const results: PushResult[] = []
    for (const processes of [1, 2, 4]) results.push(await benchPush({ ...pushSizes, processes }))
    return { table: pushTable(results), result: results }
  },
  live: async ({ live }) =>
    ofTable(
      await benchLive([
        ...live.map((desks) => ({ ...liveSizes, desks })),
        ...live.map((desks) => ({ ...liveSizes, desks, perBranch: 0 })),
      ]),
    ),
  storm: async ({ desks, operations }) =>
    ofTable(await benchStorm({ desks, operations, clashEvery: 50, nodes: 1, isPulling: true })),
  rebase: async ({ pending }) => ofTable(await benchRebase(pending)),
}

const pushSizes = { desks: 8, batches: 20 }
const liveSizes = { perBranch: 20, rate: 20, seconds: 20 }
const ofTable = (table: string) => ({ table, result: table })

async function benchPeers(
  { only, runs, rows, writes, samples }: SyncBenchOptions,
  arePeersHere: boolean,
): Promise<PeerResult[]> {
  const sizes = { rows, writes, samples }
  const isWanted = (name: string): boolean =>
    only === null || only.some((one) => one.toLowerCase() === name.toLowerCase())
  const results: PeerResult[] = []
  const wanted = contestants.filter(({ name }) => isWanted(name))
  for (const contestant of wanted) {
    if (contestant.module.startsWith(peersFolder) && !arePeersHere) continue
    const result = await contest(contestant, sizes, runs)
    results.push(result)
    // A long bench that is broken off has said what it had.
    process.stderr.write(`${peerRow(result)}\n`)
  }
  return results
}

/** Throws for a part that there is not. */
async function runParts(names: readonly string[], options: SyncBenchOptions) {
  const tables: string[] = []
  const results: Record<string, unknown> = {}
  for (const name of names.length === 0 ? Object.keys(parts) : names) {
    const part = parts[name]
    if (part === undefined)
      throw new Error(`no part ${name}; there are: ${Object.keys(parts).join(', ')}`)
    const { table, result } = await part(options)
    tables.push(table)
    results[name] = result
  }
  return { markdown: tables.join('\n\n'), results }
}

export async function benchSync(options: SyncBenchOptions): Promise<string> {
  return (await runParts([], options)).markdown
}

export const syncOptions = {
  rows: { type: 'string', default: '100000' },
  writes: { type: 'string', default: '10000' },
  samples: { type: 'string', default: '200' },
  runs: { type: 'string', default: '3' },
  only: { type: 'string' },
  'storm-desks': { type: 'string', default: '500' },
  'storm-operations': { type: 'string', default: '400' },
  live: { type: 'string', default: '500,2000' },
  pending: { type: 'string', default: '5000' },
} as const

type SyncWords = Readonly<Record<Exclude<keyof typeof syncOptions, 'only'>, string>> & {
  readonly only?: string | undefined
}

export const syncSizes = (words: SyncWords): SyncBenchOptions => ({
  rows: Number(words.rows),
  writes: Number(words.writes),
  samples: Number(words.samples),
  runs: Number(words.runs),
  only: words.only?.split(',') ?? null,
  desks: Number(words['storm-desks']),
  operations: Number(words['storm-operations']),
  live: words.live.split(',').map(Number),
  pending: Number(words.pending),
})

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { ...syncOptions, json: { type: 'boolean', default: false } },
  })
  const { markdown, results } = await runParts(positionals, syncSizes(values))
  process.stderr.write(`${markdown}\n`)
  if (values.json) process.stdout.write(`${JSON.stringify(results)}\n`)
}
