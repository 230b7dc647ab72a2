import { createReadStream, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { withEncodingFlag } from '../../../domain/marc/encoding.ts'
import type { MarcField, MarcRecord } from '../../../domain/marc/marc-record.ts'
import { writeRecord } from '../../../domain/marc/iso2709-writer.ts'
import { bibToMarcRecord } from '../../../domain/marc/bib-fields.ts'
import type { ImportedRecord } from '../../../domain/operations/import-titles.ts'
import type { Bib } from '../../../domain/records.ts'
import { openHeadless } from '../headless.ts'
import type { Headless } from '../headless.ts'
import { importFile } from '../import/import-file.ts'
import type { Chunks } from '../import/record-reading.ts'
import { textEncoder } from '../import/text-decoders.ts'
import { mergedIntoOf } from './merged-into.ts'
import { exportTitles } from './export-titles.ts'
import type { ExportForm, ExportReport, TitleSelection } from './export-titles.ts'

const shared = join(import.meta.dirname, '../../../../shared/data')
const isAbsent = !existsSync(shared)

let home: string
let desk: Headless
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'citydesk-export-'))
  desk = openHeadless(home, null)
})
afterEach(async () => {
  await desk.close()
  rmSync(home, { recursive: true, force: true })
})

const choices = { format: 'auto', profile: 'auto', encoding: 'auto', isDryRun: false } as const
const asHeld = { profile: 'as-held' } as const
const everything: TitleSelection = { of: 'all' }

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

const takeIn = (stream: Chunks) =>
  importFile({
    ...choices,
    stream,
    submit: async (batch) => desk.submitImport(batch, 'a.mrc'),
  })

async function exported(form: ExportForm, selection = everything) {
  const pieces: Uint8Array[] = []
  const report = await exportTitles({
    catalogue: desk.stores.catalogue,
    mergedInto: mergedIntoOf(desk.stores.replica.row),
    selection,
    form,
    put: async (bytes) => {
      pieces.push(bytes)
    },
  })
  return { bytes: Buffer.concat(pieces), report }
}

const data = (tag: string, ...parts: [code: string, value: string][]): MarcField => ({
  tag,
  indicators: '1 ',
  subfields: parts.map(([code, value]) => ({ code, value })),
})

const aTitle = (number: number, title: string, more: readonly MarcField[] = []): MarcRecord => ({
  leader: '00000nam0 2200000   450 ',
  fields: [
    { tag: '001', value: `cn${number}` },
    data('101', ['a', 'chi']),
    data('200', ['a', title]),
    ...more,
  ],
})

function bytesOf(records: readonly MarcRecord[]): Uint8Array {
  return Buffer.concat(
    records.map((record) => {
      const written = writeRecord(record, textEncoder('utf-8'))
      if ('refused' in written) throw new Error(written.refused.reason)
      return written.bytes
    }),
  )
}

const many = Array.from({ length: 620 }, (_, index) => aTitle(index, `深圳志 第${index}卷`))

describe('what is exported', () => {
  it('is every title that a query answers, beyond what a list shows', async () => {
    await takeIn(whole(bytesOf([...many, aTitle(9000, '活着')])))
    const form: ExportForm = { format: 'iso2709', encoding: 'utf-8', profile: 'as-held' }
    const { report } = await exported(form, { of: 'query', text: '深圳志' })
    expect(report.exported).toBe(620)
    const byPinyin = await exported(form, { of: 'query', text: 'shenzhenzhi' })
    expect(byPinyin.report.exported).toBe(620)
    expect((await exported(form, { of: 'query', text: '没有的' })).report.exported).toBe(0)
  })
  it('is what changed since a time', async () => {
    await takeIn(whole(bytesOf([aTitle(1, '活着'), aTitle(2, '兄弟')])))
    await setTimeout(2)
    const later = Date.now()
    await takeIn(whole(bytesOf([aTitle(2, '兄弟'), aTitle(3, '第七天')])))
    const form: ExportForm = { format: 'iso2709', encoding: 'utf-8', profile: 'as-held' }
    const { report, bytes } = await exported(form, { of: 'changes', since: later })
    expect(report).toMatchObject({ exported: 1, changesKnownSince: null })
    expect((await reread(bytes)).map(({ title }) => title.title)).toEqual(['第七天'])
    expect((await exported(form, { of: 'changes', since: 0 })).report.exported).toBe(3)
  })
  it('is what a list of control numbers and ISBNs names, each once, and the unknown are told', async () => {
    const isbn = data('010', ['a', '978-7-5063-6543-7'])
    await takeIn(
      whole(bytesOf([aTitle(1, '活着', [isbn]), aTitle(2, '兄弟'), aTitle(3, '许三观')])),
    )
    const { report, bytes } = await exported(
      { format: 'csv', encoding: 'utf-8', hasBom: false },
      { of: 'numbers', numbers: ['cn2', '7-5063-6543-X', '9787506365437', 'cn1', 'cn99'] },
    )
    expect(report).toMatchObject({ exported: 2, refused: [], unknown: ['cn99'], unknownCount: 1 })
    expect(bytes.toString().split('\r\n').slice(1, 3)).toEqual([
      expect.stringContaining('兄弟'),
      expect.stringContaining('活着'),
    ])
  })
})

describe('what an encoding lacks', () => {
  it.each(['iso2709', 'marcxml'] as const)(
    '%s: refused by its place, the others written',
    async (format) => {
      const lacking = aTitle(1, '活着', [
        data('300', ['a', '甲']),
        data('300', ['a', '乙'], ['b', '编者𠮷田']),
      ])
      await takeIn(whole(bytesOf([lacking, aTitle(2, '兄弟')])))
      const { report, bytes } = await exported({ ...asHeld, format, encoding: 'gbk' })
      expect(report.exported).toBe(1)
      expect(report.refused).toEqual([
        {
          id: expect.any(String),
          controlNumber: 'cn1',
          reason: 'unmappable-characters',
          tag: '300',
          unmappable: [{ tag: '300', occurrence: 1, code: 'b', index: 2, character: '𠮷' }],
        },
      ])
      const again = await reread(bytes)
      expect(again.map(({ title }) => title.title)).toEqual(['兄弟'])
      expect((await exported({ ...asHeld, format, encoding: 'gb18030' })).report.exported).toBe(2)
    },
  )
})

it.each([
  ['gb18030', '0110    '],
  ['utf-8', '50      '],
] as const)('100 $a says what the bytes are: %s', async (encoding, sets) => {
  const coded = `20180326d2018    em y0chiy50      ea`
  await takeIn(whole(bytesOf([aTitle(1, '活着', [data('100', ['a', coded])])])))
  const [record] = await reread((await exported({ ...asHeld, format: 'iso2709', encoding })).bytes)
  const field = record?.bib.fields.find(({ tag }) => tag === '100')
  expect(field?.subfields[0]?.value.slice(26, 34)).toBe(sets)
})

it('a spreadsheet computes nothing of what a record says, and knows UTF-8 by its mark', async () => {
  const formula = aTitle(1, '=HYPERLINK("http://example.org","甲,乙")', [data('210', ['c', '+1'])])
  await takeIn(whole(bytesOf([formula])))
  const { bytes } = await exported({ format: 'csv', encoding: 'utf-8', hasBom: true })
  const [header, line] = bytes.toString().split('\r\n')
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(header).toContain('controlNumber,isbns')
  expect(line).toBe(`cn1,,,"'=HYPERLINK(""http://example.org"",""甲,乙"")",,,'+1,,,chi,,,book`)
})

const wholeReport = (exported: number, bytes: number): ExportReport => ({
  exported,
  changesKnownSince: null,
  bytes,
  refusedCount: 0,
  refused: [],
  lossCount: 0,
  losses: [],
  unknownCount: 0,
  unknown: [],
  goneCount: 0,
  gone: [],
  goneKnownSince: null,
})

it('crosses over to the other format and names what it has no field for', async () => {
  const lost = data('305', ['a', '据1957年版重印'])
  await takeIn(whole(bytesOf([aTitle(1, '活着', [lost]), aTitle(2, '兄弟')])))
  const form: ExportForm = { format: 'iso2709', encoding: 'utf-8', profile: 'marc21' }
  const { bytes, report } = await exported(form)
  expect(report).toMatchObject({
    exported: 2,
    lossCount: 1,
    losses: [{ controlNumber: 'cn1', field: '305', reason: expect.any(String) }],
  })
  const again = await reread(bytes)
  expect(again.map(({ bib, title }) => [bib.profile, title.title])).toEqual([
    ['marc21', '活着'],
    ['marc21', '兄弟'],
  ])
  expect((await exported({ ...form, profile: 'cnmarc' })).report.lossCount).toBe(0)
})

async function reread(bytes: Uint8Array): Promise<ImportedRecord[]> {
  const records: ImportedRecord[] = []
  await importFile({
    ...choices,
    stream: whole(bytes),
    submit: async (batch) => {
      records.push(...batch)
      return { imported: batch.length, updated: 0, items: 0, takenBarcodes: [] }
    },
  })
  return records
}

/** Without what the writing itself has to say: lengths, addresses, entry map and encoding. */
function contentOf(bib: Omit<Bib, 'id'>): string {
  const { leader, fields } = withEncodingFlag(bibToMarcRecord(bib), bib.profile, 'utf-8')
  return JSON.stringify([bib.profile, leader.slice(5, 12), leader.slice(17, 20), fields])
}

describe.skipIf(isAbsent)(`real files (skipped where ${shared} is absent)`, () => {
  const files = isAbsent
    ? []
    : ['cnmarc', 'marc21', 'broken-marc'].flatMap((folder) =>
        readdirSync(join(shared, folder))
          .filter((name) => /\.(mrc|dat|marc)$|^(sample_|badisbns|serials)/.test(name))
          .map((name) => join(folder, name)),
      )
  const forms = (['iso2709', 'marcxml'] as const).flatMap((format) =>
    (['utf-8', 'gb18030'] as const).map((encoding) => ({ ...asHeld, format, encoding })),
  )

  it.each(files)(
    '%s: an export read again holds the same records',
    async (file) => {
      const { refusedCount } = await takeIn(createReadStream(join(shared, file)))
      expect(refusedCount).toBe(0)
      const { catalogue } = desk.stores
      const bibs = catalogue
        .titlesAfter(0, 5000)
        .titles.flatMap(({ id }) => catalogue.bib(id) ?? [])
      expect(bibs.length).toBeGreaterThan(0)
      for (const form of forms) {
        const { bytes, report } = await exported(form)
        expect(report).toEqual(wholeReport(bibs.length, bytes.length))
        const again = await reread(bytes)
        expect(again.map(({ bib }) => contentOf(bib))).toEqual(bibs.map(contentOf))
      }
    },
    60_000,
  )
})
