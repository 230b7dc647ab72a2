import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { countUtf8, detectProfile, detectRecordForm, withEncodingFlag } from './encoding.ts'
import { writeRecord } from './iso2709-writer.ts'
import type { MarcRecord } from './marc-record.ts'

const cnmarc = (title: string, charset: string): MarcRecord => ({
  leader: '00000nam0 2200000   450 ',
  fields: [
    {
      tag: '100',
      indicators: '  ',
      subfields: [{ code: 'a', value: `20180326d2018    em y0chiy${charset.padEnd(8)}ea` }],
    },
    { tag: '200', indicators: '1 ', subfields: [{ code: 'a', value: title }] },
  ],
})

const marc21 = (title: string, flag: string): MarcRecord => ({
  leader: `00000nam ${flag}2200000 a 4500`,
  fields: [
    { tag: '008', value: '970701s1906    fr           u000 0 fre u' },
    { tag: '245', indicators: '10', subfields: [{ code: 'a', value: title }] },
  ],
})

const bytesOf = (record: MarcRecord, encoding: string): Uint8Array => {
  const written = writeRecord(record, (text) => ({
    bytes: new Uint8Array(iconv.encode(text, encoding)),
    unmappable: [],
  }))
  if ('refused' in written) throw new Error(written.refused.reason)
  return written.bytes
}

describe('detection (domain-cn 1.8, security-reliability 8 row 18)', () => {
  it.each([
    ['UTF-8, flagged', cnmarc('小王子', '50'), 'utf8', 'utf-8', 'flag', false],
    ['UTF-8, not flagged', cnmarc('小王子', '0120'), 'utf8', 'utf-8', 'utf-8-bytes', false],
    ['GB18030', cnmarc('小王子', '0120'), 'gb18030', 'gb18030', 'profile', false],
    ['GB18030 flagged as Unicode', cnmarc('小王子', '50'), 'gb18030', 'gb18030', 'profile', true],
    ['GB18030, four bytes', cnmarc('𠮷野家', '0110'), 'gb18030', 'gb18030', 'profile', false],
    ['ASCII', cnmarc('Le petit prince', '0120'), 'utf8', 'utf-8', 'ascii', false],
    ['MARC21 flagged', marc21('Félice', 'a'), 'utf8', 'utf-8', 'flag', false],
    ['MARC21 UTF-8 without its flag', marc21('Félice', ' '), 'utf8', 'utf-8', 'utf-8-bytes', true],
    ['MARC-8', marc21('F\u00e2elice', ' '), 'latin1', 'marc-8', 'profile', false],
    ['MARC-8 flagged as Unicode', marc21('F\u00e2elice', 'a'), 'latin1', 'marc-8', 'profile', true],
    [
      'MARC-8 of ASCII bytes',
      marc21('\u001b(Nwojna\u001b(B', ' '),
      'latin1',
      'marc-8',
      'profile',
      false,
    ],
  ])('%s', (_name, record, written, encoding, evidence, isFlagWrong) => {
    const form = detectRecordForm(bytesOf(record, written), null)
    expect(form?.reading).toEqual({ encoding, evidence, isFlagWrong, strayBytes: 0 })
  })

  it('one cut character does not turn a UTF-8 record into mojibake', () => {
    const bytes = bytesOf(cnmarc('中国图书馆分类法使用手册', '50'), 'utf8')
    const cut = bytes.slice()
    cut[bytes.lastIndexOf(0x86)] = 0x20
    const form = detectRecordForm(cut, null)
    expect(form?.reading).toMatchObject({ encoding: 'utf-8', strayBytes: 2 })
  })

  it('counts exactly what a strict decoder accepts', () => {
    const strict = new TextDecoder('utf-8', { fatal: true })
    const isStrict = (bytes: Uint8Array): boolean => {
      try {
        strict.decode(bytes)
        return true
      } catch {
        return false
      }
    }
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 12 }),
          fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(text)),
        ),
        (bytes) => {
          expect(countUtf8(bytes).strays === 0).toBe(isStrict(bytes))
        },
      ),
      { numRuns: 500 },
    )
  })

  it.each([
    ['cnmarc', cnmarc('小王子', '50')],
    ['marc21', marc21('Félice', 'a')],
    [
      'unimarc',
      {
        leader: '00000nam0 2200000   450 ',
        fields: [
          { tag: '101', indicators: '  ', subfields: [{ code: 'a', value: 'ita' }] },
          { tag: '200', indicators: '1 ', subfields: [{ code: 'a', value: 'Altra faccia' }] },
          { tag: '801', indicators: ' 3', subfields: [{ code: 'a', value: 'IT' }] },
        ],
      },
    ],
  ])('profile %s', (profile, record) => {
    expect(detectProfile(record)).toBe(profile)
  })

  it('flags UTF-8 truly and leaves GB values alone', () => {
    const record = cnmarc('小王子', '0120')
    const flagged = withEncodingFlag(record, 'cnmarc', 'utf-8')
    expect(flagged.fields[0]).toEqual(cnmarc('小王子', '50').fields[0])
    expect(withEncodingFlag(record, 'cnmarc', 'gb18030')).toEqual(record)
    expect(withEncodingFlag(marc21('x', ' '), 'marc21', 'utf-8').leader.charAt(9)).toBe('a')
  })
})
