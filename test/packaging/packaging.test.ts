/**
 * What a package contains, and that it works on its own. electron-builder packs around a stand-in for
 * Electron's binary; the packed engine then runs under plain Node, far from this checkout.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractAll, extractFile, listPackage } from '@electron/asar'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openHeadless } from '../../main/engine/headless.ts'
import { superviseEngine } from '../../main/electron/engine-process.ts'
import type { DeskOptions } from '../../main/sync/desk-messages.ts'
import { udevRuleFor } from '../../devices/denied-remedy.ts'
import { root, succeeds } from '../../tools/steps.ts'
import { PASSWORD, localCity } from '../builders/desk.ts'
import { aReader } from '../builders/city.ts'
import { createFork } from './fork-utility.ts'
import { openPackagedDesk } from './packaged-desk.ts'
import type { PackagedDesk } from './packaged-desk.ts'

const isLinux = process.platform === 'linux'
/** Fuses in the order of their wire: `0` off, `1` on (reference/security-reliability.md 1.2 row 10). */
const releaseFuses = '010011001'
/** The fourth, NodeCliInspect, lets a test driver attach. */
const testFuses = '010111001'

const folder = mkdtempSync(join(tmpdir(), 'citydesk-package-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function pack(out: string, ...args: string[]): Promise<string> {
  const tool = join(root, 'tools', 'package.ts')
  const options = ['--fake-dist', '--without-pages', '--out', out, ...args]
  if (!(await succeeds([process.execPath, tool, ...options]))) throw new Error('not packaged')
  return join(out, 'linux-unpacked')
}

function fuseWire(binary: string): string {
  const bytes = readFileSync(binary)
  const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
  const at = bytes.indexOf(sentinel)
  if (at === -1) throw new Error('no fuses in it')
  const start = at + sentinel.length
  return bytes.toString('latin1', start + 2, start + 2 + (bytes[start + 1] ?? 0))
}

describe.skipIf(!isLinux)('a package for Linux (needs Linux: the stand-in is one)', () => {
  let unpacked: string
  let asar: string
  let files: string[]

  beforeAll(async () => {
    unpacked = await pack(join(folder, 'release'))
    asar = join(unpacked, 'resources', 'app.asar')
    files = listPackage(asar, { isPack: false })
  }, 120_000)

  test('has the fuses of a release', () => {
    expect(fuseWire(join(unpacked, 'citydesk'))).toBe(releaseFuses)
  })

  test('has the shell, and starts with it', () => {
    expect(files).toEqual(
      expect.arrayContaining(
        [
          'main.js',
          'engine-entry.js',
          'device-host.js',
          'search-worker.js',
          'survey-worker.js',
          'adopt-worker.js',
          'bridge.cjs',
        ].map((name) => `/dist/electron/${name}`),
      ),
    )
    const manifest = JSON.parse(extractFile(asar, 'package.json').toString()) as object
    expect(manifest).toMatchObject({ main: 'dist/electron/main.js', type: 'module' })
  })

  test('has nothing but the built shell, the pages and the native packages', () => {
    const tops = new Set(files.map((path) => path.split('/').slice(1, 3).join('/')))
    tops.delete('dist/renderer')
    expect([...tops].toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      'dist',
      'dist/electron',
      'node_modules',
      'node_modules/@node-rs',
      'node_modules/better-sqlite3',
      'node_modules/node-hid',
      'node_modules/pkg-prebuilds',
      'package.json',
    ])
  })

  test.each([
    ['TypeScript', /\.tsx?$/],
    ['source maps', /\.map$/],
    ['native sources', /\.(?:c|cc|cpp|h|hpp|gyp|gypi|tcl)$/],
    ['the browser shell', /browser\/|start-shell|shell-server/],
    ['tests', /\.(?:test|spec)\./],
    ['binaries of other systems', /(?:darwin|win32|musl|arm64?)[^/]*(?:\/[^/]*)?\.node$/],
  ])('has no %s', (_what, pattern) => {
    expect(files.filter((path) => pattern.test(path))).toEqual([])
  })

  test('no bundle carries a function of the loopback gate', () => {
    const gate = ['gate.ts', 'shell-server.ts'].map((name) =>
      readFileSync(join(root, 'main', 'browser', name), 'utf8'),
    )
    const names = gate.flatMap((text) =>
      [...text.matchAll(/^export (?:async )?(?:function|const) (\w{6,})/gm)].map(
        ([, name]) => name,
      ),
    )
    expect(names).toContain('startShellServer')
    const bundles = files.filter((path) => /^\/dist\/electron\/.*\.c?js$/.test(path))
    expect(bundles.length).toBeGreaterThan(4)
    for (const path of bundles) {
      const text = extractFile(asar, path.slice(1)).toString()
      expect(
        names.filter((name) => new RegExp(`\\b${name}\\b`).test(text)),
        path,
      ).toEqual([])
    }
  })

  test('has the native binaries outside the archive, where the system can load them', () => {
    const natives = readdirSync(`${asar}.unpacked`, { recursive: true })
      .map(String)
      .filter((path) => path.endsWith('.node'))
    expect(natives).toEqual(
      expect.arrayContaining([
        `node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`,
        `node_modules/node-hid/prebuilds/HID_hidraw-linux-${process.arch}/node-napi-v4.node`,
      ]),
    )
    expect(natives.some((path) => path.startsWith('node_modules/@node-rs/argon2-'))).toBe(true)
  })

  test('one that tests may drive differs by one fuse', async () => {
    const driven = await pack(join(folder, 'e2e'), '--e2e')
    expect(fuseWire(join(driven, 'citydesk'))).toBe(testFuses)
  }, 120_000)

  describe('on its own', () => {
    const options: DeskOptions = {
      home: join(folder, 'home'),
      keyHex: randomBytes(32).toString('hex'),
      keyProtection: 'file',
      deviceKeyPath: join(folder, 'keys', 'desk.pem'),
      keyPath: null,
      enrolment: null,
      serverUrl: null,
      scanner: 'demo',
      shellId: randomUUID(),
      version: '1.2.3',
      sampleAccounts: [],
    }
    let packaged: PackagedDesk
    let app: string

    beforeAll(async () => {
      app = join(folder, 'app')
      mkdirSync(app)
      extractAll(asar, app)
      const founding = openHeadless(options.home, Buffer.from(options.keyHex, 'hex'))
      founding.stores.replica.applyPage({
        entries: [{ scope: 'branch:local', number: 1, changes: await localCity() }],
        settled: [],
        redecide: () => [],
      })
      await founding.close()
      packaged = openPackagedDesk(app, options)
    }, 60_000)
    afterAll(() => packaged.engine.stop())

    const processesOf = (name: string) => packaged.forked.filter(({ file }) => file.endsWith(name))
    const lend = (barcode: string, requestId: string) =>
      packaged.desk.perform({
        requestId,
        kind: 'loan.check-out',
        payload: { barcode, card: aReader().cardNumber, dueOn: null },
        overrides: [],
        isDryRun: false,
      })

    test('the bridge shows the page three functions and nothing else', () => {
      expect(Object.keys(packaged.exposed)).toEqual(['citydesk'])
      expect(Object.entries(packaged.desk).map(([name, value]) => [name, typeof value])).toEqual([
        ['perform', 'function'],
        ['ask', 'function'],
        ['watch', 'function'],
      ])
    })

    test('the line opens', async () => {
      await vi.waitFor(() => expect(packaged.lineStates).toEqual(['open']), 10_000)
    })

    test('an unknown question is refused by name', async () => {
      await expect(packaged.desk.ask('drop-table', {})).rejects.toThrow(/^unknown-route: /)
    })

    test('the engine answers, checks a password, lends and searches', async () => {
      expect(await packaged.desk.ask('session', {})).toMatchObject({
        staff: null,
        version: '1.2.3',
      })
      const wrong = { username: 'chen', password: 'wrong' }
      const right = { username: 'chen', password: PASSWORD }
      const refused = { outcome: 'wrong-name-or-password' }
      expect(await packaged.desk.ask('sign-in', wrong)).toMatchObject(refused)
      expect(await packaged.desk.ask('sign-in', right)).toMatchObject({ outcome: 'signed-in' })
      const receipt = await lend('04400510000001', 'first-loan-1')
      expect(receipt).toMatchObject({ outcome: 'done' })
      const found = await packaged.desk.ask('search-titles', { text: '三体', limit: 5 })
      expect(found).toMatchObject({ rows: [], total: 0 })
    })

    const started = { kind: 'started', captures: [] }
    test('the device host runs beside the engine, and a virtual scan comes through', async () => {
      await vi.waitFor(
        () => expect(processesOf('device-host.js')[0]?.messages).toContainEqual(started),
        10_000,
      )
      const scans: unknown[] = []
      const stop = packaged.desk.watch('scan', (news) => scans.push(news))
      await packaged.desk.ask('virtual-scan', { text: '04400510000002', aim: null })
      await vi.waitFor(() => expect(scans).toHaveLength(1), 10_000)
      stop()
      expect(scans[0]).toMatchObject({ text: '04400510000002', kind: 'item', source: 'virtual' })
    })

    test('an engine that is killed is back with everything it acknowledged', async () => {
      const before = processesOf('engine-entry.js').length
      const killed = processesOf('engine-entry.js').at(-1)?.child
      killed?.kill('SIGSTOP')
      const asked = packaged.desk.ask('session', {})
      killed?.kill('SIGKILL')
      await expect(asked).rejects.toThrow(/^engine-stopped: $/)
      await vi.waitFor(
        () => expect(packaged.lineStates).toEqual(['open', 'closed', 'open']),
        10_000,
      )
      expect(processesOf('engine-entry.js')).toHaveLength(before + 1)
      const today = await packaged.desk.ask('today', { limit: 10 })
      expect(today).toMatchObject({ lentCount: 1 })
      // A second try of the same intention gets the first receipt: it is not lent twice.
      const again = await lend('04400510000001', 'first-loan-1')
      expect(again).toMatchObject({ outcome: 'done' })
      expect(await packaged.desk.ask('today', { limit: 10 })).toMatchObject({ lentCount: 1 })
    })

    test('a second program on the same data is told that the desk is open', async () => {
      const failures: string[] = []
      superviseEngine({
        fork: createFork([]),
        engineFile: join(app, 'dist', 'electron', 'engine-entry.js'),
        deviceHostFile: '',
        options,
        onFailed: (failure) => failures.push(failure),
      })
      await vi.waitFor(() => expect(failures).toEqual(['home-in-use']), 10_000)
    })
  })
})

test('the udev rules of the package are those that the desk tells', () => {
  const text = readFileSync(join(root, 'packaging', '70-citydesk-hid.rules'), 'utf8')
  const rules = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  expect(rules.length).toBeGreaterThan(3)
  for (const rule of rules) {
    const vendor = /idVendor\}=="([0-9a-f]{4})"/.exec(rule)?.[1] ?? ''
    expect(rule).toBe(udevRuleFor(Number.parseInt(vendor, 16)))
  }
})
