import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import type { ImportedRecord } from '../../../domain/operations/import-titles.ts'
import { importTitles } from '../../../domain/operations/import-titles.ts'
import { writeRecord } from '../../../domain/marc/iso2709-writer.ts'
import type { MarcRecord } from '../../../domain/marc/marc-record.ts'
import { BATCH_BYTES_MAX, importFile } from './import-file.ts'
import type { ImportOptions } from './import-file.ts'
import { jsonBytes, priceFen } from './imported-record.ts'
import type { Remark } from './record-reading.ts'
import { textEncoder } from './text-decoders.ts'

const shared = join(import.meta.dirname, '../../../../shared/data')
const isAbsent = !existsSync(shared)

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function importAll(bytes: Uint8Array, options: Partial<ImportOptions> = {}) {
  const records: ImportedRecord[] = []
  const remarks: Remark[] = []
  const batchSizes: number[] = []
  const counts = await importFile({
    stream: inChunks(bytes, 1000),
    format: 'auto',
    profile: 'auto',
    encoding: 'auto',
    isDryRun: false,
    submit: async (batch) => {
      batchSizes.push(batch.length)
      records.push(...batch)
      const items = batch.reduce((sum, record) => sum + record.items.length, 0)
      return { imported: batch.length, updated: 0, items, takenBarcodes: [] }
    },
    onRemark: (remark) => remarks.push(remark),
    ...options,
  })
  return { counts, records, remarks, batchSizes }
}

const aRecord = (fields: MarcRecord['fields']): MarcRecord => ({
  leader: '00000nam0 2200000   450 ',
  fields,
})
const chinese = (number: number, more: MarcRecord['fields'] = []): MarcRecord =>
  aRecord([
    { tag: '001', value: `cn${number}` },
    { tag: '101', indicators: '0 ', subfields: [{ code: 'a', value: 'chi' }] },
    {
      tag: '200',
      indicators: '1 ',
      subfields: [
        { code: 'a', value: `深圳图书馆志 ${number}` },
        { code: 'f', value: '𠮷野镕编' },
      ],
    },
    ...more,
  ])
const bytesOf = (record: MarcRecord, encoding: 'utf-8' | 'gb18030' = 'utf-8'): Uint8Array => {
  const written = writeRecord(record, textEncoder(encoding))
  if ('refused' in written) throw new Error(written.refused.reason)
  return written.bytes
}
const field905 = (barcode: string | null): MarcRecord['fields'][number] => ({
  tag: '905',
  indicators: '  ',
  subfields: [
    { code: 'a', value: '044005' },
    ...(barcode === null ? [] : [{ code: 'b', value: barcode }]),
    { code: 'd', value: 'G259.27' },
    { code: 'e', value: '12' },
  ],
})

const quotes = [{ code: 'a', value: '"\\\u0001𠮷'.repeat(300) }]

describe('records of our own making', () => {
  it('takes GB18030 with characters that GBK lacks', async () => {
    const { records, remarks } = await importAll(bytesOf(chinese(1), 'gb18030'))
    expect(records[0]?.title).toMatchObject({ title: '深圳图书馆志 1', author: '𠮷野镕编' })
    expect(remarks).toEqual([])
  })
  it('makes items of 905 with a barcode, none of 905 without', async () => {
    const { records, counts } = await importAll(
      bytesOf(chinese(1, [field905('04400500000012'), field905(null)])),
    )
    expect(counts.items).toBe(1)
    expect(records[0]?.items).toEqual([
      {
        barcode: '04400500000012',
        callNumber: 'G259.27/12',
        shelf: null,
        itemType: 'book',
        priceFen: null,
      },
    ])
  })
  it('hands over batches of at most a hundred and yields in between', async () => {
    const bytes = Buffer.concat(Array.from({ length: 250 }, (_, index) => bytesOf(chinese(index))))
    let turns = 0
    const timer = setInterval(() => (turns += 1), 0)
    const { batchSizes, counts } = await importAll(bytes)
    clearInterval(timer)
    expect(batchSizes).toEqual([100, 100, 50])
    expect(counts).toMatchObject({ read: 250, imported: 250, readBytes: bytes.length })
    expect(turns).toBeGreaterThan(0)
  })
  it('bounds a batch by its bytes as well: an operation has to fit one push', async () => {
    const note = (letter: string): MarcRecord['fields'][number] => ({
      tag: '330',
      indicators: '  ',
      subfields: [{ code: 'a', value: letter.repeat(3_000) }],
    })
    const large = chinese(1, Array.from('甲乙丙丁戊己庚辛壬', note))
    const bytes = Buffer.concat(Array.from({ length: 60 }, () => bytesOf(large)))
    const submitted: number[] = []
    const { counts } = await importAll(bytes, {
      submit: async (batch) => {
        submitted.push(Buffer.byteLength(JSON.stringify(batch)))
        return { imported: batch.length, updated: 0, items: 0, takenBarcodes: [] }
      },
    })
    expect(counts).toMatchObject({ read: 60, imported: 60 })
    expect(submitted.length).toBeGreaterThan(1)
    expect(Math.max(...submitted)).toBeLessThan(BATCH_BYTES_MAX + 1_000)
  })
  it('knows what a record takes as JSON without writing it', async () => {
    const { records } = await importAll(
      Buffer.concat([
        bytesOf(chinese(1, [field905('04400500000012')])),
        bytesOf(chinese(2, [{ tag: '300', indicators: '  ', subfields: quotes }])),
      ]),
    )
    expect(records).toHaveLength(2)
    for (const record of records) {
      const bytes = Buffer.byteLength(JSON.stringify(record))
      expect(jsonBytes(record)).toBeGreaterThanOrEqual(bytes)
      expect(jsonBytes(record)).toBeLessThan(bytes + 500)
    }
  })
  it('says where a broken record stood and goes on behind it', async () => {
    const whole = bytesOf(chinese(1))
    const broken = Buffer.from(whole)
    broken.write('9999999999', 30, 'latin1')
    const { counts, records } = await importAll(Buffer.concat([whole, broken, whole]))
    expect(counts).toMatchObject({ read: 3, imported: 2, refusedCount: 1 })
    expect(counts.refused[0]).toMatchObject({ record: 2, offset: whole.length })
    expect(records).toHaveLength(2)
  })
  it('recovers a record whose lengths count characters', async () => {
    const whole = Buffer.from(bytesOf(chinese(1)))
    whole.write(String(whole.toString('utf8').length).padStart(5, '0'), 0, 'latin1')
    const { counts, remarks } = await importAll(whole)
    expect(counts).toMatchObject({ recovered: 1, imported: 1, refusedCount: 0 })
    expect(remarks.map(({ code }) => code)).toContain('length-disagrees')
  })
  it('refuses a record without a title', async () => {
    const { counts } = await importAll(bytesOf(aRecord([{ tag: '001', value: 'x1' }])))
    expect(counts.refused).toEqual([{ record: 1, offset: 0, reason: 'title-missing' }])
  })
  it('tells of characters that the encoding cannot read', async () => {
    const bytes = Buffer.from(bytesOf(chinese(1)))
    const at = bytes.indexOf(Buffer.from('深'))
    bytes[at] = 0xff
    const { remarks, records } = await importAll(bytes, { encoding: 'utf-8', profile: 'cnmarc' })
    expect(remarks).toContainEqual({
      record: 1,
      offset: 0,
      code: 'characters-unreadable',
      about: '200',
    })
    expect(records[0]?.title.title).toContain('\ufffd')
  })
  it('submits nothing on a dry run', async () => {
    const { records, counts } = await importAll(bytesOf(chinese(1)), { isDryRun: true })
    expect(records).toEqual([])
    expect(counts).toMatchObject({ read: 1, imported: 0, items: 0 })
  })
  it('stops between batches when it is cancelled', async () => {
    const bytes = Buffer.concat(Array.from({ length: 500 }, (_, index) => bytesOf(chinese(index))))
    const abort = new AbortController()
    const { counts, records } = await importAll(bytes, {
      signal: abort.signal,
      onProgress: ({ imported }) => {
        if (imported >= 200) abort.abort()
      },
    })
    expect(records).toHaveLength(200)
    expect(counts.readBytes).toBeLessThan(bytes.length)
  })
  it.each([
    ['file-empty', ''],
    ['file-empty', '\r\n \u001a'],
    ['file-marc-in-json', '{"leader":"00000nam a2200000   4500","fields":[]}'],
    ['file-json', '[{"name":"活着"}]'],
    ['file-html', '<!DOCTYPE html><html><title>502 Bad Gateway</title></html>'],
    ['file-html', '\ufeff\n<html><body>请登录</body></html>'],
    ['file-table', '控制号,题名\ncn1,活着\n'],
    [
      'file-aleph-sequential',
      '000000123 LDR   L 00000nam^a2200000^^^4500\n000000123 24510 L $$aA title',
    ],
    ['file-not-marc', '# 活着\n\n一本书\n'],
    ['file-mnemonic', '=LDR  00000nam a2200000   4500\n=245  10$aA title'],
    ['file-line-format', 'LDR   00000nam0 2200000   450 \n200 1_ ▼a活着'],
    ['file-line-format', '001 012001000001\n200 1 $a活着'],
    ['file-without-records', '<?xml version="1.0"?><root><a/></root>'],
    ['document-type-refused', '<!DOCTYPE collection><collection/>'],
    ['encoding-unknown', '<?xml version="1.0" encoding="klingon"?><c/>'],
  ])('%s: %j', async (reason, text) => {
    const { counts } = await importAll(Buffer.from(text))
    expect(counts.refused).toEqual([{ record: 1, offset: expect.any(Number), reason }])
    expect(counts).toMatchObject({ imported: 0, refusedCount: 1 })
  })
  it.each([
    ['file-zip', [0x50, 0x4b, 3, 4, 0x1e]],
    ['file-bzip2', [0x42, 0x5a, 0x68, 0x39, 0x1d]],
    ['file-picture', [0xff, 0xd8, 0xff, 0xe0, 0x1d, 0x1e, 0x1d]],
    ['file-pdf', [0x25, 0x50, 0x44, 0x46, 0x2d, 0x31]],
  ])('%s: %j', async (reason, bytes) => {
    const { counts } = await importAll(Uint8Array.from(bytes))
    expect(counts.refused).toEqual([{ record: 1, offset: 0, reason }])
  })
  it('cuts what is longer than a stored record may be, and says so', async () => {
    const long = '书'.repeat(2500)
    const { records, remarks } = await importAll(
      bytesOf(
        aRecord([
          { tag: '001', value: 'x1' },
          { tag: '200', indicators: '1 ', subfields: [{ code: 'a', value: long }] },
        ]),
      ),
      { profile: 'cnmarc' },
    )
    expect(records[0]?.title.title).toHaveLength(2000)
    expect(remarks.map(({ code }) => code)).toContain('text-shortened')
  })
})

describe('MARCXML', () => {
  const record = (title: string) =>
    `<record><leader>00000nam a2200000   4500</leader><controlfield tag="001">x</controlfield>` +
    `<datafield tag="245" ind1="1" ind2="0"><subfield code="a">${title}</subfield></datafield></record>`

  it.each([
    ['with a root', `<?xml version="1.0"?><collection>${record('城')}${record('图')}</collection>`],
    ['without a root', record('城') + record('图')],
    ['with a prefix', `<m:c>${record('城')}${record('图')}</m:c>`],
  ])('%s', async (_name, xml) => {
    const { records } = await importAll(Buffer.from(xml))
    expect(records.map(({ title }) => title.title)).toEqual(['城', '图'])
  })
  it('reads declared GB18030', async () => {
    const xml = `<?xml version="1.0" encoding="GB18030"?><c>${record('PLACE')}</c>`
    const [before = '', after = ''] = xml.split('PLACE')
    const bytes = Buffer.concat([
      Buffer.from(before),
      textEncoder('gb18030')('深圳𠮷').bytes,
      Buffer.from(after),
    ])
    const { records } = await importAll(bytes)
    expect(records[0]?.title.title).toBe('深圳𠮷')
  })
  it('keeps the records before a document type that is refused', async () => {
    const xml = `${record('城')}<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>${record('&b;')}`
    const { records, counts } = await importAll(Buffer.from(xml))
    expect(records).toHaveLength(1)
    expect(counts.refused.map(({ reason }) => reason)).toEqual(['document-type-refused'])
  })
  it.each([
    ['document-type-refused', `<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><c></c>`],
    ['xml-malformed', `<c>${record('城')}<record></c>`],
    ['xml-malformed', `<c>${record('&lol;')}</c>`],
    ['xml-too-deep', '<a>'.repeat(100_000)],
    ['xml-text-too-long', `<a>${'x'.repeat(3_000_000)}`],
    ['leader-missing', '<record><controlfield tag="001">x</controlfield></record>'],
  ])('refuses: %s', async (reason, xml) => {
    const { counts } = await importAll(Buffer.from(xml), { format: 'marcxml' })
    expect(counts.refused.map((refused) => refused.reason)).toContain(reason)
  })
  it('names the byte at which a record begins', async () => {
    const first = `<c>${record('深圳')}\n`
    const { counts } = await importAll(
      Buffer.from(`${first}<record><leader>00000nam a2200000   4500</leader></record></c>`),
    )
    expect(counts.refused).toEqual([
      { record: 2, offset: Buffer.byteLength(first), reason: 'title-missing' },
    ])
  })
})

it.each([
  ['CNY68.00', 6800],
  ['￥12.5', 1250],
  ['68元', 6800],
  ['CNY32.00 (全2册)', 3200],
  ['0.35', 35],
  ['$14.95', null],
  ['USD 20', null],
  ['非卖品', null],
  [null, null],
])('price %s is %s fen', (price, fen) => {
  expect(priceFen(price)).toBe(fen)
})

describe.skipIf(isAbsent)(`real files (skipped where ${shared} is absent)`, () => {
  const read = (path: string) => readFileSync(join(shared, path))

  it.each([
    ['cnmarc/bnu10.cnmarc.utf8.mrc', 10, 10],
    ['cnmarc/bnu10.cnmarc.gb18030.mrc', 10, 10],
    ['cnmarc/sample_cnmarcxml_bnu10.xml', 10, 10],
    ['marc21/RDA_record_DVD_Jorge_Mautner.mrc', 1, 1],
    ['marc21/RDA_record_SERIAL_IEEE_International_conference.mrc', 1, 1],
    ['marc21/jazz_1k.mrc', 1000, 1000],
    ['marc21/lul_fre_500.mrc', 500, 500],
    ['marc21/oss.marc', 42, 42],
    ['marc21/badisbns.xml', 10, 10],
    ['marc21/serials_marc21.xml', 7, 7],
  ])('%s: %i read, %i imported', async (path, readCount, importedCount) => {
    const { counts, records } = await importAll(read(path))
    expect(counts).toMatchObject({ read: readCount, imported: importedCount, refusedCount: 0 })
    const payload = { source: path, records: records.slice(0, 100) }
    expect(importTitles.payload.safeParse(payload).error).toBeUndefined()
  })

  it('reads the same of the three forms of one file', async () => {
    const [utf8, gb, xml] = await Promise.all([
      importAll(read('cnmarc/bnu10.cnmarc.utf8.mrc')),
      importAll(read('cnmarc/bnu10.cnmarc.gb18030.mrc')),
      importAll(read('cnmarc/sample_cnmarcxml_bnu10.xml')),
    ])
    const titles = (of: typeof utf8) => of.records.map(({ title }) => title)
    expect(titles(gb)).toEqual(titles(utf8))
    expect(titles(xml)).toEqual(titles(utf8))
  })

  it('accounts for every record of the odd files', async () => {
    const table: Record<string, number[]> = {}
    for (const file of readdirSync(join(shared, 'broken-marc')).filter((f) => f.endsWith('.dat'))) {
      const { counts } = await importAll(read(join('broken-marc', file)))
      expect(counts.imported + counts.refusedCount).toBe(counts.read)
      table[file] = [counts.read, counts.imported, counts.recovered, counts.refusedCount]
    }
    expect(table).toEqual({
      'bad_indicator.dat': [1, 1, 0, 0],
      'marc.dat': [20, 20, 0, 0],
      'testunimarc.dat': [1, 1, 0, 0],
      'utf8_with_leader_flag.dat': [1, 1, 0, 0],
    })
  })
})

describe('a file in UTF-16 is refused once and by its name', () => {
  const text = Buffer.from(new TextDecoder().decode(bytesOfOne()), 'utf16le')
  it.each([
    ['little endian, marked', Buffer.concat([Buffer.from([0xff, 0xfe]), text])],
    ['little endian', text],
    ['big endian', Buffer.from(text).swap16()],
  ])('%s', async (_name, bytes) => {
    const { counts, records } = await importAll(bytes)
    expect(records).toEqual([])
    expect(counts.refused).toEqual([{ record: 1, offset: 0, reason: 'encoding-utf-16' }])
  })
})

function bytesOfOne(): Uint8Array {
  const written = writeRecord(chinese(1), textEncoder('utf-8'))
  if ('refused' in written) throw new Error(written.refused.reason)
  return written.bytes
}
