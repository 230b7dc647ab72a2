/** Two real desks and a real server on loopback: enrolment, convergence, offline, clashes. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Receipt } from '../../contract/desk-api.ts'
import type { SyncStatus } from '../../contract/topics.ts'
import { put } from '../../domain/change.ts'
import { BRANCH, OTHER_BRANCH, aReader, aStaff, anItem, theCity } from '../../test/builders/city.ts'
import { PASSWORD, aScreen } from '../../test/builders/desk.ts'
import type { Screen } from '../../test/builders/desk.ts'
import { startTestServer } from '../../test/builders/server.ts'
import type { TestServer } from '../../test/builders/server.ts'
import type { Engine } from '../engine/create-engine.ts'
import { makeVerifier } from '../engine/verify-password.ts'
import { TransportFailure } from './transport.ts'
import { openDesk } from './run-desk.ts'

const soon = { timeout: 10_000, interval: 20 }
const [one, other] = [aReader(), aReader({ id: 'reader-2', cardNumber: '0440050000025' })]
const item = anItem()
const lend = (card: string) => ({ barcode: item.barcode, card, dueOn: null })

let folder: string
let server: TestServer
const opened: Engine[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-sync-'))
  const verifier = await makeVerifier(PASSWORD)
  server = await startTestServer([
    ...theCity(),
    put('staff', aStaff({ username: 'wu', id: 'staff-wu', role: 'branch-head', verifier })),
    put('item', item),
    put('reader', one),
    put('reader', other),
  ])
})
afterEach(async () => {
  for (const engine of opened.splice(0)) await engine.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Desk {
  readonly engine: Engine
  readonly screen: Screen
  readonly status: () => SyncStatus
}

async function openAt(
  branchId: string,
  name: string,
  code?: string,
  url = server.url,
): Promise<Desk> {
  const enrolment = {
    serverUrl: url,
    code: code ?? (await server.code(branchId, name)),
    deskName: name,
  }
  const engine = await openDesk(
    {
      home: join(folder, name),
      keyHex: '00'.repeat(32),
      keyProtection: 'file',
      deviceKeyPath: join(folder, `${name}.pem`),
      keyPath: null,
      enrolment,
      serverUrl: url,
      scanner: 'none',
      shellId: randomUUID(),
      version: 'test',
      sampleAccounts: [],
    },
    null,
  )
  opened.push(engine)
  await expect.poll(() => engine.sync.status().connection, soon).toBe('online')
  const screen = aScreen(engine)
  await screen.ask('sign-in', { username: 'wu', password: PASSWORD })
  return { engine, screen, status: engine.sync.status }
}

const loansOf = async ({ screen }: Desk, card: string): Promise<number> => {
  const reply = await screen.ask('reader-card', { card, readerId: null, loansLimit: 10 })
  return (reply as { answer: { loansCount: number } }).answer.loansCount
}

describe('two desks', () => {
  it('converge: what one lends the other sees', async () => {
    const a = await openAt(BRANCH, 'A')
    const b = await openAt(OTHER_BRANCH, 'B')
    const receipt = await a.screen.perform('loan.check-out', lend(one.cardNumber))
    expect(receipt.outcome).toBe('done')
    await expect.poll(() => loansOf(b, one.cardNumber), soon).toBe(1)
    await expect.poll(() => a.status().pendingCount, soon).toBe(0)
    await expect.poll(() => a.engine.stores.replica.pendingSeqs(), soon).toEqual([])
  })

  it('work while the plug is out and converge when it is back', async () => {
    const a = await openAt(BRANCH, 'A')
    const b = await openAt(OTHER_BRANCH, 'B')
    await a.screen.ask('pull-plug', { isUnplugged: true })
    expect(a.status().connection).toBe('unplugged')
    await a.screen.perform('loan.check-out', lend(one.cardNumber))
    expect(await loansOf(a, one.cardNumber)).toBe(1)
    expect(a.status().pendingCount).toBe(1)
    expect(await loansOf(b, one.cardNumber)).toBe(0)
    await a.screen.ask('pull-plug', { isUnplugged: false })
    await expect.poll(() => loansOf(b, one.cardNumber), soon).toBe(1)
  })

  it('keep both facts where both lent one item, and open an exception that a person settles', async () => {
    const a = await openAt(BRANCH, 'A')
    const b = await openAt(OTHER_BRANCH, 'B')
    for (const desk of [a, b]) await desk.screen.ask('pull-plug', { isUnplugged: true })
    await a.screen.perform('loan.check-out', lend(one.cardNumber))
    await b.screen.perform('loan.check-out', lend(other.cardNumber))
    for (const desk of [a, b]) await desk.screen.ask('pull-plug', { isUnplugged: false })
    for (const desk of [a, b]) {
      await expect.poll(() => desk.status().openExceptionsCount, soon).toBe(1)
      expect(await loansOf(desk, one.cardNumber)).toBe(1)
      expect(await loansOf(desk, other.cardNumber)).toBe(1)
    }
    const listed = await a.screen.ask('exceptions', {
      state: 'open',
      kind: null,
      assignedTo: null,
      limit: 10,
    })
    const { rows } = (listed as { answer: { rows: { exception: { id: string; kind: string } }[] } })
      .answer
    expect(rows).toMatchObject([{ exception: { kind: 'open-loan-other', rules: ['L7'] } }])
    const payload = {
      exception: rows[0]?.exception.id,
      settlement: 'first-returned',
      comment: null,
    }
    expect((await a.screen.perform('exception.settle', payload)).outcome).toBe('done')
    await expect.poll(() => b.status().openExceptionsCount, soon).toBe(0)
  })
})

describe('a desk', () => {
  it('that loses the server keeps lending, and sends when it is back', async () => {
    const a = await openAt(BRANCH, 'A')
    const { port } = new URL(server.url)
    await server.stop()
    await expect.poll(() => a.status().connection, soon).toBe('offline')
    const receipt: Receipt = await a.screen.perform('loan.check-out', lend(one.cardNumber))
    expect(receipt.outcome).toBe('done')
    server = await startTestServer(server.storage, Number(port))
    await expect.poll(() => a.status().pendingCount, { timeout: 20_000, interval: 50 }).toBe(0)
  }, 40_000)

  it('is refused without a valid code', async () => {
    const opening = openAt(BRANCH, 'C', 'AAAA-AAAA-AAAA')
    await expect(opening).rejects.toThrow(TransportFailure)
  })

  it('counts a captive portal as offline, not as an answer', async () => {
    const a = await openAt(BRANCH, 'A')
    const { port } = new URL(server.url)
    const { storage } = server
    await server.stop()
    const portal = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end('<html>please pay</html>')
    })
    await new Promise<void>((done) => portal.listen(Number(port), '127.0.0.1', done))
    a.engine.sync.poke()
    await expect.poll(() => a.status().reason, soon).toBe('not-our-server')
    expect((portal.address() as AddressInfo).port).toBe(Number(port))
    portal.closeAllConnections()
    await new Promise((done) => portal.close(done))
    server = await startTestServer(storage)
  })
})
