import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { patch, put, remove } from '../../domain/change.ts'
import type { Bib, Title } from '../../domain/records.ts'
import { bucketOf, bucketOfRank, firstRankOf } from '../../domain/search/rank.ts'
import { wellKnownTitles } from '../../test/catalogue/well-known-titles.ts'
import { StorageFailure, openDatabase, statementCache } from '../open.ts'
import { bulkLoad } from './bulk-load.ts'
import { CATALOGUE_APPLICATION_ID, openCatalogue } from './catalogue.ts'
import type { Catalogue } from './catalogue.ts'
import { openSearch } from './search-client.ts'
import { openPhrases } from './phrases.ts'
import { openSearchTables } from './search-tables.ts'
import { openTitleSearch } from './search.ts'
import { columnsToTitle } from './title-columns.ts'
import type { TitleColumns } from './title-columns.ts'

const key = new Uint8Array(32).fill(7)
const kept = { cursor: null, localSeq: null }
let folder: string
let path: string
let catalogue: Catalogue

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-catalogue-'))
  path = join(folder, 'catalogue.db')
  catalogue = openCatalogue(path, key)
})
afterEach(() => {
  catalogue.close()
  rmSync(folder, { recursive: true })
})

const titleOf = (number: number, more: Partial<Title> = {}): Title =>
  Object.assign({}, wellKnownTitles[number], more)
const [redChamber, journey] = [titleOf(0), titleOf(3)]

const aBib = (id: Title['id']): Bib => ({
  id,
  profile: 'cnmarc',
  leader: '00000nam0 2200000   450 ',
  fields: [
    { tag: '001', indicators: null, value: 'x', subfields: [] },
    {
      tag: '200',
      indicators: '1 ',
      value: null,
      subfields: [
        { code: 'a', value: '红楼梦' },
        { code: '9', value: 'hong lou meng' },
      ],
    },
    { tag: '300', indicators: '  ', value: null, subfields: [] },
  ],
})

const open = (access: 'shared' | 'shared-read-only') =>
  openDatabase({ path, key, applicationId: CATALOGUE_APPLICATION_ID, access })

const find = (text: string): string[] => {
  const db = open('shared-read-only')
  const { rows } = openTitleSearch(db, openSearchTables()).search(text, 50)
  db.close()
  return rows.map(({ id }) => id)
}

/**
 * Every table but the index, whose content is what searches show. Phrases by their texts: which
 * numbers they have depends on what came first, and those that nobody uses any more stay.
 */
const contents = () => {
  const db = open('shared-read-only')
  const tables = ['titleByIsbn', 'titleByIssn', 'titleByControlNumber', 'titleByClc', 'titleByHash']
  const rows = Object.fromEntries(
    ['vocabulary', ...tables].map((table) => [table, db.prepare(`SELECT * FROM ${table}`).all()]),
  )
  const phrases = openPhrases(statementCache(db), false)
  const titles = db.prepare('SELECT * FROM title').all() as TitleColumns[]
  const written = titles.map((row) => ({
    rank: row.rank,
    folding: row.folding,
    ...columnsToTitle(row, phrases),
  }))
  db.close()
  return { ...rows, title: written }
}

describe('titles and records', () => {
  it('come back as they were put', () => {
    const changes = wellKnownTitles.map((title) => put('title', title))
    catalogue.apply([...changes, put('bib', aBib(redChamber.id))], { cursor: 7, localSeq: 3 })
    const ids = wellKnownTitles.map(({ id }) => id)
    expect([...catalogue.titles([...ids, 'nobody']).values()]).toEqual(wellKnownTitles)
    expect(catalogue.bib(redChamber.id)).toEqual(aBib(redChamber.id))
    expect(catalogue.bib('nobody')).toBeNull()
    expect(catalogue.titlesByControlNumber('0120000001')).toEqual([redChamber])
    expect([catalogue.count(), catalogue.cursor(), catalogue.localSeq()]).toEqual([
      wellKnownTitles.length,
      7,
      3,
    ])
  })
  it('keep the progress that is not named', () => {
    catalogue.apply([], { cursor: 7, localSeq: null })
    catalogue.apply([], { cursor: null, localSeq: 9 })
    expect([catalogue.cursor(), catalogue.localSeq()]).toEqual([7, 9])
  })
  it('are listed best first, a page at a time', () => {
    catalogue.apply(
      wellKnownTitles.map((title) => put('title', title)),
      kept,
    )
    const listed: Title[] = []
    for (let after: number | null = 0; after !== null;) {
      const page = catalogue.titlesAfter(after, 7)
      listed.push(...page.titles)
      after = page.next
    }
    expect(listed).toHaveLength(wellKnownTitles.length)
    const buckets = listed.map(bucketOf)
    expect(buckets).toEqual(buckets.toSorted((a, b) => a - b))
  })
  it('ignore changes of other kinds', () => {
    catalogue.apply([remove('item', 'i1')], kept)
    expect(catalogue.count()).toBe(0)
  })
  it('are not there after a change that failed', () => {
    const broken = { ...journey, title: null } as unknown as Title
    expect(() => catalogue.apply([put('title', redChamber), put('title', broken)], kept)).toThrow(
      /NOT NULL/,
    )
    expect(catalogue.titles([redChamber.id]).size).toBe(0)
  })
  it('cannot be read without the key', () => {
    catalogue.apply([put('title', redChamber)], kept)
    expect(() => openCatalogue(path, new Uint8Array(32))).toThrow(StorageFailure)
    expect(readFileSync(path).includes('红楼梦')).toBe(false)
  })
})

describe('the index follows', () => {
  beforeEach(() => {
    catalogue.apply([put('title', redChamber), put('title', journey)], kept)
  })
  it('a new title of a record', () => {
    catalogue.apply([put('title', { ...redChamber, title: '石头记' })], kept)
    expect(find('石头记')).toEqual([redChamber.id])
    expect(find('红楼梦')).toEqual([])
    expect(catalogue.count()).toBe(2)
  })
  it('a patch', () => {
    catalogue.apply([patch('title', journey.id, { isbns: ['9787020002207'] })], kept)
    expect(find('9787020002207')).toEqual([journey.id])
    expect(catalogue.titles([journey.id]).get(journey.id)?.isbns).toEqual(['9787020002207'])
  })
  it('popularity', () => {
    expect(find('人民文学')).toEqual([redChamber.id, journey.id])
    catalogue.apply([patch('title', journey.id, {}, { loansCount: 90_000 })], kept)
    expect(find('人民文学')).toEqual([journey.id, redChamber.id])
  })
  it('a removal, and nothing is left of it', () => {
    catalogue.apply([remove('title', redChamber.id)], kept)
    expect(find('红楼梦')).toEqual([])
    catalogue.apply([remove('title', journey.id)], kept)
    expect(Object.values(contents()).flat()).toEqual([])
    expect(catalogue.count()).toBe(0)
  })
  it('a removal and a return within one step', () => {
    catalogue.apply([remove('title', journey.id), put('title', journey)], kept)
    expect(find('西游记')).toEqual([journey.id])
  })
  it('a patch of a title that is not here, by changing nothing', () => {
    catalogue.apply([patch('title', 'nobody', { title: '无' })], kept)
    expect(catalogue.count()).toBe(2)
  })
})

it('gives a newcomer no rank that a title of the same batch leaves and comes back to', () => {
  for (const { id } of wellKnownTitles) catalogue.apply([remove('title', id)], kept)
  const one = titleOf(0, { id: titleOf(1).id, loansCount: 8249 })
  const two = titleOf(14, { id: titleOf(2).id, loansCount: 8262 })
  catalogue.apply([put('title', one)], kept)
  const changed = titleOf(42, { id: one.id, loansCount: 8191 })
  catalogue.apply([put('title', changed), put('title', two)], kept)
  expect(catalogue.titles([one.id, two.id])).toEqual(
    new Map([
      [one.id, changed],
      [two.id, two],
    ]),
  )
})

it('any sequence of changes ends as a catalogue that was given the end', () => {
  const numbers = fc.integer({ min: 0, max: 7 })
  const step = fc.oneof(
    fc.tuple(fc.constant('put' as const), numbers, fc.integer({ min: 0, max: 9000 })),
    fc.tuple(fc.constant('remove' as const), numbers, fc.constant(0)),
    fc.tuple(fc.constant('lend' as const), numbers, fc.integer({ min: 1, max: 900 })),
  )
  fc.assert(
    fc.property(fc.array(fc.array(step, { maxLength: 8 }), { maxLength: 8 }), (batches) => {
      const held = new Map<string, Title>()
      for (const [id] of catalogue.titles(wellKnownTitles.map((title) => title.id))) {
        catalogue.apply([remove('title', id)], kept)
      }
      for (const batch of batches) {
        const changes = batch.map(([verb, number, count]) => {
          const { id } = titleOf(number)
          const before = held.get(id)
          if (verb === 'remove') {
            held.delete(id)
            return remove('title', id)
          }
          if (verb === 'lend') {
            if (before !== undefined) {
              held.set(id, { ...before, loansCount: before.loansCount + count })
            }
            return patch('title', id, {}, { loansCount: count })
          }
          const title = titleOf((number + count) % 50, { id, loansCount: count })
          held.set(id, title)
          return put('title', title)
        })
        catalogue.apply(changes, kept)
      }
      expect(catalogue.count()).toBe(held.size)
      for (const [id, title] of held) {
        expect(catalogue.titles([id]).get(id)).toEqual(title)
        expect(find(title.title)).toContain(id)
      }
      const ranks = contents()['title'] as { rank: number; id: string }[]
      for (const { rank, id } of ranks) {
        expect(bucketOfRank(rank)).toBe(bucketOf(held.get(id) as Title))
      }
    }),
    { numRuns: 25 },
  )
})

it('idle merging ends, and finds the same', () => {
  for (let round = 0; round < 40; round += 1) {
    catalogue.apply(
      wellKnownTitles.map((title, index) =>
        put('title', { ...title, id: `r${round}-${index}` as Title['id'] }),
      ),
      kept,
    )
  }
  const before = find('红楼梦')
  let steps = 0
  while (catalogue.indexIdle(5) && steps < 10_000) steps += 1
  expect(catalogue.indexIdle(5)).toBe(false)
  expect(find('红楼梦')).toEqual(before)
})

describe('bulkLoad', () => {
  it('answers as a catalogue that was filled change by change', () => {
    const built = join(folder, 'built.db')
    const { titlesCount } = bulkLoad(built, key, wellKnownTitles, { cursor: 12, bibs: [] })
    catalogue.apply(
      wellKnownTitles.map((title) => put('title', title)),
      { cursor: 12, localSeq: null },
    )
    const expected = contents()
    const other = openCatalogue(built, key)
    expect([titlesCount, other.count(), other.cursor()]).toEqual([
      wellKnownTitles.length,
      wellKnownTitles.length,
      12,
    ])
    other.apply([put('title', titleOf(1, { id: 'late' as Title['id'] }))], kept)
    other.apply([remove('title', 'late')], kept)
    other.close()
    path = built
    expect(contents()).toEqual(expected)
    for (const { title, id } of wellKnownTitles) expect(find(title)).toContain(id)
    expect(existsSync(`${built}.staging`)).toBe(false)
  })
  it('leaves nothing where it failed', () => {
    const built = join(folder, 'built.db')
    const broken = { ...journey, title: null } as unknown as Title
    expect(() => bulkLoad(built, key, [redChamber, broken])).toThrow(/NOT NULL/)
    expect(existsSync(built)).toBe(false)
  })
})

it('ranks: the bucket comes back from the rank', () => {
  for (const title of wellKnownTitles) {
    const bucket = bucketOf(title)
    expect(bucketOfRank(firstRankOf(bucket))).toBe(bucket)
    expect(bucketOfRank(firstRankOf(bucket + 1) - 1)).toBe(bucket)
  }
  expect(bucketOf(titleOf(0, { loansCount: 20_000 }))).toBeLessThan(bucketOf(titleOf(0)))
  expect(bucketOf(titleOf(0, { year: '2020' }))).toBeLessThan(bucketOf(titleOf(0)))
})

describe('the search thread', () => {
  it('answers, sees what was written meanwhile, and closes', async () => {
    const search = openSearch(path, key)
    expect((await search.search('红楼梦', 5)).rows).toEqual([])
    catalogue.apply([put('title', redChamber)], kept)
    const found = await search.search('hongloumeng', 5)
    expect(found.rows).toEqual([
      {
        id: redChamber.id,
        title: '红楼梦',
        author: redChamber.author,
        publisher: '人民文学出版社',
        year: '1996',
        isbn: null,
        clc: 'I242.4',
        kind: 'book',
        hits: { title: [0, 3], author: [], publisher: [] },
      },
    ])
    expect(found).toMatchObject({ total: 1, isTotalExact: true })
    await search.close()
    await expect(search.search('红', 5)).rejects.toThrow(StorageFailure)
  })
  it('answers only the newest of a lane, and every one without a lane', async () => {
    catalogue.apply([put('title', redChamber)], kept)
    const search = openSearch(path, key)
    const typed = ['h', 'ho', 'hon', 'hong'].map((text) => search.search(text, 5, 'box'))
    const other = search.search('红', 5)
    const answers = await Promise.all(typed)
    expect(answers.map(({ total }) => total)).toEqual([0, 0, 0, 1])
    expect((await other).rows).toHaveLength(1)
    await search.close()
  })
  it('comes back after it died', async () => {
    const search = openSearch(join(folder, 'late.db'), key)
    await expect(search.search('红', 5)).rejects.toThrow(StorageFailure)
    const late = openCatalogue(join(folder, 'late.db'), key)
    late.apply([put('title', redChamber)], kept)
    expect((await search.search('红', 5)).rows).toHaveLength(1)
    await search.close()
    late.close()
  })
})
