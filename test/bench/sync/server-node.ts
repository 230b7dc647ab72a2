/** A server as it runs in a city: `node server/server.ts` in a process of its own. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { ServerRefusal } from '../../../contract/sync-protocol.ts'
import { repositoryRoot } from './repository-root.ts'
import { peakMb } from './sync-peer.ts'

const program = join(repositoryRoot, 'server', 'server.ts')

export interface ServerNode {
  readonly url: string
  readonly pid: number
  readonly peakMb: () => number | null
  /** CPU time so far, ms; 0 where the system does not tell. */
  readonly cpuMs: () => number
  /** What its log says of failures that are no refusals. */
  readonly failures: () => readonly string[]
  readonly stop: () => Promise<void>
}

interface NodeOptions {
  /** Of this node alone: its mark and its snapshots. */
  readonly home: string
  readonly databaseUrl: string
  /** Loaded by the first node of an empty city. */
  readonly seed: string | null
}

/** Its log goes to a file, as an operator keeps it. */
export async function startNode({ home, databaseUrl, seed }: NodeOptions): Promise<ServerNode> {
  mkdirSync(home, { recursive: true })
  const log = openSync(join(home, 'server.log'), 'a')
  const args = [program, '--home', home, ...(seed === null ? [] : ['--seed', seed])]
  const child = spawn(process.execPath, args, {
    env: { ...process.env, DATABASE_URL: databaseUrl, PORT: '0' },
    stdio: ['ignore', 'pipe', log],
  })
  closeSync(log)
  const { pid, stdout } = child
  if (pid === undefined || stdout === null) throw new Error('the server did not start')
  const ended = once(child, 'exit')
  const url = await Promise.race([
    urlOf(stdout),
    ended.then(() => {
      const said = readFileSync(join(home, 'server.log'), 'utf8').slice(-1_000)
      throw new Error(`the server ended: ${said}`)
    }),
  ])
  return {
    url,
    pid,
    peakMb: () => peakMb(pid),
    cpuMs: () => cpuMs(pid),
    failures: () => failuresIn(readFileSync(join(home, 'server.log'), 'utf8')),
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

const refusals: ReadonlySet<string> = new Set(ServerRefusal.shape.refusal.options)

function failuresIn(log: string): string[] {
  return log.split('\n').flatMap((line) => {
    if (!line.includes('"failure"')) return []
    const { what } = JSON.parse(line) as { what?: string }
    return what === undefined || refusals.has(what) ? [] : [what]
  })
}

async function urlOf(stdout: Readable): Promise<string> {
  for await (const line of createInterface({ input: stdout })) {
    const said = JSON.parse(line) as { listening?: string }
    if (said.listening !== undefined) return said.listening
  }
  throw new Error('the server said no address')
}

/** A one-time code, made as an operator makes it. */
export async function enrolCode(
  node: Pick<NodeOptions, 'home' | 'databaseUrl'>,
  branchId: string,
  deskName: string,
): Promise<string> {
  const args = ['enrol-code', '--home', node.home, '--branch', branchId, '--desk', deskName]
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], {
    env: { ...process.env, DATABASE_URL: node.databaseUrl },
  })
  return (JSON.parse(stdout) as { code: string }).code
}

/** Until the server of this home offers the brief facts as a file: it makes one for 5,000 rows. */
export async function untilSnapshot(home: string): Promise<void> {
  const folder = join(home, 'server', 'snapshots')
  const isThere = (): boolean =>
    existsSync(folder) && readdirSync(folder).some((name) => /^brief-.*\.json$/.test(name))
  while (!isThere()) await wait(100)
}

/** Of one thread-second Linux counts a hundred ticks. */
const TICK_MS = 10

export function cpuMs(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_MS
  } catch {
    // It ended, or this is no Linux.
    return 0
  }
}
