import { afterEach, beforeEach, expect, test } from 'vitest'

import { migrate, versionOf } from './migrate.ts'
import type { Migration } from './migrate.ts'
import { openDatabase } from './open.ts'
import type { Database } from './open.ts'

let db: Database
beforeEach(() => {
  db = openDatabase({ path: ':memory:', key: null, applicationId: 1, access: 'exclusive' })
})
afterEach(() => {
  db.close()
})

const step = (version: number, sql: string): Migration => ({
  version,
  up: (db) => {
    db.exec(sql)
  },
})
const ten = step(10, 'CREATE TABLE a (x TEXT) STRICT')
const twenty = step(20, 'CREATE TABLE b (x TEXT) STRICT')

const tables = () =>
  db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).pluck().all()

test('does each migration once, in order', () => {
  migrate(db, [ten])
  expect([versionOf(db), tables()]).toEqual([10, ['a']])
  migrate(db, [ten, twenty])
  migrate(db, [ten, twenty])
  expect([versionOf(db), tables()]).toEqual([20, ['a', 'b']])
})

test('a migration that throws leaves the one before', () => {
  const broken = step(20, 'CREATE TABLE b (x TEXT) STRICT; CREATE TABLE b (x TEXT)')
  expect(() => {
    migrate(db, [ten, broken])
  }).toThrow('already exists')
  expect([versionOf(db), tables()]).toEqual([10, ['a']])
})

test('a file of a newer program is refused', () => {
  migrate(db, [ten, twenty])
  expect(() => {
    migrate(db, [ten])
  }).toThrow('from-the-future')
})

test('numbers that do not rise are a defect', () => {
  expect(() => {
    migrate(db, [twenty, ten])
  }).toThrow('must rise')
})
