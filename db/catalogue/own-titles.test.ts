import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { applyChange, keyOf, keyOfChange, patch, put, remove } from '../../domain/change.ts'
import type { Change, RecordKey } from '../../domain/change.ts'
import type { Bib, Title } from '../../domain/records.ts'
import { aBib, aTitle } from '../../test/builders/city.ts'
import { openDatabase } from '../open.ts'
import { adoptCatalogueFile, writeCatalogueFile } from '../snapshot/catalogue-file.ts'
import { CATALOGUE_APPLICATION_ID, openCatalogue } from './catalogue.ts'
import type { Catalogue } from './catalogue.ts'
import type { CatalogueRow } from './own-titles.ts'
import { openSearchTables } from './search-tables.ts'
import { openTitleSearch } from './search.ts'

let folder = ''
let catalogue: Catalogue
let log = new Map<number, readonly Change[]>()

const path = (): string => join(folder, 'catalogue.db')
const open = (): Catalogue => openCatalogue(path(), null, (seq) => log.get(seq) ?? [])

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-own-titles-'))
  log = new Map()
  catalogue = open()
})
afterEach(() => {
  catalogue.close()
  rmSync(folder, { recursive: true })
})

function reading<T>(read: (db: ReturnType<typeof openDatabase>) => T): T {
  const options = { path: path(), key: null, applicationId: CATALOGUE_APPLICATION_ID }
  const db = openDatabase({ ...options, access: 'shared-read-only' })
  try {
    return read(db)
  } finally {
    db.close()
  }
}
const found = (text: string): string[] =>
  reading((db) =>
    openTitleSearch(db, openSearchTables())
      .search(text, 50)
      .rows.map(({ id }) => id),
  )
const keptCount = (): number =>
  reading((db) =>
    Number(
      db
        .prepare('SELECT (SELECT count(*) FROM baseRow) + (SELECT count(*) FROM ownChange)')
        .pluck()
        .get(),
    ),
  )

const fed = (...changes: Change[]): void => catalogue.apply(changes, { cursor: 1, localSeq: null })
function own(seq: number, ...changes: Change[]): void {
  log.set(seq, changes)
  catalogue.apply(changes, { cursor: null, localSeq: seq })
}
const shown = (): Title | undefined => catalogue.titles(['title-1']).get('title-1')
const named = (title: string): Title => aTitle({ title })

test('of two own records under one key, refused one after the other, nothing stays', () => {
  own(1, put('title', named('围城')), put('bib', aBib()))
  own(2, put('title', named('活着')), put('bib', aBib({ leader: '00001nam0 2200000   450 ' })))
  expect(catalogue.settle([1])).toEqual([])
  expect(shown()?.title).toBe('活着')
  expect(catalogue.settle([2])).toEqual(['title-1'])
  expect([shown(), catalogue.bib('title-1'), catalogue.count()]).toEqual([undefined, null, 0])
  expect([found('活着'), found('围城'), keptCount()]).toEqual([[], [], 0])
})

test('what the city says of a title that is pending here is shown once that is settled', () => {
  fed(put('title', aTitle()))
  own(1, put('title', named('围城')))
  fed(patch('title', 'title-1', { title: '平凡' }, { loansCount: 3 }))
  expect([shown()?.title, found('平凡')]).toEqual(['围城', []])
  expect(catalogue.settle([1])).toEqual(['title-1'])
  expect(shown()).toEqual(aTitle({ title: '平凡', loansCount: 3 }))
  expect([found('平凡'), found('围城'), keptCount()]).toEqual([['title-1'], [], 0])
})

test('a removal by the city is not seen through a pending record, and stays (I19)', () => {
  fed(put('title', aTitle()))
  own(1, put('title', named('围城')))
  fed(remove('title', 'title-1'))
  expect(shown()?.title).toBe('围城')
  catalogue.settle([1])
  expect(shown()).toBeUndefined()
})

test('what nobody here touched, and what is settled twice, costs nothing', () => {
  fed(put('title', aTitle()), put('bib', aBib()))
  expect([catalogue.settle([1, 2]), keptCount()]).toEqual([[], 0])
  own(1, put('title', aTitle()))
  expect([catalogue.settle([1]), catalogue.settle([1])]).toEqual([[], []])
  expect(shown()).toEqual(aTitle())
})

test('taken back whole, every title is the city\u2019s and the numbers begin anew', () => {
  fed(put('title', aTitle()))
  own(1, put('title', named('围城')))
  own(2, put('title', aTitle({ id: 'title-2', controlNumber: null })), remove('title', 'title-1'))
  catalogue.takeOwnBack()
  expect(catalogue.titlesAfter(-1, 9).titles).toEqual([aTitle()])
  expect([catalogue.localSeq(), catalogue.cursor(), keptCount()]).toEqual([0, 1, 0])
})

test('a file of the city carries none of it, and takes own operations as any other', () => {
  catalogue.close()
  rmSync(path())
  writeCatalogueFile(path(), 5, [aTitle()], [aBib()])
  adoptCatalogueFile(path(), null)
  catalogue = open()
  expect([keptCount(), catalogue.cursor(), catalogue.localSeq()]).toEqual([0, 5, 0])
  own(1, put('title', named('围城')), put('bib', aBib({ leader: '00001nam0 2200000   450 ' })))
  expect(catalogue.settle([1])).toEqual(['title-1'])
  expect([shown(), catalogue.bib('title-1')]).toEqual([aTitle(), aBib()])
})

const KEYS = ['a', 'b', 'c']
const oneOf = fc.constantFrom(...KEYS)
const leader = fc.constantFrom('00000nam0 2200000   450 ', '00001nam0 2200000   450 ')
const WORDS = ['围城', '活着', '边城']
const word = fc.constantFrom(...WORDS)
const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(oneOf, word).map(([id, title]) => put('title', aTitle({ id, title }))),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(oneOf, leader).map(([id, leader]) => put('bib', aBib({ id, leader }))),
  },
  { weight: 2, arbitrary: oneOf.map((id) => patch('title', id, {}, { loansCount: 1 })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(oneOf, fc.constantFrom('路遥', '佚名'))
      .map(([id, author]) => patch('title', id, { author })),
  },
  { weight: 1, arbitrary: oneOf.map((id) => remove('title', id)) },
  { weight: 1, arbitrary: oneOf.map((id) => remove('bib', id)) },
)
const changes = fc.array(change, { minLength: 1, maxLength: 4 })
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('own' as const), changes }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('fed' as const), changes }) },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('settled' as const),
      picks: fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('reopened' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('turned' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

type Table = Map<RecordKey, CatalogueRow | null>

function applyAll(table: Table, all: readonly Change[]): void {
  for (const one of all) {
    const key = keyOfChange(one)
    table.set(key, applyChange(table.get(key) ?? null, one) as CatalogueRow | null)
  }
}

/** The city's rows, and what is pending above them in order. */
class Model {
  readonly base: Table = new Map()
  readonly pending = new Map<number, readonly Change[]>()
  nextSeq = 1

  run(one: Step): void {
    if (one.does === 'own') {
      this.pending.set(this.nextSeq, one.changes)
      own(this.nextSeq, ...one.changes)
      this.nextSeq += 1
    } else if (one.does === 'fed') {
      applyAll(this.base, one.changes)
      fed(...one.changes)
    } else if (one.does === 'settled') {
      const seqs = [...this.pending.keys()]
      const settled = [...new Set(one.picks.flatMap((pick) => seqs[pick] ?? []))]
      for (const seq of settled) this.pending.delete(seq)
      catalogue.settle(settled)
    } else if (one.does === 'turned') {
      this.pending.clear()
      this.nextSeq = 1
      catalogue.takeOwnBack()
    } else {
      catalogue.close()
      catalogue = open()
    }
  }

  shown(): Seen {
    const fold: Table = new Map(this.base)
    for (const all of this.pending.values()) applyAll(fold, all)
    const rowsOf = <T extends CatalogueRow>(kind: 'title' | 'bib'): T[] =>
      KEYS.flatMap((id) => (fold.get(keyOf(kind, id)) as T | null | undefined) ?? [])
    const titles = rowsOf<Title>('title')
    const foundBy = WORDS.map((text) =>
      titles.filter(({ title }) => title === text).map(({ id }) => id as string),
    )
    return { count: titles.length, titles, bibs: rowsOf<Bib>('bib'), foundBy }
  }
}

interface Seen {
  readonly count: number
  readonly titles: readonly Title[]
  readonly bibs: readonly Bib[]
  readonly foundBy: readonly (readonly string[])[]
}

const seen = (): Seen => ({
  count: catalogue.count(),
  titles: [...catalogue.titles(KEYS).values()],
  bibs: KEYS.flatMap((id) => catalogue.bib(id) ?? []),
  foundBy: WORDS.map((text) => found(text).toSorted()),
})

test('I12 in any order of own records, their ends and the feed: shown = the city\u2019s rows + pending', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
      catalogue.takeOwnBack()
      fed(...KEYS.flatMap((id) => [remove('title', id), remove('bib', id)]))
      const model = new Model()
      for (const one of steps) {
        model.run(one)
        expect(seen()).toEqual(model.shown())
      }
      catalogue.settle([...model.pending.keys()])
      model.pending.clear()
      expect(seen()).toEqual(model.shown())
      expect(keptCount()).toBe(0)
    }),
    { numRuns: 60 },
  )
})
