import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { AskOf } from '../../contract/queries.ts'
import { queries } from '../../contract/queries.ts'
import { openCatalogue } from '../../db/catalogue/catalogue.ts'
import type { Catalogue } from '../../db/catalogue/catalogue.ts'
import { openSearch } from '../../db/catalogue/search-client.ts'
import type { Search } from '../../db/catalogue/search-client.ts'
import { put } from '../../domain/change.ts'
import type { Item } from '../../domain/records.ts'
import { anAuthority } from '../../test/builders/authority.ts'
import { BRANCH, LIBRARY, anItem } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { aSuppression } from '../../test/builders/titles.ts'
import { wellKnownTitles } from '../../test/catalogue/well-known-titles.ts'
import { browseTitles } from './browse-titles.ts'
import { searchTitles } from './search-titles.ts'

const titleIdOf = (text: string): string => {
  const found = wellKnownTitles.find(({ title }) => title === text)
  if (found === undefined) throw new Error(`no title ${text}`)
  return found.id
}
const copyOf = (title: string, barcode: string, callNumber: string | null): Item =>
  anItem({
    id: barcode,
    barcode,
    titleId: titleIdOf(title),
    callNumber,
    homeBranchId: BRANCH,
    atBranchId: BRANCH,
  })
const copies = [
  copyOf('长恨歌', '04400560000003', 'I247.57/100'),
  copyOf('活着', '04400560000001', 'I247.57/9'),
  copyOf('白鹿原', '04400560000002', 'I247.57/10'),
  copyOf('平凡的世界', 'F4401060000004', 'MW/I247.57/1'),
]

let folder: string
let stores: ReturnType<typeof someStores>
let catalogue: Catalogue
let search: Search
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-search-titles-'))
  const path = join(folder, 'catalogue.db')
  catalogue = openCatalogue(path, null)
  catalogue.apply(
    wellKnownTitles.map((title) => put('title', title)),
    { cursor: 1, localSeq: null },
  )
  search = openSearch(path, null)
  stores = someStores([
    ...copies.map((item) => put('item', item)),
    put('title-suppression', aSuppression({ id: titleIdOf('长恨歌') })),
    put(
      'authority',
      anAuthority({ subfields: [{ code: 'a', value: '余华' }], variants: ['余大夫', '活着'] }),
    ),
  ])
})
afterAll(async () => {
  await search.close()
  catalogue.close()
  stores.close()
  rmSync(folder, { recursive: true })
})

const searched = async (text: string, limit = 20) => {
  const at = { replica: stores.replica, catalogue, search }
  return queries['search-titles'].answer.parse(await searchTitles(at, { text, limit }, ASKED))
}
const none: AskOf<'browse-titles'>['filter'] = {
  kind: null,
  years: null,
  language: null,
  audience: null,
  isAvailableHere: false,
  heldBy: null,
  isSuppressed: false,
}
const browsed = async (text: string, filter: Partial<typeof none> = {}) => {
  const at = { replica: stores.replica, catalogue, search }
  const ask = { text, filter: { ...none, ...filter }, limit: 20 }
  const branch = { id: BRANCH, libraryId: LIBRARY }
  return queries['browse-titles'].answer.parse(await browseTitles(at, ask, branch, ASKED))
}

describe('by the number of an item', () => {
  it.each([
    ['a barcode', '04400560000001', ['活着']],
    ['a barcode with blanks about it', ' 04400560000001 ', ['活着']],
    ['a barcode in full width', '０４４００５６００００００１', ['活着']],
    ['a barcode with a letter, typed small', 'f4401060000004', ['平凡的世界']],
    [
      'a class and its stroke, as they stand on the shelf',
      'I247.57/',
      ['活着', '白鹿原', '长恨歌'],
    ],
    ['a call number begun', 'I247.57/10', ['白鹿原', '长恨歌']],
    ['a call number with a blank', 'i247.57 9', ['活着']],
    ['a collection', 'MW/', ['平凡的世界']],
  ])('%s: %s', async (_name, text, titles) => {
    const { rows } = await searched(text)
    const byItems = rows.filter(({ itemNumber }) => itemNumber !== null)
    expect(byItems.map(({ title }) => title)).toEqual(titles)
    expect(rows.slice(0, titles.length)).toEqual(byItems)
  })

  it('says which number, and titles of the class follow, each once', async () => {
    const { rows, total } = await searched('I247.57/10')
    expect(rows[0]).toMatchObject({ title: '白鹿原', itemNumber: 'I247.57/10', itemsCount: 1 })
    expect(rows.slice(2).every(({ itemNumber }) => itemNumber === null)).toBe(true)
    expect(rows.map(({ title }) => title)).toContain('活着')
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
    expect(total).toBe(rows.length)
  })

  it('says that there is more than was asked for', async () => {
    const { rows, isTotalExact } = await searched('I247.57/', 2)
    expect(rows.map(({ title }) => title)).toEqual(['活着', '白鹿原'])
    expect(isTotalExact).toBe(false)
  })

  it('is narrowed like any list', async () => {
    const { rows, facets } = await browsed('04400560000001', { heldBy: 'library' })
    expect(rows.map(({ title }) => title)).toEqual(['活着'])
    expect(facets).toMatchObject({ availableHere: 1, heldBy: { library: 1, city: 1 } })
  })
})

describe('by words', () => {
  it('says where they answer', async () => {
    const { rows } = await searched('白鹿')
    expect(rows[0]).toMatchObject({
      title: '白鹿原',
      itemNumber: null,
      hits: { title: [0, 2], author: [], publisher: [] },
    })
  })
  it('keeps what this library has', async () => {
    const all = await browsed('余华')
    const ours = await browsed('余华', { heldBy: 'library' })
    expect(all.rows.map(({ title }) => title)).toEqual(['活着', '许三观卖血记'])
    expect(ours.rows.map(({ title }) => title)).toEqual(['活着'])
    expect(all.facets.heldBy).toEqual({ library: 1, city: 1 })
  })
})

describe('what readers do not see', () => {
  it('is found as before, and marked', async () => {
    const { rows } = await searched('I247.57/')
    expect(rows.filter((row) => row.isSuppressed).map(({ title }) => title)).toEqual(['长恨歌'])
  })
  it('is counted among what is found, and left alone with itself', async () => {
    expect((await browsed('I247.57/')).facets.suppressed).toBe(1)
    const left = await browsed('I247.57/', { isSuppressed: true })
    expect(left.rows.map(({ title }) => title)).toEqual(['长恨歌'])
  })
  it('is listed whole where nothing is sought', async () => {
    const all = await browsed('', { isSuppressed: true })
    expect(all).toMatchObject({ total: 1, isWhole: true, facets: { suppressed: 1 } })
    expect(all.rows.map(({ title, isSuppressed }) => [title, isSuppressed])).toEqual([
      ['长恨歌', true],
    ])
    expect((await browsed('', {})).rows).toEqual([])
  })
})

describe('A5 a variant of a heading', () => {
  it('leads to the titles of the heading where nothing else answers', async () => {
    for (const { rows, see } of [await searched('余大夫'), await browsed('余大夫')]) {
      expect(rows.map(({ title }) => title)).toEqual(['活着', '许三观卖血记'])
      expect(see).toEqual({ variant: '余大夫', heading: '余华', name: '余华', isFollowed: true })
    }
  })
  it('is answered by what it finds itself, and says where else to look', async () => {
    for (const { rows, see } of [await searched('活着'), await browsed('活着')]) {
      expect(rows[0]?.title).toBe('活着')
      expect(see).toMatchObject({ heading: '余华', isFollowed: false })
    }
  })
  it('is none where it is only a part of what is typed', async () => {
    expect((await searched('余')).see).toBeNull()
  })
})
