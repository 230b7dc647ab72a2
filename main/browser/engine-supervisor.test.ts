import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { superviseEngine } from './engine-supervisor.ts'
import type { EngineSupervisor } from './engine-supervisor.ts'

let folder: string
let engine: EngineSupervisor

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-supervisor-'))
  engine = superviseEngine({
    home: join(folder, 'home'),
    keyHex: randomBytes(32).toString('hex'),
    keyProtection: 'file',
    deviceKeyPath: join(folder, 'device.pem'),
    enrolment: null,
    serverUrl: null,
    sampleAccounts: [],
    scanner: 'none',
    shellId: 'test',
    version: '0',
  })
  await engine.started
}, 30_000)
afterEach(async () => {
  await engine.stop()
  rmSync(folder, { recursive: true, force: true })
  rmSync(join(folder, 'home-journal'), { recursive: true, force: true })
})

const soon = { timeout: 20_000, interval: 20 }

test('words to an engine that has just died are lost with it, and the shell lives', async () => {
  let ends = 0
  const line = engine.openLine(
    () => undefined,
    () => (ends += 1),
  )
  const pid = engine.pid() ?? 0
  process.kill(pid, 'SIGKILL')
  // It is gone, and this thread has not looked up yet: the write meets a broken pipe.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  line?.call({ id: 1, verb: 'ask', query: 'session', question: {} })
  await expect.poll(() => ends, soon).toBe(1)
  await expect.poll(() => engine.pid() !== null && engine.pid() !== pid, soon).toBe(true)
}, 60_000)
