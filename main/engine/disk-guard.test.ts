import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { NOW, aReader } from '../../test/builders/city.ts'
import { PASSWORD, aScreen, localCity } from '../../test/builders/desk.ts'
import { createEngine } from './create-engine.ts'
import type { Engine } from './create-engine.ts'
import { createDiskGuard, diskLimits, levelOf } from './disk-guard.ts'
import { noSync, openHeadless } from './headless.ts'

const MIB = 1024 * 1024
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-disk-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

test.each([
  [null, 'ample'],
  [5_000, 'ample'],
  [1024, 'ample'],
  [1023, 'short'],
  [200, 'short'],
  [199, 'low'],
  [50, 'low'],
  [49, 'full'],
  [0, 'full'],
] as const)('%s MiB free is %s', (free, level) => {
  expect(levelOf(free === null ? null : free * MIB, 0, diskLimits)).toBe(level)
})

test('the ballast is written in pieces, given up at once, and its room is not for new work', () => {
  const disk = { free: 3000 * MIB }
  const time = { now: 0 }
  const guard = createDiskGuard({
    home: folder,
    clock: { monotonic: () => (time.now += 1_000) },
    limits: { ...diskLimits, ballast: 2.5 * MIB },
    freeBytes: () => disk.free,
  })
  expect([guard.fillBallast(), guard.fillBallast(), guard.fillBallast()]).toEqual([
    true,
    true,
    true,
  ])
  expect(guard.fillBallast()).toBe(false)
  expect(statSync(join(folder, 'ballast')).size).toBe(2.5 * MIB)
  disk.free = 49 * MIB
  expect(() => guard.assertRoom()).toThrow('no room')
  guard.giveUpBallast()
  expect(existsSync(join(folder, 'ballast'))).toBe(false)
  disk.free = 51.5 * MIB
  expect(guard.level()).toBe('full')
  disk.free = 53 * MIB
  expect(guard.level()).toBe('low')
  expect(() => guard.assertRoom()).not.toThrow()
  expect(() => guard.assertRoomToSpare()).toThrow('no room to spare')
  disk.free = 300 * MIB
  expect(() => guard.assertRoomToSpare()).not.toThrow()
  expect(guard.fillBallast()).toBe(false)
  disk.free = 3000 * MIB
  expect(guard.fillBallast()).toBe(true)
})

interface Desk {
  readonly engine: Engine
  readonly screen: ReturnType<typeof aScreen>
}

async function openDesk(home: string, freeBytes?: () => number): Promise<Desk> {
  const clock = { now: () => NOW, monotonic: () => performance.now() }
  const founding = openHeadless(home, null, clock)
  founding.stores.replica.applyPage({
    entries: [{ scope: 'branch:local', number: 1, changes: await localCity() }],
    settled: [],
    redecide: () => [],
  })
  await founding.close()
  const engine = createEngine({
    home,
    key: null,
    keyProtection: 'file',
    clock,
    scanner: 'none',
    forkDeviceHost: null,
    shellId: 'shell',
    version: 'test',
    sampleAccounts: [],
    startSync: (stores) => noSync(stores),
    ...(freeBytes === undefined
      ? { diskLimits: { short: 1, low: 1, full: 1, ballast: MIB } }
      : { freeBytes }),
  })
  const screen = aScreen(engine)
  await screen.ask('sign-in', { username: 'chen', password: PASSWORD })
  return { engine, screen }
}

const lending = (requestId: string, barcode: string) => ({
  verb: 'perform',
  request: {
    requestId,
    kind: 'loan.check-out',
    payload: { barcode, card: aReader().cardNumber, dueOn: null },
    overrides: [],
    isDryRun: false,
  },
})

test('a desk with 49 MiB refuses new operations, shows why, and goes on when there is room', async () => {
  const disk = { free: 150 * MIB }
  const { engine, screen } = await openDesk(join(folder, 'desk'), () => disk.free)
  await screen.watch('storage-status')
  engine.care.tick()
  expect(screen.news('storage-status')).toMatchObject([{ disk: 'low' }])
  const call = lending('request-0001', '04400510000001')
  disk.free = 49 * MIB
  const level = async () => await screen.ask('storage-status')
  await expect.poll(level).toMatchObject({ answer: { disk: 'full' } })
  expect(await screen.call(call)).toMatchObject({ failure: 'disk-full' })
  expect(engine.stores.outbox.lastSeq()).toBe(0)
  engine.care.tick()
  expect(screen.news('storage-status').at(-1)).toMatchObject({ disk: 'full' })
  disk.free = 60 * MIB
  await expect.poll(level).toMatchObject({ answer: { disk: 'low' } })
  expect(await screen.call(call)).toMatchObject({ answer: { outcome: 'done' } })
  await engine.close()
})

const canMount = process.platform === 'linux' && process.getuid?.() === 0

describe.skipIf(!canMount)('a real disk of 12 MiB that fills (needs root, for tmpfs)', () => {
  test('what was acknowledged is there, nothing half done, and the outbox closes cleanly', async () => {
    const mount = join(folder, 'disk')
    execFileSync('mkdir', [mount])
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', mount])
    try {
      const home = join(mount, 'desk')
      const { engine, screen } = await openDesk(home)
      writeFileSync(join(home, 'ballast'), Buffer.alloc(MIB))
      fill(join(mount, 'filler'))
      // Room for some, not for all.
      truncateSync(join(mount, 'filler'), statSync(join(mount, 'filler')).size - 700_000)
      const done: string[] = []
      const refused: unknown[] = []
      for (let n = 0; refused.length === 0 && n < 3_000; n += 1) {
        const requestId = `request-${String(n).padStart(6, '0')}`
        const kind = n % 2 === 0 ? 'loan.check-out' : 'loan.check-in'
        const payload =
          n % 2 === 0
            ? { barcode: '04400510000001', card: aReader().cardNumber, dueOn: null }
            : { barcode: '04400510000001', returnedOn: null }
        const reply = await screen.call({
          verb: 'perform',
          request: { requestId, kind, payload, overrides: [], isDryRun: false },
        })
        if (reply.reply === 'answer') done.push(requestId)
        else refused.push(reply)
      }
      expect(refused).toMatchObject([{ failure: 'disk-full' }])
      expect(done.length).toBeGreaterThan(3)
      await engine.close()
      rmSync(join(mount, 'filler'))
      const again = openHeadless(home, null)
      expect(again.stores.outbox.isWhole()).toBe(true)
      for (const requestId of done) {
        expect(again.stores.outbox.byRequestId(requestId)?.requestId).toBe(requestId)
      }
      expect(again.stores.outbox.lastSeq()).toBe(done.length)
      await again.close()
    } finally {
      execFileSync('umount', ['-l', mount])
    }
  })
})

/** Until the disk says no. */
function fill(path: string): void {
  const piece = Buffer.alloc(64 * 1024)
  for (let n = 0; n < 1_000; n += 1) {
    try {
      writeFileSync(path, piece, { flag: 'a' })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return
      throw error
    }
  }
}
