import { createHash, verify, createPublicKey } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { RANGE_BYTES, canonicalJson } from '../../contract/sync-protocol.ts'
import { put } from '../../domain/change.ts'
import { NOW, aBib, aTitle, anItem, theCity } from '../../test/builders/city.ts'
import type { LedgerStorage } from '../storage/ledger-storage.ts'
import { openMemoryStorage } from '../storage/memory/memory-storage.ts'
import { cityKey } from './city-key.ts'
import type { CityKey } from './city-key.ts'
import { openSnapshotKeeper } from './snapshot-keeper.ts'
import type { SnapshotKeeper } from './snapshot-keeper.ts'

const titles = [1, 2, 3].map((n) => aTitle({ id: `title-${n}`, controlNumber: `c${n}` }))
let folder = ''
let storage: LedgerStorage
let key: CityKey
let keeper: SnapshotKeeper
let now = NOW
let logged: string[] = []

const open = async (): Promise<SnapshotKeeper> =>
  await openSnapshotKeeper({
    folder,
    storage,
    privateKey: key.privateKey,
    serverEpoch: async () => (await storage.city()).serverEpoch,
    log: ({ what }) => logged.push(what ?? ''),
    now: () => now,
    rowsMin: 1,
  })

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-snapshots-'))
  storage = openMemoryStorage('epoch-1')
  logged = []
  now = NOW
  await storage.seed(
    [
      ...theCity(),
      ...titles.map((title) => put('title', title)),
      put('bib', aBib()),
      put('item', anItem()),
    ],
    false,
  )
  key = await cityKey(storage)
  keeper = await open()
})
afterEach(async () => {
  await keeper.close()
  await storage.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the key is drawn once for all nodes', async () => {
  expect(await cityKey(storage)).toEqual(key)
})

test('a snapshot is built, signed, and is what its manifest says', async () => {
  expect(keeper.list()).toEqual([])
  await keeper.look()
  expect(logged).toEqual([])
  const manifest = keeper.list().find(({ scope }) => scope === 'catalogue')
  if (manifest === undefined) throw new Error('none')
  expect(manifest).toMatchObject({ cursor: 1, serverEpoch: 'epoch-1', createdAt: NOW })
  const bytes = readFileSync(keeper.pathOf(manifest.name) ?? '')
  expect(bytes.length).toBe(manifest.bytes)
  expect(manifest.ranges).toEqual([
    createHash('sha256').update(bytes.subarray(0, RANGE_BYTES)).digest('hex'),
  ])
  const { signature, ...unsigned } = manifest
  const publicKey = createPublicKey({
    key: Buffer.from(key.publicKey, 'base64'),
    format: 'der',
    type: 'spki',
  })
  const isSigned = (told: object) =>
    verify(null, Buffer.from(canonicalJson(told)), publicKey, Buffer.from(signature, 'base64'))
  expect([isSigned(unsigned), isSigned({ ...unsigned, cursor: 2 })]).toEqual([true, false])
}, 20_000)

test('it stays while it is good, also over a restart, and gives way when the tail is long', async () => {
  await keeper.look()
  const first = keeper.list()
  await keeper.look()
  expect(keeper.list()).toEqual(first)
  await keeper.close()
  keeper = await open()
  expect(keeper.list()).toEqual(first)
  expect(keeper.pathOf('../../etc/passwd')).toBeNull()
  now += 25 * 3_600_000
  await keeper.look()
  // Nothing has changed since: an old file of the same facts is as good.
  expect(keeper.list()).toEqual(first)
  expect(readdirSync(folder).filter((name) => !/\.(zst|json)$/.test(name))).toEqual([])
}, 20_000)
