import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { readJournal } from './journal.ts'
import { openOutbox } from './outbox.ts'

const MARKER = 'marker-of-plain-text'
const key = randomBytes(32)
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-kill-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const journalOf = (path: string): string => join(path, '..', 'journal')

/** Appends for ever and says each number once its commit has returned. */
const appender = (path: string): string => `
  import { writeSync } from 'node:fs'
  import { mirrored } from ${JSON.stringify(join(import.meta.dirname, 'mirrored-outbox.ts'))}
  import { openOutbox } from ${JSON.stringify(join(import.meta.dirname, 'outbox.ts'))}
  const builders = ${JSON.stringify(join(import.meta.dirname, '../../test/builders/stores.ts'))}
  const { anOperation } = await import(builders)
  const key = Buffer.from('${key.toString('hex')}', 'hex')
  const outbox = mirrored(openOutbox(${JSON.stringify(path)}, key), ${JSON.stringify(journalOf(path))}, key)
  for (let seq = outbox.lastSeq() + 1; ; seq += 1) {
    outbox.append(anOperation(seq, { summary: { text: '${MARKER}' } }), null)
    writeSync(1, seq + '\\n')
  }`

/** Kills the appender once it has acknowledged `count` more; answers the last number it said. */
async function killAfter(path: string, count: number): Promise<number> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', appender(path)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let last = 0
  let said = 0
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line)
    said += 1
    if (said === count) child.kill('SIGKILL')
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return last
}

test('I1 what was acknowledged survives kill -9, again and again', async () => {
  const path = join(folder, 'outbox.db')
  for (const count of [1, 17, 60]) {
    const acknowledged = await killAfter(path, count)
    const outbox = openOutbox(path, key)
    // The one that was being written when it died may be there too.
    expect(outbox.lastSeq() - acknowledged).toBeOneOf([0, 1])
    expect(acknowledged).toBeGreaterThanOrEqual(count)
    for (let seq = 1; seq <= acknowledged; seq += 1) {
      expect(outbox.bySeq(seq)?.summary).toEqual({ text: MARKER })
    }
    outbox.close()
  }
})

test('I1 it is in the mirror too, which alone is enough', async () => {
  const path = join(folder, 'outbox.db')
  for (const count of [1, 40]) {
    const acknowledged = await killAfter(path, count)
    const seqs = new Set<number>()
    const report = readJournal(journalOf(path), key, (entry) => {
      if (entry.line === 'operation') seqs.add(entry.operation.seq)
    })
    expect(report.damagedLines).toBe(0)
    for (let seq = 1; seq <= acknowledged; seq += 1) expect(seqs.has(seq)).toBe(true)
  }
})

test('no file of a killed desk holds plain text, and another key does not open it', async () => {
  const path = join(folder, 'outbox.db')
  await killAfter(path, 20)
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name).slice(folder.length + 1))
  expect(files).toContain('outbox.db-wal')
  for (const name of files) {
    expect(readFileSync(join(folder, name)).includes(Buffer.from(MARKER))).toBe(false)
  }
  expect(() => openOutbox(path, randomBytes(32))).toThrow('wrong-key')
  const outbox = openOutbox(path, key)
  expect(outbox.lastSeq()).toBeGreaterThanOrEqual(20)
  outbox.close()
})
