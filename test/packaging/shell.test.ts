/** The built main process, put together and started, in front of a stand-in for Electron. */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { contentSecurityPolicy } from '../../contract/content-security-policy.ts'
import { windowOptions } from '../../main/electron/app-window.ts'
import { buildElectron } from '../../tools/build-electron.ts'
import { root } from '../../tools/steps.ts'
import type { Scene } from './stand-in-electron.ts'

/** Below the checkout: the native packages are found from here. */
const built = join(root, 'dist', 'shell-in-test')
const runner = fileURLToPath(new URL('stand-in-runner.ts', import.meta.url))

let folder: string
let shell: ChildProcess | null = null
let log: { call: string; given: unknown }[]

beforeAll(async () => {
  if (!(await buildElectron(join(built, 'electron')))) throw new Error('not built')
  mkdirSync(join(built, 'renderer'), { recursive: true })
  writeFileSync(join(built, 'renderer', 'index.html'), '<!doctype html>')
}, 60_000)
afterAll(() => rmSync(built, { recursive: true, force: true }))

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-shell-'))
  log = []
})
afterEach(() => {
  shell?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

function start(scene: Partial<Scene> = {}): Promise<number | null> {
  const whole: Scene = {
    isPackaged: false,
    switches: [],
    isFirstInstance: true,
    keychain: 'gnome_libsecret',
    userFolder: join(folder, 'user'),
    ...scene,
  }
  const child = fork(runner, [join(built, 'electron', 'main.js')], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {
      ...process.env,
      CITYDESK_SCENE: JSON.stringify(whole),
      CITYDESK_DESK_HOME: join(folder, 'desk'),
      CITYDESK_KEYS: join(folder, 'keys'),
      CITYDESK_SCANNER: 'none',
    },
  })
  shell = child
  child.on('message', (line) => log.push(line as (typeof log)[number]))
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)))
}

const calls = (): string[] => log.map(({ call }) => call)
const given = (call: string): unknown[] =>
  log.filter((line) => line.call === call).map((line) => line.given)
const toPage = (): unknown[] => given('to-page')

describe('a start', () => {
  test('locks everything before there is a window, and serves the page', async () => {
    void start()
    await vi.waitFor(() => expect(calls()).toContain('load'), 10_000)
    expect(calls()).toEqual([
      'sandbox',
      'schemes',
      'crash-reports',
      'single-instance',
      'ready',
      'menu',
      'permission-requests',
      'permission-checks',
      'device-permissions',
      'page',
      'window',
      'window.open',
      'load',
    ])
    expect(given('crash-reports')).toEqual([{ uploadToServer: false }])
    expect(given('page')).toEqual([[200, contentSecurityPolicy]])
    expect(given('window')).toEqual([
      windowOptions(false, join(built, 'electron', 'bridge.cjs')).webPreferences,
    ])
    expect(given('window.open')).toEqual(['deny'])
    expect(given('load')).toEqual(['citydesk://app/'])
  })

  test('answers the page, and closes the desk in order when it is ended', async () => {
    const ended = start()
    await vi.waitFor(() => expect(calls()).toContain('load'), 10_000)
    shell?.send({ line: 'hello' })
    await vi.waitFor(() => expect(toPage()).toEqual([{ line: 'open' }]), 10_000)
    shell?.send({ verb: 'ask', id: 1, query: 'session', ask: {} })
    await vi.waitFor(
      () => expect(toPage()[1]).toMatchObject({ reply: 'answer', answer: { version: '1.2.3' } }),
      10_000,
    )
    expect(existsSync(join(folder, 'desk', 'desk.lock'))).toBe(true)
    shell?.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(calls()).toContain('quit-held')
    expect(existsSync(join(folder, 'desk', 'desk.lock'))).toBe(false)
  })

  test('keeps the key in the keychain, and finds it again', async () => {
    for (let count = 0; count < 2; count += 1) {
      const ended = start()
      await vi.waitFor(() => expect(calls()).toContain('load'), 10_000)
      shell?.send({ line: 'hello' })
      await vi.waitFor(() => expect(toPage()).toEqual([{ line: 'open' }]), 10_000)
      shell?.kill('SIGTERM')
      expect(await ended).toBe(0)
      log = []
    }
    const record = statSync(join(folder, 'desk', 'electron', 'desk-key.json'))
    expect(record.mode & 0o777).toBe(0o600)
  })
})

describe('no window opens', () => {
  test.each(['remote-debugging-port', 'remote-debugging-pipe', 'inspect'])(
    'in a packaged desk started with --%s',
    async (name) => {
      expect(await start({ isPackaged: true, switches: [name] })).toBe(1)
      expect(log).toEqual([{ call: 'exit', given: 1 }])
    },
  )

  test('where the desk is open already', async () => {
    expect(await start({ isFirstInstance: false })).toBe(3)
    expect(calls()).not.toContain('window')
  })

  test('where the key was wrapped on another desktop: it says so and changes nothing', async () => {
    const shellFolder = join(folder, 'desk', 'electron')
    const record = { version: 1, backend: 'kwallet6', wrapped: 'AAAA' }
    mkdirSync(shellFolder, { recursive: true })
    writeFileSync(join(shellFolder, 'desk-key.json'), JSON.stringify(record))
    expect(await start()).toBe(3)
    expect(calls()).not.toContain('window')
    expect(given('error')).toEqual([
      expect.stringMatching(/另一种桌面环境.*kwallet6 → gnome_libsecret$/su),
    ])
    expect(existsSync(join(folder, 'keys'))).toBe(false)
  })
})
