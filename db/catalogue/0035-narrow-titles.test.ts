import { expect, it } from 'vitest'

import type { Title } from '../../domain/records.ts'
import { textHash } from '../../domain/search/fold.ts'
import { migrate, versionOf } from '../migrate.ts'
import { openDatabase, statementCache } from '../open.ts'
import { titles } from './0010-titles.ts'
import { ownTitles } from './0020-own-titles.ts'
import { recordNumbers } from './0030-record-numbers.ts'
import { narrowTitles } from './0035-narrow-titles.ts'
import { openPhrases } from './phrases.ts'
import { TITLE_COLUMNS, columnsToTitle } from './title-columns.ts'
import type { TitleColumns } from './title-columns.ts'

const plain: Title = {
  id: 'title-1' as Title['id'],
  controlNumber: '012000001',
  title: '红楼梦',
  otherTitle: null,
  author: '曹雪芹著',
  publisher: '人民文学出版社',
  year: '1996',
  isbns: ['9787020002207'],
  issn: null,
  clc: 'I242.4',
  language: 'chi',
  subjects: ['章回小说', '中国'],
  series: null,
  pinyin: null,
  kind: 'book',
  audience: 'general',
  loansCount: 12,
}
const rich: Title = {
  ...plain,
  id: 'title-2' as Title['id'],
  title: '紅樓夢：研究, 下',
  otherTitle: 'Studies',
  author: '（清）曹雪芹著；俞平伯校',
  year: '[1952?]',
  isbns: ['7-x', '9787020002214'],
  issn: '1005-1805',
  language: 'eng',
  series: '古典文学丛书',
  pinyin: 'hong lou meng',
  kind: 'serial',
  audience: 'juvenile',
}
const bare: Title = {
  ...plain,
  id: 'title-3' as Title['id'],
  controlNumber: null,
  author: null,
  publisher: null,
  year: null,
  isbns: [],
  clc: null,
  language: null,
  subjects: [],
}

/** As rows were written before: 0 for null. */
function wideRow(title: Title, rank: number): readonly unknown[] {
  const { id, author, publisher, year, isbns, clc, kind } = title
  return [rank, id, title.title, author, publisher, year, isbns[0] ?? null, clc, kind, '=']
}
const orZero = <T>(list: readonly T[]): readonly T[] | 0 => (list.length === 0 ? 0 : list)
const bodyOf = (title: Title): string =>
  JSON.stringify([
    title.controlNumber ?? 0,
    title.otherTitle ?? 0,
    orZero(title.isbns.slice(1)),
    title.issn ?? 0,
    title.language ?? 0,
    orZero(title.subjects),
    title.series ?? 0,
    title.pinyin ?? 0,
    title.audience === 'general' ? 0 : title.audience,
    title.loansCount,
  ])

it('every title says after it what it said before, and is found by its number', () => {
  const db = openDatabase({ path: ':memory:', key: null, applicationId: 1, access: 'exclusive' })
  migrate(db, [titles, ownTitles, recordNumbers])
  const all = [plain, rich, bare]
  const addRow = db.prepare('INSERT INTO title VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const addRest = db.prepare('INSERT INTO titleRest VALUES (?, ?)')
  for (const [index, title] of all.entries()) {
    addRow.run(wideRow(title, index + 1))
    addRest.run(index + 1, bodyOf(title))
  }
  const steps = [titles, ownTitles, recordNumbers, narrowTitles]
  migrate(db, steps)
  migrate(db, steps)
  expect(versionOf(db)).toBe(35)
  const phrases = openPhrases(statementCache(db), false)
  const rows = db
    .prepare(`SELECT ${TITLE_COLUMNS} FROM title ORDER BY rank`)
    .all() as TitleColumns[]
  expect(rows.map((row) => columnsToTitle(row, phrases))).toEqual(all)
  expect(db.prepare('SELECT count(*) FROM phrase WHERE text = ?').pluck().get('中国')).toBe(1)
  const byNumber = db.prepare('SELECT rank FROM titleByControlNumber WHERE hash = ?').pluck()
  expect(byNumber.all(textHash('012000001'))).toEqual([1, 2])
  const insert = db.prepare('UPDATE title SET id = ? WHERE rank = 3')
  expect(() => insert.run('title-1')).toThrow('UNIQUE')
  db.close()
})
