import { expect, it } from 'vitest'

import { migrate, versionOf } from '../migrate.ts'
import { openDatabase } from '../open.ts'
import { goneBibs } from './0060-gone-bibs.ts'
import { catalogueMigrations } from './catalogue.ts'

const before = catalogueMigrations.filter(({ version }) => version < goneBibs.version)
const open = () =>
  openDatabase({ path: ':memory:', key: null, applicationId: 1, access: 'exclusive' })
const since = "SELECT value FROM progress WHERE name = 'goneSince'"

it('knows what leaves an empty catalogue from its beginning', () => {
  const db = open()
  migrate(db, [...before, goneBibs])
  expect(versionOf(db)).toBe(60)
  expect(db.prepare(since).get()).toBeUndefined()
  db.close()
})

it('knows what leaves a catalogue that was there from now on', () => {
  const db = open()
  migrate(db, before)
  db.exec("INSERT INTO bib (id, body) VALUES ('title-1', '[]')")
  const now = Date.now()
  migrate(db, [...before, goneBibs])
  expect(db.prepare(since).pluck().get()).toBeGreaterThanOrEqual(now)
  db.close()
})
