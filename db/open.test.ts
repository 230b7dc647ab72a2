import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { StorageFailure, inTransaction, openDatabase } from './open.ts'
import type { OpenOptions } from './open.ts'

const APPLICATION = 0x43_44_74_65
const MARKER = '王小明-marker-of-plain-text'
const key = randomBytes(32)
let folder = ''
let path = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-open-'))
  path = join(folder, 'x.db')
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const open = (parts: Partial<OpenOptions> = {}) =>
  openDatabase({ path, key, applicationId: APPLICATION, access: 'exclusive', ...parts })

const codeOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof StorageFailure) return error.code
    throw error
  }
  return 'none'
}

function withOneRow(): void {
  const db = open()
  db.exec('CREATE TABLE x (text TEXT) STRICT')
  db.prepare('INSERT INTO x VALUES (?)').run(MARKER)
  db.close()
}

describe('openDatabase', () => {
  test('sets every pragma, on a new file and on a reopened one', () => {
    withOneRow()
    const db = open()
    const found = Object.fromEntries(
      [
        'journal_mode',
        'synchronous',
        'locking_mode',
        'foreign_keys',
        'trusted_schema',
        'cell_size_check',
        'temp_store',
        'journal_size_limit',
        'secure_delete',
        'mmap_size',
        'busy_timeout',
        'application_id',
      ].map((name) => [name, db.pragma(name, { simple: true })]),
    )
    expect(found).toEqual({
      journal_mode: 'wal',
      synchronous: 2,
      locking_mode: 'exclusive',
      foreign_keys: 1,
      trusted_schema: 0,
      cell_size_check: 1,
      temp_store: 2,
      journal_size_limit: 67_108_864,
      secure_delete: 2,
      mmap_size: 0,
      busy_timeout: 250,
      application_id: APPLICATION,
    })
    db.close()
  })

  test('an encrypted file and its log hold no plain text', () => {
    const db = open()
    db.exec('CREATE TABLE x (text TEXT) STRICT')
    db.prepare('INSERT INTO x VALUES (?)').run(MARKER)
    const log = readFileSync(`${path}-wal`)
    expect(log.length).toBeGreaterThan(0)
    expect(log.includes(Buffer.from(MARKER))).toBe(false)
    db.close()
    expect(readFileSync(path).includes(Buffer.from(MARKER))).toBe(false)
    expect(readFileSync(path).includes(Buffer.from('SQLite format 3'))).toBe(false)
  })

  test('a plain file holds it, so the check above can fail', () => {
    const db = open({ key: null })
    db.exec('CREATE TABLE x (text TEXT) STRICT')
    db.prepare('INSERT INTO x VALUES (?)').run(MARKER)
    db.close()
    expect(readFileSync(path).includes(Buffer.from(MARKER))).toBe(true)
  })

  test('another key, and no key, are refused; the right one still opens', () => {
    withOneRow()
    expect(codeOf(() => open({ key: randomBytes(32) }))).toBe('wrong-key')
    expect(codeOf(() => open({ key: null }))).toBe('wrong-key')
    const db = open()
    expect(db.prepare('SELECT text FROM x').pluck().get()).toBe(MARKER)
    db.close()
  })

  test('a second opener is refused while the first holds the file', () => {
    const first = open()
    first.exec('CREATE TABLE x (text TEXT) STRICT')
    expect(codeOf(() => open())).toBe('locked')
    first.close()
    expect(codeOf(() => open().close())).toBe('none')
  })

  test('a file of another application is refused', () => {
    withOneRow()
    expect(codeOf(() => open({ applicationId: 1 }))).toBe('damaged')
  })

  test('a flipped bit is found after a crash', () => {
    const db = open()
    db.exec('CREATE TABLE x (text TEXT) STRICT')
    const insert = db.prepare('INSERT INTO x VALUES (?)')
    for (let row = 0; row < 500; row += 1) insert.run(`${MARKER}-${row}`)
    db.close()
    const bytes = readFileSync(path)
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 2000) ^ 1, bytes.length - 2000)
    writeFileSync(path, bytes)
    writeFileSync(`${path}-wal`, '')
    expect(codeOf(() => open())).toBe('damaged')
  })

  test('shared: a reader beside a writer', () => {
    const writer = open({ access: 'shared' })
    writer.exec('CREATE TABLE x (text TEXT) STRICT')
    const reader = open({ access: 'shared-read-only' })
    writer.prepare('INSERT INTO x VALUES (?)').run('one')
    expect(reader.prepare('SELECT text FROM x').pluck().all()).toEqual(['one'])
    expect(codeOf(() => inTransaction(reader, () => reader.exec('DELETE FROM x')))).toBe('io')
    reader.close()
    writer.close()
  })

  test('a transaction that throws leaves nothing', () => {
    const db = open({ path: ':memory:', key: null })
    db.exec('CREATE TABLE x (text TEXT) STRICT')
    expect(() =>
      inTransaction(db, () => {
        db.exec(`INSERT INTO x VALUES ('one')`)
        throw new Error('after the write')
      }),
    ).toThrow('after the write')
    expect(db.prepare('SELECT count(*) FROM x').pluck().get()).toBe(0)
    db.close()
  })
})
