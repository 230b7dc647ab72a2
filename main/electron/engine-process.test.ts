import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { FakeForks } from '../../test/packaging/fake-electron.ts'
import type { FakeChild } from '../../test/packaging/fake-electron.ts'
import type { DeskOptions } from '../sync/desk-messages.ts'
import { superviseEngine } from './engine-process.ts'
import type { KeptEngine } from '../sync/keep-engine.ts'

const options: DeskOptions = {
  home: '/desk',
  keyHex: '0'.repeat(64),
  keyProtection: 'keychain',
  deviceKeyPath: '/keys/desk.pem',
  keyPath: null,
  enrolment: null,
  serverUrl: null,
  scanner: 'none',
  shellId: 'shell',
  version: '0.0.0',
  sampleAccounts: [],
}

const listener = () => vi.fn<(reply?: unknown) => void>()
let forks: FakeForks
let engine: KeptEngine
let failures: string[]
const newest = (): FakeChild => forks.last('engine.js')
const engines = (): FakeChild[] => forks.children.filter(({ file }) => file === 'engine.js')

beforeEach(() => {
  vi.useFakeTimers()
  forks = new FakeForks()
  failures = []
  engine = superviseEngine({
    fork: forks.fork,
    engineFile: 'engine.js',
    deviceHostFile: 'device-host.js',
    options,
    onFailed: (failure, detail) => failures.push(`${failure} ${detail}`),
  })
})
afterEach(() => {
  vi.useRealTimers()
})

test('the options go over the port, the key in nobody else’s sight', () => {
  expect(newest().received).toEqual([{ start: options }])
  expect(newest().args).toEqual([])
})

test('no line opens before the engine serves', () => {
  expect(engine.openLine(listener(), listener())).toBeNull()
})

describe('an engine that serves', () => {
  beforeEach(() => newest().says({ from: 'ready' }))

  test('has its lines told apart', () => {
    const [one, two] = [listener(), listener()]
    engine.openLine(one, listener())?.call('question 1')
    const second = engine.openLine(two, listener())
    second?.call('question 2')
    expect(newest().received.slice(1)).toEqual([
      { to: 'open', line: 1 },
      { to: 'call', line: 1, call: 'question 1' },
      { to: 'open', line: 2 },
      { to: 'call', line: 2, call: 'question 2' },
    ])
    newest().says({ from: 'reply', line: 2, reply: 'answer 2' })
    expect(one).not.toHaveBeenCalled()
    expect(two).toHaveBeenCalledExactlyOnceWith('answer 2')
    second?.close()
    newest().says({ from: 'reply', line: 2, reply: 'too late' })
    expect(two).toHaveBeenCalledOnce()
    expect(newest().received.at(-1)).toEqual({ to: 'close', line: 2 })
  })

  test('that dies ends its lines at once and is back within three seconds', () => {
    const [onEnd, onReady] = [listener(), listener()]
    engine.openLine(listener(), onEnd)
    engine.onReady(onReady)
    newest().dies()
    expect(onEnd).toHaveBeenCalledOnce()
    expect(engine.openLine(listener(), listener())).toBeNull()
    vi.advanceTimersByTime(100)
    expect(engines()).toHaveLength(2)
    expect(newest().received).toEqual([{ start: options }])
    newest().says({ from: 'ready' })
    expect(onReady).toHaveBeenCalledOnce()
    expect(engine.openLine(listener(), listener())).not.toBeNull()
  })

  test('a line of a dead engine closes without a word to the next', () => {
    const line = engine.openLine(listener(), listener())
    newest().dies()
    vi.advanceTimersByTime(100)
    line?.close()
    expect(newest().received).toEqual([{ start: options }])
  })

  test('is asked to stop, and ended by force only where it does not', async () => {
    const child = newest()
    const stopping = engine.stop()
    expect(child.received.at(-1)).toEqual({ to: 'stop' })
    vi.advanceTimersByTime(4_999)
    expect(child.isKilled).toBe(false)
    vi.advanceTimersByTime(1)
    expect(child.isKilled).toBe(true)
    child.dies(0)
    await stopping
    vi.advanceTimersByTime(60_000)
    expect(engines()).toHaveLength(1)
  })
})

test('an engine that keeps dying is tried more slowly, never more than two seconds apart', () => {
  const pauses: number[] = []
  for (let count = 0; count < 8; count += 1) {
    const before = engines().length
    newest().dies()
    let ms = 0
    while (engines().length === before) {
      vi.advanceTimersByTime(100)
      ms += 100
    }
    pauses.push(ms)
  }
  expect(pauses).toEqual([100, 200, 400, 800, 1000, 1000, 1000, 1000])
  vi.advanceTimersByTime(10_001)
  newest().dies()
  const before = engines().length
  vi.advanceTimersByTime(100)
  expect(engines()).toHaveLength(before + 1)
})

test('an engine that cannot start is not tried again', () => {
  newest().says({ from: 'failed', failure: 'home-in-use', detail: 'program 42' })
  newest().dies(3)
  vi.advanceTimersByTime(60_000)
  expect(failures).toEqual(['home-in-use program 42'])
  expect(engines()).toHaveLength(1)
})

describe('the device host', () => {
  const hostOptions = { port: 'node-hid', capturesDir: null }
  const startHost = (): FakeChild => {
    newest().says({ host: 1, ask: 'fork', options: hostOptions })
    return forks.last('device-host.js')
  }

  test('is started for the engine, and its messages are carried', () => {
    const host = startHost()
    expect(host.args).toEqual([JSON.stringify(hostOptions)])
    newest().says({ host: 1, ask: 'post', message: { kind: 'stop' } })
    expect(host.received).toEqual([{ kind: 'stop' }])
    host.says({ kind: 'stopped' })
    host.dies(0)
    expect(newest().received.slice(1)).toEqual([
      { host: 1, tells: 'message', message: { kind: 'stopped' } },
      { host: 1, tells: 'exit', reason: 'exit code 0' },
    ])
  })

  test('is killed on request', () => {
    const host = startHost()
    newest().says({ host: 1, ask: 'kill' })
    expect(host.isKilled).toBe(true)
  })

  test('goes with its engine, and its last word is not for the next one', () => {
    const host = startHost()
    newest().dies()
    expect(host.isKilled).toBe(true)
    vi.advanceTimersByTime(100)
    host.dies(0)
    expect(newest().received).toEqual([{ start: options }])
  })
})
