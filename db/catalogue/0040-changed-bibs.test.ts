import { expect, it } from 'vitest'

import { migrate, versionOf } from '../migrate.ts'
import { openDatabase } from '../open.ts'
import { titles } from './0010-titles.ts'
import { ownTitles } from './0020-own-titles.ts'
import { changedBibs } from './0040-changed-bibs.ts'

const open = () =>
  openDatabase({ path: ':memory:', key: null, applicationId: 1, access: 'exclusive' })
const since = "SELECT value FROM progress WHERE name = 'changesSince'"

it('knows the changes of an empty catalogue from its beginning', () => {
  const db = open()
  migrate(db, [titles, ownTitles, changedBibs])
  expect(versionOf(db)).toBe(40)
  expect(db.prepare(since).get()).toBeUndefined()
  db.close()
})

it('knows the changes of a catalogue that was there from now on', () => {
  const db = open()
  migrate(db, [titles, ownTitles])
  db.exec(`INSERT INTO bib (id, body) VALUES ('title-1', '[]')`)
  const before = Date.now()
  migrate(db, [titles, ownTitles, changedBibs])
  expect(db.prepare('SELECT changedAt FROM bib').pluck().get()).toBe(0)
  expect(db.prepare(since).pluck().get()).toBeGreaterThanOrEqual(before)
  db.close()
})
