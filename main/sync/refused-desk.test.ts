/** I33, I34 over the wire: a real desk before a server that will not serve it. */
import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { put } from '../../domain/change.ts'
import { BRANCH, aReader, aStaff, anItem, theCity } from '../../test/builders/city.ts'
import { PASSWORD, aScreen } from '../../test/builders/desk.ts'
import type { Screen } from '../../test/builders/desk.ts'
import { startTestServer } from '../../test/builders/server.ts'
import type { TestServer } from '../../test/builders/server.ts'
import type { Engine } from '../engine/create-engine.ts'
import { makeVerifier } from '../engine/verify-password.ts'
import type { DeskOptions } from './desk-messages.ts'
import { identityPathsFor } from './instance.ts'
import { DeskRevoked, eraseAfter, openDesk } from './run-desk.ts'

const soon = { timeout: 20_000, interval: 20 }
const [item, reader] = [anItem(), aReader()]
const lend = { barcode: item.barcode, card: reader.cardNumber, dueOn: null }

let folder = ''
let server: TestServer
let engine: Engine | null = null
let standIn: Server | null = null

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-refused-'))
  const verifier = await makeVerifier(PASSWORD)
  server = await startTestServer([
    ...theCity(),
    put('staff', aStaff({ username: 'wu', id: 'staff-wu', role: 'branch-head', verifier })),
    put('item', item),
    put('reader', reader),
  ])
})
afterEach(async () => {
  await engine?.close()
  engine = null
  await new Promise((done) => (standIn === null ? done(null) : standIn.close(done)))
  standIn = null
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function options(): Promise<DeskOptions> {
  return {
    home: join(folder, 'home'),
    keyHex: '00'.repeat(32),
    keyProtection: 'file',
    deviceKeyPath: join(folder, 'desk.pem'),
    keyPath: null,
    enrolment: {
      serverUrl: server.url,
      code: await server.code(BRANCH, '一号台'),
      deskName: '一号台',
    },
    serverUrl: server.url,
    scanner: 'none',
    shellId: randomUUID(),
    version: 'test',
    sampleAccounts: [],
  }
}

async function open(onHandedOver?: () => void): Promise<{ desk: Engine; screen: Screen }> {
  const desk = await openDesk(await options(), null, onHandedOver)
  engine = desk
  await expect.poll(() => desk.sync.status().connection, soon).toBe('online')
  const screen = aScreen(desk)
  await screen.ask('sign-in', { username: 'wu', password: PASSWORD })
  return { desk, screen }
}

type Answering = (request: IncomingMessage, response: ServerResponse, body: string) => unknown

/** Another program in the server's place. */
async function replaceServer(port: number, answering: Answering): Promise<void> {
  standIn = createServer((request, response) => {
    let body = ''
    request.on('data', (piece) => {
      body += String(piece)
    })
    request.on('end', () => void answering(request, response, body))
  })
  await new Promise<void>((done) => standIn?.listen(port, '127.0.0.1', done))
}

function refuse(response: ServerResponse, refusal: string): void {
  response.writeHead(426, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ refusal, detail: 'speaks 1' }))
}

test('before a server of protocol 1 it works on, says so, and sends when the server is newer', async () => {
  const { desk, screen } = await open()
  const { port } = new URL(server.url)
  const { storage } = server
  await server.stop()
  // What the program of protocol 1 says to every newer message.
  await replaceServer(Number(port), (_request, response) => refuse(response, 'server-too-old'))
  await expect.poll(() => desk.sync.status().reason, soon).toBe('server-too-old')
  expect((await screen.perform('loan.check-out', lend)).outcome).toBe('done')
  expect(desk.sync.status()).toMatchObject({ connection: 'offline', pendingCount: 1 })
  standIn?.closeAllConnections()
  await new Promise((done) => standIn?.close(done))
  standIn = null
  server = await startTestServer(storage, Number(port))
  await expect.poll(() => desk.sync.status().pendingCount, { ...soon, timeout: 40_000 }).toBe(0)
}, 60_000)

test('before a newer server its work is taken, and the screen says to update', async () => {
  const { desk, screen } = await open()
  const { port } = new URL(server.url)
  const { storage } = server
  await server.stop()
  server = await startTestServer(storage)
  const newer = server.url
  await replaceServer(Number(port), async (request, response, body) => {
    if (request.url !== '/v1/push') return refuse(response, 'desk-too-old')
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) =>
        /^(x-citydesk|content-(type|enc))/.test(name),
      ),
    ) as Record<string, string>
    const answer = await fetch(`${newer}/v1/push`, { method: 'POST', body, headers })
    response.writeHead(answer.status, { 'content-type': 'application/json' })
    response.end(await answer.text())
  })
  await expect.poll(() => desk.sync.status().connection, soon).toBe('too-old')
  await screen.perform('loan.check-out', lend)
  await expect.poll(() => desk.sync.status().pendingCount, soon).toBe(0)
  expect(desk.sync.status().connection).toBe('too-old')
  const deviceId = desk.stores.outbox.identity()?.deviceId ?? ''
  expect((await storage.chainHead(deviceId, 1)).lastSeq).toBe(1)
}, 60_000)

test('revoked, it hands over its work, pulls nothing, and erases itself', async () => {
  let handedOver = 0
  const { desk, screen } = await open(() => {
    handedOver += 1
  })
  const { outbox } = desk.stores
  const deviceId = outbox.identity()?.deviceId ?? ''
  await screen.ask('pull-plug', { isUnplugged: true })
  await screen.perform('loan.check-out', lend)
  await server.storage.revokeDevice(deviceId, Date.now())
  await screen.ask('pull-plug', { isUnplugged: false })
  await expect.poll(() => handedOver, soon).toBeGreaterThan(0)
  expect(desk.sync.status()).toMatchObject({ connection: 'revoked', pendingCount: 0 })
  expect(outbox.byId(`${deviceId}.1.1`)?.outcome).toBe('quarantined')
  // Facts are facts, and not in the ledger before a person has looked.
  expect((await server.storage.chainHead(deviceId, 1)).lastSeq).toBe(0)

  const given = await options()
  await eraseAfter(desk, given)
  engine = null
  expect(readdirSync(given.home)).toEqual(['revoked.json'])
  expect(existsSync(given.deviceKeyPath)).toBe(false)
  expect(identityPathsFor(given.deviceKeyPath).filter((path) => existsSync(path))).toEqual([])
  await expect(openDesk({ ...given, enrolment: null }, null)).rejects.toThrow(DeskRevoked)
  const again = await openDesk(given, null)
  engine = again
  expect(again.stores.outbox.identity()?.deviceId).not.toBe(deviceId)
}, 60_000)

test('with every database lost, and the journal, it is the same desk and has its log again', async () => {
  const { desk, screen } = await open()
  await screen.perform('loan.check-out', lend)
  await expect.poll(() => desk.sync.status().pendingCount, soon).toBe(0)
  const deviceId = desk.stores.outbox.identity()?.deviceId ?? ''
  const { journalFolder } = desk.stores.storage
  await desk.close()
  engine = null
  const given = { ...(await options()), enrolment: null }
  for (const lost of [given.home, journalFolder]) rmSync(lost, { recursive: true, force: true })
  const again = await openDesk(given, null)
  engine = again
  await expect.poll(() => again.sync.status().connection, soon).toBe('online')
  expect(again.stores.outbox.identity()).toMatchObject({ deviceId, epoch: 2 })
  expect(again.stores.outbox.byId(`${deviceId}.1.1`)).toMatchObject({ kind: 'loan.check-out' })
  expect(again.stores.replica.find('openLoansByDue', [reader.id, null])).toHaveLength(1)
})
