/** Files as they arrive: in each, one thing is wrong, and nothing else may be lost by it. */
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'

import { writeRecord } from '../../../domain/marc/iso2709-writer.ts'
import type { MarcField, MarcRecord } from '../../../domain/marc/marc-record.ts'
import { recordToMarcXml } from '../../../domain/marc/marc-xml.ts'
import { READING_FAULTS_EN, READING_FAULTS_ZH } from '../../../domain/marc/reading-faults.ts'
import { importFile } from './import-file.ts'
import { textEncoder } from './text-decoders.ts'

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

interface Taken {
  readonly titles: string[]
  readonly refused: readonly (readonly [record: number, offset: number, reason: string])[]
  readonly recovered: number
  readonly remarks: string[]
}

async function take(bytes: Uint8Array, chunk = 700): Promise<Taken> {
  const titles: string[] = []
  const remarks: string[] = []
  const counts = await importFile({
    stream: inChunks(bytes, chunk),
    format: 'auto',
    profile: 'auto',
    encoding: 'auto',
    isDryRun: false,
    submit: async (batch) => {
      titles.push(...batch.map(({ title }) => title.title))
      return { imported: batch.length, updated: 0, items: 0, takenBarcodes: [] }
    },
    onRemark: ({ code }) => remarks.push(code),
  })
  expect(counts.imported + counts.refusedCount).toBe(counts.read)
  for (const { reason } of counts.refused) {
    expect([READING_FAULTS_EN[reason], READING_FAULTS_ZH[reason]]).not.toContain(undefined)
  }
  const refused = counts.refused.map(
    ({ record, offset, reason }) => [record, offset, reason] as const,
  )
  return { titles, refused, recovered: counts.recovered, remarks: [...new Set(remarks)] }
}

const data = (tag: string, value: string): MarcField => ({
  tag,
  indicators: '1 ',
  subfields: [{ code: 'a', value }],
})
const record = (title: string, more: readonly MarcField[] = []): MarcRecord => ({
  leader: '00000nam0 2200000   450 ',
  fields: [{ tag: '001', value: title }, data('101', 'chi'), data('200', title), ...more],
})
const written = (made: MarcRecord, encoding: 'utf-8' | 'gb18030' = 'utf-8'): Buffer => {
  const result = writeRecord(made, textEncoder(encoding))
  if ('refused' in result) throw new Error(result.refused.reason)
  return Buffer.from(result.bytes)
}

const before = written(record('前一条'))
const whole = written(record('中间的一条', [data('330', '提要')]))
const after = written(record('后一条'))
const DIRECTORY = 24
const base = Number(whole.toString('latin1', 12, 17))

const changed = (change: (bytes: Buffer) => Buffer | void): Buffer => {
  const copy = Buffer.from(whole)
  return change(copy) ?? copy
}
const poke = (at: number, text: string) => (bytes: Buffer) => void bytes.write(text, at, 'latin1')
const cut = (bytes: Buffer, from: number, to: number): Buffer =>
  Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])

/** `read`, `recovered`, or the reason why it is refused. */
type Cruelty = readonly [name: string, middle: Buffer, outcome: string]

const cruelties: readonly Cruelty[] = [
  ['whole', whole, 'read'],
  ['length one too long', changed(poke(0, String(whole.length + 1).padStart(5, '0'))), 'recovered'],
  [
    'length one too short',
    changed(poke(0, String(whole.length - 1).padStart(5, '0'))),
    'recovered',
  ],
  ['length of zero', changed(poke(0, '00000')), 'length-unreadable'],
  ['length of letters', changed(poke(0, 'xxxxx')), 'length-unreadable'],
  ['length of 99999', changed(poke(0, '99999')), 'length-disagrees'],
  ['negative length', changed(poke(0, '-0100')), 'length-unreadable'],
  ['base address seven too far', changed(poke(12, String(base + 7).padStart(5, '0'))), 'read'],
  ['base address of nothing', changed(poke(12, '     ')), 'read'],
  [
    'directory in another order',
    changed((bytes) => {
      const entries = bytes.subarray(DIRECTORY, base - 1)
      const turned = [3, 1, 2, 0].map((at) => Buffer.from(entries.subarray(at * 12, at * 12 + 12)))
      Buffer.concat(turned).copy(entries)
    }),
    'read',
  ],
  [
    'two entries for one place',
    changed((bytes) => void bytes.copy(bytes, DIRECTORY + 12 + 3, DIRECTORY + 3, DIRECTORY + 12)),
    'fields-overlap',
  ],
  [
    'an entry cut short',
    changed((bytes) => cut(bytes, DIRECTORY + 5, DIRECTORY + 8)),
    'directory-unreadable',
  ],
  ['letters in an entry', changed(poke(DIRECTORY + 4, 'xx')), 'directory-unreadable'],
  ['an entry far outside', changed(poke(DIRECTORY + 7, '90000')), 'directory-outside-record'],
  [
    'no end of the directory',
    changed((bytes) => cut(bytes, base - 1, base)),
    'directory-unreadable',
  ],
  [
    'a field that lost its end',
    changed((bytes) => cut(bytes, bytes.indexOf(0x1e, base), bytes.indexOf(0x1e, base) + 1)),
    'directory-outside-record',
  ],
  [
    'a field end inside a field',
    changed((bytes) => void bytes.fill(0x1e, base + 2, base + 3)),
    'read',
  ],
  ['a leader of other signs', changed(poke(5, '\u00e9\u00e9\u00e9')), 'read'],
  ['an empty record', Buffer.from('\u001d'), 'record-too-short'],
  [
    'a leader alone',
    Buffer.concat([whole.subarray(0, 24), Buffer.from('\u001e\u001d')]),
    'length-disagrees',
  ],
  ['no title', written({ ...record('x'), fields: [{ tag: '001', value: 'x' }] }), 'title-missing'],
]

const placeOf = (outcome: string) =>
  outcome === 'read' || outcome === 'recovered' ? null : outcome

describe('one broken record between two whole ones', () => {
  it.each(cruelties)('%s', async (_name, middle, outcome) => {
    const { titles, refused, recovered } = await take(Buffer.concat([before, middle, after]))
    expect([titles.at(0), titles.at(-1)]).toEqual(['前一条', '后一条'])
    const reason = placeOf(outcome)
    expect(titles).toHaveLength(reason === null ? 3 : 2)
    expect(refused).toEqual(reason === null ? [] : [[2, before.length, reason]])
    expect(recovered).toBe(outcome === 'recovered' ? 1 : 0)
  })

  it('a record that lost its end is taken where its directory accounts for every byte', async () => {
    const { titles, refused } = await take(Buffer.concat([before, whole.subarray(0, -1), after]))
    expect(titles).toEqual(['前一条', '中间的一条', '后一条'])
    expect(refused).toEqual([])
  })

  it('a record cut in the middle is lost alone', async () => {
    const { titles, refused } = await take(Buffer.concat([before, whole.subarray(0, -9), after]))
    expect(titles).toEqual(['前一条', '后一条'])
    expect(refused).toEqual([[2, before.length, expect.any(String)]])
  })
})

describe('what stands around the records', () => {
  const marked = (...parts: (Buffer | string)[]) =>
    Buffer.concat(
      parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
    )
  it.each([
    ['line ends', marked(before, '\r\n', whole, '\n', after, '\r\n')],
    ['a byte order mark', marked('\u00ef\u00bb\u00bf', before, whole, after)],
    [
      'two files glued, each with its mark',
      marked('\u00ef\u00bb\u00bf', before, '\u00ef\u00bb\u00bf', whole, after),
    ],
    [
      'zeros up to a block of 2048',
      marked(before, '\0'.repeat(2048 - before.length), whole, '\0'.repeat(500), after),
    ],
    ['Ctrl+Z at the end', marked(before, whole, after, '\u001a')],
    ['zeros before everything', marked('\0'.repeat(20_000), before, whole, after)],
  ])('%s', async (_name, bytes) => {
    for (const chunk of [1, 97, 4096]) {
      const { titles, refused } = await take(
        Buffer.concat([Buffer.alloc(9000, 0x0a), bytes]),
        chunk,
      )
      expect(titles).toEqual(['前一条', '中间的一条', '后一条'])
      expect(refused).toEqual([])
    }
  })

  it('a file that ends in the middle of a record', async () => {
    const { titles, refused } = await take(Buffer.concat([before, whole, after.subarray(0, 60)]))
    expect(titles).toEqual(['前一条', '中间的一条'])
    expect(refused).toEqual([[3, before.length + whole.length, 'terminator-missing']])
  })

  it('a letter of other bytes before the first record', async () => {
    const letter = Buffer.from('Dear colleague, here are our records:\r\n')
    const { titles, refused } = await take(Buffer.concat([letter, before, whole, after]))
    expect(titles).toEqual(['前一条', '中间的一条', '后一条'])
    expect(refused).toEqual([[1, 0, expect.any(String)]])
  })

  it('one record of twenty megabytes: bounded memory, and the next is read', async () => {
    const huge = Buffer.alloc(20_000_000, 0x41)
    huge[huge.length - 1] = 0x1d
    const { titles, refused } = await take(Buffer.concat([before, huge, after]), 65_536)
    expect(titles).toEqual(['前一条', '后一条'])
    expect(refused).toEqual([[2, before.length, 'record-too-long']])
  })
})

describe('encodings, record by record', () => {
  it('UTF-8, GB18030, Big5 and MARC-8 in one file', async () => {
    const big5 = writeRecord(record('臺灣圖書館事業', [data('102', 'cw')]), (text) => ({
      bytes: new Uint8Array(iconv.encode(text, 'big5')),
      unmappable: [],
    }))
    const eacc = writeRecord(
      {
        leader: '00000nam a2200000 a 4500',
        fields: [
          { tag: '008', value: '970701s1906    cc            000 0 chi u' },
          {
            tag: '245',
            indicators: '10',
            subfields: [{ code: 'a', value: '\u001b$1!0!!0$\u001b(B' }],
          },
        ],
      },
      (text) => ({ bytes: Buffer.from(text, 'latin1'), unmappable: [] }),
    )
    if ('refused' in big5 || 'refused' in eacc) throw new Error('not written')
    const { titles } = await take(
      Buffer.concat([before, written(record('镕𠮷'), 'gb18030'), big5.bytes, eacc.bytes, after]),
    )
    expect(titles).toEqual(['前一条', '镕𠮷', '臺灣圖書館事業', '一三', '后一条'])
  })
})

describe('fields that are not as they should be', () => {
  const odd = (fields: readonly MarcField[]): Buffer => written(record('中间的一条', fields))
  it.each([
    [
      'a subfield without a code',
      odd([{ tag: '300', indicators: '  ', subfields: [{ code: '', value: '' }] }]),
    ],
    [
      'no indicators',
      odd([{ tag: '300', indicators: '', subfields: [{ code: 'a', value: '甲' }] }]),
    ],
    ['no subfields', odd([{ tag: '300', value: '甲' }])],
    ['letters in a tag', odd([data('A0b', '甲')])],
    ['a field of 9,999 bytes', odd([data('330', 'x'.repeat(9_994))])],
    ['control characters and marks', odd([data('300', '甲\u0001\u202e乙e\u0301\u0301\u{1f600}')])],
    ['five hundred fields less four', odd(Array.from({ length: 496 }, () => data('606', '题')))],
  ])('%s', async (_name, middle) => {
    const { titles, refused } = await take(Buffer.concat([before, middle, after]))
    expect(titles).toEqual(['前一条', '中间的一条', '后一条'])
    expect(refused).toEqual([])
  })

  it('five hundred and four fields', async () => {
    const many = odd(Array.from({ length: 500 }, () => data('606', '题')))
    const { titles, refused } = await take(Buffer.concat([before, many, after]))
    expect(titles).toEqual(['前一条', '后一条'])
    expect(refused).toEqual([[2, before.length, 'fields-too-many']])
  })
})

describe('MARCXML', () => {
  const xml = (title: string): string => {
    const made = recordToMarcXml(record(title))
    if ('refused' in made) throw new Error(made.refused.reason)
    return made.xml
  }
  /** More than is looked at to tell what a file is: behind them, chunks are cut as they come. */
  const BLANKS = ' '.repeat(9000)
  const around = (middle: string): Buffer =>
    Buffer.from(
      `<?xml version="1.0"?>\n<collection>${BLANKS}${xml('前一条')}${middle}${xml('后一条')}</collection>`,
    )
  const middleXml = xml('中间的一条')

  it.each([
    ['a tag without its end', middleXml.replace('</subfield>', '')],
    ['an entity of HTML', middleXml.replace('中间', '&nbsp;')],
    ['a bare ampersand', middleXml.replace('中间', 'R & D')],
    ['a bare ampersand before a semicolon', middleXml.replace('中间', 'R &D, 1; 2')],
    ['a control character', middleXml.replace('中间', '\u0001')],
    ['a control character, escaped', middleXml.replace('中间', '&#x1F;')],
    ['an attribute without quotes', middleXml.replace('tag="200"', 'tag=200')],
    ['elements a hundred deep', `<record>${'<a>'.repeat(100)}${'</a>'.repeat(100)}</record>`],
  ])('%s: lost alone', async (_name, middle) => {
    for (const chunk of [61, 5000]) {
      const { titles, refused } = await take(around(middle), chunk)
      expect(titles).toEqual(['前一条', '后一条'])
      expect(refused).toEqual([[2, expect.any(Number), expect.stringMatching(/^xml-/)]])
      expect(refused[0]?.[1]).toBeGreaterThan(around('').indexOf('</record>'))
    }
  })

  it.each([
    [
      'prefixes and a namespace',
      around(middleXml)
        .toString()
        .replaceAll(/<(\/?)(\w)/g, '<$1m:$2'),
    ],
    [
      'an SRU envelope',
      around(`<srw:record><srw:recordData>${middleXml}</srw:recordData></srw:record>`).toString(),
    ],
    [
      'comments and CDATA with ampersands',
      around(
        middleXml.replace('中间的一条</', '<!-- R & D --><![CDATA[中间的一条 R & D]]></'),
      ).toString(),
    ],
  ])('%s', async (_name, text) => {
    for (const chunk of [7, 4096]) {
      const { titles, refused } = await take(Buffer.from(text), chunk)
      expect(titles).toEqual(['前一条', expect.stringMatching(/^中间的一条(?: R & D)?$/), '后一条'])
      expect(refused).toEqual([])
    }
  })

  it.each([
    ['UTF-16 with a mark', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 without', (text: string) => Buffer.from(text, 'utf16le')],
    ['UTF-16, big endian', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    [
      'Big5',
      (text: string) => iconv.encode(text.replace('"1.0"', '"1.0" encoding="big5"'), 'big5'),
    ],
    ['GBK', (text: string) => iconv.encode(text.replace('"1.0"', '"1.0" encoding="GBK"'), 'gbk')],
  ])('in %s', async (_name, encode) => {
    const text = around('').toString().replaceAll('前一条', '中山').replaceAll('后一条', '大同')
    const { titles, refused } = await take(encode(text))
    expect([titles, refused]).toEqual([['中山', '大同'], []])
  })

  it('tells the byte of a fault in GBK', async () => {
    const text = around(middleXml.replace('中间', '&nbsp;')).toString()
    const bytes = iconv.encode(text.replace('"1.0"', '"1.0" encoding="GBK"'), 'gbk')
    const { refused } = await take(bytes, 64)
    const at = bytes.indexOf('&nbsp;')
    expect(refused.map(([, offset]) => offset - at)).toEqual([expect.closeTo(0, -1.4)])
  })

  it('a bomb of entities is refused before it is read', async () => {
    const bomb =
      '<!DOCTYPE a [<!ENTITY l "ha"><!ENTITY m "&l;&l;&l;&l;">]><collection>&m;</collection>'
    expect(await take(Buffer.from(bomb))).toMatchObject({
      titles: [],
      refused: [[1, expect.any(Number), 'document-type-refused']],
    })
  })

  it('a hundred thousand broken beginnings take no square of the time', async () => {
    const bytes = Buffer.from(`<c>${'<record <'.repeat(100_000)}${xml('后一条')}</c>`)
    const { titles, refused } = await take(bytes, 65_536)
    expect(titles).toEqual(['后一条'])
    expect(refused.length).toBe(200)
  })
})
