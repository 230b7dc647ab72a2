/** The embedded central server of `npm start`: found running, or started with the sample city. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runScript } from './child.ts'
import type { Child } from './child.ts'

export interface CentralServer {
  readonly url: string
  /** Null where another `npm start` runs it. */
  readonly child: Child | null
}

interface Running {
  readonly url: string
  readonly pid: number | null
}

const runningFile = (home: string): string => join(home, 'server', 'running.json')

/** The server that a first desk on this machine started, if it still answers. */
export async function findServer(home: string): Promise<CentralServer | null> {
  const file = runningFile(home)
  if (!existsSync(file)) return null
  const { url } = JSON.parse(readFileSync(file, 'utf8')) as Running
  try {
    const answer = await fetch(new URL('/livez', url), { signal: AbortSignal.timeout(2_000) })
    return answer.ok ? { url, child: null } : null
  } catch {
    // Nobody answers there: it was not stopped in order, and is started again.
    return null
  }
}

/** Starts it; at the very first start it takes the sample city in. */
export async function startServer(home: string, size: 'sample' | 'city'): Promise<CentralServer> {
  const folder = join(home, 'server')
  mkdirSync(folder, { recursive: true })
  const seed = join(home, 'seed.ndjson')
  const isFirst = !existsSync(join(folder, 'seeded'))
  if (isFirst) await writeSeed(seed, size)
  const args = ['--home', home, '--city', 'sample', ...(isFirst ? ['--seed', seed] : [])]
  const child = runScript('server/server.ts', args, join(folder, 'server.log'))
  const { listening } = await child.line()
  const url = String(listening)
  if (isFirst) writeFileSync(join(folder, 'seeded'), '')
  rmSync(seed, { force: true })
  writeFileSync(runningFile(home), JSON.stringify({ url, pid: child.pid } satisfies Running))
  return { url, child }
}

async function writeSeed(out: string, size: 'sample' | 'city'): Promise<void> {
  const child = runScript('cli/sample-city/write-seed.ts', ['--out', out, '--size', size])
  const code = await child.ended
  if (code !== 0) throw new Error('the sample city could not be written')
}

export interface DeskPlace {
  readonly branch: string
  readonly name: string
}

/** A one-time code for a new desk, made on the server's own machine. */
export async function enrolmentCode(home: string, { branch, name }: DeskPlace): Promise<string> {
  const args = ['enrol-code', '--home', home, '--branch', branch, '--desk', name]
  const child = runScript('server/server.ts', args)
  const { code } = await child.line()
  await child.ended
  return String(code)
}
