/** Scripts, encodings and packings as they arrive: what is readable comes in, goes out and comes in alike. */
import { gzipSync, zstdCompressSync } from 'node:zlib'

import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'

import { bibToMarcRecord } from '../../../domain/marc/bib-fields.ts'
import { writeRecord } from '../../../domain/marc/iso2709-writer.ts'
import type { MarcField, MarcRecord } from '../../../domain/marc/marc-record.ts'
import { recordToMarcXml } from '../../../domain/marc/marc-xml.ts'
import { READING_FAULTS_EN, READING_FAULTS_ZH } from '../../../domain/marc/reading-faults.ts'
import type { ImportedRecord } from '../../../domain/operations/import-titles.ts'
import { encodeRecord } from '../export/encode-record.ts'
import { importFile } from './import-file.ts'

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function take(bytes: Uint8Array, chunk = 1500) {
  const records: ImportedRecord[] = []
  const remarks: string[] = []
  const counts = await importFile({
    stream: inChunks(bytes, chunk),
    format: 'auto',
    profile: 'auto',
    encoding: 'auto',
    isDryRun: false,
    submit: async (batch) => {
      records.push(...batch)
      return { imported: batch.length, updated: 0, items: 0, takenBarcodes: [] }
    },
    onRemark: ({ code }) => remarks.push(code),
  })
  expect(counts.imported + counts.refusedCount).toBe(counts.read)
  for (const { reason } of counts.refused) {
    expect(READING_FAULTS_EN[reason]).toMatch(/\w/)
    expect(READING_FAULTS_ZH[reason]).toMatch(/\p{Script=Han}/u)
  }
  const refused = counts.refused.map(({ record, offset, reason }) => [record, offset, reason])
  const titles = records.map(({ title }) => title.title)
  return { records, titles, refused, remarks: [...new Set(remarks)], counts }
}

const data = (tag: string, value: string, indicators = '1 '): MarcField => ({
  tag,
  indicators,
  subfields: [{ code: 'a', value }],
})
const chinese = (title: string, more: readonly MarcField[] = [], language = 'chi'): MarcRecord => ({
  leader: '00000nam0 2200000   450 ',
  fields: [{ tag: '001', value: title }, data('101', language), data('200', title), ...more],
})
/** `flag`: leader 9. */
const western = (title: string, language: string, flag = ' '): MarcRecord => ({
  leader: `00000nam ${flag}2200000 a 4500`,
  fields: [
    { tag: '008', value: `970701s1906    xx            000 0 ${language} u` },
    data('245', title, '10'),
  ],
})

type Encode = (text: string) => Uint8Array
const latin1: Encode = (text) => Buffer.from(text, 'latin1')
const utf8: Encode = (text) => Buffer.from(text)
const inSet =
  (name: string): Encode =>
  (text) =>
    iconv.encode(text, name)

function written(record: MarcRecord, encode: Encode = utf8): Buffer {
  const result = writeRecord(record, (text) => ({ bytes: encode(text), unmappable: [] }))
  if ('refused' in result) throw new Error(result.refused.reason)
  return Buffer.from(result.bytes)
}

const before = written(chinese('前一条'))
const after = written(chinese('后一条'), inSet('gb18030'))
const around = (...middle: Uint8Array[]): Buffer => Buffer.concat([before, ...middle, after])

/** Without what says in which encoding, and how long, a record was written. */
const comparable = ({ bib }: ImportedRecord) => ({
  ...bib,
  leader: bib.leader.slice(5, 9) + bib.leader.slice(10, 12) + bib.leader.slice(17),
})

/** Goes out in UTF-8 and GB 18030, in both formats, and comes in again as it was. */
async function comesBackAlike(records: readonly ImportedRecord[]): Promise<void> {
  const forms = [
    { format: 'iso2709', encoding: 'utf-8' },
    { format: 'iso2709', encoding: 'gb18030' },
    { format: 'marcxml', encoding: 'utf-8' },
  ] as const
  for (const form of forms) {
    const out = records.map(({ bib }) => {
      const bytes = encodeRecord(bibToMarcRecord(bib), bib.profile, form)
      if (!(bytes instanceof Uint8Array)) throw new Error(bytes.reason)
      return bytes
    })
    const again = await take(Buffer.concat(out))
    expect(again.refused).toEqual([])
    expect(again.records.map(comparable)).toEqual(records.map(comparable))
  }
}

type Readable = readonly [name: string, bytes: Uint8Array, title: string]

const readable: readonly Readable[] = [
  ['GB 18030 of four bytes', written(chinese('𠮷㐂ᠠཀ𪚥'), inSet('gb18030')), '𠮷㐂ᠠཀ𪚥'],
  ['GB 18030 of two and four bytes', written(chinese('镕朱㙍'), inSet('gb18030')), '镕朱㙍'],
  [
    'Big5',
    written(chinese('臺灣圖書館事業發展史', [data('102', 'cw')]), inSet('big5')),
    '臺灣圖書館事業發展史',
  ],
  [
    'UTF-8, decomposed',
    written(chinese('Cafe\u0301 한글'.normalize('NFD'))),
    'Cafe\u0301 한글'.normalize('NFD'),
  ],
  [
    'UTF-8 with marks, joiners and emoji',
    written(chinese('\u200f\u202b甲\u200d👩\u200d👧乙')),
    '\u200f\u202b甲\u200d👩\u200d👧乙',
  ],
  ['Hebrew in MARC-8', written(western('\u001b(2ylem\u001b(B', 'heb'), latin1), 'שלום'],
  ['Arabic in MARC-8', written(western('\u001b(3HGH\u001b(B', 'ara'), latin1), 'باب'],
  ['Cyrillic in MARC-8', written(western('\u001b(NMIR\u001b(B', 'rus'), latin1), 'мир'],
  ['Greek in MARC-8', written(western('\u001b(Sab\u001b(B', 'grc'), latin1), 'αβ'],
  ['CJK in MARC-8', written(western('\u001b$1!0!!0$\u001b(B', 'chi'), latin1), '一三'],
  ['Vietnamese in MARC-8', written(western('Vi\u00f2\u00e3et Nam', 'vie'), latin1), 'Việt Nam'],
  [
    'Windows-1252 under the flag of UTF-8',
    written(western('\u201cÉcole\u201d – naïveté', 'fre', 'a'), inSet('windows-1252')),
    '“École” – naïveté',
  ],
  ['Hebrew in UTF-8', written(western('שלום עולם', 'heb', 'a')), 'שלום עולם'],
  ['Korean in UTF-8', written(chinese('한국의 도서관', [], 'kor')), '한국의 도서관'],
  ['Japanese in UTF-8', written(chinese('図書館のしごと', [], 'jpn')), '図書館のしごと'],
  [
    'Japanese in GB 18030',
    written(chinese('図書館のしごと', [], 'jpn'), inSet('gb18030')),
    '図書館のしごと',
  ],
  [
    'Korean in GB 18030',
    written(chinese('한국의 도서관', [], 'kor'), inSet('gb18030')),
    '한국의 도서관',
  ],
  [
    'Chinese of one half of the rows',
    written(chinese('北京大学出版部的工作报告和记录'), inSet('gb18030')),
    '北京大学出版部的工作报告和记录',
  ],
]

describe('one record in another encoding, between two in theirs', () => {
  it.each(readable)('%s', async (_name, middle, title) => {
    const { titles, refused, records } = await take(around(middle))
    expect(titles.map((text) => text.normalize())).toEqual(
      ['前一条', title, '后一条'].map((text) => text.normalize()),
    )
    expect(refused).toEqual([])
    await comesBackAlike(records)
  })

  it('all of them in one file, in any order', async () => {
    const { titles, refused, records } = await take(
      around(
        ...readable.map(([, bytes]) => bytes),
        ...readable.map(([, bytes]) => bytes).toReversed(),
      ),
      97,
    )
    expect(titles).toHaveLength(2 + 2 * readable.length)
    expect(refused).toEqual([])
    await comesBackAlike(records)
  })
})

const koreanText = '한국 도서관의 역사와 발전에 대한 연구'
const japaneseText = 'これからの図書館のはなし'

describe('a record that is not read is refused by its name', () => {
  it.each([
    ['encoding-euc-kr', written(chinese(koreanText, [], 'kor'), inSet('euc-kr'))],
    ['encoding-euc-kr', written(western(koreanText, 'kor'), inSet('euc-kr'))],
    ['encoding-euc-kr', written(chinese(koreanText.repeat(4), [], '   '), inSet('euc-kr'))],
    ['encoding-shift-jis', written(chinese(japaneseText, [], 'jpn'), inSet('shift_jis'))],
    ['encoding-shift-jis', written(western(japaneseText, 'jpn'), inSet('shift_jis'))],
    ['encoding-shift-jis', written(chinese(japaneseText, [], '   '), inSet('shift_jis'))],
  ])('%s', async (reason, middle) => {
    const { titles, refused } = await take(around(middle))
    expect(titles).toEqual(['前一条', '后一条'])
    expect(refused).toEqual([[2, before.length, reason]])
  })
})

describe('bytes that are not as they should be cost characters, never a record', () => {
  const marked = (...parts: (string | number[])[]): Buffer => {
    const bytes = Buffer.concat(parts.map((part) => Buffer.from(part as string)))
    const record = chinese('#'.repeat(bytes.length))
    const made = written({
      ...record,
      fields: [{ tag: '001', value: 'x' }, ...record.fields.slice(1)],
    })
    bytes.copy(made, made.indexOf('#'.repeat(bytes.length)))
    return made
  }
  it.each([
    ['half a character at the end', marked('图书馆学图书馆学', [0xe5, 0x9b])],
    ['a surrogate in three bytes', marked('图书馆学图书馆学图书馆学', [0xed, 0xa0, 0x80])],
    ['an overlong slash', marked('图书馆学图书馆学', [0xc0, 0xaf])],
    ['a byte that is none', marked('图书馆学图书馆学', [0xff])],
  ])('%s', async (_name, middle) => {
    const { titles, refused, remarks, records } = await take(around(middle))
    expect(titles).toEqual(['前一条', expect.stringMatching(/^(?:图书馆学)+\ufffd/), '后一条'])
    expect(refused).toEqual([])
    expect(remarks).toContain('characters-unreadable')
    await comesBackAlike(records)
  })

  it.each([
    ['zeros in a field', marked('甲\u0000\u0000乙')],
    ['two delimiters in a row', marked('甲\u001f\u001f乙')],
    ['a delimiter at the end', marked('甲\u001f')],
  ])('%s', async (_name, middle) => {
    const { titles, refused, records } = await take(around(middle))
    expect(titles).toEqual(['前一条', expect.stringMatching(/^甲/), '后一条'])
    expect(refused).toEqual([])
    await comesBackAlike(records.filter(({ title }) => !title.title.includes('  ')))
  })
})

describe('MARCXML', () => {
  const xml = (title: string): string => {
    const made = recordToMarcXml(chinese(title))
    if ('refused' in made) throw new Error(made.refused.reason)
    return made.xml
  }
  const collection = (middle: string): Buffer =>
    Buffer.from(`<collection>${xml('前一条')}${middle}${xml('后一条')}</collection>`)

  it.each([
    ['a lone surrogate', xml('中&#xD800;间'.replace('&', '@')).replace('@', '&')],
    ['a character beyond the last', xml('中@#x110000;间').replace('@', '&')],
    ['a number without end', xml('中@#99999999999999999999;间').replace('@', '&')],
    ['a leader cut short', xml('中间').replace(/<leader>.{10}/, '<leader>')],
    ['no leader', xml('中间').replace(/<leader>.*?<\/leader>/, '')],
  ])('%s: lost alone', async (_name, middle) => {
    const { titles, refused, records } = await take(collection(middle))
    expect([titles.at(0), titles.at(-1)]).toEqual(['前一条', '后一条'])
    expect(titles.length + refused.length).toBe(3)
    for (const title of titles) expect(title.isWellFormed()).toBe(true)
    await comesBackAlike(records)
  })
})

describe('packed files', () => {
  const file = Buffer.concat(
    Array.from({ length: 300 }, (_, number) => written(chinese(`第${number}条`))),
  )
  it.each([
    ['gzip', gzipSync(file)],
    [
      'gzip in two members',
      Buffer.concat([gzipSync(file.subarray(0, 999)), gzipSync(file.subarray(999))]),
    ],
    ['zstd', zstdCompressSync(file)],
    ['gzip of MARCXML', gzipSync(`<collection>${xmlOf(300)}</collection>`)],
  ])('%s', async (_name, packed) => {
    for (const chunk of [1, 333, 65_536]) {
      const { titles, refused, counts } = await take(packed, chunk)
      expect([titles.length, titles.at(-1), refused]).toEqual([300, '第299条', []])
      expect(counts.readBytes).toBe(packed.length)
    }
  })
  it.each([
    ['gzip that was cut off', gzipSync(file, { level: 1 }).subarray(0, -9)],
    ['gzip with a wrong checksum', withLastByte(gzipSync(file), -6)],
    ['zstd that was cut off', zstdCompressSync(file).subarray(0, -9)],
  ])('%s: what comes out is taken, and the file is told to be damaged', async (_name, packed) => {
    const { titles, refused } = await take(packed, 50)
    expect(refused.at(-1)?.[2]).toBe('file-packed-damaged')
    expect(titles).toEqual(Array.from(titles, (_, number) => `第${number}条`))
    expect(titles.length + refused.length).toBeGreaterThan(0)
  })
  it('a packed archive or table is refused by its name', async () => {
    const tar = Buffer.alloc(1536)
    tar.write('records.mrc', 0)
    tar.write('ustar', 257)
    for (const [reason, bytes] of [
      ['file-tar', tar],
      ['file-table', Buffer.from('题名,作者\n活着,余华\n')],
      ['file-empty', Buffer.alloc(0)],
    ] as const) {
      expect((await take(gzipSync(bytes))).refused).toEqual([[1, 0, reason]])
    }
  })
})

function xmlOf(count: number): string {
  return Array.from({ length: count }, (_, number) => {
    const made = recordToMarcXml(chinese(`第${number}条`))
    return 'refused' in made ? '' : made.xml
  }).join('')
}

function withLastByte(bytes: Buffer, at: number): Buffer {
  const place = bytes.length + at
  bytes[place] = (bytes[place] ?? 0) ^ 0xff
  return bytes
}
