import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keyFileFor } from '../../db/key-file.ts'
import { openOutbox } from '../../db/outbox/outbox.ts'
import { UnusableInput } from '../command.ts'
import type { CommandEnvironment } from '../command.ts'
import { backup } from './backup.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-cli-backup-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const environment = (): CommandEnvironment => ({
  env: { CITYDESK_KEYS: join(folder, 'keys') },
  home: join(folder, 'home'),
  isJson: false,
  stdin: (async function* none() {})(),
  log: () => undefined,
  signal: new AbortController().signal,
})

test('writes a copy that opens under the key of the home', async () => {
  const out = join(folder, 'copy.backup')
  const outcome = await backup.run([], { out }, environment())
  expect(outcome).toMatchObject({ exit: 0, json: { out, operations: 0, unsent: 0 } })
  const copy = openOutbox(out, keyFileFor(join(folder, 'home'), join(folder, 'keys')))
  expect(copy.isWhole()).toBe(true)
  expect(copy.identity()?.deskName).toBe('local')
  copy.close()
})

test('never writes over a file, and wants to be told where to', async () => {
  const out = join(folder, 'copy.backup')
  writeFileSync(out, 'yesterday')
  await expect(backup.run([], { out }, environment())).rejects.toThrow(UnusableInput)
  await expect(backup.run([], {}, environment())).rejects.toThrow('--out is missing')
  expect(readFileSync(out, 'utf8')).toBe('yesterday')
})
