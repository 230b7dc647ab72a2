import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { migrate } from '../migrate.ts'
import { openDatabase } from '../open.ts'
import type { Database } from '../open.ts'
import { operations } from './0010-operations.ts'
import { outboxMigrations } from './outbox.ts'

const empty = () =>
  openDatabase({ path: ':memory:', key: null, applicationId: 1, access: 'exclusive' })

const schemaOf = (db: Database) =>
  db
    .prepare(`SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name`)
    .all()

test('10 makes the log, the trail, the desk and its settings from nothing', () => {
  const db = empty()
  migrate(db, [operations])
  const tables = db
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
    .pluck()
    .all()
  expect(tables).toEqual(['audit', 'desk', 'operation', 'setting'])
  db.close()
})

test('a migrated outbox equals a fresh one', () => {
  const migrated = empty()
  migrate(migrated, outboxMigrations)
  const fresh = empty()
  fresh.exec(readFileSync(join(import.meta.dirname, 'schema.sql'), 'utf8'))
  expect(schemaOf(migrated)).toEqual(schemaOf(fresh))
  migrated.close()
  fresh.close()
})
