/** `npm run bench [-- NAME …]`: runs the benches and keeps their tables in docs/benchmarks.md. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { benchPerform } from './perform.ts'
import { timingTable } from './measure.ts'

const file = join(import.meta.dirname, '..', '..', 'docs', 'benchmarks.md')

/** Each answers the Markdown of its section. */
const benches: Record<string, () => Promise<string>> = {
  perform: async () =>
    timingTable(
      'perform, 50,000 items and 5,000 readers on the desk',
      await benchPerform({ items: 50_000, readers: 5_000, rounds: 2_000 }),
    ),
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2)
  const names = wanted.length === 0 ? Object.keys(benches) : wanted
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
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 1024 ** 3)} GiB`
  const on = new Date().toISOString().slice(0, 10)
  return `${on}, after commit ${commit}, Node ${process.version}, ${machine}. \`npm run bench -- ${name}\``
}

await main()
