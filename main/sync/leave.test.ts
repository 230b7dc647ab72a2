/** I33, I34: what a desk may still do that the city does not serve any more. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { put } from '../../domain/change.ts'
import { createAnnouncer } from '../engine/announce.ts'
import { openOutbox } from '../../db/outbox/outbox.ts'
import { anewAfter } from '../../db/outbox/anew-after.ts'
import { aReader, anItem, theCity, NOW } from '../../test/builders/city.ts'
import {
  DEVICE,
  enrolAt,
  meetableCity,
  openMetDesk,
  removeHomes,
} from '../../test/builders/met-desk.ts'
import type { MetDesk } from '../../test/builders/met-desk.ts'
import { openMemoryStorage } from '../../server/storage/memory/memory-storage.ts'
import type { LedgerStorage } from '../../server/storage/ledger-storage.ts'
import { erasedAt, eraseDesk, forgetErasure } from './erase-desk.ts'
import { instancePathFor, noticeCopy, openInstance } from './instance.ts'
import { systemClock } from '../engine/clock.ts'
import { handOver } from './push-all.ts'
import { openPushing } from './push.ts'
import { TransportFailure } from './transport.ts'
import type { Transport } from './transport.ts'

const item = anItem()
const reader = aReader()
const lend = [
  'loan.check-out',
  { barcode: item.barcode, card: reader.cardNumber, dueOn: null },
] as const
const pushing = openPushing(
  systemClock,
  () => true,
  () => undefined,
)

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-leave-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
  removeHomes()
})

/** Refuses hello, and a push after its operations were kept or not, as app.ts does. */
async function refusing(
  refusal: 'device-revoked' | 'desk-too-old',
  storage: LedgerStorage,
  detail: string,
): Promise<{ transport: Transport; kept: number[] }> {
  const honest = (await meetableCity(storage)).transportOf(DEVICE)
  const kept: number[] = []
  return {
    kept,
    transport: {
      ...honest,
      send: async (message, request) => {
        const isPush = message === 'push'
        if (isPush && refusal === 'desk-too-old') return await honest.send(message, request)
        if (isPush) kept.push((request as unknown as { operations: unknown[] }).operations.length)
        throw new TransportFailure(refusal, isPush ? detail : 'no')
      },
    },
  }
}

async function aDesk(): Promise<{ desk: MetDesk; storage: LedgerStorage }> {
  const storage = openMemoryStorage('e1')
  await storage.seed([...theCity(), put('item', item), put('reader', reader)], false)
  await enrolAt(storage)
  const desk = openMetDesk(await meetableCity(storage))
  await desk.sync()
  return { desk, storage }
}

const meetingOf = ({ stores }: MetDesk, transport: Transport) => ({
  stores,
  transport,
  announcer: createAnnouncer(),
  clock: { now: () => NOW, monotonic: () => 0 },
  appVersion: 'test',
})

describe('a revoked desk', () => {
  test('hands over what it did, and has nothing left to hand over', async () => {
    const { desk, storage } = await aDesk()
    desk.act(...lend)
    const { transport, kept } = await refusing(
      'device-revoked',
      storage,
      'upload kept for a person',
    )
    expect(await handOver(meetingOf(desk, transport), 'device-revoked', pushing)).toBe(true)
    expect(kept).toEqual([1])
    expect(desk.stores.outbox.pendingCount()).toBe(0)
    await desk.close()
  })

  test('keeps what the city does not take any more', async () => {
    const { desk, storage } = await aDesk()
    desk.act(...lend)
    const { transport } = await refusing('device-revoked', storage, 'ask the branch head')
    expect(await handOver(meetingOf(desk, transport), 'device-revoked', pushing)).toBe(false)
    expect(desk.stores.outbox.pendingCount()).toBe(1)
    await desk.close()
  })

  test('erases its keys before its files, and says so at the next start', () => {
    const home = join(folder, 'home')
    mkdirSync(join(home, 'journal'), { recursive: true })
    const keys = ['desk.key', 'desk.pem', 'desk.instance'].map((name) => join(folder, name))
    for (const key of keys) writeFileSync(key, 'secret')
    for (const name of ['outbox.db', 'replica.db', 'journal/today']) {
      writeFileSync(join(home, name), 'data of readers')
    }
    expect(erasedAt(home)).toBeNull()
    eraseDesk(home, [...keys, join(folder, 'never-there')], NOW)
    expect(keys.filter((key) => existsSync(key))).toEqual([])
    expect(readdirSync(home)).toEqual(['revoked.json'])
    expect(erasedAt(home)).toBe(NOW)
    forgetErasure(home)
    expect(erasedAt(home)).toBeNull()
  })
})

test('a desk that is too old is told nothing, and its work is taken as ever', async () => {
  const { desk, storage } = await aDesk()
  desk.act(...lend)
  const { transport } = await refusing('desk-too-old', storage, '')
  expect(await handOver(meetingOf(desk, transport), 'desk-too-old', pushing)).toBe(true)
  expect(desk.stores.outbox.byId(`${DEVICE}.1.1`)?.outcome).toBe('applied')
  expect((await storage.chainHead(DEVICE, 1)).lastSeq).toBe(1)
  await desk.close()
})

describe('which installation this is', () => {
  test('is one secret for each key, readable by nobody else', () => {
    const path = instancePathFor(join(folder, 'desk-1.device.pem'))
    expect(path).toBe(join(folder, 'desk-1.device.instance'))
    const token = openInstance(path)
    expect(openInstance(path)).toBe(token)
    const mode = process.platform === 'win32' ? 0o600 : statSync(path).mode & 0o777
    expect(mode).toBe(0o600)
    writeFileSync(path, 'torn')
    expect(openInstance(path)).not.toBe(token)
    expect(readFileSync(path, 'utf8')).toHaveLength(64)
  })

  test('tells databases that were copied from those that stayed', () => {
    const outbox = openOutbox(':memory:', null)
    outbox.saveIdentity({
      deviceId: DEVICE,
      epoch: 1,
      branchId: 'b',
      libraryId: 'l',
      deskName: 'd',
      isSampleCity: false,
      serverUrl: null,
      serverEpoch: null,
    })
    noticeCopy(outbox, 'this computer', NOW)
    noticeCopy(outbox, 'this computer', NOW)
    expect(anewAfter(outbox)).toBeNull()
    noticeCopy(outbox, 'another computer', NOW)
    expect(anewAfter(outbox)).toMatchObject({ epoch: 1, seq: 0, reason: 'copied' })
    expect(outbox.auditTail(9).map(({ action }) => action)).toEqual(['databases-copied'])
    outbox.close()
  })
})
