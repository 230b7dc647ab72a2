import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRecord } from './iso2709.ts'
import type { ParsedRecord } from './iso2709.ts'
import { writeRecord } from './iso2709-writer.ts'
import type { EncodeText } from './iso2709-writer.ts'
import type { MarcField, MarcRecord } from './marc-record.ts'

const utf8 = new TextDecoder('utf-8')
const decode = (bytes: Uint8Array) => utf8.decode(bytes)
const encode: EncodeText = (text) => ({ bytes: new TextEncoder().encode(text), unmappable: [] })
const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0))

const book: MarcRecord = {
  leader: '00000nam0 2200000   450 ',
  fields: [
    { tag: '001', value: '012018000001' },
    {
      tag: '200',
      indicators: '1 ',
      subfields: [
        { code: 'a', value: '小王子' },
        { code: '9', value: 'xiao wang zi' },
      ],
    },
    { tag: '690', indicators: '  ', subfields: [{ code: 'a', value: 'I565.88' }] },
  ],
}

const bytesOf = (record: MarcRecord): Uint8Array => {
  const written = writeRecord(record, encode)
  if ('refused' in written) throw new Error(written.refused.reason)
  return written.bytes
}

const replaceAt = (bytes: Uint8Array, at: number, text: string): Uint8Array => {
  const copy = bytes.slice()
  copy.set(latin1(text), at)
  return copy
}

const reasonOf = (parsed: ParsedRecord) => ('refused' in parsed ? parsed.refused.reason : null)
const clean = bytesOf(book)
const LENGTH = clean.length
const BASE = 24 + 3 * 12 + 1
const entryAt = (index: number) => 24 + index * 12

/** Any record that the format can carry: no separators, three-character tags. */
const anyText = fc
  .string({ unit: 'grapheme', maxLength: 40 })
  .filter((text) => text.isWellFormed() && !/[\u001b-\u001f\ufeff]/.test(text))
const anyTag = fc.stringMatching(/^(?:0[1-9]\d|[1-9]\d\d)$/)
const anyField: fc.Arbitrary<MarcField> = fc.oneof(
  fc.record({ tag: fc.constantFrom('001', '005', '008'), value: anyText }),
  fc.record({
    tag: anyTag,
    indicators: fc.stringMatching(/^[ 0-9]{2}$/),
    subfields: fc.array(fc.record({ code: fc.stringMatching(/^[a-zA-Z0-9]$/), value: anyText }), {
      minLength: 1,
      maxLength: 6,
    }),
  }),
)
const anyRecord: fc.Arbitrary<MarcRecord> = fc.record({
  leader: fc.constantFrom('00000nam0 2200000   450 ', '00000cas a2200000 a 4500'),
  fields: fc.array(anyField, { maxLength: 30 }),
})

describe('round trip', () => {
  it('gives back any record, and the second writing is byte for byte the first', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const bytes = bytesOf(record)
        const parsed = parseRecord(bytes, decode, 0)
        if ('refused' in parsed) throw new Error(parsed.refused.reason)
        expect(parsed.record.fields).toEqual(record.fields)
        expect(parsed.warnings).toEqual([])
        expect(parsed.isRecovered).toBe(false)
        expect(bytesOf(parsed.record)).toEqual(bytes)
      }),
    )
  })

  it('reads only inside the slice, whatever the bytes (never throws, never loops)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        const parsed = parseRecord(noise, decode, 7)
        expect('refused' in parsed ? parsed.refused.offset : 7).toBe(7)
        expect('refused' in parsed ? 24 : parsed.record.leader.length).toBe(24)
      }),
    )
  })

  it('one flipped byte never throws and never changes what else is in memory', () => {
    fc.assert(
      fc.property(fc.nat(LENGTH - 1), fc.nat(255), (at, byte) => {
        const damaged = clean.slice()
        damaged[at] = byte
        const surrounded = new Uint8Array(LENGTH + 20).fill(0x41)
        surrounded.set(damaged, 10)
        const inside = parseRecord(surrounded.subarray(10, 10 + LENGTH), decode, 0)
        expect(inside).toEqual(parseRecord(damaged, decode, 0))
      }),
    )
  })
})

describe('hostile frames are refused with their offset (security-reliability 8, rows 14-17)', () => {
  const wide = bytesOf({
    ...book,
    fields: Array.from({ length: 501 }, () => ({ tag: '300', value: 'x' })),
  })
  it.each([
    ['length 99999 over 300 bytes', replaceAt(clean, 0, '99999'), 'length-disagrees'],
    ['length 00000', replaceAt(clean, 0, '00000'), 'length-unreadable'],
    ['negative length', replaceAt(clean, 0, '-0100'), 'length-unreadable'],
    ['length of letters', replaceAt(clean, 0, '?????'), 'length-unreadable'],
    ['cut within its last field', clean.subarray(0, LENGTH - 4), 'terminator-missing'],
    ['cut after its first field', clean.subarray(0, BASE + 13), 'terminator-missing'],
    ['entry far outside', replaceAt(clean, entryAt(2) + 7, '90000'), 'directory-outside-record'],
    [
      'entry longer than the record',
      replaceAt(clean, entryAt(2) + 3, '9999'),
      'directory-outside-record',
    ],
    ['overlapping entries', replaceAt(clean, entryAt(1) + 7, '00005'), 'fields-overlap'],
    ['directory of letters', replaceAt(clean, entryAt(1) + 3, 'abcd'), 'directory-unreadable'],
    ['no directory end', replaceAt(clean, BASE - 1, ' '), 'directory-unreadable'],
    ['a stub', latin1('00010\u001d'), 'record-too-short'],
    ['501 fields', wide, 'fields-too-many'],
    ['over 99,999 bytes', new Uint8Array(100_000).fill(0x1d), 'record-too-long'],
  ])('%s', (_name, bytes, reason) => {
    const parsed = parseRecord(bytes, decode, 1234)
    expect(parsed).toEqual({ refused: { offset: 1234, reason } })
  })
})

describe('frames that only count wrongly are recovered by separators', () => {
  /** Lengths and starts in UTF-16 units instead of bytes: the known bug of ruby-marc #26. */
  const countedInCharacters = (): Uint8Array => {
    const bodies = book.fields.map((field) =>
      'subfields' in field
        ? `${field.indicators}${field.subfields.map(({ code, value }) => `\u001f${code}${value}`).join('')}\u001e`
        : `${field.value}\u001e`,
    )
    let start = 0
    let directory = ''
    for (const [index, body] of bodies.entries()) {
      directory += `${book.fields[index]?.tag ?? ''}${String(body.length).padStart(4, '0')}${String(start).padStart(5, '0')}`
      start += body.length
    }
    const text = `nam0 22${String(25 + directory.length).padStart(5, '0')}   450 ${directory}\u001e${bodies.join('')}\u001d`
    return new TextEncoder().encode(String(text.length + 5).padStart(5, '0') + text)
  }

  it('counted in characters', () => {
    const parsed = parseRecord(countedInCharacters(), decode, 0)
    if ('refused' in parsed) throw new Error(parsed.refused.reason)
    expect(parsed.record.fields).toEqual(book.fields)
    expect(parsed.isRecovered).toBe(true)
    expect(parsed.warnings.map(({ code }) => code)).toEqual([
      'length-disagrees',
      'directory-disagrees',
    ])
  })

  it('re-encoded to a shorter encoding after writing: the directory reaches past the end', () => {
    const shorter = latin1(
      Array.from(clean, (byte) => String.fromCharCode(byte))
        .join('')
        .replace(/[\u0080-\u00ff]{9}/, 'Kleine'),
    )
    const parsed = parseRecord(shorter, decode, 0)
    if ('refused' in parsed) throw new Error(parsed.refused.reason)
    expect(parsed.isRecovered).toBe(true)
    expect(parsed.record.fields[2]).toEqual(book.fields[2])
  })

  it.each([
    ['end: no terminator', clean.subarray(0, LENGTH - 1), 'terminator-missing', true],
    [
      'end: a line end for the terminator',
      latin1(`${String.fromCharCode(...clean.subarray(0, LENGTH - 1))}\r\n`),
      'terminator-missing',
      true,
    ],
    ['length', replaceAt(clean, 0, String(LENGTH + 3).padStart(5, '0')), 'length-disagrees', true],
    ['base address', replaceAt(clean, 12, '00099'), 'base-address-disagrees', false],
    ['one entry too short', replaceAt(clean, entryAt(1) + 3, '0010'), 'directory-disagrees', true],
  ])('wrong %s', (_name, bytes, code, isRecovered) => {
    const parsed = parseRecord(bytes, decode, 0)
    if ('refused' in parsed) throw new Error(parsed.refused.reason)
    expect(parsed.record.fields).toEqual(book.fields)
    expect(parsed.warnings.map((warning) => warning.code)).toContain(code)
    expect(parsed.isRecovered).toBe(isRecovered)
  })

  it('a lost field terminator leaves tags unsure: refused', () => {
    const at = clean.indexOf(0x1e, BASE)
    expect(reasonOf(parseRecord(replaceAt(clean, at, ' '), decode, 0))).toBe(
      'field-count-disagrees',
    )
  })
})

describe('odd fields are kept as they are', () => {
  const odd = (body: string) => {
    const directory = `200${String(body.length + 1).padStart(4, '0')}00000`
    const text = `nam0 2200037   450 ${directory}\u001e${body}\u001e\u001d`
    const bytes = latin1(String(text.length + 5).padStart(5, '0') + text)
    const parsed = parseRecord(bytes, decode, 0)
    if ('refused' in parsed) throw new Error(parsed.refused.reason)
    return { parsed, bytes }
  }
  it.each([
    ['1  \u001faTitle', 'indicators-unusual'],
    ['no delimiter', 'subfields-missing'],
    ['1 \u001f\u001faTitle', null],
  ])('%j', (body, code) => {
    const { parsed, bytes } = odd(body)
    expect(parsed.warnings.map((warning) => warning.code)).toEqual(code === null ? [] : [code])
    expect(bytesOf(parsed.record)).toEqual(bytes)
  })
})

describe('writing refuses what does not fit', () => {
  const field = (value: string): MarcRecord => ({
    ...book,
    fields: [{ tag: '330', indicators: '  ', subfields: [{ code: 'a', value }] }],
  })
  it.each([
    ['a field over 9,999 bytes', field('书'.repeat(3333)), 'field-too-long'],
    [
      'a record over 99,999 bytes',
      {
        ...book,
        fields: Array.from({ length: 20 }, () => ({ tag: '330', value: 'x'.repeat(9000) })),
      },
      'record-too-long',
    ],
    ['a separator in a value', field('a\u001eb'), 'separator-in-value'],
    ['a long tag', { ...book, fields: [{ tag: '2000', value: '' }] }, 'tag-invalid'],
    ['a short leader', { ...book, leader: 'nam' }, 'leader-invalid'],
  ])('%s', (_name, record, reason) => {
    const written = writeRecord(record, encode)
    expect('refused' in written ? written.refused.reason : null).toBe(reason)
  })

  it('names each unmappable character and its place', () => {
    const ascii: EncodeText = (text) => ({
      bytes: latin1(text.replace(/[^\u0000-\u007f]/g, '?')),
      unmappable: Array.from(text.matchAll(/[^\u0000-\u007f]/g), (match) => ({
        index: match.index,
        character: match[0],
      })),
    })
    const record = { ...book, fields: [...field('ab').fields, ...field('a镕b').fields] }
    expect(writeRecord(record, ascii)).toEqual({
      refused: {
        reason: 'unmappable-characters',
        tag: '330',
        unmappable: [{ tag: '330', occurrence: 1, code: 'a', index: 1, character: '镕' }],
      },
    })
  })
})
