import { expect, it } from 'vitest'

import { migrate, versionOf } from '../migrate.ts'
import { openDatabase } from '../open.ts'
import { lookupTables, titles } from './0010-titles.ts'

it('makes the tables once, with the merge settings that do not stall', () => {
  const db = openDatabase({ path: ':memory:', key: null, applicationId: 1, access: 'exclusive' })
  migrate(db, [titles])
  migrate(db, [titles])
  expect(versionOf(db)).toBe(10)
  const tables = db
    .prepare(
      "SELECT name FROM pragma_table_list WHERE strict = 1 AND schema = 'main' ORDER BY name",
    )
    .pluck()
    .all()
  const lookups = lookupTables.map(({ name }) => name)
  expect(tables).toEqual(
    ['bib', 'progress', 'title', 'titleRest', 'vocabulary', ...lookups].toSorted(),
  )
  const settings = db.prepare('SELECT k, v FROM titleIndex_config ORDER BY k').raw().all()
  expect(Object.fromEntries(settings as [string, number][])).toMatchObject({
    automerge: 16,
    crisismerge: 64,
  })
  db.close()
})
