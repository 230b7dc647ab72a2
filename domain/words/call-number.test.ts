import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CLC_ORDER,
  bookNumberSortKey,
  callNumberSortKey,
  classNumberFault,
  classSortKey,
  readCallNumber,
  splitCallNumber,
} from './call-number.ts'
import type { ShelfOrder } from './call-number.ts'

type OrderCase = { id: string; kind: 'class' | 'booknumber' | 'full'; ascending: string[] }

const CASES = new URL('../../../shared/data/callno/callno-order-cases.json', import.meta.url)
/** Marked contested in the file: letters by length in a class, edition before work in a book number. */
const CONTESTED: Record<string, Partial<ShelfOrder>> = {
  classline_07: { classLetters: 'by-length' },
  '07': { bookSigns: 'edition-first' },
}

const isAscending = ({ kind, ascending }: OrderCase, order: ShelfOrder): boolean => {
  const keyOf = { class: classSortKey, booknumber: bookNumberSortKey, full: callNumberSortKey }[
    kind
  ]
  const keys = ascending.map((text) => keyOf(text, order))
  return keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key)
}

describe.skipIf(!existsSync(CASES))('published shelf orders (skipped without shared/data)', () => {
  const cases: OrderCase[] = existsSync(CASES)
    ? (JSON.parse(readFileSync(CASES, 'utf8')) as { cases: OrderCase[] }).cases
    : []

  it('are all there', () => {
    expect(cases).toHaveLength(18)
  })

  it.each(cases.filter(({ id }) => !(id in CONTESTED)))('$id', (orderCase) => {
    expect(isAscending(orderCase, CLC_ORDER)).toBe(true)
  })

  it.each(cases.filter(({ id }) => id in CONTESTED))(
    '$id contradicts the manual and needs its switch',
    (orderCase) => {
      expect(isAscending(orderCase, CLC_ORDER)).toBe(false)
      expect(isAscending(orderCase, { ...CLC_ORDER, ...CONTESTED[orderCase.id] })).toBe(true)
    },
  )

  it.each(cases.filter(({ id }) => !(id in CONTESTED)))(
    '$id stands in every order',
    (orderCase) => {
      const order: ShelfOrder = { classLetters: 'by-length', bookSigns: 'edition-first' }
      expect(isAscending(orderCase, order)).toBe(true)
    },
  )
})

describe('shelf order (CLC 5, pp. 82-83)', () => {
  it.each([
    [
      [
        'R711',
        'R711-62',
        'R711(711)',
        'R711(711)=535',
        'R711"2"',
        'R711=6',
        'R711<326>',
        'R711:R83',
        'R711+R173',
        'R711.1',
      ],
    ],
    [['F-1', 'F0']],
    [['TP3-61', 'TP30']],
    [['H319.4-43', 'H319.4:I234']],
    [
      [
        'I247.5/3104',
        'I247.5/3104:2',
        'I247.5/3104:10',
        'I247.5/13844',
        'I247.5/13844(2)',
        'I247.5/13844(4)',
      ],
    ],
    [['I247.5/Z763A', 'I247.5/Z763B', 'I247.5/Z763Y', 'I247.5/Z763AA']],
    [['Z89/1', 'MW/I247/26:1', 'MW/I247/26:2']],
  ])('%j', (ascending) => {
    expect(
      ascending.toSorted((a, b) => (callNumberSortKey(a) < callNumberSortKey(b) ? -1 : 1)),
    ).toEqual(ascending)
  })

  it.each([
    ['full-width forms', 'ＴＰ３１２／１０：２', 'TP312/10:2'],
    ['small letters', 'tp312/z763a', 'TP312/Z763A'],
    ['blanks', ' I 247.5 / 3104 ', 'I247.5/3104'],
    ['a blank for the stroke', 'I247.5 3104', 'I247.5/3104'],
    ['an alternative class', '[I247]/1', 'I247/1'],
    ['an alternative class behind a prefix', 'MW/{R81}/1', 'MW/R81/1'],
    ['signs of a Chinese keyboard', 'R711〈326〉/“2”—1', 'R711<326>/"2"-1'],
    ['a small-lettered class is no prefix', 'dvd/j9/1', 'DVD/J9/1'],
    ['leading noughts', 'I247/007', 'I247/7'],
  ])('%s: %s stands where %s stands', (_name, one, other) => {
    expect(callNumberSortKey(one)).toBe(callNumberSortKey(other))
  })

  it.each([
    [['I247', 'I247/1', 'I247/1/1994', 'I247/1(2)', 'I247/1:2', 'I247/1:10']],
    [['I247/A1', 'I247/Z9', 'I247/AA1', 'I247/1']],
    [
      [
        'X9/1',
        'CD/J9/1',
        'CD-ROM/J9/1',
        'CD2007/9',
        'CD2008/1',
        'DVD/J9/1',
        'MW/A1/1',
        '少儿/I2/1',
      ],
    ],
  ])('%j stands so', (ascending) => {
    const keys = ascending.map((callNumber) => callNumberSortKey(callNumber))
    expect(keys).toEqual([...new Set(keys)].toSorted((a, b) => (a < b ? -1 : 1)))
  })

  it('the key says what the rule says symbol by symbol', () => {
    const rankOf = (symbol: string): number =>
      /[A-Z]/.test(symbol)
        ? symbol.charCodeAt(0)
        : /\d/.test(symbol)
          ? 300 + Number(symbol)
          : 200 + '-("=<:+'.indexOf(symbol)
    /** One letter before digits and unpaired signs: no run of letters, so the rule is per symbol. */
    const byRule = (one: readonly string[], other: readonly string[]): number => {
      const at = one.findIndex((symbol, index) => symbol !== other[index])
      if (at === -1) return Math.sign(one.length - other.length)
      const against = other[at]
      return against === undefined ? 1 : Math.sign(rankOf(one[at] ?? '') - rankOf(against))
    }
    const symbols = fc.array(fc.constantFrom('0', '1', '9', '-', '=', ':', '+', '<', '('), {
      maxLength: 5,
    })
    fc.assert(
      fc.property(fc.constantFrom('A', 'B'), symbols, symbols, (letter, one, other) => {
        const keys = [one, other].map((tail) => `${classSortKey([letter, '1', ...tail].join(''))}!`)
        const [first = '', second = ''] = keys
        expect(first < second ? -1 : Number(first > second)).toBe(byRule(one, other))
      }),
    )
  })

  it('a key is printable ASCII whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(callNumberSortKey(text)).toMatch(/^[\x21-\x7e]*$/)
      }),
    )
  })
})

describe('grammar', () => {
  it.each([
    ['I267/20611', { prefix: null, classNumber: 'I267', bookNumber: '20611', extra: null }],
    ['MW/I247/26:1', { prefix: 'MW', classNumber: 'I247', bookNumber: '26:1', extra: null }],
    ['CD2008/512', { prefix: 'CD2008', classNumber: null, bookNumber: '512', extra: null }],
    ['K20-42', { prefix: null, classNumber: 'K20-42', bookNumber: null, extra: null }],
    ['F124/26/1994', { prefix: null, classNumber: 'F124', bookNumber: '26', extra: '1994' }],
  ])('splits %s', (text, parts) => {
    expect(splitCallNumber(text)).toEqual(parts)
    expect(readCallNumber(text)).toEqual({ ok: true, parts })
  })

  it.each([
    'I',
    'TP',
    'I247.5',
    'D035.37',
    'K835.617=43',
    'TP312C',
    'TP312C++',
    'TP312JA-43',
    'R711(711)=535',
    'R711<326>',
    'R711:R83',
    'R711+R173',
    'H319:TP311',
    'J333(512)',
    'F279.246',
    'I712.45-49',
  ])('%s is a class', (text) => {
    expect(classNumberFault(text)).toBeNull()
  })

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['21.2/3', 'class-letter'],
    ['W1/2', 'class-letter'],
    ['I2475/2', 'class-point'],
    ['I24.75/2', 'class-point'],
    ['I247..5/2', 'class-point'],
    ['I247.5-/2', 'class-syntax'],
    ['I247.5(/2', 'class-syntax'],
    ['I247.5/二', 'book-syntax'],
    ['I247\u0000/2', 'control-character'],
    ['I'.repeat(300), 'too-long'],
  ])('%s is refused: %s', (text, reason) => {
    expect(readCallNumber(text)).toEqual({ ok: false, reason })
  })
})
