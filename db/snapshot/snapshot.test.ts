import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { patch, put } from '../../domain/change.ts'
import type { Item } from '../../domain/records.ts'
import { briefItem } from '../../domain/scopes.ts'
import {
  BRANCH,
  FEED,
  OTHER_BRANCH,
  aBib,
  aReader,
  aTitle,
  anItem,
  theCity,
} from '../../test/builders/city.ts'
import { wellKnownTitles } from '../../test/catalogue/well-known-titles.ts'
import { openCatalogue } from '../catalogue/catalogue.ts'
import { StorageFailure } from '../open.ts'
import { openReplica } from '../replica/replica.ts'
import type { Replica } from '../replica/replica.ts'
import { assertBriefFile, writeBriefFile } from './brief-file.ts'
import { adoptCatalogue } from './adopt-catalogue.ts'
import { writeCatalogueFile } from './catalogue-file.ts'
import { SnapshotDamaged, packFile, unpackFile } from './packed-file.ts'

const key = randomBytes(32)
const RANGE = 1_000
let folder = ''
const at = (name: string): string => join(folder, name)
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-snapshot-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe('a packed file', () => {
  const raw = Buffer.concat([randomBytes(4_321), Buffer.alloc(20_000, 'city')])
  beforeEach(() => writeFileSync(at('raw'), raw))

  test('comes out as it went in, and every range has its hash', async () => {
    const packed = await packFile(at('raw'), at('packed'), RANGE)
    const bytes = readFileSync(at('packed'))
    expect(packed).toMatchObject({ bytes: bytes.length, rawBytes: raw.length })
    expect(packed.ranges).toEqual(
      packed.ranges.map((_, index) => sha256(bytes.subarray(index * RANGE, (index + 1) * RANGE))),
    )
    await unpackFile(at('packed'), at('again'), packed)
    expect(readFileSync(at('again')).equals(raw)).toBe(true)
  })

  test('that is more than its manifest says is stopped there', async () => {
    const packed = await packFile(at('raw'), at('packed'), RANGE)
    const less = { ...packed, rawBytes: 5_000 }
    await expect(unpackFile(at('packed'), at('again'), less)).rejects.toThrow(SnapshotDamaged)
    expect(statSync(at('again')).size).toBeLessThanOrEqual(5_000 + (1 << 17))
  })

  test.each([
    ['cut short', (path: string) => truncateSync(path, 3_000)],
    [
      'with a flipped bit',
      (path: string) => {
        const bytes = readFileSync(path)
        bytes[2_000] = (bytes[2_000] ?? 0) ^ 1
        writeFileSync(path, bytes)
      },
    ],
    ['of another kind', (path: string) => writeFileSync(path, 'hello')],
  ])('%s is refused', async (_says, damage) => {
    const packed = await packFile(at('raw'), at('packed'), RANGE)
    damage(at('packed'))
    await expect(unpackFile(at('packed'), at('again'), packed)).rejects.toThrow(/./)
  })
})

describe('the brief facts', () => {
  const elsewhere = (number: number): Item =>
    briefItem(
      anItem({
        id: `far-${number}`,
        barcode: `0440060000${number}`,
        homeBranchId: OTHER_BRANCH,
        atBranchId: OTHER_BRANCH,
      }),
    )
  const blocked = { id: 'f'.repeat(32), untilOn: '2026-12-31' as never }
  let replica: Replica
  beforeEach(() => {
    replica = openReplica(at('replica.db'), key, {
      catalogue: openCatalogue(':memory:', null),
      logged: () => null,
      ownBranchId: () => BRANCH,
    })
    const changes = [...theCity(), put('item', anItem()), put('reader', aReader())]
    replica.applyPage({
      entries: [{ scope: FEED, number: 1, changes }],
      settled: [],
      redecide: () => [],
    })
  })
  afterEach(() => replica.close())

  test('enter the replica: the own branch and what waits stay as they are', async () => {
    const mine = [patch('item', 'far-1', { shelf: 'mine' })]
    replica.applyPage({
      entries: [{ scope: FEED, number: 2, changes: [put('item', elsewhere(1))] }],
      settled: [],
      redecide: () => [],
    })
    replica.applyLocal({ seq: 1, id: 'desk-a.1.1' }, mine)
    const far = Array.from({ length: 9_000 }, (_, index) => elsewhere(index + 1))
    const late = anItem({ shelf: 'late', condition: 'damaged' })
    const rows = far.map((row) => ['item', { ...row, state: 'lost' }] as const)
    const count = writeBriefFile(at('brief.db'), [
      ['item', late],
      ...rows,
      ['blocked-card', blocked],
    ])
    assertBriefFile(at('brief.db'))
    let pauses = 0
    await replica.importBrief(
      { path: at('brief.db'), cursor: 77 },
      () => mine,
      async () => {
        pauses += 1
      },
    )
    expect([count, pauses > 2, replica.cursors()]).toEqual([9_002, true, { [FEED]: 2, brief: 77 }])
    expect(replica.row('item', 'item-1')).toEqual(anItem())
    expect(replica.row('item', 'far-9000')).toMatchObject({ state: 'lost' })
    expect(replica.row('item', 'far-1')).toMatchObject({ state: 'lost', shelf: 'mine' })
    expect(replica.row('blocked-card', blocked.id)).toEqual(blocked)
    replica.applyPage({ entries: [], settled: [1], redecide: () => [] })
    expect(replica.row('item', 'far-1')).toMatchObject({ state: 'lost', shelf: null })
  })

  test('of another program are refused', () => {
    writeCatalogueFile(at('brief.db'), 1, [aTitle()], [])
    expect(() => assertBriefFile(at('brief.db'))).toThrow(StorageFailure)
  })
})

describe('the catalogue', () => {
  test('I13 is the same by a snapshot as by the feed, and is encrypted when it is adopted', async () => {
    const bib = aBib({ id: wellKnownTitles[0]?.id ?? '' })
    writeCatalogueFile(at('catalogue.db'), 5, wellKnownTitles, [bib])
    await adoptCatalogue(at('catalogue.db'), key)
    expect(readFileSync(at('catalogue.db')).includes('SQLite format')).toBe(false)
    const byFile = openCatalogue(at('catalogue.db'), key)
    const byFeed = openCatalogue(at('fed.db'), key)
    const changes = wellKnownTitles.map((row) => put('title', row))
    byFeed.apply([...changes, put('bib', bib)], { cursor: 5, localSeq: null })
    const ids = wellKnownTitles.map(({ id }) => id)
    expect(byFile.titles(ids)).toEqual(byFeed.titles(ids))
    expect([byFile.cursor(), byFile.count(), byFile.bib(bib.id)]).toEqual([5, ids.length, bib])
    byFile.close()
    byFeed.close()
  })

  test('with a table too many is refused', async () => {
    writeBriefFile(at('catalogue.db'), [])
    await expect(adoptCatalogue(at('catalogue.db'), key)).rejects.toMatchObject({ code: 'damaged' })
  })
})
