/**
 * How late a city of live desks hears of a commit.
 *
 *   node test/bench/live.ts [--desks 500,2000] [--per-branch 20] [--rate 20] [--seconds 20]
 *
 * One desk pushes `rate` operations a second; the others of its service point hear of each on their
 * lines, and the whole city among the brief facts. `--per-branch 0`: all desks at one service point.
 */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createPrivateKey } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Outcome } from '../../contract/sync-protocol.ts'
import { branchScope } from '../../domain/scopes.ts'
import { openDeskLog } from '../builders/desk-log.ts'
import { timing } from './measure.ts'
import type { Timing } from './measure.ts'
import { barcodeOf, cardOf, cityOf, itemIdOf, writeSeed } from './sync/bench-city.ts'
import { startBenchPostgres } from './sync/bench-postgres.ts'
import { enrolAll, lightAgent, lightDesk, lightKey } from './sync/light-desk.ts'
import type { DeskPlace, LightKey } from './sync/light-desk.ts'
import type { Commit, LiveFigures, LiveOrder } from './sync/live-client.ts'
import { startNode } from './sync/server-node.ts'
import type { ServerNode } from './sync/server-node.ts'
import { now } from './sync/shared-clock.ts'

export interface LiveSizes {
  readonly desks: number
  /** 0: all at one. */
  readonly perBranch: number
  /** Operations a second. */
  readonly rate: number
  readonly seconds: number
}

interface LiveResult {
  readonly afterSent: Timing
  readonly afterAnswer: Timing
  readonly brief: Timing
  readonly listeners: number
  readonly missing: number
  readonly messages: number
  readonly serverPeakMb: number
  readonly serverCpu: number
  readonly load: number
}

const WRITER = 'desk-writer'
const CLIENTS = 2
const READERS = 200

export async function benchLive(all: readonly LiveSizes[]): Promise<string> {
  const rows: string[] = []
  for (const sizes of all) {
    const row = liveRow(sizes, await measureLive(sizes))
    process.stderr.write(`${row}\n`)
    rows.push(row)
  }
  return [
    '| live desks | that follow the writer | operations/s | send → news p50 ms | p99 ms | answer → news p50 ms | p99 ms | city’s brief facts p50 ms | p99 ms | messages | missing | server MB | server CPU of one core | load |',
    '| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
  ].join('\n')
}

function liveRow({ desks, rate }: LiveSizes, result: LiveResult): string {
  const ms = (value: number): string => value.toFixed(1)
  const cells = [
    desks,
    result.listeners,
    rate,
    ms(result.afterSent.p50),
    ms(result.afterSent.p99),
    ms(result.afterAnswer.p50),
    ms(result.afterAnswer.p99),
    Math.round(result.brief.p50),
    Math.round(result.brief.p99),
    result.messages,
    result.missing,
    Math.round(result.serverPeakMb),
    `${Math.round(result.serverCpu * 100)} %`,
    ms(result.load),
  ]
  return `| ${cells.join(' | ')} |`
}

async function measureLive(sizes: LiveSizes): Promise<LiveResult> {
  const folder = await mkdtemp(join(tmpdir(), 'citydesk-live-'))
  const database = await startBenchPostgres('replica')
  const clients: ChildProcess[] = []
  let node: ServerNode | null = null
  try {
    const databaseUrl = await database.emptyDatabase()
    const perBranch = sizes.perBranch === 0 ? sizes.desks : sizes.perBranch
    const places = Array.from({ length: sizes.desks }, (_, number) => ({
      id: `desk-${number}`,
      branchId: `b${Math.floor(number / perBranch)}`,
    }))
    const items = sizes.rate * sizes.seconds
    const branches = [...new Set(places.map(({ branchId }) => branchId))].map((id, place) => ({
      id,
      items: place === 0 ? items : 1,
      readers: place === 0 ? READERS : 1,
    }))
    const seed = join(folder, 'seed.ndjson')
    await writeSeed(seed, cityOf(branches))
    node = await startNode({ home: join(folder, 'node'), databaseUrl, seed })
    const key = lightKey()
    await enrolAll(databaseUrl, [{ id: WRITER, branchId: 'b0' }, ...places], key.publicKey)
    clients.push(...(await startListeners(node.url, key, places)))
    return await measure(sizes, node, key, clients, places)
  } finally {
    for (const client of clients) client.kill()
    await node?.stop()
    await database.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function startListeners(
  url: string,
  { privateKey }: LightKey,
  places: readonly DeskPlace[],
): Promise<ChildProcess[]> {
  const started = Array.from({ length: CLIENTS }, (_, at) => {
    const desks = places.filter((_place, number) => number % CLIENTS === at)
    const order: LiveOrder = { url, privateKey, desks, branchId: 'b0' }
    const file = join(import.meta.dirname, 'sync', 'live-client.ts')
    return fork(file, [JSON.stringify(order)])
  })
  await Promise.all(started.map((client) => once(client, 'message')))
  return started
}

async function measure(
  sizes: LiveSizes,
  node: ServerNode,
  key: LightKey,
  clients: readonly ChildProcess[],
  places: readonly DeskPlace[],
): Promise<LiveResult> {
  const load = loadavg()[0] ?? Number.NaN
  const cpuBefore = node.cpuMs()
  const began = now()
  const commits = await write(sizes, node.url, key)
  // The digest tells what changed last two seconds later at most.
  await wait(3_000)
  const serverCpu = (node.cpuMs() - cpuBefore) / (now() - began)
  const answers = clients.map(async (client) => {
    const answer = once(client, 'message')
    client.send(commits)
    const [figures] = (await answer) as [LiveFigures]
    return figures
  })
  const figures = await Promise.all(answers)
  return {
    afterSent: timing(
      '',
      figures.flatMap(({ afterSent }) => afterSent),
    ),
    afterAnswer: timing(
      '',
      figures.flatMap(({ afterAnswer }) => afterAnswer),
    ),
    brief: timing(
      '',
      figures.flatMap(({ brief }) => brief),
    ),
    listeners: places.filter(({ branchId }) => branchId === 'b0').length,
    missing: figures.reduce((sum, { missing }) => sum + missing, 0),
    messages: figures.reduce((sum, { messages }) => sum + messages, 0),
    serverPeakMb: node.peakMb() ?? Number.NaN,
    serverCpu,
    load,
  }
}

/** One operation a push, one push at a time, as a desk does it. */
async function write({ rate, seconds }: LiveSizes, url: string, key: LightKey): Promise<Commit[]> {
  const desk = lightDesk(url, WRITER, createPrivateKey(key.privateKey), lightAgent())
  const log = openDeskLog(WRITER)
  const commits: Commit[] = []
  const began = now()
  for (let number = 0; number < rate * seconds; number += 1) {
    await wait(Math.max(0, began + (number * 1_000) / rate - now()))
    const barcode = barcodeOf('b0', number)
    const card = cardOf('b0', number % READERS)
    const payload = { barcode, card, dueOn: null }
    const operations = [log.next('loan.check-out', payload, { branch: 'b0', wallMs: Date.now() })]
    const sentAt = now()
    const { status, answer } = await desk.send<{ outcomes: Outcome[] }>('/v1/push', { operations })
    const answeredAt = now()
    const position = status === 200 ? answer.outcomes[0]?.positions[branchScope('b0')] : undefined
    if (position === undefined) throw new Error(`${status}: ${JSON.stringify(answer)}`)
    commits.push({ itemId: itemIdOf('b0', number), number: position, sentAt, answeredAt })
  }
  return commits
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      desks: { type: 'string', default: '500,2000' },
      'per-branch': { type: 'string', default: '20' },
      rate: { type: 'string', default: '20' },
      seconds: { type: 'string', default: '20' },
    },
  })
  const all = values.desks.split(',').map((desks): LiveSizes => ({
    desks: Number(desks),
    perBranch: Number(values['per-branch']),
    rate: Number(values.rate),
    seconds: Number(values.seconds),
  }))
  process.stdout.write(`${await benchLive(all)}\n`)
}
