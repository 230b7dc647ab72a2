/** Replica and catalogue damaged under a running desk: the day goes on. */
import { randomBytes, randomUUID } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FeedEntry } from '../../contract/sync-protocol.ts'
import type { StorageStatus } from '../../contract/storage-status.ts'
import type { Change } from '../../domain/change.ts'
import { put } from '../../domain/change.ts'
import type { Scope } from '../../domain/scopes.ts'
import { recordKinds } from '../../domain/records.ts'
import { isReplicaKind } from '../../db/replica/tables.ts'
import {
  BRANCH,
  FEED,
  LIBRARY,
  NOW,
  aReader,
  aStaff,
  aTitle,
  anItem,
  theCity,
} from '../../test/builders/city.ts'
import { PASSWORD, aScreen } from '../../test/builders/desk.ts'
import type { Screen } from '../../test/builders/desk.ts'
import { applyEntries, applyTitles } from '../sync/apply-entries.ts'
import { createAnnouncer } from './announce.ts'
import { createEngine } from './create-engine.ts'
import type { Engine } from './create-engine.ts'
import { redecide } from './replay.ts'
import { openStores } from './stores.ts'
import type { RecordStores, Stores } from './stores.ts'
import { makeVerifier } from './verify-password.ts'

const key = randomBytes(32)
const announcer = createAnnouncer()
const barcode = (n: number) => `044005${String(n).padStart(8, '0')}`
const card = aReader().cardNumber
const time = { now: NOW }
/** Ms since the city told all it had; null before. */
const told = { at: NOW as number | null }
const pause = () => Promise.resolve()
const identity = {
  deviceId: 'desk-a',
  epoch: 1,
  branchId: BRANCH,
  libraryId: LIBRARY,
  deskName: 'Desk',
  isSampleCity: false,
  serverUrl: 'http://127.0.0.1:9',
  serverEpoch: 'one',
}

let home = ''
let feed: FeedEntry[] = []
let engine: Engine
let screen: Screen

const entry = (
  scope: Scope,
  number: number,
  changes: readonly Change[],
  operationId: string | null = null,
): FeedEntry => ({ scope, number, operationId, changes: [...changes] })

async function city(): Promise<FeedEntry[]> {
  const verifier = await makeVerifier(PASSWORD)
  const items = Array.from({ length: 400 }, (_, n) =>
    put('item', anItem({ id: `item-${n}`, barcode: barcode(n), titleId: `title-${n}` })),
  )
  const readers = Array.from({ length: 200 }, (_, n) =>
    put('reader', aReader({ id: `other-${n}`, cardNumber: `90${String(n).padStart(10, '0')}` })),
  )
  const titles = Array.from({ length: 600 }, (_, n) =>
    put('title', aTitle({ id: `title-${n}`, controlNumber: `c${n}`, title: `平凡的世界 ${n}` })),
  )
  const staff = put(
    'staff',
    aStaff({ id: 'staff-chen', username: 'chen', role: 'branch-head', verifier }),
  )
  return [
    entry('city', 1, [...theCity(), staff]),
    entry(FEED, 1, [put('reader', aReader()), ...items, ...readers]),
    entry('catalogue', 1, titles),
  ]
}

/** What a pull brings: everything beyond the cursors. */
async function pull(stores: RecordStores): Promise<void> {
  await applyTitles(stores, announcer, feed, pause)
  applyEntries(stores, announcer, feed)
}

/** The city decides what it was sent, on all it knows, and answers. */
function cityAnswers(stores: Stores): void {
  const reference = openStores(mkdtempSync(join(home, 'city-')), null)
  reference.outbox.saveIdentity(identity)
  applyEntries(reference, announcer, feed)
  const unsent = stores.outbox.unsent(1_000)
  const outcomes = unsent.map((stored) => {
    reference.outbox.append(stored, null)
    const changes = redecide(reference, stored)
    const number = feed.filter(({ scope }) => scope === FEED).length + 1
    feed.push(entry(FEED, number, changes, stored.id))
    applyEntries(reference, announcer, feed)
    return {
      seq: stored.seq,
      outcome: 'applied' as const,
      positions: { [FEED]: number },
      findings: [],
    }
  })
  stores.outbox.saveOutcomes(outcomes, time.now)
  reference.unlock()
}

function open(): void {
  engine = createEngine({
    home: join(home, 'desk'),
    journalFolder: join(home, 'journal'),
    key,
    keyProtection: 'file',
    clock: { now: () => time.now, monotonic: () => time.now - NOW },
    scanner: 'none',
    forkDeviceHost: null,
    shellId: 'shell',
    version: 'test',
    sampleAccounts: [],
    startSync: ({ outbox }) => ({
      status: () => ({
        connection: 'offline',
        reason: 'unreachable',
        pendingCount: outbox.pendingCount(),
        lastPullAt: told.at,
        factsAgeMs: age(),
        agesMs: { branch: age(), brief: age(), catalogue: age() },
        openExceptionsCount: 0,
        isFilling: false,
        clockOffsetMs: 0,
      }),
      poke: () => undefined,
      setUnplugged: () => undefined,
      clockOffsetMs: () => 0,
      measurementsCount: () => 0,
      factsAgeMs: age,
      close: () => Promise.resolve(),
    }),
  })
  screen = aScreen(engine)
}
const age = (): number | null => (told.at === null ? null : time.now - told.at)

beforeEach(async () => {
  time.now = NOW
  told.at = NOW
  home = mkdtempSync(join(tmpdir(), 'citydesk-heal-'))
  feed = await city()
  const stores = openStores(join(home, 'desk'), key, { journalFolder: join(home, 'journal') })
  stores.outbox.saveIdentity(identity)
  await pull(stores)
  await stores.storage.close()
  stores.outbox.close()
  stores.unlock()
  open()
  engine.care.tick()
})
afterEach(async () => {
  await engine.close()
  rmSync(home, { recursive: true, force: true })
})

const signIn = () => screen.ask('sign-in', { username: 'chen', password: PASSWORD })
const lend = (n: number, more: object = {}) =>
  screen.perform('loan.check-out', { barcode: barcode(n), card, dueOn: null }, more)
const search = (text: string) => screen.ask('search-titles', { text, limit: 5 })
const quarantined = () => readdirSync(join(home, 'desk', 'quarantine'))

/** Everything behind the first pages, which hold the schema. */
function shred(file: string, from = 2 * 4096): void {
  const path = join(home, 'desk', file)
  const fd = openSync(path, 'r+')
  const noise = randomBytes(statSync(path).size - from)
  writeSync(fd, noise, 0, noise.length, from)
  closeSync(fd)
}
async function reopened(): Promise<void> {
  await engine.close()
  open()
}
const storage = async (): Promise<StorageStatus> =>
  ((await screen.ask('storage-status')) as unknown as { answer: StorageStatus }).answer

/** Every row of every table but the numbers of what is pending. */
const rowsOf = ({ replica }: RecordStores) =>
  recordKinds
    .filter(isReplicaKind)
    .map((kind) => [kind, replica.rows.select(kind, 'ORDER BY id')] as const)

describe('catalogue.db', () => {
  test('a search in a damaged file finds nothing and breaks nothing; the city fills it again', async () => {
    await reopened()
    await signIn()
    shred('catalogue.db')
    expect(await search('平凡的世界')).toMatchObject({ reply: 'answer', answer: { rows: [] } })
    expect((await lend(1)).outcome).toBe('done')
    // The thread ends in its own time, and then the new file is there.
    await expect.poll(async () => (await storage()).rebuilt.length).toBe(1)
    expect(quarantined()).toEqual([expect.stringMatching(/catalogue\.db$/)])
    expect(engine.stores.catalogue.cursor()).toBe(0)
    expect(await search('平凡的世界')).toMatchObject({ reply: 'answer', answer: { rows: [] } })
    await pull(engine.stores)
    expect(await search('平凡的世界 7')).toMatchObject({ answer: { total: expect.any(Number) } })
    const found = (await search('平凡的世界')) as unknown as { answer: { rows: unknown[] } }
    expect(found.answer.rows).toHaveLength(5)
    expect(engine.stores.catalogue.count()).toBe(600)
  })

  test('met by the desk itself: lending goes on, and a page for the old file is not taken', async () => {
    await reopened()
    await signIn()
    expect(engine.stores.catalogue.cursor()).toBe(1)
    shred('catalogue.db')
    const ids = Array.from({ length: 600 }, (_, n) => `title-${n}`)
    expect(() => engine.stores.catalogue.titles(ids)).toThrow('rebuilt')
    expect(engine.stores.catalogue.titles(ids).size).toBe(0)
    expect((await lend(2)).outcome).toBe('done')
    const page = () => engine.stores.catalogue.apply([], { cursor: 2, localSeq: null })
    expect(page).toThrow('rebuilt')
    await expect.poll(async () => (await storage()).rebuilt.length).toBe(1)
    expect(page).toThrow('rebuilt')
    expect(engine.stores.catalogue.cursor()).toBe(0)
    expect(engine.stores.outbox.lastSeq()).toBe(1)
  })
})

describe('replica.db, offline', () => {
  test('damaged while the desk runs: staff lend on, nothing unsent is lost, and then it is equal', async () => {
    await signIn()
    expect((await lend(1)).outcome).toBe('done')
    await reopened()
    shred('replica.db')
    time.now += 1_000
    await signIn()
    // Nobody knows this item or this reader any more: the fact counts.
    const asked = await lend(2)
    expect(asked.outcome).toBe('needs-override')
    const overrides = asked.findings
      .filter(({ level }) => level === 'override')
      .map(({ code }) => ({ code, reason: 'seen', second: null }))
    expect((await lend(2, { overrides })).outcome).toBe('done')
    expect(engine.stores.outbox.unsent(10).map(({ seq }) => seq)).toEqual([1, 2])
    expect(quarantined()).toEqual([expect.stringMatching(/replica\.db$/)])
    expect(await storage()).toMatchObject({
      isWithoutRecords: true,
      rebuilt: [{ file: 'replica', at: time.now }],
    })
    // The screen says that it knows nothing of the age of what it shows.
    expect((await lend(3, { isDryRun: true })).factsAgeMs).toBeNull()

    // Back online: the city answers, and sends everything again.
    cityAnswers(engine.stores)
    await pull(engine.stores)
    time.now += 1_000
    told.at = time.now
    engine.care.tick()
    expect(await storage()).toMatchObject({ isWithoutRecords: false })
    const fresh = openStores(mkdtempSync(join(home, 'fresh-')), null)
    fresh.outbox.saveIdentity(identity)
    await pull(fresh)
    expect(rowsOf(engine.stores)).toEqual(rowsOf(fresh))
    expect(engine.stores.replica.pendingSeqs()).toEqual([])
    expect(engine.stores.outbox.unsettled()).toEqual([])
    await fresh.storage.close()
    fresh.outbox.close()
  })

  test.each(['deleted', 'emptied', 'of something else'])('%s between two starts', async (how) => {
    await signIn()
    expect((await lend(1)).outcome).toBe('done')
    await engine.close()
    const path = join(home, 'desk', 'replica.db')
    if (how === 'deleted') rmSync(path)
    else shred('replica.db', how === 'emptied' ? 0 : 100)
    open()
    expect(await signIn()).toMatchObject({ answer: { outcome: 'signed-in' } })
    expect(await storage()).toMatchObject({ isWithoutRecords: true })
    expect(engine.stores.replica.pendingSeqs()).toEqual([1])
    expect(engine.stores.outbox.pendingCount()).toBe(1)
  })

  test('the copy of the essentials follows the city: who left cannot come in by it', async () => {
    feed.push(
      entry('city', 2, [
        put('staff', aStaff({ id: 'staff-chen', username: 'chen', isActive: false })),
      ]),
    )
    applyEntries(engine.stores, announcer, feed)
    // The engine's own announcer tells of it when its loop pulls.
    await reopened()
    engine.care.tick()
    await engine.close()
    rmSync(join(home, 'desk', 'replica.db'))
    open()
    expect(await signIn()).toMatchObject({ answer: { outcome: 'wrong-name-or-password' } })
  })
})

test('a second copy of a request finds what the first did, whatever broke between', async () => {
  await signIn()
  const requestId = randomUUID()
  await reopened()
  shred('replica.db')
  const asked = await lend(4, { requestId })
  expect(asked.outcome).toBe('needs-override')
  const overrides = asked.findings.map(({ code }) => ({ code, reason: 'seen', second: null }))
  const first = await lend(4, { requestId, overrides })
  expect(await lend(4, { requestId, overrides })).toEqual(first)
  expect(engine.stores.outbox.lastSeq()).toBe(1)
})
