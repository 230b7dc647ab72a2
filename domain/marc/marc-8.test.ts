import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMarc8 } from './marc-8.ts'
import { MARC_8_SETS } from './marc-8-tables.ts'

const bytesOf = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0))
const read = (text: string) => decodeMarc8(bytesOf(text))

describe('MARC-8', () => {
  it.each([
    ['plain', 'plain'],
    ['F\u00e2elice', 'Félice'],
    ['apr\u00e1es', 'après'],
    ['Fran\u00f0caise', 'Française'],
    ['s\u00b6ur', 'sœur'],
    ['\u00a1\u00f3d\u00b2', 'Łd̤ø'],
    ['\u00e3\u00f2o', 'ộ'],
    ['\u00ebt\u00ecs', 't\ufe20s\ufe21'],
    ['\u00c7\u00c8\u00c3', 'ß€©'],
    ['H\u001bb2\u001bsO', 'H₂O'],
    ['x\u001bp2\u001bs', 'x²'],
    ['\u001bga\u001bs-rays', 'α-rays'],
    ['\u001b(Nwojna\u001b(B', 'ВОЙНА'],
    ['\u001b)N\u00f7\u00cf', 'Во'],
    ['\u001b)!E\u00e2e', 'é'],
    ['\u001b)Q\u00c6', 'і'],
    ['\u001b(SK"jfr\u001b(B', 'Θήεο'],
    ['\u001b(2`az\u001b(B', 'אבת'],
    ['\u001b(3GHd\u001b(B', 'ابل'],
    ['\u001b)4\u00a9', 'پ'],
    ['\u0088The \u0089Wall', '\u0098The \u009cWall'],
    ['\u001b$1!0!\u001b(Bx', '一x'],
    ['\u001b$1!Wf!1W\u001b(B, 1987', '裕信, 1987'],
    ['\u001b$1i$Ni%"o\\e\u001b(B', 'のア한'],
    ['\u001b$)1\u00a1\u00b0\u00a1', '一'],
    ['\u001b$1!0!  !0$\u001b(B', '一  三'],
    ['&#x9555; &#x1F600; &#x41; &#xD800;', '镕 😀 &#x41; &#xD800;'],
  ])('%j → %s', (bytes, text) => {
    const { text: found, problems } = read(bytes)
    expect(problems).toEqual([])
    expect(found).toBe(text)
  })

  it.each([
    ['a\u0092b', 'a\ufffdb', { kind: 'unknown-byte', at: 1, hex: '92' }],
    ['\u001b$1!0(\u001b(Bx', '\ufffdx', { kind: 'eacc-character', at: 3, hex: '213028' }],
    ['\u001b$1!0', '\ufffd', { kind: 'eacc-character', at: 3, hex: '2130' }],
    ['\u001bZ', '\ufffdZ', { kind: 'unknown-escape', at: 0, hex: '1b5a' }],
    ['ab\u00e2', 'ab\u0301'.normalize('NFC'), { kind: 'diacritic-without-base', at: 2, hex: 'e2' }],
  ])('%j is reported with its bytes', (bytes, text, problem) => {
    expect(read(bytes)).toEqual({ text, problems: [problem] })
  })

  it('reports every replacement character that it makes, on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { text, problems } = decodeMarc8(bytes)
        const replaced = text.split('\ufffd').length - 1
        const reported = problems.filter(({ kind }) => kind !== 'diacritic-without-base').length
        expect(reported).toBe(replaced)
      }),
    )
  })

  it.each([
    ['B', 94],
    ['E', 36 + 29],
    ['N', 94],
    ['S', 7 + 6 + 2 + 28 + 30],
    ['2', 31 + 15 + 2 + 30],
    ['b', 14],
    ['g', 3],
  ])('set %s has %i characters', (set, count) => {
    expect(MARC_8_SETS.get(set)?.characterByByte.size).toBe(count)
  })
})
