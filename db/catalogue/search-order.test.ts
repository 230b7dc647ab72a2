import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { put } from '../../domain/change.ts'
import type { Title } from '../../domain/records.ts'
import { wellKnownTitles } from '../../test/catalogue/well-known-titles.ts'
import { openCatalogue } from './catalogue.ts'
import type { Catalogue } from './catalogue.ts'
import { openSearch } from './search-client.ts'
import type { Search } from './search-client.ts'

let folder: string
let catalogue: Catalogue
let search: Search
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-search-order-'))
  const path = join(folder, 'catalogue.db')
  catalogue = openCatalogue(path, null)
  search = openSearch(path, null)
})
afterEach(async () => {
  await search.close()
  catalogue.close()
  rmSync(folder, { recursive: true })
})

const [base] = wellKnownTitles
let count = 0
function titleOf(
  title: string,
  loansCount: number,
  year: string,
  parts: Partial<Title> = {},
): Title {
  if (base === undefined) throw new Error('no title to begin with')
  count += 1
  const id = `o${count}` as Title['id']
  return { ...base, id, controlNumber: id, author: null, title, loansCount, year, ...parts }
}
const take = (titles: readonly Title[]): void =>
  catalogue.apply(
    titles.map((title) => put('title', title)),
    { cursor: 1, localSeq: null },
  )
const found = async (text: string): Promise<string[]> =>
  (await search.search(text, 20)).rows.map(({ title, year }) => `${title} ${year}`)

/** Whatever came first must not stand first for that: each case is taken in both orders. */
describe.each([
  ['as given', (titles: readonly Title[]) => titles],
  ['turned round', (titles: readonly Title[]) => titles.toReversed()],
])('the order of what is found, %s', (_name, turned) => {
  it('an exact title stands before all others, however often they are lent and however new', async () => {
    const popular = Array.from({ length: 150 }, (_, index) =>
      titleOf(`新编海图学${index}`, 5000, '2026'),
    )
    const begins = titleOf('海图学导论', 9000, '2026')
    const exact = titleOf('海图学', 0, '1951')
    take(turned([...popular, begins, exact]))
    expect((await found('海图学')).slice(0, 2)).toEqual(['海图学 1951', '海图学导论 2026'])
  })

  it('an exact title in pinyin stands before those that go on', async () => {
    take(turned([titleOf('海图学导论', 9000, '2026'), titleOf('海图学', 0, '1951')]))
    expect(await found('haituxue')).toEqual(['海图学 1951', '海图学导论 2026'])
  })

  it('of equal weight, what is lent more stands first, though it is older', async () => {
    take(
      turned([
        titleOf('海图学甲', 3, '2026'),
        titleOf('海图学乙', 300, '1990'),
        titleOf('海图学丙', 30, '2008'),
      ]),
    )
    expect(await found('海图')).toEqual(['海图学乙 1990', '海图学丙 2008', '海图学甲 2026'])
  })

  it('lent as often, what is newer stands first', async () => {
    take(
      turned([
        titleOf('海图学甲', 40, '1999'),
        titleOf('海图学乙', 40, '2025'),
        titleOf('海图学丙', 40, '2012'),
      ]),
    )
    expect(await found('海图')).toEqual(['海图学乙 2025', '海图学丙 2012', '海图学甲 1999'])
  })

  it('two of one exact title are ordered by their loans, then by their year', async () => {
    take(
      turned([
        titleOf('海图学', 40, '1999'),
        titleOf('海图学', 40, '2025'),
        titleOf('海图学', 400, '1970'),
        titleOf('海图学续', 9000, '2026'),
      ]),
    )
    expect(await found('海图学')).toEqual([
      '海图学 1970',
      '海图学 2025',
      '海图学 1999',
      '海图学续 2026',
    ])
  })

  it('a title that is lent more than before moves up', async () => {
    const rising = titleOf('海图学甲', 1, '2000')
    take(turned([rising, titleOf('海图学乙', 100, '2000')]))
    expect((await found('海图'))[0]).toBe('海图学乙 2000')
    take([{ ...rising, loansCount: 900 }])
    expect((await found('海图'))[0]).toBe('海图学甲 2000')
  })
})
