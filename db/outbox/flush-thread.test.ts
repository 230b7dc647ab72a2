import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'

import { flushThread } from './flush-thread.ts'

const NO_FILE = 1_000_000

test('a flush that fails says so, with a thread and without', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'citydesk-flush-'))
  const fd = openSync(join(folder, 'lines'), 'a')
  const thread = flushThread()
  const flush = (of: number): void => {
    thread.begin(of)
    thread.end(of)
  }
  expect(() => flush(NO_FILE)).toThrow('EBADF')
  const saysOfBad = (): string => {
    try {
      flush(NO_FILE)
    } catch (error) {
      return (error as Error).message
    }
    return ''
  }
  for (let count = 0; count < 40; count += 1) {
    writeSync(fd, 'line\n')
    flush(fd)
  }
  // The thread needs its time to begin.
  while (!saysOfBad().startsWith('EIO')) await wait(5)
  expect(saysOfBad()).toMatch('EIO: fdatasync failed')
  // One that nobody waits for does not answer for the next.
  thread.begin(fd)
  expect(saysOfBad()).toMatch('EIO: fdatasync failed')
  thread.begin(NO_FILE)
  expect(() => flush(fd)).not.toThrow()
  thread.close()
  expect(() => flush(fd)).not.toThrow()
  closeSync(fd)
  rmSync(folder, { recursive: true })
})

test('a program that does not close it ends all the same', () => {
  const program = `
    import { flushThread } from ${JSON.stringify(join(import.meta.dirname, 'flush-thread.ts'))}
    import { setTimeout as wait } from 'node:timers/promises'
    const thread = flushThread()
    const failures = []
    for (let count = 0; count < 200; count += 1) {
      thread.begin(1_000_000)
      try { thread.end(1_000_000) } catch (error) { failures.push(error.code) }
      await wait(1)
    }
    console.log('ended', failures.length)`
  const said = execFileSync(process.execPath, ['--input-type=module-typescript', '-e', program], {
    encoding: 'utf8',
    timeout: 60_000,
  })
  expect(said).toBe('ended 200\n')
})
