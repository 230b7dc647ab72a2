import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { lockHome } from './home-lock.ts'
import { StorageFailure } from './open.ts'

let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'citydesk-lock-'))
})
afterEach(() => {
  rmSync(home, { recursive: true, force: true })
})

const refusal = (): StorageFailure | null => {
  try {
    lockHome(home).release()
    return null
  } catch (error) {
    if (error instanceof StorageFailure) return error
    throw error
  }
}
const lockPath = () => join(home, 'desk.lock')

test('a second program is refused and told who holds the folder', async () => {
  const holder = spawn(process.execPath, [
    '--input-type=module',
    '-e',
    `import { lockHome } from ${JSON.stringify(join(import.meta.dirname, 'home-lock.ts'))}
     lockHome(${JSON.stringify(home)}); console.log('held'); setInterval(() => {}, 1000)`,
  ])
  await once(holder.stdout, 'data')
  expect(refusal()).toMatchObject({ code: 'locked', holderPid: holder.pid })
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  // Its lock outlived it, and is stale.
  expect(JSON.parse(readFileSync(lockPath(), 'utf8'))).toMatchObject({ pid: holder.pid })
  expect(refusal()).toBeNull()
})

test('the same program cannot hold it twice, and may again after release', () => {
  const lock = lockHome(home)
  expect(refusal()).toMatchObject({ code: 'locked', holderPid: process.pid })
  lock.release()
  expect(refusal()).toBeNull()
  expect(readdirSync(home)).toEqual([])
})

test.each([
  ['a program that is gone', () => JSON.stringify({ pid: gonePid(), started: null })],
  ['an earlier program with our pid', () => JSON.stringify({ pid: process.pid, started: null })],
  ['half a line', () => '{"pid":12'],
])('a lock left by %s is taken over', (_left, text) => {
  writeFileSync(lockPath(), text())
  expect(refusal()).toBeNull()
})

test.skipIf(process.platform !== 'linux')(
  'a pid that another program has since been given is no holder (Linux start times)',
  () => {
    writeFileSync(lockPath(), JSON.stringify({ pid: process.ppid, started: 'another-boot/1' }))
    expect(refusal()).toBeNull()
  },
)

test('a lock is not released by one that no longer holds it', () => {
  const lock = lockHome(home)
  writeFileSync(lockPath(), JSON.stringify({ pid: process.ppid, started: null }))
  lock.release()
  expect(refusal()).toMatchObject({ code: 'locked', holderPid: process.ppid })
})

const gonePid = (): number => spawnSync(process.execPath, ['-e', '']).pid
