import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { QualityScope } from '../../contract/quality-shapes.ts'
import type { BibContent } from '../../domain/cataloguing-records.ts'
import { bibToMarcRecord } from '../../domain/marc/bib-fields.ts'
import { recordToBrief } from '../../domain/marc/brief.ts'
import { titleOfBrief } from '../../domain/marc/title-of-brief.ts'
import { CalendarDate } from '../../domain/words/calendar-date.ts'
import type { ImportedRecord } from '../../domain/operations/import-titles.ts'
import { aGoodRecord, withoutTag } from '../../test/builders/good-record.ts'
import { createAnnouncer } from './announce.ts'
import { systemClock } from './clock.ts'
import { openHeadless } from './headless.ts'
import type { Headless } from './headless.ts'
import { openKeptCounts } from './quality-counts.ts'
import { createQualityDesk } from './quality-desk.ts'
import type { QualityDesk } from './quality-desk.ts'

let home: string
let desk: Headless
let quality: QualityDesk

function recordOf(number: number, content: BibContent, barcode: string | null): ImportedRecord {
  const title = titleOfBrief(recordToBrief(bibToMarcRecord(content), 'cnmarc'), () => {})
  if (title === null) throw new Error('the record has no title')
  const item = {
    barcode: barcode ?? '',
    callNumber: null,
    shelf: null,
    itemType: 'book',
    priceFen: null,
  } as const
  return {
    title: { ...title, controlNumber: `0120260${number}` },
    bib: { profile: 'cnmarc', ...content },
    items: barcode === null ? [] : [item],
  }
}

const open = (): QualityDesk =>
  createQualityDesk({
    stores: desk.stores,
    clock: systemClock,
    announcer: createAnnouncer(),
    home,
  })

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'citydesk-quality-'))
  desk = openHeadless(home, null)
  const dear = aGoodRecord('010  $a978-7-5001-6208-7$d32元')
  desk.submitImport(
    [
      recordOf(1, aGoodRecord(), null),
      recordOf(2, dear, '04400510000001'),
      recordOf(3, withoutTag(aGoodRecord(), '100'), null),
    ],
    'a.mrc',
  )
  quality = open()
})
afterEach(async () => {
  quality.close()
  await desk.close()
  rmSync(home, { recursive: true, force: true })
})

const until = (scope: QualityScope, state: string) =>
  vi.waitUntil(() => quality.report(scope).progress?.state === state, { timeout: 20_000 })

describe('a survey', () => {
  it('counts each record once a rule, by severity, and names those it found', async () => {
    expect(quality.report('all')).toEqual({ progress: null, latest: null, trend: [] })
    quality.run('all')
    await until('all', 'done')
    const { latest } = quality.report('all')
    expect(latest).toMatchObject({ recordsCount: 3, faultyCount: 2, wrongCount: 1 })
    expect(latest?.byRule).toContainEqual({ rule: 'M08', errors: 0, warnings: 1 })
    const { rows, total } = quality.list({ scope: 'all', rule: 'M08', limit: 10 })
    expect(rows.map(({ controlNumber, isError }) => [controlNumber, isError])).toEqual([
      ['01202602', false],
    ])
    expect(total).toBe(1)
  })

  it('of a branch reads what it has items of', async () => {
    quality.run('branch')
    await until('branch', 'done')
    expect(quality.report('branch').latest).toMatchObject({ recordsCount: 1, faultyCount: 1 })
    expect(quality.report('all').latest).toBeNull()
  })

  it('that is stopped keeps no count', async () => {
    quality.run('all')
    quality.stop('all')
    await until('all', 'stopped')
    expect(quality.report('all').latest).toBeNull()
  })

  it('leaves its counts to the next start, and its names not', async () => {
    quality.run('all')
    await until('all', 'done')
    quality.close()
    quality = open()
    expect(quality.report('all').latest).toMatchObject({ faultyCount: 2 })
    expect(quality.list({ scope: 'all', rule: 'M08', limit: 10 })).toEqual({ rows: [], total: 0 })
  })
})

describe('counts', () => {
  const counts = (on: string, faultyCount: number) => ({
    on: CalendarDate.parse(on),
    scope: 'all' as const,
    recordsCount: 10,
    faultyCount,
    wrongCount: 0,
    byRule: [],
  })

  it('of one day: the last; in the order of the days', () => {
    const path = join(home, 'counts.json')
    const kept = openKeptCounts(path)
    for (const one of [counts('2026-11-22', 3), counts('2026-11-21', 5), counts('2026-11-22', 2)]) {
      kept.keep(one)
    }
    const again = openKeptCounts(path).of('all')
    expect(again.map(({ on, faultyCount }) => [on, faultyCount])).toEqual([
      ['2026-11-21', 5],
      ['2026-11-22', 2],
    ])
    expect(openKeptCounts(path).of('branch')).toEqual([])
  })

  it.each(['{"half', '{"not":"counts"}'])('a file that says %s is begun anew', (text) => {
    const path = join(home, 'counts.json')
    writeFileSync(path, text)
    expect(openKeptCounts(path).of('all')).toEqual([])
  })
})
