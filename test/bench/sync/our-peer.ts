/**
 * Our engine as a contestant: a desk of the real engine in this process, another in a second one,
 * the real server in a third, PostgreSQL below it. The rows are the items of a city in brief;
 * the desk's own service point has some of them in full.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { makeVerifier } from '../../../main/engine/verify-password.ts'
import { BRANCH, OTHER_BRANCH } from '../../builders/city.ts'
import { barcodeOf, cardOf, cityOf, writeSeed } from './bench-city.ts'
import { openBenchDesk } from './bench-desk.ts'
import type { BenchDesk } from './bench-desk.ts'
import type { Lend, Lent } from './other-desk.ts'
import { watchStall } from './event-loop-stall.ts'
import { enrolCode, startNode, untilSnapshot } from './server-node.ts'
import type { ServerNode } from './server-node.ts'
import { now } from './shared-clock.ts'
import type { PeerSetting, SyncPeer } from './sync-peer.ts'

const PASSWORD = 'Bench-2026!'
const READERS = 1_000
/** Enough for the writes of the contest, two to an item, and its samples. */
const OWN_ITEMS = 6_000
const SAMPLES_FROM = 5_000

export async function openOurs(setting: PeerSetting, isByPages: boolean): Promise<SyncPeer> {
  const { folder, postgresUrl: databaseUrl } = setting
  if (databaseUrl === null) throw new Error('ours needs PostgreSQL')
  const home = join(folder, 'server')
  let node: ServerNode | null = null
  let desk: BenchDesk | null = null
  const serverUrl = (): string => node?.url ?? ''
  const opened = (): BenchDesk => {
    if (desk === null) throw new Error('bootstrap comes first')
    return desk
  }
  const newDesk = async (name: string) => ({
    folder: folderOf(folder, name),
    serverUrl: serverUrl(),
    code: await enrolCode({ home, databaseUrl }, BRANCH, name),
    isByPages,
  })
  return {
    name: 'CityDesk',
    version: '0.1.0',
    kind: 'file',
    get serverPids() {
      return node === null ? [] : [node.pid]
    },
    async seed(rows) {
      const seed = join(folder, 'seed.ndjson')
      const own = { id: BRANCH, items: Math.min(OWN_ITEMS, rows), readers: READERS }
      const others = { id: OTHER_BRANCH, items: rows - own.items, readers: 0 }
      await writeSeed(seed, cityOf([own, others], await makeVerifier(PASSWORD)))
      node = await startNode({ home, databaseUrl, seed })
      if (!isByPages) await untilSnapshot(home)
    },
    async bootstrap(rows) {
      const options = await newDesk('desk-b')
      const began = now()
      desk = await openBenchDesk(options)
      const { engine, stores, until } = desk
      await until(() => engine.sync.status().connection === 'online')
      const branchMs = now() - began
      const lastOf = barcodeOf(OTHER_BRANCH, rows - OWN_ITEMS - 1)
      await until(
        () =>
          !engine.sync.status().isFilling &&
          (rows <= OWN_ITEMS || stores.replica.find('itemByBarcode', [lastOf]).length > 0),
      )
      const ms = now() - began
      say(`own service point after ${Math.round(branchMs)} ms`)
      return { ms, rows: itemsOf(desk) }
    },
    async propagation(samples) {
      await opened().signIn(PASSWORD)
      return await propagate(opened(), await newDesk('desk-a'), samples)
    },
    async localWrites(count) {
      const { act, engine } = opened()
      engine.sync.setUnplugged(true)
      const began = now()
      await withCpu('perform', count, async () => {
        for (let index = 0; index < count; index += 1) await act(...actionAt(index))
      })
      return { ms: now() - began }
    },
    async push(count) {
      const { engine, stores, until } = opened()
      const began = now()
      const serverBefore = node?.cpuMs() ?? 0
      const stall = watchStall()
      await withCpu('push', count, async () => {
        engine.sync.setUnplugged(false)
        await until(() => stores.outbox.pendingCount() === 0)
      })
      const serverMs = (node?.cpuMs() ?? 0) - serverBefore
      say(`push: ${Math.round((serverMs * 1_000) / count)} µs of CPU each, in the server`)
      const ms = now() - began
      await until(() => stores.replica.pendingSeqs().length === 0)
      const settledMs = Math.round(now() - began)
      say(
        `all confirmed in the rows after ${settledMs} ms; longest stall ${(await stall()).toFixed(0)} ms`,
      )
      return { ms, durable: await durableOf(databaseUrl, stores.outbox.identity()?.deviceId ?? '') }
    },
    async close() {
      await desk?.close()
      await node?.stop()
    },
  }
}

/** Two to an item: lent, and taken back. */
function actionAt(index: number): [kind: string, payload: object] {
  const barcode = barcodeOf(BRANCH, index >> 1)
  if (index % 2 === 1) return ['loan.check-in', { barcode, returnedOn: null }]
  const card = cardOf(BRANCH, (index >> 1) % READERS)
  return ['loan.check-out', { barcode, card, dueOn: null }]
}

function folderOf(folder: string, name: string): string {
  const own = join(folder, name)
  mkdirSync(own)
  return own
}

const itemsOf = ({ stores }: BenchDesk): number =>
  Number(stores.replica.rows.raw('SELECT count(*) AS count FROM item')[0]?.['count'] ?? 0)

/** From the moment that desk A's screen shows "done" until the rows of this desk have it. */
async function propagate(
  { stores, onChanged }: BenchDesk,
  options: object,
  samples: number,
): Promise<readonly number[]> {
  const order = JSON.stringify({ ...options, password: PASSWORD })
  const other = fork(join(import.meta.dirname, 'other-desk.ts'), [order])
  await once(other, 'message')
  const delays: number[] = []
  const afterAnswer: number[] = []
  for (let sample = 0; sample < samples; sample += 1) {
    const lend: Lend = {
      barcode: barcodeOf(BRANCH, SAMPLES_FROM + sample),
      card: cardOf(BRANCH, sample % READERS),
    }
    const seen = new Promise<number>((resolve) => {
      onChanged(() => {
        const [item] = stores.replica.find('itemByBarcode', [lend.barcode])
        if (item?.state === 'on-loan') resolve(now())
      })
    })
    const told = once(other, 'message') as Promise<[Lent]>
    other.send(lend)
    const [{ doneAt, answeredAt }] = await told
    const seenAt = await seen
    delays.push(Math.max(0, seenAt - doneAt))
    afterAnswer.push(seenAt - answeredAt)
    // Never the same pause, so that no timer falls into step with the samples.
    await wait(5 + ((sample * 7) % 23))
  }
  onChanged(() => undefined)
  const gone = once(other, 'exit')
  other.disconnect()
  await gone
  const sorted = afterAnswer.toSorted((one, next) => one - next)
  const at = (share: number) => sorted[Math.floor(sorted.length * share)]?.toFixed(1)
  say(`after the city's answer to desk A: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`)
  return delays
}

/** What the table has no column for; the contest shows it when the run is over. */
const say = (text: string): void => {
  process.stdout.write(`# ${text}\n`)
}

/** Of this program while it works: less noisy than the time where others share the machine. */
async function withCpu<T>(name: string, count: number, work: () => Promise<T>): Promise<T> {
  const before = process.cpuUsage()
  const answer = await work()
  const { user, system } = process.cpuUsage(before)
  say(`${name}: ${Math.round((user + system) / count)} µs of CPU each, on the desk`)
  return answer
}

/** As the ledger counts them. */
async function durableOf(databaseUrl: string, deviceId: string): Promise<number> {
  const sql = postgres(databaseUrl, { max: 1 })
  try {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from operation where device_id = ${deviceId}`
    return row?.count ?? 0
  } finally {
    await sql.end({ timeout: 5 })
  }
}
