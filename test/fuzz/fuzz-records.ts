/**
 * Records made wrong by chance, each before a whole one: reading throws nothing, and takes or names
 * every record; a whole one is never lost; what was read is written and read again as the same.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { fieldToBibField } from '../../domain/marc/bib-fields.ts'
import { withEncodingFlag } from '../../domain/marc/encoding.ts'
import { writeRecord } from '../../domain/marc/iso2709-writer.ts'
import { isDataField } from '../../domain/marc/marc-record.ts'
import type { MarcField, MarcRecord } from '../../domain/marc/marc-record.ts'
import { recordToMarcXml } from '../../domain/marc/marc-xml.ts'
import { createRecordSplitter } from '../../domain/marc/record-splitter.ts'
import { toImportedRecord } from '../../main/engine/import/imported-record.ts'
import { readRecords } from '../../main/engine/import/read-records.ts'
import type { Reading, RecordRead } from '../../main/engine/import/record-reading.ts'
import { textEncoder } from '../../main/engine/import/text-decoders.ts'
import { seeded } from '../simulation/random.ts'
import { below, mutated } from './mutate.ts'

export interface FuzzResult {
  readonly cases: number
  readonly taken: number
  readonly refused: number
  readonly rewritten: number
  /** What went wrong, with the case that shows it. */
  readonly failures: readonly string[]
  readonly peakRssMb: number
  readonly slowestFileMs: number
  /** How often each reason was given. */
  readonly reasons: Readonly<Record<string, number>>
}

/** Cases of one file. */
const FILE_CASES = 200
const FAILURES_MAX = 20
const SENTINEL = '未受损的一条'
const shared = join(import.meta.dirname, '../../../shared/data')
const REAL_FILES = [
  'cnmarc/bnu10.cnmarc.gb18030.mrc',
  'cnmarc/bnu10.cnmarc.utf8.mrc',
  'marc21/oss.marc',
  'broken-marc/marc.dat',
  'broken-marc/testunimarc.dat',
] as const

const made = (title: string, charset: string): MarcRecord => ({
  leader: '00000nam0 2200000   450 ',
  fields: [
    { tag: '001', value: 'cn1' },
    {
      tag: '100',
      indicators: '  ',
      subfields: [{ code: 'a', value: `20180326d2018    em y0chiy${charset.padEnd(8)}ea` }],
    },
    { tag: '101', indicators: '0 ', subfields: [{ code: 'a', value: 'chi' }] },
    { tag: '200', indicators: '1 ', subfields: [{ code: 'a', value: title }] },
    { tag: '905', indicators: '  ', subfields: [{ code: 'b', value: '04400500000001' }] },
  ],
})
const marc8: MarcRecord = {
  leader: '00000nam a2200000 a 4500',
  fields: [
    { tag: '008', value: '970701s1906    cc            000 0 chi u' },
    {
      tag: '245',
      indicators: '10',
      subfields: [
        { code: 'a', value: 'F\u00e2elice \u001b$1!0!!0$\u001b(B \u001b(NwojnA\u001b(B' },
      ],
    },
  ],
}

function written(record: MarcRecord, encoding: 'utf-8' | 'gb18030' | 'latin1'): Uint8Array {
  const encode =
    encoding === 'latin1'
      ? (text: string) => ({ bytes: Buffer.from(text, 'latin1'), unmappable: [] })
      : textEncoder(encoding)
  const result = writeRecord(record, encode)
  if ('refused' in result) throw new Error(result.refused.reason)
  return result.bytes
}

/** Our own records, and real ones where they are at hand. */
function seeds(): Uint8Array[] {
  const ours = [
    written(made('深圳图书馆志', '50'), 'utf-8'),
    written(made('𠮷野镕编', '0110'), 'gb18030'),
    written(marc8, 'latin1'),
  ]
  const real = REAL_FILES.map((name) => join(shared, name)).filter((path) => existsSync(path))
  return real.reduce((all, path) => {
    const splitter = createRecordSplitter()
    const cuts = [...splitter.push(readFileSync(path)), ...splitter.end()]
    return [...all, ...cuts.flatMap((cut) => ('bytes' in cut ? [cut.bytes] : []))]
  }, ours)
}

const sentinel = written(made(SENTINEL, '50'), 'utf-8')
const xmlOf = (record: MarcRecord): Uint8Array => {
  const result = recordToMarcXml(record)
  if ('refused' in result) throw new Error(result.refused.reason)
  return Buffer.from(result.xml)
}
const xmlSeeds = [xmlOf(made('深圳 & 图书馆', '50')), xmlOf(made('𠮷野镕编', '50'))]
const xmlSentinel = xmlOf(made(SENTINEL, '50'))

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function readAll(bytes: Uint8Array, chunk: number): Promise<Reading[]> {
  const choices = { format: 'auto', profile: 'auto', encoding: 'auto' } as const
  const readings: Reading[] = []
  for await (const portion of readRecords(inChunks(bytes, chunk), choices)) {
    readings.push(...portion.readings)
  }
  return readings
}

const isSentinel = (reading: Reading): boolean =>
  'record' in reading &&
  reading.record.fields.some(
    (field) => field.tag === '200' && JSON.stringify(field).includes(SENTINEL),
  )

/** Indicators without subfields and a text without indicators are the same bytes. */
const comparable = (field: MarcField): unknown =>
  isDataField(field) && field.subfields.length === 0
    ? fieldToBibField({ tag: field.tag, value: field.indicators })
    : fieldToBibField(field)

const contentOf = ({ record, profile }: RecordRead): string => {
  const { leader, fields } = withEncodingFlag(record, profile, 'utf-8')
  return JSON.stringify([leader.slice(5, 12), leader.slice(17, 20), fields.map(comparable)])
}

/** Null where writing refuses it, or where it comes back as it was. */
async function differenceOf(reading: RecordRead): Promise<string | null> {
  const flagged = withEncodingFlag(reading.record, reading.profile, 'utf-8')
  const again = writeRecord(flagged, textEncoder('utf-8'))
  if ('refused' in again) return null
  const [reread] = await readAll(again.bytes, again.bytes.length)
  if (reread === undefined || 'refused' in reread) return `not read again: ${contentOf(reading)}`
  const [before, after] = [contentOf(reading), contentOf({ ...reread, profile: reading.profile })]
  return before === after ? null : `${before}\n  came back as\n  ${after}`
}

interface Counts {
  taken: number
  refused: number
  rewritten: number
  failures: string[]
  reasons: Record<string, number>
}

async function lookAt(readings: readonly Reading[], counts: Counts): Promise<void> {
  for (const reading of readings) {
    const imported = 'refused' in reading ? reading.refused : toImportedRecord(reading)
    if ('reason' in imported) {
      counts.refused += 1
      counts.reasons[imported.reason] = (counts.reasons[imported.reason] ?? 0) + 1
    } else counts.taken += 1
    if ('refused' in reading || isSentinel(reading)) continue
    const difference = await differenceOf(reading)
    counts.rewritten += 1
    if (difference !== null) counts.failures.push(difference)
  }
}

/** Throws nothing: a throw of the codec is a failure like others. */
export async function fuzzRecords(options: {
  readonly cases: number
  readonly seed: number
  readonly onProgress?: (done: number) => void
}): Promise<FuzzResult> {
  const random = seeded(options.seed)
  const bases = seeds()
  const counts: Counts = { taken: 0, refused: 0, rewritten: 0, failures: [], reasons: {} }
  let peak = 0
  let slowest = 0
  for (let done = 0; done < options.cases; done += FILE_CASES) {
    const isXml = below(random, 10) === 0
    const from = isXml ? xmlSeeds : bases
    const whole = isXml ? xmlSentinel : sentinel
    const pick = (): Uint8Array => from[below(random, from.length)] as Uint8Array
    const cases = Math.min(FILE_CASES, options.cases - done)
    const pieces = Array.from({ length: cases }, () => [mutated(pick(), random, pick()), whole])
    const bytes = Buffer.concat([whole, ...pieces.flat()])
    const startedAt = performance.now()
    try {
      const readings = await readAll(bytes, 1 + below(random, 20_000))
      const found = readings.filter(isSentinel).length
      // A comment that chance opened may hide what stands behind it in XML, to the file's end.
      if (found < (isXml ? 1 : cases + 1)) {
        counts.failures.push(`file at case ${done}: ${cases + 1 - found} whole records lost`)
      }
      await lookAt(readings, counts)
    } catch (error) {
      counts.failures.push(`file at case ${done}: ${String(error)}`)
    }
    slowest = Math.max(slowest, performance.now() - startedAt)
    peak = Math.max(peak, process.memoryUsage.rss())
    options.onProgress?.(done + cases)
    if (counts.failures.length >= FAILURES_MAX) break
  }
  return {
    cases: options.cases,
    ...counts,
    peakRssMb: Math.round(peak / 2 ** 20),
    slowestFileMs: Math.round(slowest),
  }
}
