import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { NOW } from '../test/builders/city.ts'
import { anOperation } from '../test/builders/stores.ts'
import { backUp, backUpDaily, backupsIn, lastBackupDay } from './backup.ts'
import { openOutbox } from './outbox/outbox.ts'

const key = randomBytes(32)
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-backup-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('a backup is whole, encrypted under the same key, and made while the desk works', () => {
  const outbox = openOutbox(join(folder, 'outbox.db'), key)
  outbox.append(anOperation(1, { summary: { text: 'marker-of-plain-text' } }), null)
  const into = join(folder, 'copy.db')
  backUp(outbox, into)
  outbox.append(anOperation(2), null)
  expect(readFileSync(into).includes('marker-of-plain-text')).toBe(false)
  expect(() => openOutbox(into, randomBytes(32))).toThrow('wrong-key')
  const copy = openOutbox(into, key)
  expect([copy.isWhole(), copy.lastSeq()]).toEqual([true, 1])
  copy.close()
  // A later one takes its place.
  backUp(outbox, into)
  const later = openOutbox(into, key)
  expect(later.lastSeq()).toBe(2)
  later.close()
  outbox.close()
  expect(readdirSync(folder).filter((name) => name.includes('draft'))).toEqual([])
})

test('three days are kept, the newest first', () => {
  const outbox = openOutbox(join(folder, 'outbox.db'), null)
  expect(lastBackupDay(folder)).toBeNull()
  for (const day of [0, 1, 2, 3, 4]) backUpDaily(outbox, folder, NOW + day * 86_400_000)
  outbox.close()
  const days = backupsIn(folder).map((path) => path.slice(-'20261122.backup'.length))
  expect(days).toHaveLength(3)
  expect(days).toEqual(days.toSorted().toReversed())
  expect(lastBackupDay(folder)).toBe(
    Date.parse(new Date(NOW + 4 * 86_400_000).toISOString().slice(0, 10)),
  )
})
