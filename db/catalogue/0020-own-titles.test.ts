import { expect, it } from 'vitest'

import { migrate, versionOf } from '../migrate.ts'
import { openDatabase } from '../open.ts'
import { titles } from './0010-titles.ts'
import { ownTitles } from './0020-own-titles.ts'

it('puts the tables of own operations beside the titles that are there', () => {
  const db = openDatabase({ path: ':memory:', key: null, applicationId: 1, access: 'exclusive' })
  migrate(db, [titles])
  db.exec(`INSERT INTO bib (id, body) VALUES ('title-1', '[]')`)
  migrate(db, [titles, ownTitles])
  migrate(db, [titles, ownTitles])
  expect(versionOf(db)).toBe(20)
  expect(db.prepare('SELECT count(*) FROM bib').pluck().get()).toBe(1)
  const insert = db.prepare('INSERT INTO ownChange VALUES (?, ?)')
  insert.run(1, 'title:title-1')
  insert.run(2, 'title:title-1')
  expect(() => insert.run(1, 'title:title-1')).toThrow('UNIQUE')
  db.prepare('INSERT INTO baseRow VALUES (?, NULL)').run('title:title-1')
  expect(() => db.exec(`INSERT INTO baseRow VALUES ('title:title-1', '{}')`)).toThrow('UNIQUE')
  db.close()
})
