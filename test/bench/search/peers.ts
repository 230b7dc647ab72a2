/** Other searches on the same titles: MiniSearch and FlexSearch from npm, pg_trgm of our PostgreSQL. */
import { execFile } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { generateTitles } from '../../../cli/sample-city/generated-city.ts'
import type { Title } from '../../../domain/records.ts'
import { startEmbeddedPostgres } from '../../../server/storage/postgres/embedded.ts'
import { connect } from '../../../server/storage/postgres/connect.ts'
import type { Sql } from '../../../server/storage/postgres/connect.ts'
import { installPackages } from '../sync/install-peers.ts'
import type { PeerResult } from './search-results.ts'
import { searchRow } from './search-row.ts'
import type { SearchRow } from './search-row.ts'

export interface PeersAsked {
  readonly folder: string
  readonly peerTitles: number
  readonly seed: number
  readonly asked: ReadonlyMap<string, readonly string[]>
}

const peersFolder = join(import.meta.dirname, '..', 'peers', 'search')
const LIMIT = 50
const INSERT_ROWS = 2_000
const HEAP_MB = 8_192
const run = promisify(execFile)

/** What ours matches: title, other title, author, publisher, series, subjects. */
const textOf = (title: Title): string =>
  [title.title, title.otherTitle, title.author, title.publisher, title.series, ...title.subjects]
    .filter((text) => text !== null)
    .join('\n')
    .toLowerCase()

export async function measurePeers(about: PeersAsked): Promise<PeerResult[]> {
  const results = [await measurePgTrgm(about)]
  const missing = await installPackages(peersFolder)
  if (missing !== null) {
    process.stderr.write(`no peers of npm: ${missing}\n`)
    return results
  }
  const titlesFile = join(about.folder, 'titles.jsonl')
  const queriesFile = join(about.folder, 'queries.json')
  await writeTitles(titlesFile, about)
  await writeFile(queriesFile, JSON.stringify([...about.asked]))
  for (const peer of ['minisearch', 'flexsearch']) {
    const { stdout } = await run(
      process.execPath,
      [
        `--max-old-space-size=${HEAP_MB}`,
        '--expose-gc',
        join(peersFolder, `${peer}.mjs`),
        titlesFile,
        queriesFile,
      ],
      { maxBuffer: 2 ** 28 },
    )
    results.push(ofProgram(JSON.parse(stdout) as ProgramResult))
  }
  return results
}

interface ProgramResult {
  readonly name: string
  readonly buildMs: number
  readonly heapMb: number
  readonly kinds: readonly { kind: string; times: readonly number[]; found: number }[]
}

const ofProgram = ({ name, buildMs, heapMb, kinds }: ProgramResult): PeerResult => ({
  name,
  note: `${Math.round(heapMb)} MB of heap`,
  buildMs,
  rows: kinds.map(({ kind, times, found }) => searchRow(kind, times, { found, first: null })),
})

async function writeTitles(file: string, { peerTitles, seed }: PeersAsked): Promise<void> {
  const stream = createWriteStream(file)
  for (const title of generateTitles({ count: peerTitles, seed })) {
    stream.write(`${JSON.stringify({ text: textOf(title), loans: title.loansCount })}\n`)
  }
  await new Promise((resolve) => stream.end(resolve))
}

async function measurePgTrgm(about: PeersAsked): Promise<PeerResult> {
  const home = await mkdtemp(join(tmpdir(), 'citydesk-bench-trgm-'))
  const postgres = await startEmbeddedPostgres(home)
  const sql = connect(postgres.url, 1)
  try {
    const began = performance.now()
    await fillTrgm(sql, about)
    const buildMs = performance.now() - began
    const [size] = await sql<{ mb: number }[]>`
      select (pg_total_relation_size('searched') / 1e6)::float8 as mb`
    const rows: SearchRow[] = []
    for (const [kind, texts] of about.asked) rows.push(await askTrgm(sql, kind, texts))
    return {
      name: 'PostgreSQL pg_trgm',
      note: `${Math.round(size?.mb ?? 0)} MB on disk`,
      buildMs,
      rows,
    }
  } finally {
    await sql.end({ timeout: 5 })
    await postgres.stop()
    await rm(home, { recursive: true, force: true })
  }
}

async function fillTrgm(sql: Sql, { peerTitles, seed }: PeersAsked): Promise<void> {
  await sql`create extension if not exists pg_trgm`
  await sql`create table searched (id int primary key, text text not null, loans int not null)`
  let rows: { id: number; text: string; loans: number }[] = []
  let id = 0
  const flush = async (): Promise<void> => {
    await sql`insert into searched select * from jsonb_to_recordset(${sql.json(rows)})
      as r(id int, text text, loans int)`
    rows = []
  }
  for (const title of generateTitles({ count: peerTitles, seed })) {
    rows.push({ id: (id += 1), text: textOf(title), loans: title.loansCount })
    if (rows.length === INSERT_ROWS) await flush()
  }
  if (rows.length > 0) await flush()
  await sql`create index on searched using gin (text gin_trgm_ops)`
  await sql`create index on searched (loans desc)`
  await sql`vacuum analyze searched`
}

async function askTrgm(sql: Sql, kind: string, texts: readonly string[]): Promise<SearchRow> {
  const ask = async (text: string): Promise<number> => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean)
    const patterns = words.map((word) => `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`)
    const found = await sql`select id from searched where text like all (${patterns})
      order by loans desc limit ${LIMIT}`
    return found.length
  }
  for (const text of texts.slice(0, 20)) await ask(text)
  const times: number[] = []
  let found = 0
  for (const text of texts) {
    const began = performance.now()
    if ((await ask(text)) > 0) found += 1
    times.push(performance.now() - began)
  }
  return searchRow(kind, times, { found, first: null })
}
