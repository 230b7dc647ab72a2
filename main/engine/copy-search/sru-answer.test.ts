import { describe, expect, test } from 'vitest'
import { recordToMarcXml } from '../../../domain/marc/marc-xml.ts'
import { bibToMarcRecord } from '../../../domain/marc/bib-fields.ts'
import { aGoodRecord } from '../../../test/builders/good-record.ts'
import { CopyFailure } from './copy-failure.ts'
import { decodeXml, readSruAnswer } from './sru-answer.ts'

const record = bibToMarcRecord(aGoodRecord())
const written = recordToMarcXml(record)
if (!('xml' in written)) throw new Error('a good record can be written')
const { xml } = written

const answerOf = (records: string, total = 1): string =>
  `<?xml version="1.0"?><zs:searchRetrieveResponse xmlns:zs="http://www.loc.gov/zing/srw/">` +
  `<zs:version>1.1</zs:version><zs:numberOfRecords>${total}</zs:numberOfRecords>` +
  `<zs:records>${records}</zs:records></zs:searchRetrieveResponse>`
const inRecord = (inner: string): string =>
  `<zs:record><zs:recordSchema>marcxml</zs:recordSchema><zs:recordData>${inner}</zs:recordData></zs:record>`
const prefixed = (prefix: string): string =>
  xml.replace(/<(\/?)(\w)/g, (_, close: string, letter: string) => `<${close}${prefix}:${letter}`)
const escaped = xml.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const diagnostic = (uri: string, words: string): string =>
  `<d:diagnostic xmlns:d="x"><d:uri>${uri}</d:uri><d:details>1</d:details>` +
  `<d:message>${words}</d:message></d:diagnostic>`

const troubleOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof CopyFailure) return `${error.trouble} ${error.message}`.trim()
    throw error
  }
  return 'none'
}

describe('an answer of SRU', () => {
  test.each([
    ['elements', inRecord(xml)],
    ['elements under a prefix', inRecord(prefixed('marc'))],
    ['another prefix and namespace', inRecord(prefixed('mx'))],
    ['packed text', inRecord(escaped)],
    ['packed in a CDATA section', inRecord(`<![CDATA[${xml}]]>`)],
    ['a collection around it', inRecord(`<collection>${xml}</collection>`)],
  ])('holds a record as %s', (_says, records) => {
    expect(readSruAnswer(answerOf(records))).toEqual({
      total: 1,
      records: [record],
      unreadCount: 0,
    })
  })

  test('holds many, of which ten are taken', () => {
    const { total, records } = readSruAnswer(answerOf(inRecord(xml).repeat(30), 812))
    expect([total, records.length]).toEqual([812, 10])
  })

  test('counts what stands in the place of a record', () => {
    const mixed = inRecord(diagnostic('info:srw/diagnostic/1/64', 'gone')) + inRecord(xml)
    expect(readSruAnswer(answerOf(mixed, 2))).toMatchObject({ total: 2, unreadCount: 1 })
    const other = inRecord('<dc><title>x</title></dc>')
    expect(readSruAnswer(answerOf(other))).toEqual({ total: 1, records: [], unreadCount: 1 })
  })

  test('may be empty, with or without saying that the first record is out of range', () => {
    const none = { total: 0, records: [], unreadCount: 0 }
    expect(readSruAnswer(answerOf('', 0))).toEqual(none)
    const told = diagnostic('info:srw/diagnostic/1/61', 'First record position out of range')
    expect(readSruAnswer(answerOf(told, 0))).toEqual(none)
  })
})

describe('hostile and broken answers', () => {
  test.each([
    [
      'in its own words',
      answerOf(diagnostic('info:srw/diagnostic/1/16', 'No\nindex'), 0),
      'told-trouble 1 · No index',
    ],
    ['a page of a portal', '<html><body>Sign in</body></html>', 'not-an-answer'],
    ['no XML', 'Service unavailable', 'not-xml'],
    ['cut off', answerOf(inRecord(xml)).slice(0, -20), 'not-xml'],
    [
      'entities that grow',
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
      'document-type',
    ],
    [
      'a file of this machine',
      '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>',
      'document-type',
    ],
    [
      'entities in packed text',
      answerOf(inRecord('&lt;!DOCTYPE x []&gt;&lt;record/&gt;')),
      'document-type',
    ],
    ['an entity without a name', answerOf(inRecord('<record>&nope;</record>')), 'not-xml'],
    ['a thousand elements deep', answerOf('<a>'.repeat(1000)), 'not-xml'],
    ['nothing', '', 'not-xml'],
  ])('%s', (_says, text, trouble) => {
    expect(troubleOf(() => readSruAnswer(text))).toBe(trouble)
  })

  test('the words of a diagnostic are one short line', () => {
    const long = answerOf(diagnostic('info:srw/diagnostic/1/1', 'x'.repeat(5000)), 0)
    expect(troubleOf(() => readSruAnswer(long)).length).toBeLessThan(320)
  })
})

describe('the encoding of an answer', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const gb = Uint8Array.from([0xd0, 0xa1, 0xcd, 0xf5, 0xd7, 0xd3])

  test.each([
    ['UTF-8 unless told', bytes('小王子'), '', null, '小王子'],
    ['as its header says', gb, 'text/xml; charset=GB2312', null, '小王子'],
    [
      'as it declares itself',
      Uint8Array.from([...bytes('<?xml version="1.0" encoding="GBK"?>'), ...gb]),
      'text/xml; charset=utf-8',
      null,
      '<?xml version="1.0" encoding="GBK"?>小王子',
    ],
    ['as a person set it', gb, 'text/xml; charset=utf-8', 'gb18030', '小王子'],
  ] as const)('%s', (_says, given, contentType, declared, text) => {
    expect(decodeXml(given, contentType, declared)).toBe(text)
  })

  test.each([
    ['bytes that are none of it', gb, 'text/xml; charset=utf-8', 'wrong-encoding utf-8'],
    ['one that nobody knows', bytes('x'), 'text/xml; charset=klingon', 'wrong-encoding klingon'],
  ])('%s', (_says, given, contentType, trouble) => {
    expect(troubleOf(() => decodeXml(given, contentType, null))).toBe(trouble)
  })
})
