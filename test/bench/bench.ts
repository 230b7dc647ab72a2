/**
 * `npm run bench [-- NAME …] [--sizes N,N] [--titles N] [--records N] [--items N]`: runs the benches and keeps
 * their tables in docs/benchmarks.md. `sync` alone takes the options of sync.ts.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchCirculation } from './circulation.ts'
import { benchImport, importTable } from './import.ts'
import { benchPaint } from './paint.ts'
import { benchPerform } from './perform.ts'
import { benchSearch } from './search.ts'
import { searchTable } from './search/search-table.ts'
import { timingTable } from './measure.ts'
import { benchShelves } from './shelves.ts'
import { benchSnapshot } from './snapshot.ts'
import { benchPush, pushTable } from './push.ts'
import type { PushResult } from './push.ts'
import { benchSync, syncOptions, syncSizes } from './sync.ts'

const file = join(import.meta.dirname, '..', '..', 'docs', 'benchmarks.md')

const { values: sizes, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    titles: { type: 'string', default: '300000' },
    /** Of the catalogues that are searched; a city has 3600000 titles. */
    sizes: { type: 'string', default: '100000,1000000' },
    'peer-titles': { type: 'string', default: '100000' },
    records: { type: 'string', default: '10000' },
    items: { type: 'string', default: '1000000' },
    'shelved-items': { type: 'string', default: '100000' },
    desks: { type: 'string', default: '8' },
    batches: { type: 'string', default: '20' },
    processes: { type: 'string', default: '1,2,4' },
    ...syncOptions,
  },
})

/** As in a city: a million items on a desk, 300,000 readers. */
const READERS_PER_ITEM = 0.3
const PERFORM_GOAL = 'p50 ≤ 1, p99 ≤ 5'

/** Each answers the Markdown of its section. */
const benches: Record<string, () => Promise<string>> = {
  perform: async () => {
    const { result, flush } = await benchPerform({
      items: 50_000,
      readers: 5_000,
      rounds: 1_000,
    })
    const title = 'perform, 50,000 items and 5,000 readers on the desk'
    return [
      timingTable(title, result, PERFORM_GOAL),
      timingTable('beneath it', [flush], 'of the machine'),
    ].join('\n\n')
  },
  circulation: async () => {
    const items = Number(sizes.items)
    return benchCirculation({ items, readers: Math.round(items * READERS_PER_ITEM), rounds: 1_000 })
  },
  search: async () =>
    searchTable(
      await benchSearch({
        sizes: sizes.sizes.split(',').map(Number),
        queries: 200,
        seed: 1,
        peerTitles: Number(sizes['peer-titles']),
      }),
    ),
  shelves: async () => {
    const items = Number(sizes['shelved-items'])
    const title = `one branch of ${items.toLocaleString('en')} items`
    return timingTable(title, await benchShelves({ items }), 'p95 ≤ 50')
  },
  snapshot: async () => benchSnapshot({ items: Number(sizes.items), titles: Number(sizes.titles) }),
  paint: async () =>
    timingTable('scan → painted verdict', await benchPaint(), 'p95 ≤ 50, p99 ≤ 100'),
  import: async () =>
    importTable(await benchImport({ records: Number(sizes.records), file: null })),
  sync: async () => benchSync(syncSizes(sizes)),
  push: async () => {
    const results: PushResult[] = []
    for (const processes of sizes.processes.split(',').map(Number)) {
      const desks = Number(sizes.desks)
      results.push(await benchPush({ desks, batches: Number(sizes.batches), processes }))
    }
    return pushTable(results)
  },
}

async function main(): Promise<void> {
  const names = positionals.length === 0 ? Object.keys(benches) : positionals
  for (const name of names) {
    const bench = benches[name]
    if (bench === undefined) {
      process.stderr.write(`no bench ${name}; there are: ${Object.keys(benches).join(', ')}\n`)
      process.exitCode = 2
      return
    }
    const table = await bench()
    process.stdout.write(`\n${table}\n`)
    keep(name, table)
  }
}

/** One section per bench, the last run's: date, commit, machine, command, table. */
function keep(name: string, table: string): void {
  const heading = `## ${name}`
  const section = `${heading}\n\n${circumstances(name)}\n\n${table}\n`
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '# Benchmarks\n'
  const sections = before.split(/^(?=## )/m)
  const kept = sections.filter((text) => !text.startsWith(`${heading}\n`))
  writeFileSync(file, [...kept.map((text) => text.trimEnd()), section].join('\n\n'))
}

function circumstances(name: string): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 1024 ** 3)} GiB, load ${loadavg()[0]?.toFixed(1)}`
  const on = new Date().toISOString().slice(0, 10)
  const given = process.argv.slice(2).filter((word) => !Object.hasOwn(benches, word))
  const command = ['npm run bench --', name, ...given].join(' ')
  return `${on}, after commit ${commit}, Node ${process.version}, ${machine}. \`${command}\``
}

await main()
