/**
 * The single-byte sets of MARC-8, from the Library of Congress code tables. A row is the first
 * byte (as in G0) and the characters that follow it; a blank stands for an unassigned position.
 * EACC, three bytes a character, is in eacc-table.ts.
 */

type Row = readonly [firstByte: number, characters: string]

export type Marc8Set = {
  readonly characterByByte: ReadonlyMap<number, string>
  /** Written before the base letter they belong to. */
  readonly combining: ReadonlySet<number>
}

const setOf = (rows: readonly Row[], combiningBytes: readonly number[]): Marc8Set => {
  const characterByByte = new Map<number, string>()
  for (const [firstByte, characters] of rows) {
    for (const [index, character] of Array.from(characters).entries()) {
      if (character !== ' ') characterByByte.set(firstByte + index, character)
    }
  }
  return { characterByByte, combining: new Set(combiningBytes) }
}

const span = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

const ASCII_MARKS = '!"#$%&\'()*+,-./0123456789:;<=>?'

const ascii = setOf(
  [
    [0x21, ASCII_MARKS],
    [0x40, '@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_'],
    [0x60, '`abcdefghijklmnopqrstuvwxyz{|}~'],
  ],
  [],
)

/** Bytes less 0x80, as all sets here. C7 ß and C8 € came in 2004 and 2007; AE became U+02BC in 2005. */
const ansel = setOf(
  [
    [0x21, 'ŁØĐÞÆŒʹ·♭®±ƠƯʼ ʻłøđþæœʺı£ð ơư'],
    [0x40, '°ℓ℗©♯¿¡ß€'],
    [0x60, '\u0309\u0300\u0301\u0302\u0303\u0304\u0306\u0307'],
    [0x68, '\u0308\u030c\u030a\ufe20\ufe21\u0315\u030b\u0310'],
    [0x70, '\u0327\u0328\u0323\u0324\u0325\u0333\u0332\u0326'],
    [0x78, '\u031c\u032e\ufe22\ufe23'],
    [0x7e, '\u0313'],
  ],
  span(0x60, 0x7e),
)

const hebrew = setOf(
  [
    [0x21, '!״#$%&׳()*+,־./0123456789:;<=>?'],
    [0x40, '\u05b7\u05b8\u05b6\u05b5\u05b4\u05b9\u05bb\u05b0'],
    [0x48, '\u05b2\u05b3\u05b1\u05bc\u05bf\u05c1\ufb1e'],
    [0x5b, '[ ]'],
    [0x60, 'אבגדהוזחטיךכלםמןנסעףפץצקרשתװױײ'],
  ],
  span(0x40, 0x4e),
)

const arabicLetters = (from: number, to: number): string => String.fromCodePoint(...span(from, to))

const arabic = setOf(
  [
    [0x21, '!"#$\u066a&\'()\u066d+\u060c-./'],
    [0x30, arabicLetters(0x660, 0x669)],
    [0x3a, ':\u061b<=>\u061f'],
    [0x41, arabicLetters(0x621, 0x63a)],
    [0x5b, '[ ]'],
    [0x60, arabicLetters(0x640, 0x652)],
    [0x73, '\u0671\u0670'],
    [0x78, '\u066c\u201d\u201c'],
  ],
  span(0x6b, 0x72),
)

const arabicExtended = setOf(
  [
    [0x21, '\u06fd\u0672\u0673'],
    [0x24, arabicLetters(0x679, 0x686)],
    [0x32, '\u06bf'],
    [0x33, arabicLetters(0x687, 0x69c)],
    [0x49, '\u06fa\u069d\u069e\u06fb\u069f\u06a0\u06fc'],
    [0x50, arabicLetters(0x6a1, 0x6b8)],
    [0x68, '\u06ba\u06bb\u06bc\u06bd\u06b9\u06be\u06c0'],
    [0x6f, '\u06c4\u06c5\u06c6\u06ca\u06cb\u06cd\u06ce\u06d0\u06d2\u06d3'],
    [0x7d, '\u0306\u030c'],
  ],
  [0x7d, 0x7e],
)

const cyrillic = setOf(
  [
    [0x21, ASCII_MARKS],
    [0x40, 'юабцдефгхийклмнопярстужвьызшэщчъ'],
    [0x60, 'ЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧ'],
  ],
  [],
)

const cyrillicExtended = setOf(
  [
    [0x40, 'ґђѓєёѕіїјљњћќўџ'],
    [0x50, 'ѣѳѵѫ'],
    [0x5b, '[ ] _'],
    [0x60, 'ҐЂЃЄЁЅІЇЈЉЊЋЌЎЏЪ'],
    [0x70, 'ѢѲѴѪ'],
  ],
  [],
)

const greek = setOf(
  [
    [0x21, '\u0300\u0301\u0308\u0342\u0313\u0314\u0345'],
    [0x30, '«»“”\u0374\u0375'],
    [0x3b, '\u0387'],
    [0x3f, '\u037e'],
    [0x41, 'ΑΒ ΓΔΕϚϜΖΗΘΙΚΛΜΝΞΟΠϞΡΣ ΤΥΦΧΨΩϠ'],
    [0x61, 'αβϐγδεϛϝζηθικλμνξοπϟρσςτυφχψωϡ'],
  ],
  span(0x21, 0x27),
)

const digitsSet = (digits: string, signs: readonly [string, string, string, string]): Marc8Set =>
  setOf(
    [
      [0x28, signs[0] + signs[1]],
      [0x2b, signs[2]],
      [0x2d, signs[3]],
      [0x30, digits],
    ],
    [],
  )

/** Keyed by the final byte of the escape sequence. */
export const MARC_8_SETS: ReadonlyMap<string, Marc8Set> = new Map([
  ['B', ascii],
  ['s', ascii],
  ['E', ansel],
  ['2', hebrew],
  ['3', arabic],
  ['4', arabicExtended],
  ['N', cyrillic],
  ['Q', cyrillicExtended],
  ['S', greek],
  ['g', setOf([[0x61, 'αβγ']], [])],
  ['b', digitsSet('₀₁₂₃₄₅₆₇₈₉', ['₍', '₎', '₊', '₋'])],
  ['p', digitsSet('⁰¹²³⁴⁵⁶⁷⁸⁹', ['⁽', '⁾', '⁺', '⁻'])],
])

/** Final byte of the multi-byte set. */
export const EACC = '1'
