/**
 * ISO 5426 to Unicode, read only: the extended Latin set of UNIMARC (100/26-29 `03`). ASCII below
 * 0x80; marks stand before the letter that bears them, as in MARC-8. Checked against yaz 5.34.
 */

type Row = readonly [firstByte: number, characters: string]

/** A blank stands for an unassigned position. */
const SIGNS: readonly Row[] = [
  [0xa1, '¡„£$¥†§′‘“«♭©℗®'],
  [0xb0, 'ʻʼ‚   ‡·″’”»♯ʹʺ¿'],
  [0xe1, 'ÆĐ   Ĳ ŁØŒ Þ'],
  [0xf1, 'æđð ıĳ łøœßþ'],
]

/** C0-DF; C9 is the umlaut that Unicode does not tell from the diaeresis. */
const MARKS: readonly Row[] = [
  [0xc0, '\u0309\u0300\u0301\u0302\u0303\u0304\u0306\u0307'],
  [0xc8, '\u0308\u0308\u030a\u0315\u0313\u030b\u031b\u030c'],
  [0xd0, '\u0327\u031c\u0326\u0328\u0325\u032e\u0323\u0324'],
  [0xd8, '\u0332\u0333\u0329\u032d\u0332\ufe20\ufe21\ufe23'],
]

const characterByByte = (rows: readonly Row[]): ReadonlyMap<number, string> =>
  new Map(
    rows.flatMap(([firstByte, characters]) =>
      Array.from(characters, (character, index): [number, string] => [
        firstByte + index,
        character,
      ]).filter(([, character]) => character !== ' '),
    ),
  )

const signs = characterByByte(SIGNS)
const marks = characterByByte(MARKS)

const REPLACEMENT = '\ufffd'

/** One subfield. U+FFFD stands for a byte that the set does not hold. */
export const decodeIso5426 = (bytes: Uint8Array): string => {
  let text = ''
  let waiting = ''
  for (const byte of bytes) {
    const mark = marks.get(byte)
    if (mark !== undefined) waiting += mark
    else {
      text += (byte < 0x80 ? String.fromCharCode(byte) : (signs.get(byte) ?? REPLACEMENT)) + waiting
      waiting = ''
    }
  }
  return (text + waiting).normalize('NFC')
}

export const isIso5426Mark = (byte: number): boolean => marks.has(byte)

export const isIso5426Sign = (byte: number): boolean => signs.has(byte)
