/** A new desk begins with files: a real desk and a real server on loopback. */
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { put } from '../../domain/change.ts'
import { briefItem } from '../../domain/scopes.ts'
import { digest } from '../../server/ledger/digest.ts'
import {
  BRANCH,
  OTHER_BRANCH,
  aBib,
  aReader,
  aTitle,
  anItem,
  theCity,
} from '../../test/builders/city.ts'
import { startTestServer } from '../../test/builders/server.ts'
import type { TestServer } from '../../test/builders/server.ts'
import type { Engine } from '../engine/create-engine.ts'
import { openDesk } from './run-desk.ts'

const soon = { timeout: 15_000, interval: 20 }
const titles = [1, 2, 3].map((n) => aTitle({ id: `title-${n}`, title: `红楼梦之${n}` }))
const far = [1, 2, 3].map((n) =>
  anItem({
    id: `far-${n}`,
    barcode: `044006000000${n}`,
    homeBranchId: OTHER_BRANCH,
    atBranchId: OTHER_BRANCH,
  }),
)
let folder = ''
let server: TestServer
let engine: Engine | null = null
const download = (): string => join(folder, 'A', 'snapshots')

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-snapshot-'))
  const seed = [
    ...theCity(),
    ...titles.map((title) => put('title', title)),
    put('bib', aBib()),
    ...far.map((item) => put('item', item)),
    put('item', anItem()),
    put('reader', aReader()),
  ]
  server = await startTestServer(seed, 0, join(folder, 'snapshots'))
  await digest(server.storage, Date.now())
  await server.snapshots.look()
  // The program that builds the files stands back behind everything else on a busy machine.
}, 60_000)
afterEach(async () => {
  await engine?.close()
  engine = null
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function openNewDesk(): Promise<Engine> {
  const code = await server.code(BRANCH, 'A')
  return await openDesk(
    {
      home: join(folder, 'A'),
      keyHex: 'ab'.repeat(32),
      keyProtection: 'file',
      deviceKeyPath: join(folder, 'A.pem'),
      keyPath: null,
      enrolment: { serverUrl: server.url, code, deskName: 'A' },
      serverUrl: server.url,
      scanner: 'none',
      shellId: randomUUID(),
      version: 'test',
      sampleAccounts: [],
    },
    null,
  )
}

async function expectWhole({ stores, sync }: Engine): Promise<void> {
  await expect.poll(() => sync.status().isFilling, soon).toBe(false)
  const heads = await server.storage.heads(['brief', 'catalogue'])
  await expect.poll(() => stores.catalogue.cursor(), soon).toBe(heads.catalogue)
  await expect.poll(() => stores.replica.cursors().brief, soon).toBe(heads.brief)
  for (const item of far) expect(stores.replica.row('item', item.id)).toEqual(briefItem(item))
  expect(stores.replica.row('item', 'item-1')).toEqual(anItem())
  expect([...stores.catalogue.titles(titles.map(({ id }) => id)).values()]).toEqual(titles)
  expect(stores.catalogue.bib('title-1')).toEqual(aBib())
  const found = await stores.search.search('红楼梦', 10)
  expect(found.total).toBe(3)
}

test('the city arrives by files, and what happened since by the feed (I13)', async () => {
  expect(server.snapshots.list().map(({ scope }) => scope)).toEqual(['brief', 'catalogue'])
  engine = await openNewDesk()
  await expectWhole(engine)
  // What is there came by the files: the folder was used, and is empty again.
  expect(readdirSync(download())).toEqual([])
})

test('a download that broke off goes on; what is wrong in it is fetched again', async () => {
  const [brief] = server.snapshots.list()
  if (brief === undefined) throw new Error('no snapshot')
  const bytes = readFileSync(server.snapshots.pathOf(brief.name) ?? '')
  mkdirSync(download(), { recursive: true })
  const wrong = Buffer.from(bytes)
  wrong[20] = (wrong[20] ?? 0) ^ 0xff
  writeFileSync(join(download(), `${brief.name}.zst`), wrong)
  writeFileSync(join(download(), 'brief-1-older.zst'), 'of another day')
  engine = await openNewDesk()
  await expectWhole(engine)
  expect(readdirSync(download())).toEqual([])
})

test('a server that lost its files is no reason to wait: every record comes by a page', async () => {
  for (const { name } of server.snapshots.list()) {
    rmSync(server.snapshots.pathOf(name) ?? '')
    writeFileSync(server.snapshots.pathOf(name) ?? '', 'gone')
  }
  engine = await openNewDesk()
  await expectWhole(engine)
  expect(server.snapshots.list()).not.toEqual([])
})
