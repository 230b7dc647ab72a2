/**
 * The restore drill: a backup of the real database, more work at three desks, the database lost and
 * brought back as it was, and the desks fill it again. Real engines, real HTTP, a real PostgreSQL.
 */
import { execFile, execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { branchScope } from '../../domain/scopes.ts'
import type { Engine } from '../../main/engine/create-engine.ts'
import { makeVerifier } from '../../main/engine/verify-password.ts'
import { openDesk } from '../../main/sync/run-desk.ts'
import { CITY_ID, startServer } from '../../server/start-server.ts'
import type { RunningServer } from '../../server/start-server.ts'
import type { LedgerOperation, LedgerStorage } from '../../server/storage/ledger-storage.ts'
import { findRunningPostgres } from '../../server/storage/postgres/embedded.ts'
import { openPostgresStorage } from '../../server/storage/postgres/postgres-storage.ts'
import { BRANCH, OTHER_BRANCH, aReader, aStaff, anItem, theCity } from '../builders/city.ts'
import { PASSWORD, aScreen } from '../builders/desk.ts'
import type { Screen } from '../builders/desk.ts'

const run = promisify(execFile)
const soon = { timeout: 60_000, interval: 50 }
const COUNT = 60
const items = Array.from({ length: COUNT }, (_, n) =>
  anItem({ id: `item-${n}`, barcode: `0440051000${String(n).padStart(4, '0')}` }),
)
const readers = items.map((_, n) =>
  aReader({ id: `reader-${n}`, cardNumber: `04400500${String(n).padStart(5, '0')}` }),
)

interface Desk {
  readonly engine: Engine
  readonly screen: Screen
  readonly branchId: string
}

let base = ''
let home = ''
let server: RunningServer | null = null
const desks: Desk[] = []
const figures: string[] = []

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'citydesk-drill-'))
  // PostgreSQL runs as another user where this is root.
  chmodSync(base, 0o711)
  home = join(base, 'server')
})
afterEach(async () => {
  for (const { engine } of desks.splice(0)) await engine.close()
  await server?.stop()
  server = null
  rmSync(base, { recursive: true, force: true })
})
afterAll(() => {
  process.stdout.write(`restore drill: ${figures.join('; ')}\n`)
})

async function seed(): Promise<Change[]> {
  const verifier = await makeVerifier(PASSWORD)
  const wu = { username: 'wu', id: 'staff-wu', role: 'branch-head', verifier } as const
  return [
    ...theCity(),
    put('staff', aStaff(wu)),
    ...items.map((item) => put('item', item)),
    ...readers.map((reader) => put('reader', reader)),
  ]
}

async function start(port = 0): Promise<RunningServer> {
  const changes = await seed()
  return await startServer({
    home,
    port,
    databaseUrl: null,
    seed: { isSampleCity: true, changes },
  })
}

async function openAt(branchId: string, name: string, at: RunningServer): Promise<Desk> {
  const engine = await openDesk(
    {
      home: join(base, name),
      keyHex: '00'.repeat(32),
      keyProtection: 'file',
      deviceKeyPath: join(base, `${name}.pem`),
      keyPath: null,
      enrolment: {
        serverUrl: at.url,
        code: await at.createEnrolmentCode({ branchId, deskName: name }),
        deskName: name,
      },
      serverUrl: at.url,
      scanner: 'none',
      shellId: randomUUID(),
      version: 'drill',
      sampleAccounts: [],
    },
    null,
  )
  await expect.poll(() => engine.sync.status().connection, soon).toBe('online')
  const screen = aScreen(engine)
  await screen.ask('sign-in', { username: 'wu', password: PASSWORD })
  const desk = { engine, screen, branchId }
  desks.push(desk)
  return desk
}

let next = 0
/** Each desk lends `count` items that nobody lent before. */
async function work(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    for (const { screen } of desks) {
      const [item, reader] = [items[next], readers[next]]
      next += 1
      if (item === undefined || reader === undefined) throw new Error('no items left')
      const payload = { barcode: item.barcode, card: reader.cardNumber, dueOn: null }
      expect((await screen.perform('loan.check-out', payload)).outcome).toBe('done')
    }
  }
}

const allSent = async (): Promise<void> => {
  for (const { engine } of desks) {
    await expect.poll(() => engine.sync.status().pendingCount, soon).toBe(0)
  }
}

async function withStorage<T>(work: (storage: LedgerStorage) => Promise<T>): Promise<T> {
  const url = await findRunningPostgres(home)
  if (url === null) throw new Error('no database runs')
  const storage = await openPostgresStorage({ url, cityId: CITY_ID, connectionsMax: 2 })
  try {
    return await work(storage)
  } finally {
    await storage.close()
  }
}

const deviceOf = ({ engine }: Desk): string => engine.stores.outbox.identity()?.deviceId ?? ''

const ledger = (): Promise<LedgerOperation[]> =>
  withStorage(async (storage) => {
    const all = await Promise.all(
      desks.map((desk) => storage.operationsAfter(deviceOf(desk), 1, 0, 1_000, 1e9)),
    )
    return all.flat()
  })

const numbersOf = (operations: readonly LedgerOperation[]): string[] =>
  operations.map(({ id, hash }) => `${id} ${hash}`).toSorted()

/** Every record of a desk's own service point, as the server has it and as the desk has it. */
async function expectEqualRows(): Promise<number> {
  let rows = 0
  await withStorage(async (storage) => {
    for (const kind of ['item', 'reader', 'loan', 'fee', 'exception'] as const) {
      for (const { row, scopes } of await storage.listRecords(kind, '', 1_000)) {
        for (const { branchId, engine } of desks) {
          if (!scopes.includes(branchScope(branchId))) continue
          await expect.poll(() => engine.stores.replica.row(kind, row.id), soon).toEqual(row)
          rows += 1
        }
      }
    }
  })
  return rows
}

const cluster = () => join(home, 'postgres', 'cluster')

async function stopped(): Promise<number> {
  if (server === null) throw new Error('no server runs')
  const port = Number(new URL(server.url).port)
  await server.stop()
  server = null
  return port
}

test.each([
  ['noticed by the server itself', false],
  ['told by hand, where its own mark came back with the backup', true],
])(
  'a restored database is filled again by its desks: %s',
  async (how, isByHand) => {
    next = 0
    server = await start()
    for (const [branchId, name] of [
      [BRANCH, 'A'],
      [BRANCH, 'B'],
      [OTHER_BRANCH, 'C'],
    ] as const) {
      await openAt(branchId, name, server)
    }
    await work(4)
    await allSent()

    const port = await stopped()
    execFileSync('cp', ['-a', cluster(), join(base, 'backup')])
    server = await start(port)
    await work(6)
    await allSent()
    const acknowledged = numbersOf(await ledger())
    expect(acknowledged).toHaveLength(30)
    const nameBefore = await withStorage(async (storage) => (await storage.city()).serverEpoch)

    await stopped()
    await work(2)
    rmSync(cluster(), { recursive: true })
    execFileSync('cp', ['-a', join(base, 'backup'), cluster()])
    if (isByHand) {
      rmSync(join(home, 'restore-mark.json'))
      await run(process.execPath, ['server/server.ts', 'restored', '--home', base])
    }
    const startedAt = performance.now()
    server = await start(port)
    await allSent()
    const filledMs = Math.round(performance.now() - startedAt)
    for (const { engine } of desks) {
      await expect.poll(() => engine.sync.status().connection, soon).toBe('online')
      await expect.poll(() => engine.stores.replica.pendingSeqs(), soon).toEqual([])
    }

    const after = numbersOf(await ledger())
    expect(new Set(after).size).toBe(after.length)
    expect(after).toHaveLength(36)
    expect(after).toEqual(expect.arrayContaining(acknowledged))
    const rows = await expectEqualRows()
    const name = await withStorage(async (storage) => (await storage.city()).serverEpoch)
    expect(name).not.toBe(nameBefore)
    for (const { engine } of desks) {
      expect(engine.stores.outbox.identity()).toMatchObject({ epoch: 1, serverEpoch: name })
    }
    figures.push(`${how}: 12 kept, 18 sent again, 6 new, ${rows} rows equal, ${filledMs} ms`)
  },
  240_000,
)
