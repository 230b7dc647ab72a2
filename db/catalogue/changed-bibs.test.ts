import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

import { put, remove } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import type { Bib } from '../../domain/records.ts'
import { aBib, aTitle } from '../../test/builders/city.ts'
import { bulkLoad } from './bulk-load.ts'
import { openCatalogue } from './catalogue.ts'
import type { Catalogue } from './catalogue.ts'

let folder: string
let catalogue: Catalogue
let now = 1000

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-changed-'))
  now = 1000
  catalogue = openCatalogue(join(folder, 'catalogue.db'), null, undefined, () => now)
})
afterEach(() => {
  catalogue.close()
  rmSync(folder, { recursive: true })
})

const bib = (id: string, parts: Partial<Bib> = {}): Bib => aBib({ id, ...parts })
const recordOf = (id: string, parts: Partial<Bib> = {}): Change[] => [
  put('title', aTitle({ id })),
  put('bib', bib(id, parts)),
]
const fed = (at: number, cursor: number, ...changes: Change[]): void => {
  now = at
  catalogue.apply(changes, { cursor, localSeq: null })
}
const since = (at: number): string[] => [...catalogue.changedSince(at)].flat()
const other = { leader: '00001nam0 2200000   450 ' }

it('answers what this desk heard since a time, the longest unchanged first', () => {
  fed(1000, 1, ...recordOf('a'), ...recordOf('b'))
  fed(2000, 2, ...recordOf('c'))
  fed(3000, 3, put('bib', bib('a', other)))
  expect(catalogue.changesKnownSince()).toBe(0)
  expect(since(0)).toEqual(['b', 'c', 'a'])
  expect(since(2000)).toEqual(['c', 'a'])
  expect(since(3000)).toEqual(['a'])
  expect(since(3001)).toEqual([])
})

it('a loan changes no record, nor does a record that comes as it is', () => {
  fed(1000, 1, ...recordOf('a'))
  fed(2000, 2, put('title', aTitle({ id: 'a', loansCount: 9 })), put('bib', bib('a')))
  expect(since(1001)).toEqual([])
})

it('an own change counts when it is done, not again when the city confirms it', () => {
  now = 1000
  catalogue.apply(recordOf('a'), { cursor: null, localSeq: 1 })
  fed(5000, 1, ...recordOf('a'))
  catalogue.settle([1])
  expect(since(1000)).toEqual(['a'])
  expect(since(1001)).toEqual([])
})

it('what left is no change to tell', () => {
  fed(1000, 1, ...recordOf('a'))
  fed(2000, 2, remove('title', 'a'), remove('bib', 'a'))
  expect(since(0)).toEqual([])
})

it('beyond one slice, each record once', () => {
  const ids = Array.from({ length: 1203 }, (_, index) => `t${String(index).padStart(5, '0')}`)
  fed(1000, 1, ...ids.flatMap((id) => put('bib', bib(id))))
  expect(since(1000)).toEqual(ids)
})

it('a file of the city has no times: it says from when on changes are known', () => {
  const path = join(folder, 'built.db')
  const before = Date.now()
  bulkLoad(path, null, [aTitle()], { cursor: 1, bibs: [aBib()] })
  expect(existsSync(path)).toBe(true)
  const built = openCatalogue(path, null)
  expect(built.changesKnownSince()).toBeGreaterThanOrEqual(before)
  expect([...built.changedSince(0)].flat()).toEqual([])
  built.apply([put('bib', aBib(other))], { cursor: 2, localSeq: null })
  expect([...built.changedSince(before)].flat()).toEqual([aBib().id])
  built.close()
})
