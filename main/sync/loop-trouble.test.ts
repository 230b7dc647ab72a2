/** The loop against a city that is reached through something broken: a proxy, a clock, a plug. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { SyncStatus } from '../../contract/topics.ts'
import { BRANCH, theCity } from '../../test/builders/city.ts'
import { openDeskLog } from '../../test/builders/desk-log.ts'
import { startTestServer } from '../../test/builders/server.ts'
import type { TestServer } from '../../test/builders/server.ts'
import { anOperation } from '../../test/builders/stores.ts'
import { createAnnouncer } from '../engine/announce.ts'
import type { Clock } from '../engine/clock.ts'
import { systemClock } from '../engine/clock.ts'
import { closeStores, openStores } from '../engine/stores.ts'
import type { Stores } from '../engine/stores.ts'
import type { SyncPort } from '../engine/sync-port.ts'
import { openDeviceKey } from './device-key.ts'
import { enrolDesk } from './enrol.ts'
import { startSync } from './loop.ts'

const soon = { timeout: 10_000, interval: 10 }

interface Between {
  readonly url: string
  readonly server: Server
  /** Times at which a WebSocket was asked for; each is cut off. */
  readonly upgrades: number[]
  /** What the desk gets to hear for a path; by default what the server said. */
  alter: (path: string, answer: string) => string | Promise<string>
}

/** A proxy that carries requests and breaks every WebSocket. */
async function startBetween(target: string): Promise<Between> {
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
      const { host: _host, connection: _connection, ...headers } = request.headers
      const path = request.url ?? ''
      const answer = await fetch(new URL(path, target), {
        method: 'POST',
        headers: headers as Record<string, string>,
        body: Buffer.concat(chunks),
      })
      const date = answer.headers.get('date') ?? ''
      response.writeHead(answer.status, { 'content-type': 'application/json', date })
      response.end(await between.alter(path, await answer.text()))
    })()
  })
  const between: Between = {
    url: '',
    server,
    upgrades: [],
    alter: (_path, answer) => answer,
  }
  server.on('upgrade', (_request, socket) => {
    between.upgrades.push(performance.now())
    socket.destroy()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return Object.assign(between, { url: `http://127.0.0.1:${port}` })
}

let folder: string
let city: TestServer
let between: Between
let stores: Stores
let sync: SyncPort | null
const told: SyncStatus[] = []

beforeEach(async () => {
  told.length = 0
  sync = null
  folder = mkdtempSync(join(tmpdir(), 'citydesk-trouble-'))
  city = await startTestServer(theCity())
  between = await startBetween(city.url)
  stores = openStores(join(folder, 'home'), null)
})
afterEach(async () => {
  await sync?.close()
  await closeStores(stores)
  between.server.closeAllConnections()
  await new Promise((done) => between.server.close(done))
  await city.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function begin(clock: Clock = systemClock): Promise<SyncPort> {
  const key = openDeviceKey(join(folder, `${randomUUID()}.pem`))
  const code = await city.code(BRANCH, 'A')
  const enrolment = { serverUrl: between.url, code, deskName: 'A' }
  stores.outbox.saveIdentity(await enrolDesk(enrolment, key, clock))
  const announcer = createAnnouncer()
  announcer.listen((topic, news) => {
    if (topic === 'sync-status') told.push(news as SyncStatus)
  })
  sync = startSync({ stores, announcer, clock, key, appVersion: 'test', random: () => 1 })
  return sync
}

it('rests between lines that die at once, and stays online without them', async () => {
  const port = await begin()
  await expect.poll(() => between.upgrades.length, soon).toBeGreaterThanOrEqual(3)
  expect(port.status().connection).toBe('online')
  const [first = 0, , third = 0] = between.upgrades
  // Half a second, then a second: a lower bound, which no slow machine breaks.
  expect(third - first).toBeGreaterThan(1_300)
})

it('stays unplugged when an answer arrives after the plug was pulled', async () => {
  const held = Promise.withResolvers<void>()
  const asked = Promise.withResolvers<void>()
  between.alter = async (path, answer) => {
    if (path !== '/v1/pull') return answer
    asked.resolve()
    await held.promise
    return answer
  }
  const port = await begin()
  await asked.promise
  port.setUnplugged(true)
  held.resolve()
  await expect.poll(() => stores.outbox.setting('told-at-branch'), soon).not.toBeNull()
  expect(port.status().connection).toBe('unplugged')
  expect(told.filter(({ connection }) => connection === 'online')).toEqual([])
})

it('a desk whose clock is an hour wrong learns the hour from the refusal', async () => {
  const hour = 3_600_000
  const port = await begin({ now: () => Date.now() - hour, monotonic: systemClock.monotonic })
  await expect.poll(() => port.status().connection, soon).toBe('online')
  expect(Math.abs((port.clockOffsetMs() ?? 0) - hour)).toBeLessThan(60_000)
})

it('a clock that is set right after the greeting is right with the next answer', async () => {
  const hour = 3_600_000
  let wrongBy = hour
  const now = () => Date.now() + wrongBy
  const port = await begin({ now, monotonic: systemClock.monotonic })
  await expect.poll(() => port.status().connection, soon).toBe('online')
  expect(Math.abs((port.clockOffsetMs() ?? 0) + hour)).toBeLessThan(60_000)
  const count = port.measurementsCount()
  wrongBy = 0
  port.poke()
  await expect.poll(() => port.measurementsCount(), soon).toBeGreaterThan(count)
  expect(Math.abs(port.clockOffsetMs() ?? hour)).toBeLessThan(60_000)
  expect(port.status().factsAgeMs).toBeLessThan(60_000)
})

it.each([
  [
    'leaves an entry out',
    (answer: { entries: { number: number }[] }) => ({
      ...answer,
      entries: answer.entries.map((entry) => ({ ...entry, number: entry.number + 1 })),
    }),
  ],
  ['never ends', (answer: object) => ({ ...answer, entries: [], isComplete: false })],
])('a feed that %s is waited out, not pulled without rest', async (_name, alter) => {
  let pulls = 0
  between.alter = (path, answer) => {
    if (path !== '/v1/pull') return answer
    pulls += 1
    return JSON.stringify(alter(JSON.parse(answer)))
  }
  const port = await begin()
  await expect.poll(() => port.status().reason, soon).toBe('not-our-server')
  expect(pulls).toBe(1)
  between.alter = (_path, answer) => answer
  await expect.poll(() => port.status().connection, soon).toBe('online')
})

it('a push that is answered for nothing it sent is waited out', async () => {
  const port = await begin()
  await expect.poll(() => port.status().connection, soon).toBe('online')
  let pushes = 0
  between.alter = (path, answer) => {
    if (path !== '/v1/push') return answer
    pushes += 1
    return JSON.stringify({ ...JSON.parse(answer), outcomes: [someOutcome] })
  }
  const { deviceId } = stores.outbox.identity() ?? { deviceId: '' }
  stores.outbox.append(anOperationOf(deviceId), null)
  port.poke()
  await expect.poll(() => port.status().connection, soon).toBe('offline')
  expect(pushes).toBe(1)
  between.alter = (_path, answer) => answer
  await expect.poll(() => stores.outbox.pendingCount(), soon).toBe(0)
})

const someOutcome = { id: 'x', seq: 7, outcome: 'applied', findings: [], positions: {} }

function anOperationOf(device: string) {
  const payload = { operation: `${device}.1.9`, reason: null }
  const log = openDeskLog(device)
  const { body, hash } = log.next('operation.undo', payload)
  return anOperation(1, { id: `${device}.1.1`, kind: 'operation.undo', body, hash })
}
