/** Runs contestants, each run in a process of its own that is killed when a phase takes too long. */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBenchPostgres } from './bench-postgres.ts'
import type { BenchPostgres } from './bench-postgres.ts'
import type { Contestant } from './contestants.ts'
import type { PeerOrder } from './run-peer.ts'
import type { PeerFigures, PeerNews, PeerSizes, PhaseName } from './sync-peer.ts'

/** What one run came to, and what it broke off with, if it did. */
export interface PeerRun {
  readonly figures: PeerFigures | null
  readonly databaseMb: number | null
  readonly failure: { readonly phase: PhaseName; readonly says: string } | null
  /** Of the machine, one minute, as the run began. */
  readonly load: number
}

export interface PeerResult {
  readonly contestant: Contestant
  readonly runs: readonly PeerRun[]
}

const limits: Record<PhaseName, number> = {
  seed: 180_000,
  bootstrap: 120_000,
  propagation: 120_000,
  localWrites: 120_000,
  push: 180_000,
}
/** For saying goodbye: what it measured is already known. */
const CLOSE_MS = 10_000

export async function contest(
  contestant: Contestant,
  sizes: PeerSizes,
  runs: number,
  limitsMs: Readonly<Record<PhaseName, number>> = limits,
): Promise<PeerResult> {
  const database = await databaseFor(contestant)
  const writes = Math.min(sizes.writes, contestant.writesMax ?? sizes.writes)
  try {
    const results: PeerRun[] = []
    for (let run = 0; run < runs; run += 1) {
      process.stderr.write(`${contestant.name}, run ${run + 1} of ${runs} …\n`)
      const result = await runOnce(contestant.module, { ...sizes, writes }, database, limitsMs)
      results.push(result)
      // What did not answer once is not asked again.
      if (result.failure !== null) break
    }
    return { contestant, runs: results }
  } finally {
    await database?.stop()
  }
}

async function databaseFor({ postgres }: Contestant): Promise<BenchPostgres | null> {
  if (postgres === 'none') return null
  return await startBenchPostgres(postgres === 'logical' ? 'logical' : 'replica')
}

async function runOnce(
  module: string,
  sizes: PeerSizes,
  database: BenchPostgres | null,
  limitsMs: Readonly<Record<PhaseName, number>>,
): Promise<PeerRun> {
  const folder = await mkdtemp(join(tmpdir(), 'citydesk-bench-sync-'))
  const postgresUrl = (await database?.emptyDatabase()) ?? null
  const load = loadavg()[0] ?? Number.NaN
  try {
    const outcome = await watch({ ...sizes, module, folder, postgresUrl }, limitsMs)
    return { ...outcome, load, databaseMb: (await database?.memoryMb()) ?? null }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Always answers, at the latest when the limits of all phases are over. */
function watch(
  order: PeerOrder,
  limitsMs: Readonly<Record<PhaseName, number>>,
): Promise<Pick<PeerRun, 'figures' | 'failure'>> {
  const isGroup = process.platform !== 'win32'
  const child = fork(join(import.meta.dirname, 'run-peer.ts'), [JSON.stringify(order)], {
    // Its servers are of the same group and end with it.
    detached: isGroup,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let spoken = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (bytes: Buffer) => {
      spoken = (spoken + bytes.toString()).slice(-4_000)
    })
  return new Promise((done) => {
    let figures: PeerFigures | null = null
    let phase: PhaseName = 'seed'
    let says: string | null = null
    let isFinished = false
    const allow = (ms: number): NodeJS.Timeout =>
      setTimeout(() => {
        if (!isFinished) says ??= `no answer in ${ms / 1000} s`
        end(child, isGroup)
      }, ms)
    let timer = allow(limitsMs.seed)
    child.on('message', (news: PeerNews) => {
      if ('figures' in news) ({ figures } = news)
      if ('failed' in news) says ??= news.failed
      if ('begun' in news) phase = news.begun
      if ('finished' in news) isFinished = true
      if ('figures' in news) return
      clearTimeout(timer)
      timer = allow('begun' in news ? limitsMs[phase] : CLOSE_MS)
    })
    child.on('exit', (code) => {
      clearTimeout(timer)
      end(child, isGroup)
      if (!isFinished) says ??= `ended with ${code}: ${spoken.trim().slice(-800)}`
      if (says !== null) process.stderr.write(`  ${phase}: ${says}\n${spoken.slice(-1_000)}\n`)
      else for (const [line] of spoken.matchAll(/^# .*$/gm)) process.stderr.write(`  ${line}\n`)
      done({ figures, failure: isFinished || says === null ? null : { phase, says } })
    })
  })
}

/** The child and all that it started. */
function end({ pid }: ChildProcess, isGroup: boolean): void {
  if (pid === undefined) return
  try {
    process.kill(isGroup ? -pid : pid, 'SIGKILL')
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ESRCH'
    if (!isGone) throw error
  }
}
