import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { Title } from '../../domain/records.ts'
import { wellKnownTitles } from '../../test/catalogue/well-known-titles.ts'
import { migrate } from '../migrate.ts'
import { openDatabase, statementCache } from '../open.ts'
import type { Database } from '../open.ts'
import { catalogueMigrations } from './catalogue.ts'
import { openPhrases } from './phrases.ts'
import type { Phrases } from './phrases.ts'
import { openSearchTables } from './search-tables.ts'
import { TITLE_COLUMNS, columnsToTitle, titleToColumns } from './title-columns.ts'
import type { TitleColumns } from './title-columns.ts'
import { indexTitle } from './title-rows.ts'

let db: Database
let phrases: Phrases
beforeAll(() => {
  db = openDatabase({ path: ':memory:', key: null, applicationId: 1, access: 'exclusive' })
  migrate(db, catalogueMigrations)
  phrases = openPhrases(statementCache(db), false)
})
afterAll(() => {
  db.close()
})

const [base] = wellKnownTitles
const text = fc.oneof(
  fc.constantFrom('红楼梦', '0', '', 'null', '1996', '9787506365437', '[0,1]', '人民文学出版社'),
  fc.string({ maxLength: 12 }),
)
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null })
const anyTitle = fc.record({
  title: text,
  otherTitle: orNull(text),
  controlNumber: orNull(text),
  author: orNull(text),
  publisher: orNull(text),
  year: orNull(fc.oneof(text, fc.constantFrom('0123', '12345', '1996', '[1996]'))),
  isbns: fc.array(fc.constantFrom('9787506365437', '7506365431', '0000000000000', 'x'), {
    maxLength: 3,
  }),
  issn: orNull(text),
  clc: orNull(text),
  language: orNull(fc.constantFrom('chi', 'eng', '', '0')),
  subjects: fc.array(text, { maxLength: 3 }),
  series: orNull(text),
  pinyin: orNull(text),
  kind: fc.constantFrom(...Title.shape.kind.options),
  audience: fc.constantFrom(...Title.shape.audience.options),
  loansCount: fc.nat(100_000),
})

it('a title is read as it was written, whatever it holds', () => {
  const tables = openSearchTables()
  const places = TITLE_COLUMNS.split(', ').map((name) => `:${name}`)
  const insert = db.prepare(`REPLACE INTO title VALUES (${places.join(', ')})`)
  const read = db.prepare('SELECT * FROM title WHERE rank = 1')
  fc.assert(
    fc.property(anyTitle, (parts) => {
      const title = { ...base, ...parts, id: 'any' } as Title
      insert.run(titleToColumns(title, 1, phrases, indexTitle(title, tables).folded))
      expect(columnsToTitle(read.get() as TitleColumns, phrases)).toEqual(title)
    }),
    { numRuns: 300 },
  )
})

it('what most titles say alike takes no byte of a row', () => {
  if (base === undefined) throw new Error('no title')
  const { kind, rest, year } = titleToColumns(base, 1, phrases, { title: base.title, author: '' })
  expect({ kind, rest, year }).toEqual({ kind: 0, rest: null, year: 1996 })
})
