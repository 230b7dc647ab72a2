import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { put } from '../../domain/change.ts'
import type { Title } from '../../domain/records.ts'
import { wellKnownTitles } from '../../test/catalogue/well-known-titles.ts'
import { openDatabase } from '../open.ts'
import type { Database } from '../open.ts'
import { CATALOGUE_APPLICATION_ID, openCatalogue } from './catalogue.ts'
import { openSearchTables } from './search-tables.ts'
import { openTitleSearch } from './search.ts'

let folder: string
let db: Database
const [base] = wellKnownTitles
const titled = (title: string, number: number): Title => {
  if (base === undefined) throw new Error('no title to begin with')
  const id = `r${number}` as Title['id']
  return { ...base, id, controlNumber: id, isbns: [], author: null, title, loansCount: number }
}
const WHOLE = '江南园林建筑艺术研究'
const known = [
  ...Array.from({ length: 150 }, (_, at) => titled(`${WHOLE}丛刊第${at}辑`, 1_000 + at)),
  ...Array.from({ length: 60 }, (_, at) => titled(`江南园林建筑图录${at}`, 500 + at)),
  ...Array.from({ length: 60 }, (_, at) => titled(`建筑艺术研究年刊${at}`, 400 + at)),
  titled('江南园林建筑艺术研究补遗', 1),
  // Its pairs stand elsewhere: the tokens meet, the words do not.
  titled('林建 园林 江南 南园', 2),
  titled('曹雪芹与红楼梦', 3),
]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-rarest-'))
  const path = join(folder, 'catalogue.db')
  const catalogue = openCatalogue(path, null)
  catalogue.apply(
    known.map((title) => put('title', title)),
    { cursor: 1, localSeq: null },
  )
  catalogue.close()
  const applicationId = CATALOGUE_APPLICATION_ID
  db = openDatabase({ path, key: null, applicationId, access: 'shared-read-only' })
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true })
})

const search = (text: string, limit = 300) =>
  openTitleSearch(db, openSearchTables()).search(text, limit)

describe('a long text', () => {
  it.each([
    ['a rare pair leads to the one title', `${WHOLE}补遗`, 1],
    ['its rarest pairs lead to few, and those without the rest are left out', '园林建筑图录5', 11],
    ['in any order of its words', '补遗 江南园林 建筑艺术', 1],
    ['where nothing holds all of it', `${WHOLE}图录`, 0],
  ])('%s', (_says, text, count) => {
    const { rows, total, isTotalExact } = search(text)
    expect(rows).toHaveLength(count)
    expect({ total, isTotalExact }).toEqual({ total: count, isTotalExact: true })
  })

  it('where many answer, all are counted', () => {
    const { rows, total, isTotalExact } = search(WHOLE, 20)
    expect({ total, isTotalExact }).toEqual({ total: 151, isTotalExact: true })
    expect(rows.every(({ title }) => title.startsWith(`${WHOLE}丛刊`))).toBe(true)
  })
})

describe('characters that stand apart', () => {
  it('are found as they are typed in a small catalogue', () => {
    expect(search('红楼梦曹雪芹').rows.map(({ title }) => title)).toEqual(['曹雪芹与红楼梦'])
  })

  it('of a large one are found once the hand rests, and the first answer says that it is open', () => {
    const { search: typed, browse } = openTitleSearch(db, openSearchTables(), undefined, 0)
    expect(typed('红楼梦曹雪芹', 20)).toMatchObject({ rows: [], total: 0, isTotalExact: false })
    expect(browse('红楼梦曹雪芹').titles.map(({ row }) => row.title)).toEqual(['曹雪芹与红楼梦'])
  })
})
