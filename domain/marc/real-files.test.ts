/** Real and deliberately odd files. `../shared/data` is not part of the repository. */
import { existsSync, readFileSync } from 'node:fs'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { recordToBrief } from './brief.ts'
import type { RecordBrief } from './brief.ts'
import { crosswalk } from './crosswalk.ts'
import { detectRecordForm } from './encoding.ts'
import type { MarcEncoding } from './marc-encodings.ts'
import { decodeIso5426 } from './iso-5426.ts'
import { readHoldings } from './holdings-905.ts'
import { parseRecord } from './iso2709.ts'
import type { DecodeText } from './iso2709.ts'
import type { RecordWarning } from './record-frame.ts'
import { writeRecord } from './iso2709-writer.ts'
import { recordContext } from './lint-finding.ts'
import { lintRecord } from './lint.ts'
import { createMarc8Decoder } from './marc-8.ts'
import type { Marc8Problem } from './marc-8.ts'
import type { MarcProfileName, MarcRecord } from './marc-record.ts'
import { createRecordSplitter } from './record-splitter.ts'

const FOLDER = new URL('../../../shared/data/', import.meta.url)
const utf8 = new TextDecoder('utf-8')
const windows1252 = new TextDecoder('windows-1252')

type ReadRecord = {
  bytes: Uint8Array
  record: MarcRecord
  profile: MarcProfileName
  encoding: MarcEncoding
  isFlagWrong: boolean
  brief: RecordBrief
}
type ReadFile = {
  warnings: RecordWarning[]

  read: ReadRecord[]
  refused: unknown[]
  recovered: number
  problems: Marc8Problem[]
}

const readFile = (path: string): ReadFile => {
  const problems: Marc8Problem[] = []
  const decoders: Record<MarcEncoding, DecodeText> = {
    'utf-8': (bytes) => utf8.decode(bytes),
    gb18030: (bytes) => iconv.decode(Buffer.from(bytes), 'gb18030'),
    big5: (bytes) => iconv.decode(Buffer.from(bytes), 'big5hkscs'),
    'iso-5426': decodeIso5426,
    'marc-8': createMarc8Decoder((problem) => problems.push(problem)),
    'windows-1252': (bytes) => windows1252.decode(bytes),
  }
  const file: ReadFile = { warnings: [], read: [], refused: [], recovered: 0, problems }
  const splitter = createRecordSplitter()
  const content = readFileSync(new URL(path, FOLDER))
  const cuts = []
  for (let at = 0; at < content.length; at += 997) {
    cuts.push(...splitter.push(content.subarray(at, at + 997)))
  }
  for (const entry of [...cuts, ...splitter.end()]) {
    const form = 'refused' in entry ? null : detectRecordForm(entry.bytes, null)
    if ('refused' in entry || form === null) {
      file.refused.push(entry)
      continue
    }
    const { profile, reading } = form
    const parsed = parseRecord(entry.bytes, decoders[reading.encoding], entry.offset)
    if ('refused' in parsed) {
      file.refused.push(parsed.refused)
      continue
    }
    file.warnings.push(...parsed.warnings)
    if (parsed.isRecovered) file.recovered += 1
    file.read.push({
      bytes: entry.bytes,
      record: parsed.record,
      profile,
      encoding: reading.encoding,
      isFlagWrong: reading.isFlagWrong,
      brief: recordToBrief(parsed.record, profile),
    })
  }
  return file
}

const encoders: Record<'utf-8' | 'gb18030', (text: string) => Uint8Array> = {
  'utf-8': (text) => new TextEncoder().encode(text),
  gb18030: (text) => new Uint8Array(iconv.encode(text, 'gb18030')),
}

describe.skipIf(!existsSync(FOLDER))('real files (skipped: no ../shared/data)', () => {
  it.each([
    ['cnmarc/bnu10.cnmarc.utf8.mrc', 10, 'cnmarc', ['utf-8']],
    ['cnmarc/bnu10.cnmarc.gb18030.mrc', 10, 'cnmarc', ['gb18030']],
    ['marc21/oss.marc', 42, 'marc21', ['marc-8', 'utf-8']],
    ['marc21/jazz_1k.mrc', 1000, 'marc21', ['marc-8', 'utf-8']],
    ['marc21/lul_fre_500.mrc', 500, 'marc21', ['marc-8', 'utf-8']],
    ['marc21/RDA_record_DVD_Jorge_Mautner.mrc', 1, 'marc21', ['utf-8']],
    ['marc21/RDA_record_SERIAL_IEEE_International_conference.mrc', 1, 'marc21', ['utf-8']],
    ['broken-marc/marc.dat', 20, 'marc21', ['utf-8']],
    ['broken-marc/bad_indicator.dat', 1, 'marc21', ['utf-8']],
    ['broken-marc/utf8_with_leader_flag.dat', 1, 'marc21', ['utf-8']],
    ['broken-marc/testunimarc.dat', 1, 'unimarc', ['utf-8']],
  ])('%s: %i records, none lost', (path, count, profile, encodings) => {
    const file = readFile(path)
    expect(file.refused).toEqual([])
    expect(file.read).toHaveLength(count)
    expect(file.recovered).toBe(0)
    expect(new Set(file.read.map((entry) => entry.profile))).toEqual(new Set([profile]))
    expect([...new Set(file.read.map((entry) => entry.encoding))].toSorted()).toEqual(encodings)
    expect(file.read.filter(({ brief }) => brief.title === null)).toEqual([])
  })

  it('every UTF-8 and GB18030 record comes out byte for byte as it went in', () => {
    for (const path of [
      'cnmarc/bnu10.cnmarc.utf8.mrc',
      'cnmarc/bnu10.cnmarc.gb18030.mrc',
      'broken-marc/testunimarc.dat',
      'broken-marc/marc.dat',
      'broken-marc/bad_indicator.dat',
      'broken-marc/utf8_with_leader_flag.dat',
      'marc21/RDA_record_DVD_Jorge_Mautner.mrc',
    ]) {
      for (const { record, bytes, encoding } of readFile(path).read) {
        const encode = encoders[encoding === 'gb18030' ? 'gb18030' : 'utf-8']
        const written = writeRecord(record, (text) => ({ bytes: encode(text), unmappable: [] }))
        expect(written).toEqual({ bytes })
      }
    }
  })

  it('the GB18030 file says the same as the UTF-8 file in all but the flag of 100', () => {
    const said = (path: string) =>
      readFile(path).read.map(({ record }) => record.fields.filter(({ tag }) => tag !== '100'))
    expect(said('cnmarc/bnu10.cnmarc.gb18030.mrc')).toEqual(said('cnmarc/bnu10.cnmarc.utf8.mrc'))
  })

  it('reads the first CNMARC record as a librarian would', () => {
    const [first] = readFile('cnmarc/bnu10.cnmarc.gb18030.mrc').read
    expect(first?.brief).toEqual({
      controlNumber: '990002180740203961',
      title: "'94中国发展报告",
      otherTitle: null,
      parallelTitle: null,
      volume: null,
      author: '国家统计局编',
      otherAuthors: ['叶震', '李强'],
      publisher: '中国统计出版社',
      place: '北京',
      year: '1994',
      isbns: ['9787503717444'],
      rawIsbns: ['7-5037-1744-0'],
      issn: null,
      unifiedBookNumber: null,
      price: 'CNY68.00',
      language: 'chi',
      clc: 'F124',
      subjects: ['经济发展-概况-中国-1994'],
      series: null,
      edition: null,
      extent: '320页 : 图 ; 27cm',
      kind: 'book',
      pinyinTitle: "'94Zhong Guo Fa Zhan Bao Gao",
      audience: 'general',
    })
  })

  it('finds the items of the CNMARC file in 906 and 935', () => {
    const holdings = readFile('cnmarc/bnu10.cnmarc.utf8.mrc').read.map(({ record, profile }) =>
      readHoldings(record, profile),
    )
    expect(holdings.flatMap(({ refused }) => refused)).toEqual([])
    expect(holdings[0]?.items.map(({ barcode, callNumber }) => [barcode, callNumber])).toEqual([
      ['1683011', 'F124/26'],
      ['1683012', 'F124/26'],
      ['1683013', 'F124/26'],
    ])
    expect(holdings.flatMap(({ items }) => items)).toHaveLength(17)
  })

  it('reads French MARC-8; the one stray byte of oss.marc stands in a leader', () => {
    const [first] = readFile('marc21/lul_fre_500.mrc').read
    expect(first?.brief).toMatchObject({
      title: "L'autre monde, mythes et légendes",
      otherTitle: 'le purgatoire de Saint Patrice',
      author: 'Félice, Philippe de',
      publisher: 'Champion',
      place: 'Paris',
      year: '1906',
      language: 'fre',
      kind: 'book',
    })
    expect(readFile('marc21/lul_fre_500.mrc').problems).toEqual([])
    expect(readFile('marc21/jazz_1k.mrc').problems).toEqual([])
    const oss = readFile('marc21/oss.marc')
    expect(oss.problems).toEqual([])
    expect(oss.warnings).toEqual([{ code: 'leader-not-ascii', offset: 40_499, tag: null }])
  })

  it('reads the Italian UNIMARC record with its non-sorting marks', () => {
    const [record] = readFile('broken-marc/testunimarc.dat').read
    expect(record?.brief).toMatchObject({
      title: "L'altra faccia della spirale",
      author: 'Isaac Asimov',
      publisher: 'A. Mondadori',
      year: '1996',
      isbns: ['9788804406822'],
      language: 'ita',
      series: 'Bestsellers',
    })
    expect(record?.brief.otherAuthors).toContain('Scaglia, Cesare')
  })

  it('lints and crosswalks every record without a throw, and back keeps the title', () => {
    for (const path of [
      'cnmarc/bnu10.cnmarc.utf8.mrc',
      'marc21/oss.marc',
      'marc21/lul_fre_500.mrc',
    ]) {
      for (const { record, profile, brief } of readFile(path).read) {
        for (const finding of lintRecord(record, profile, recordContext(2026))) {
          expect(finding.rule).toMatch(/^M\d\d$/)
          expect(finding.message.zh.length * finding.message.en.length).toBeGreaterThan(0)
        }
        const there = profile === 'marc21' ? 'cnmarc' : 'marc21'
        const converted = crosswalk(record, profile, there)
        expect(converted.record.leader).toHaveLength(24)
        expect(recordToBrief(converted.record, there).title).toBe(brief.title)
        expect(recordToBrief(converted.record, there).isbns).toEqual(brief.isbns)
      }
    }
  })

  it('finds the known faults of the ten CNMARC records', () => {
    const rulesByRecord = readFile('cnmarc/bnu10.cnmarc.utf8.mrc').read.map(
      ({ record, profile }) => [
        ...new Set(lintRecord(record, profile, recordContext(2026)).map(({ rule }) => rule)),
      ],
    )
    expect(rulesByRecord).toMatchInlineSnapshot(`
      [
        [],
        [],
        [
          "M03",
          "M10",
        ],
        [
          "M02",
          "M04",
          "M15",
        ],
        [
          "M08",
        ],
        [
          "M03",
          "M08",
          "M11",
        ],
        [
          "M08",
        ],
        [
          "M11",
        ],
        [],
        [
          "M10",
          "M11",
          "M13",
        ],
      ]
    `)
  })
})
