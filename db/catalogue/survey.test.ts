import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { aBib, aTitle } from '../../test/builders/city.ts'
import { aGoodRecord, withoutTag } from '../../test/builders/good-record.ts'
import { StorageFailure } from '../open.ts'
import { openCatalogue } from './catalogue.ts'
import type { Catalogue } from './catalogue.ts'
import { openSurvey } from './survey-client.ts'
import type { Survey } from './survey-client.ts'
import type { ScanPlace } from './duplicate-scan.ts'

const key = new Uint8Array(32).fill(7)
const kept = { cursor: null, localSeq: null }
const YEAR = 2026
let folder: string
let catalogue: Catalogue
let survey: Survey

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-survey-'))
  catalogue = openCatalogue(join(folder, 'catalogue.db'), key)
  survey = openSurvey(join(folder, 'catalogue.db'), key)
})
afterEach(async () => {
  await survey.close()
  catalogue.close()
  rmSync(folder, { recursive: true })
})

const aRecord = (parts: Parameters<typeof aTitle>[0], content = aGoodRecord()): Change[] => [
  put('title', aTitle(parts)),
  put('bib', aBib({ id: aTitle(parts).id, ...content })),
]
const ISBN_2 = ['9787020024759']

async function allGroups(limit: number): Promise<(readonly [string, readonly string[]])[]> {
  const found: (readonly [string, readonly string[]])[] = []
  let after: ScanPlace | null = null
  for (let asks = 0; asks < 20; asks += 1) {
    const page: Awaited<ReturnType<typeof askFor>> = await askFor(after, limit)
    found.push(...page.groups.map(({ by, ids }) => [by, [...ids].toSorted()] as const))
    if (page.next === null) return found
    after = page.next
  }
  throw new Error('the scan has no end')
}
const askFor = (after: ScanPlace | null, limit: number) =>
  survey.ask('duplicates', { after, limit })

describe('duplicates', () => {
  beforeEach(() => {
    catalogue.apply(
      [
        ...aRecord({ id: 'a' }),
        ...aRecord({ id: 'b', controlNumber: 'x' }),
        ...aRecord({ id: 'c', title: '围城', isbns: ISBN_2 }),
        ...aRecord({ id: 'd', title: '围城', isbns: [] }),
        ...aRecord({ id: 'alone', title: '活着', isbns: ['9787506365437'] }),
        // Typed at a counter: no record of its own.
        put('title', aTitle({ id: 'typed', isbns: [] })),
      ],
      kept,
    )
  })

  test.each([1, 10])('Q1, Q2 found by number and then by words, %i at a time', async (limit) => {
    expect(await allGroups(limit)).toEqual([
      ['isbn', ['a', 'b']],
      ['words', ['c', 'd']],
    ])
  })

  test('Q1 what leaves the catalogue is no duplicate any more', async () => {
    catalogue.apply(
      [
        { remove: 'title', id: 'b' },
        { remove: 'bib', id: 'b' },
      ],
      kept,
    )
    expect(await allGroups(10)).toEqual([['words', ['c', 'd']]])
  })

  test('of hundreds of one name nobody can say which two are one', async () => {
    const many = Array.from({ length: 61 }, (_, n) =>
      aRecord({ id: `语文${n}`, title: '语文', isbns: [] }),
    )
    catalogue.apply(many.flat(), kept)
    expect((await allGroups(10)).flatMap(([, ids]) => ids)).not.toContain('语文0')
  })
})

describe('titles near a record', () => {
  const near = async (parts: Parameters<typeof aTitle>[0]) =>
    (await survey.ask('near', { title: aTitle(parts) })).map(({ id, by, likeness }) => [
      id,
      by,
      likeness,
    ])
  beforeEach(() => {
    catalogue.apply(
      [
        ...aRecord({ id: 'a', controlNumber: '012021000001' }),
        ...aRecord({
          id: 'second',
          title: '平凡的世界',
          isbns: ISBN_2,
          publisher: '别家',
          year: '2001',
        }),
        ...aRecord({ id: 'other', title: '围城', isbns: ISBN_2, controlNumber: null }),
      ],
      kept,
    )
  })

  test('M18 by the number of the record, by ISBN and by words, the surest first', async () => {
    const wanted = { id: 'new', controlNumber: '012021000001', title: '围城', isbns: ISBN_2 }
    expect(await near(wanted)).toEqual([
      ['a', 'control-number', null],
      ['other', 'isbn', 'certain'],
      // One ISBN, two titles: told, and not proposed as one.
      ['second', 'isbn', null],
    ])
  })

  test('M18 a title without a number by its words; itself is not near it', async () => {
    const plain = { title: '平凡的世界', isbns: [], controlNumber: null }
    expect((await near({ id: 'new', ...plain })).map(([id, by]) => [id, by])).toEqual([
      ['a', 'words'],
      ['second', 'words'],
    ])
    expect((await near({ id: 'a', ...plain })).map(([id]) => id)).toEqual(['second'])
    expect(await near({ id: 'new', ...plain, title: '无人知晓' })).toEqual([])
  })
})

describe('records', () => {
  beforeEach(() => {
    catalogue.apply(
      [
        ...aRecord({ id: 'good' }),
        ...aRecord({ id: 'bad' }, withoutTag(aGoodRecord(), '100')),
        ...aRecord({ id: 'dear' }, aGoodRecord('010  $a978-7-5001-6208-7$d32元')),
      ],
      kept,
    )
  })

  test('are linted to the end, a rule once for a record', async () => {
    const { readCount, faulty, next } = await survey.ask('lint', {
      ids: null,
      after: 0,
      year: YEAR,
    })
    expect([readCount, next]).toEqual([3, null])
    const rulesById = new Map(faulty.map(({ id, faults }) => [id, faults.map(({ rule }) => rule)]))
    expect([...rulesById.keys()]).toEqual(['bad', 'dear'])
    expect(rulesById.get('dear')).toEqual(['M08'])
  })

  test('some of them alone', async () => {
    const { readCount, faulty } = await survey.ask('lint', { ids: ['dear'], after: 0, year: YEAR })
    expect([readCount, faulty.length]).toEqual([1, 1])
  })

  test('as a fix would leave them; those that it leaves alone are not named', async () => {
    const fixed = await survey.ask('fix', {
      ids: ['good', 'bad', 'dear', 'nobody'],
      fix: { does: 'rule', rule: 'M08' },
      year: YEAR,
    })
    expect(fixed.map(({ id }) => id)).toEqual(['dear'])
    const price = fixed[0]?.after.fields.find(({ tag }) => tag === '010')?.subfields
    expect(price).toContainEqual({ code: 'd', value: 'CNY32.00' })
  })

  test('found by a search, to its end or so many', async () => {
    const match = (limit: number) => survey.ask('match', { text: '平凡的世界', limit })
    expect((await match(10)).toSorted()).toEqual(['bad', 'dear', 'good'])
    expect(await match(2)).toHaveLength(2)
  })
})

test('a damaged file is an answer, and not the end of the desk', async () => {
  const broken = openSurvey(join(folder, 'nothing', 'there.db'), key)
  const asked = broken.ask('lint', { ids: null, after: 0, year: YEAR })
  await expect(asked).rejects.toThrow(StorageFailure)
  await broken.close()
})

test('closed, it answers no more', async () => {
  await survey.close()
  await expect(askFor(null, 1)).rejects.toThrow(StorageFailure)
})
