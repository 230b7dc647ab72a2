/**
 * Import of catalogue records: reading alone, and through operations into an indexed replica.
 *
 *   node test/bench/import.ts [--records 10000] [--file FILE.mrc]
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { generateTitles } from '../../cli/sample-city/generated-city.ts'
import { parseRecord } from '../../domain/marc/iso2709.ts'
import { writeRecord } from '../../domain/marc/iso2709-writer.ts'
import { latin1Text } from '../../domain/marc/latin-1.ts'
import type { MarcField, MarcRecord } from '../../domain/marc/marc-record.ts'
import { createRecordSplitter } from '../../domain/marc/record-splitter.ts'
import type { Title } from '../../domain/records.ts'
import { openHeadless } from '../../main/engine/headless.ts'
import { importFile } from '../../main/engine/import/import-file.ts'
import { textEncoder } from '../../main/engine/import/text-decoders.ts'

const CHUNK_BYTES = 256 * 1024

const field = (tag: string, indicators: string, ...parts: string[]): MarcField => ({
  tag,
  indicators,
  subfields: parts.flatMap((code, at) =>
    at % 2 === 0 ? [{ code, value: parts[at + 1] ?? '' }] : [],
  ),
})

/** As a provincial library exports it: some 25 fields, an abstract, two copies. */
function cnmarcOf(title: Title, number: number): MarcRecord {
  const { author, clc, isbns, publisher, year } = title
  const name = (author ?? '').replace(/著$/, '')
  const barcode = (copy: number): string => `9${String(number * 2 + copy).padStart(13, '0')}`
  const copyOf = (copy: number): MarcField =>
    field('905', '  ', 'a', '044005', 'b', barcode(copy), 'd', clc ?? '', 'e', String(number))
  const abstract = `本书以${title.title}为中心，`.repeat(4)
  return {
    leader: '00000nam0 2200000   450 ',
    fields: [
      { tag: '001', value: title.controlNumber ?? '' },
      { tag: '005', value: '20240512103000.0' },
      field('010', '  ', 'a', isbns[0] ?? '', 'b', '平装', 'd', 'CNY48.00'),
      field('100', '  ', 'a', `20240512d${year ?? '2000'}    em y0chiy50      ea`),
      field('101', '0 ', 'a', title.language ?? 'chi'),
      field('102', '  ', 'a', 'CN', 'b', '110000'),
      field('105', '  ', 'a', 'a   z   000yy'),
      field('106', '  ', 'a', 'r'),
      field(
        '200',
        '1 ',
        'a',
        title.title,
        '9',
        'ti ming',
        'e',
        title.otherTitle ?? '',
        'f',
        author ?? '',
      ),
      field('210', '  ', 'a', '北京', 'c', publisher ?? '', 'd', year ?? ''),
      field('215', '  ', 'a', '12, 326页', 'c', '图', 'd', '24cm'),
      field('225', '2 ', 'a', title.series ?? '文史丛书'),
      field('300', '  ', 'a', '国家出版基金项目'),
      field('314', '  ', 'a', `${name}，教授，长期从事研究工作。`),
      field('320', '  ', 'a', '有书目 (第320-326页)'),
      field('330', '  ', 'a', abstract),
      ...title.subjects.map((subject) => field('606', '0 ', 'a', subject, 'x', '研究')),
      field('690', '  ', 'a', clc ?? '', 'v', '5'),
      field('701', ' 0', 'a', name, '4', '著'),
      field('801', ' 0', 'a', 'CN', 'b', 'SZL', 'c', '20240512'),
      copyOf(0),
      copyOf(1),
    ],
  }
}

function generatedFile(count: number): Uint8Array {
  const encode = textEncoder('utf-8')
  const pieces: Uint8Array[] = []
  for (const title of generateTitles({ count, seed: 1 })) {
    const written = writeRecord(cnmarcOf(title, pieces.length), encode)
    if ('refused' in written) throw new Error(`${title.id}: ${written.refused.reason}`)
    pieces.push(written.bytes)
  }
  return Buffer.concat(pieces)
}

/** The records of a real file over and over, each time under another control number. */
function repeatedFile(path: string, count: number): Uint8Array {
  const splitter = createRecordSplitter()
  const records = [...splitter.push(readFileSync(path)), ...splitter.end()].flatMap((cut) => {
    const parsed = 'refused' in cut ? cut : parseRecord(cut.bytes, latin1Text, 0)
    return 'record' in parsed ? [parsed.record] : []
  })
  const encode = (text: string) => ({ bytes: Buffer.from(text, 'latin1'), unmappable: [] })
  return Buffer.concat(
    Array.from({ length: count }, (_, number) => {
      const { leader, fields } = records[number % records.length] as MarcRecord
      const others = fields.filter(({ tag }) => tag !== '001')
      const numbered = [{ tag: '001', value: `b${number}` }, ...others]
      const written = writeRecord({ leader, fields: numbered }, encode)
      return 'refused' in written ? new Uint8Array() : written.bytes
    }),
  )
}

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES)
}

const choices = { format: 'auto', profile: 'auto', encoding: 'auto' } as const

export interface ImportBenchRow {
  readonly name: string
  readonly records: number
  readonly perSecond: number
  readonly goal: number
}

async function measured(
  name: string,
  goal: number,
  work: () => Promise<{ read: number }>,
): Promise<ImportBenchRow> {
  const began = performance.now()
  const { read } = await work()
  const seconds = (performance.now() - began) / 1000
  return { name, records: read, perSecond: Math.round(read / seconds), goal }
}

/** Every batch an operation: decided, hashed, logged at synchronous=FULL, indexed; encrypted. */
async function importInto(home: string, bytes: Uint8Array): Promise<{ read: number }> {
  const desk = openHeadless(home, randomBytes(32))
  try {
    return await importFile({
      ...choices,
      stream: inChunks(bytes),
      isDryRun: false,
      submit: (batch) => Promise.resolve(desk.submitImport(batch, 'bench.iso')),
    })
  } finally {
    await desk.close()
  }
}

export async function benchImport(of: {
  records: number
  file: string | null
}): Promise<ImportBenchRow[]> {
  const bytes = of.file === null ? generatedFile(of.records) : repeatedFile(of.file, of.records)
  const read = () =>
    importFile({
      ...choices,
      stream: inChunks(bytes),
      isDryRun: true,
      submit: () => Promise.reject(new Error('a dry run submits nothing')),
    })
  await read()
  const home = mkdtempSync(join(tmpdir(), 'citydesk-bench-import-'))
  try {
    return [
      await measured('read, detected, decoded, briefed', 60_000, read),
      await measured('through operations into the indexed replica', 15_000, () =>
        importInto(home, bytes),
      ),
    ]
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

export const importTable = (rows: readonly ImportBenchRow[]): string =>
  [
    '| MARC import | records | records/s | goal |',
    '| --- | ---: | ---: | ---: |',
    ...rows.map(
      ({ name, records, perSecond, goal }) => `| ${name} | ${records} | ${perSecond} | ${goal} |`,
    ),
  ].join('\n')

if (import.meta.main) {
  const { values } = parseArgs({
    options: { records: { type: 'string', default: '10000' }, file: { type: 'string' } },
  })
  const rows = await benchImport({ records: Number(values.records), file: values.file ?? null })
  console.log(importTable(rows))
}
