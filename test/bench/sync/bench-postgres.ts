/** The PostgreSQL of a contestant: the server's own, in a folder of its own, empty. */
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { startEmbeddedPostgres } from '../../../server/storage/postgres/embedded.ts'
import { cpuMs } from './server-node.ts'

export interface BenchPostgres {
  /** A database that no run has used. */
  emptyDatabase(): Promise<string>
  /** All its processes, shared pages counted once; null where the system does not tell. */
  memoryMb(): Promise<number | null>
  /** CPU time of its processes so far, ms; 0 where the system does not tell. */
  cpuMs(): Promise<number>
  stop(): Promise<void>
}

export async function startBenchPostgres(walLevel: 'replica' | 'logical'): Promise<BenchPostgres> {
  const home = await mkdtemp(join(tmpdir(), 'citydesk-bench-postgres-'))
  let running = await startEmbeddedPostgres(home)
  if (walLevel === 'logical') {
    await withSql(running.url, (sql) => sql`alter system set wal_level = logical`)
    // Read at the start only.
    await running.stop()
    running = await startEmbeddedPostgres(home)
  }
  const { url, stop } = running
  let databases = 0
  return {
    async emptyDatabase() {
      const name = `bench_${++databases}`
      await withSql(url, (sql) => sql`create database ${sql(name)}`)
      return Object.assign(new URL(url), { pathname: name }).href
    },
    memoryMb: async () => megabytesOf(await familyOf(url)),
    cpuMs: async () => (await familyOf(url)).reduce((sum, pid) => sum + cpuMs(Number(pid)), 0),
    async stop() {
      await stop()
      await rm(home, { recursive: true })
    },
  }
}

async function withSql<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** A backend's parent and all its children; none where the system does not tell. */
async function familyOf(url: string): Promise<readonly string[]> {
  if (process.platform !== 'linux') return []
  return await withSql(url, async (sql) => {
    const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`
    const parent = parentOf(String(row?.pid))
    return readdirSync('/proc').filter(
      (pid) => /^\d+$/.test(pid) && (pid === parent || parentOf(pid) === parent),
    )
  })
}

/** Proportional set size. */
function megabytesOf(family: readonly string[]): number | null {
  const kilobytes = family.map((pid) =>
    Number(/^Pss:\s+(\d+) kB$/m.exec(procText(pid, 'smaps_rollup'))?.[1] ?? 0),
  )
  const sum = kilobytes.reduce((total, one) => total + one, 0)
  return sum === 0 ? null : sum / 1024
}

const parentOf = (pid: string): string | undefined =>
  /^PPid:\s+(\d+)$/m.exec(procText(pid, 'status'))?.[1]

function procText(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // It ended, or belongs to somebody whose memory we may not read.
    return ''
  }
}
