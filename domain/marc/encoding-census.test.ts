import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { guessEncoding } from './encoding-census.ts'
import { decodeIso5426 } from './iso-5426.ts'

const inEncoding = (text: string, encoding: string): Uint8Array =>
  new Uint8Array(iconv.encode(text, encoding))
const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1')

const traditional = '臺灣圖書館事業發展史：國家圖書館編目組著'

describe('which encoding the bytes are in', () => {
  it.each([
    ['cnmarc', '深圳图书馆志', 'gb18030', 'gb18030'],
    ['cnmarc', traditional, 'gb18030', 'gb18030'],
    ['cnmarc', traditional, 'big5', 'big5'],
    ['cnmarc', '𠮷野镕编', 'gb18030', 'gb18030'],
    ['marc21', '活着', 'gb18030', 'gb18030'],
    ['marc21', 'A history of 深圳 / by 余华', 'gb18030', 'gb18030'],
    ['marc21', 'société', 'gb18030', 'gb18030'],
    ['marc21', 'façade', 'gb18030', 'gb18030'],
    ['marc21', traditional, 'big5', 'big5'],
    ['marc21', 'Les misérables : société et révolution à Paris', 'windows-1252', 'windows-1252'],
    ['marc21', 'Die Bücher der Größe', 'windows-1252', 'windows-1252'],
    ['marc21', 'La canción del niño', 'windows-1252', 'windows-1252'],
    ['unimarc', 'Les misérables : société et révolution à Paris', 'windows-1252', 'windows-1252'],
  ] as const)('%s: %s in %s', (profile, text, written, encoding) => {
    expect(guessEncoding(inEncoding(text, written), profile, [])).toBe(encoding)
  })

  it.each([
    ['marc21', 'F\u00e2elice \u00e0a la communaut\u00e2e', 'marc-8'],
    ['marc21', 'Vi\u00f2\u00e3et Nam \u00b3\u00f2a', 'marc-8'],
    ['marc21', 'Easy livin\u00e1 -- I don\u00e1t stand a ghost of a chance', 'marc-8'],
    ['marc21', '\u00a1\u00f3d\u00b2', 'marc-8'],
    ['unimarc', 'La soci\u00c2et\u00c2e fran\u00d0caise', 'iso-5426'],
    ['unimarc', 'La soci\u00e2et\u00e2e fran\u00f0caise', 'marc-8'],
  ] as const)('%s: %j is %s', (profile, bytes, encoding) => {
    expect(guessEncoding(latin1(bytes), profile, [])).toBe(encoding)
  })

  it('a short Big5 text needs the place of its record', () => {
    const bytes = inEncoding('活著', 'big5')
    expect(guessEncoding(bytes, 'cnmarc', ['CN'])).toBe('gb18030')
    expect(guessEncoding(inEncoding('臺北', 'big5'), 'cnmarc', ['cw'])).toBe('big5')
  })
})

describe('ISO 5426', () => {
  it.each([
    ['La soci\u00c2et\u00c2e fran\u00d0caise', 'La société française'],
    ['M\u00c9unchen, M\u00c8unchen', 'München, München'],
    ['\u00e9re\u00f9 \u00fb \u00aa\u00ba \u00ab\u00bb \u00a4', 'Øreø ß “” «» $'],
    ['\u00c3\u00d6o', 'ộ'],
    ['a\u00ffb\u00c2', 'a\ufffdb\u0301'],
  ])('%j is %s', (bytes, text) => {
    expect(decodeIso5426(latin1(bytes))).toBe(text.normalize('NFC'))
  })
})
