/** Desks with finished queues against one or more servers, and what the ledger holds afterwards. */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { cityOf, writeSeed } from './bench-city.ts'
import { startBenchPostgres } from './bench-postgres.ts'
import type { BenchPostgres } from './bench-postgres.ts'
import { enrolAll, lightKey } from './light-desk.ts'
import { branchesFor, deskAt } from './offline-log.ts'
import type { LogSizes } from './offline-log.ts'
import type { PushFigures, PushOrder } from './push-client.ts'
import { startNode, untilSnapshot } from './server-node.ts'
import type { ServerNode } from './server-node.ts'
import { now } from './shared-clock.ts'

export interface StormOptions {
  readonly nodes: number
  readonly desks: number
  readonly log: LogSizes
  readonly batch: number
  readonly isPulling: boolean
  /** Programs that the desks are spread over. */
  readonly clients: number
}

/** As the database counts them after the last answer. */
export interface LedgerCount {
  readonly operations: number
  readonly distinct: number
  /** Chains whose last number is not the count of their operations. */
  readonly brokenChains: number
  readonly openLoans: number
  readonly exceptions: number
  /** Indexes included. */
  readonly operationBytes: number
  readonly feedBytes: number
}

export interface StormResult {
  readonly operations: number
  /** From the first push to the last answer. */
  readonly ms: number
  /** Until the last desk had pulled; null where none did. */
  readonly caughtUpMs: number | null
  readonly answerMs: readonly number[]
  readonly outcomes: Readonly<Record<string, number>>
  readonly busy: number
  /** Failures of the servers, with what their logs say of them. */
  readonly failed: number
  readonly broken: number
  readonly failures: readonly string[]
  readonly pulledMb: number
  readonly ledger: LedgerCount
  readonly serverPeakMb: number
  readonly databaseMb: number | null
  /** µs of CPU for each operation. */
  readonly serverCpuUs: number
  readonly databaseCpuUs: number
  readonly load: number
}

/** Below it a server makes no snapshot (server/snapshots/snapshot-keeper.ts). */
const SNAPSHOT_ROWS_MIN = 5_000

export async function storm(options: StormOptions): Promise<StormResult> {
  const folder = await mkdtemp(join(tmpdir(), 'citydesk-storm-'))
  const database = await startBenchPostgres('replica')
  const nodes: ServerNode[] = []
  const clients: ChildProcess[] = []
  try {
    const databaseUrl = await database.emptyDatabase()
    const seed = join(folder, 'seed.ndjson')
    const branches = branchesFor(options.desks, options.log)
    const items = branches.reduce((sum, branch) => sum + branch.items, 0)
    await writeSeed(seed, cityOf(branches))
    for (let number = 0; number < options.nodes; number += 1) {
      const home = join(folder, `node-${number}`)
      nodes.push(await startNode({ home, databaseUrl, seed: number === 0 ? seed : null }))
      // Made beside the desks' work, but not what is measured here.
      if (items >= SNAPSHOT_ROWS_MIN) await untilSnapshot(home)
    }
    const key = lightKey()
    const numbers = Array.from({ length: options.desks }, (_, number) => number)
    await enrolAll(
      databaseUrl,
      numbers.map((number) => deskAt(number, options.log)),
      key.publicKey,
    )
    clients.push(...(await startClients(options, nodes, key.privateKey, numbers)))
    return await measure(options, nodes, clients, databaseUrl, database)
  } finally {
    for (const client of clients) client.kill()
    for (const node of nodes) await node.stop()
    await database.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function startClients(
  { clients, log, batch, isPulling }: StormOptions,
  nodes: readonly ServerNode[],
  privateKey: string,
  numbers: readonly number[],
): Promise<ChildProcess[]> {
  const urls = nodes.map(({ url }) => url)
  const started = Array.from({ length: clients }, (_, at) => {
    const desks = numbers.filter((number) => number % clients === at)
    const order: PushOrder = { urls, privateKey, desks, log, batch, isPulling }
    return fork(join(import.meta.dirname, 'push-client.ts'), [JSON.stringify(order)])
  })
  await Promise.all(started.map((client) => once(client, 'message')))
  return started
}

async function measure(
  { desks, log }: StormOptions,
  nodes: readonly ServerNode[],
  clients: readonly ChildProcess[],
  databaseUrl: string,
  database: BenchPostgres,
): Promise<StormResult> {
  const load = loadavg()[0] ?? Number.NaN
  const cpuOf = (): number => nodes.reduce((sum, node) => sum + node.cpuMs(), 0)
  const cpuBefore = cpuOf()
  const databaseBefore = await database.cpuMs()
  const began = now()
  const answers = clients.map((client) => answerOf(client))
  for (const client of clients) client.send('go')
  const figures = await Promise.all(answers)
  const operations = desks * log.operations
  const cpuMs = cpuOf() - cpuBefore
  const databaseMs = (await database.cpuMs()) - databaseBefore
  const outcomes: Record<string, number> = {}
  for (const one of figures) {
    for (const [name, count] of Object.entries(one.outcomes))
      outcomes[name] = (outcomes[name] ?? 0) + count
  }
  const last = (of: 'lastPushAt' | 'lastPullAt') => Math.max(...figures.map((one) => one[of]))
  const pulledAt = last('lastPullAt')
  return {
    operations,
    ms: last('lastPushAt') - began,
    caughtUpMs: pulledAt === 0 ? null : pulledAt - began,
    answerMs: figures.flatMap(({ answerMs }) => answerMs),
    outcomes,
    busy: figures.reduce((sum, { busy }) => sum + busy, 0),
    failed: figures.reduce((sum, { failed }) => sum + failed, 0),
    broken: figures.reduce((sum, { broken }) => sum + broken, 0),
    failures: [...new Set(nodes.flatMap((node) => node.failures()))],
    pulledMb: figures.reduce((sum, { pulledBytes }) => sum + pulledBytes, 0) / 1e6,
    ledger: await countLedger(databaseUrl),
    serverPeakMb: nodes.reduce((sum, node) => sum + (node.peakMb() ?? Number.NaN), 0),
    databaseMb: await database.memoryMb(),
    serverCpuUs: (cpuMs * 1_000) / operations,
    databaseCpuUs: (databaseMs * 1_000) / operations,
    load,
  }
}

function answerOf(client: ChildProcess): Promise<PushFigures> {
  return new Promise((done, failed) => {
    client.once('message', (figures) => done(figures as PushFigures))
    client.once('exit', (code) => failed(new Error(`a client ended with ${code}`)))
  })
}

async function countLedger(databaseUrl: string): Promise<LedgerCount> {
  const sql = postgres(databaseUrl, { max: 1 })
  try {
    const [count] = await sql<LedgerCount[]>`
      select
        (select count(*)::int from operation) as operations,
        (select count(distinct (device_id, epoch, seq))::int from operation) as distinct,
        (select count(*)::int from chain c where last_seq <> (
          select count(*) from operation o
          where o.city_id = c.city_id and o.device_id = c.device_id and o.epoch = c.epoch
        )) as "brokenChains",
        (select count(*)::int from record where kind = 'loan' and "row"::json->>'returnedAt' is null)
          as "openLoans",
        (select count(*)::int from record where kind = 'exception') as exceptions,
        pg_total_relation_size('operation')::float8 as "operationBytes",
        pg_total_relation_size('feed')::float8 as "feedBytes"`
    if (count === undefined) throw new Error('the ledger says nothing')
    return count
  } finally {
    await sql.end({ timeout: 5 })
  }
}
