/**
 * A storm of desks that push their offline work: decided again by real server processes on one real
 * PostgreSQL.
 *
 *   node test/bench/push.ts [--desks 8] [--batches 20] [--processes 1]
 *
 * CPU times are those of the processes, so that a figure taken on a busy machine can be read.
 */
import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { createHash, randomBytes, sign } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { parseArgs } from 'node:util'
import {
  PROTOCOL_VERSION,
  messages,
  signedHeaders,
  signingText,
} from '../../contract/sync-protocol.ts'
import { startEmbeddedPostgres } from '../../server/storage/postgres/embedded.ts'
import { openPostgresStorage } from '../../server/storage/postgres/postgres-storage.ts'
import { deskKey } from '../builders/signed-desk.ts'
import { timing } from './measure.ts'
import { BATCH, branchOf, deskQueue, pushCity } from './push/push-work.ts'

export interface PushBenchOptions {
  readonly desks: number
  readonly batches: number
  readonly processes: number
}

export interface PushResult extends PushBenchOptions {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  /** CPU µs for one operation, over all server processes. */
  readonly serverUs: number
  readonly postgresUs: number
  readonly refused: number
}

const program = join(import.meta.dirname, '..', '..', 'server', 'server.ts')
/** As `npm run server` gives it: a batch in the making is not copied from nursery to nursery. */
const NODE_OPTIONS = ['--max-semi-space-size=64']

type Server = ChildProcessByStdio<null, Readable, null>

interface Desk {
  readonly id: string
  readonly privateKey: ReturnType<typeof deskKey>['privateKey']
  readonly url: string
  readonly bodies: readonly Buffer[]
}

export async function benchPush(options: PushBenchOptions): Promise<PushResult> {
  const home = await mkdtemp(join(tmpdir(), 'citydesk-bench-push-'))
  const postgres = await startEmbeddedPostgres(home)
  const servers: Server[] = []
  try {
    const desks = await seedDesks(postgres.url, options)
    const urls: string[] = []
    for (let index = 0; index < options.processes; index++) {
      const server = startServer(join(home, `server-${index}`), postgres.url)
      servers.push(server)
      urls.push(await addressOf(server))
    }
    const placed = desks.map((desk, index) => ({ ...desk, url: urls[index % urls.length] ?? '' }))
    return await storm(placed, servers, options, home)
  } finally {
    for (const server of servers) {
      server.kill('SIGTERM')
      if (server.exitCode === null) await once(server, 'exit')
    }
    await postgres.stop()
    await rm(home, { recursive: true })
  }
}

async function seedDesks(url: string, options: PushBenchOptions): Promise<Omit<Desk, 'url'>[]> {
  const storage = await openPostgresStorage({ url, cityId: 'city', connectionsMax: 2 })
  await storage.seed(pushCity(options), false)
  const desks: Omit<Desk, 'url'>[] = []
  for (let index = 0; index < options.desks; index++) {
    const { privateKey, publicKey } = deskKey()
    const [id, label] = [`desk-${index}`, `CODE${index}`]
    const code = { label, secretHash: 's', branchId: branchOf(index), deskName: id }
    await storage.saveEnrolmentCode({ ...code, expiresAt: Date.now() + 60_000 })
    await storage.enrol({ label, secretHash: 's', at: Date.now() }, { id, deskName: id, publicKey })
    const bodies = deskQueue(index, id, options.batches).map((operations) =>
      Buffer.from(JSON.stringify({ protocol: PROTOCOL_VERSION, operations })),
    )
    desks.push({ id, privateKey, bodies })
  }
  await storage.close()
  return desks
}

const startServer = (home: string, databaseUrl: string): Server =>
  spawn(process.execPath, [...NODE_OPTIONS, program, '--home', home], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, DATABASE_URL: databaseUrl },
  })

async function addressOf(server: Server): Promise<string> {
  for await (const line of createInterface({ input: server.stdout })) {
    return (JSON.parse(line) as { listening: string }).listening
  }
  throw new Error('the server said nothing')
}

async function storm(
  desks: readonly Desk[],
  servers: readonly Server[],
  options: PushBenchOptions,
  home: string,
): Promise<PushResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: desks.length })
  const samples: number[] = []
  let refused = 0
  const pids = servers.map(({ pid }) => pid ?? 0)
  const before = { server: cpuMs(pids), postgres: cpuMs(postgresIn(home)) }
  const startedAt = performance.now()
  await Promise.all(
    desks.map(async (desk) => {
      for (const body of desk.bodies) {
        const at = performance.now()
        for (;;) {
          const { status, text } = await push(agent, desk, body)
          if (status === 200) {
            check(text)
            break
          }
          refused += 1
          await new Promise((later) => setTimeout(later, 50 + Math.random() * 100))
        }
        samples.push(performance.now() - at)
      }
    }),
  )
  const ms = performance.now() - startedAt
  const count = desks.length * options.batches * BATCH
  const { p50, p99 } = timing('', samples)
  agent.destroy()
  return {
    ...options,
    perSecond: (count / ms) * 1_000,
    p50,
    p99,
    refused,
    serverUs: ((cpuMs(pids) - before.server) * 1_000) / count,
    postgresUs: ((cpuMs(postgresIn(home)) - before.postgres) * 1_000) / count,
  }
}

function check(text: string): void {
  const { outcomes } = messages.push.response.parse(JSON.parse(text))
  const applied = outcomes.filter(({ outcome }) => outcome === 'applied')
  if (applied.length !== BATCH) throw new Error(`${applied.length} of ${BATCH} were applied`)
}

function push(agent: Agent, { id, privateKey, url }: Desk, body: Buffer) {
  const path = '/v1/push'
  const [at, nonce] = [String(Date.now()), randomBytes(16).toString('base64url')]
  const hash = createHash('sha256').update(body).digest('hex')
  const signed = Buffer.from(signingText('POST', path, hash, id, at, nonce))
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    [signedHeaders.device]: id,
    [signedHeaders.at]: at,
    [signedHeaders.nonce]: nonce,
    [signedHeaders.signature]: sign(null, signed, privateKey).toString('base64'),
  }
  return new Promise<{ status: number; text: string }>((answered, failed) => {
    const asked = request(`${url}${path}`, { method: 'POST', agent, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', failed)
      response.on('end', () =>
        answered({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }),
      )
    })
    asked.on('error', failed)
    asked.end(body)
  })
}

/** User and system time of the processes and of those they waited for; 0 where nobody tells. */
const cpuMs = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => {
    const fields = statOf(pid)?.split(') ')[1]?.split(' ') ?? []
    return sum + fields.slice(11, 15).reduce((ticks, one) => ticks + Number(one), 0) * 10
  }, 0)

/** Those that work in this folder; backends that ended meanwhile are counted by their parent. */
const postgresIn = (home: string): number[] =>
  (process.platform === 'linux' ? readdirSync('/proc') : []).flatMap((name) =>
    /^\d+$/.test(name) && folderOf(name)?.startsWith(home) === true ? [Number(name)] : [],
  )

function folderOf(pid: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    // It ended, or belongs to somebody whose folder we may not see.
    return null
  }
}

function statOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    // It ended.
    return null
  }
}

export const pushTable = (results: readonly PushResult[]): string =>
  [
    '| processes | desks | operations | operations/s | batch of 500 p50 / p99 ms | CPU µs an operation: servers / PostgreSQL | sent away | goal |',
    '| ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |',
    ...results.map(
      (one) =>
        `| ${one.processes} | ${one.desks} | ${one.desks * one.batches * BATCH} | ` +
        `${Math.round(one.perSecond)} | ${Math.round(one.p50)} / ${Math.round(one.p99)} | ` +
        `${Math.round(one.serverUs)} / ${Math.round(one.postgresUs)} | ${one.refused} | ` +
        '≥ 12,000/s with one, ≥ 1.7 × with two |',
    ),
  ].join('\n')

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      desks: { type: 'string', default: '8' },
      batches: { type: 'string', default: '20' },
      processes: { type: 'string', default: '1' },
    },
  })
  const result = await benchPush({
    desks: Number(values.desks),
    batches: Number(values.batches),
    processes: Number(values.processes),
  })
  process.stdout.write(`${pushTable([result])}\n`)
}
