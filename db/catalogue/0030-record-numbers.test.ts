import { expect, it } from 'vitest'

import type { Bib } from '../../domain/records.ts'
import { TitleId } from '../../domain/words/ids.ts'
import { migrate, versionOf } from '../migrate.ts'
import { openDatabase } from '../open.ts'
import { titles } from './0010-titles.ts'
import { ownTitles } from './0020-own-titles.ts'
import { recordNumbers } from './0030-record-numbers.ts'
import { packBib } from './bib-rows.ts'

const bibWith = (tag: string, value: string): Bib => ({
  id: TitleId.parse('title-1'),
  profile: 'cnmarc',
  leader: '00000nam0 2200000   450 ',
  fields: [{ tag, indicators: '  ', value: null, subfields: [{ code: 'a', value }] }],
})

it('puts the classes that are there into shelf order and takes the numbers out of the records', () => {
  const db = openDatabase({ path: ':memory:', key: null, applicationId: 1, access: 'exclusive' })
  migrate(db, [titles, ownTitles])
  const addClass = db.prepare('INSERT INTO titleByClc VALUES (?, ?)')
  // As text, TB stands before T3 nowhere else than here.
  for (const [rank, clc] of ['TP31-53', 'TP31', 'TB1', 'T3', 'TP3'].entries()) {
    addClass.run(clc, rank + 1)
  }
  const addBib = db.prepare('INSERT INTO bib (id, body) VALUES (?, ?)')
  addBib.run('title-1', packBib(bibWith('091', '10019·2341')))
  addBib.run('title-2', packBib(bibWith('200', '["091"')))
  migrate(db, [titles, ownTitles, recordNumbers])
  migrate(db, [titles, ownTitles, recordNumbers])
  expect(versionOf(db)).toBe(30)
  const ranks = db.prepare('SELECT rank FROM titleByClc ORDER BY clc').pluck().all()
  expect(ranks).toEqual([4, 3, 5, 2, 1])
  const keys = db.prepare('SELECT key, bib FROM bibByNumber').raw().all()
  expect(keys).toEqual([['10019.2341', 1]])
  db.close()
})
