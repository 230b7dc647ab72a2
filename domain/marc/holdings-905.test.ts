import { describe, expect, it } from 'vitest'
import { RECORD_ITEMS_MAX, expandBarcodes, readHoldings } from './holdings-905.ts'
import type { MarcProfileName, MarcRecord } from './marc-record.ts'

/** `905  $aBNU$bD1` without the `$` at the end. */
const recordOf = (...lines: string[]): MarcRecord => ({
  leader: '00000nam0 2200000   450 ',
  fields: lines.map((line) => ({
    tag: line.slice(0, 3),
    indicators: line.slice(3, 5),
    subfields: line
      .slice(6)
      .split('$')
      .map((part) => ({ code: part.slice(0, 1), value: part.slice(1) })),
  })),
})

const barcodesOf = (profile: MarcProfileName, ...lines: string[]) =>
  readHoldings(recordOf(...lines), profile).items.map(({ barcode }) => barcode)

describe('ranges of barcodes', () => {
  it.each([
    ['D123456-60', 5, 'D123456', 'D123460'],
    ['20295403-5408', 6, '20295403', '20295408'],
    ['D040394-5', 2, 'D040394', 'D040395'],
    ['D000098-D000102', 5, 'D000098', 'D000102'],
    ['00000009-11', 3, '00000009', '00000011'],
    ['04400515000000', 1, '04400515000000', '04400515000000'],
    ['F4401001234567-9', 1, 'F4401001234567-9', 'F4401001234567-9'],
    ['2013-00012', 1, '2013-00012', '2013-00012'],
    ['D1-E2', 1, 'D1-E2', 'D1-E2'],
  ])('%s is %i', (raw, count, first, last) => {
    const expansion = expandBarcodes(raw)
    if ('reason' in expansion) throw new Error(expansion.reason)
    const { barcodes } = expansion
    // A letter inside the digits stands in the prefix: Shenzhen's F44010 is one of those.
    const expected = raw.startsWith('F44010')
      ? [3, 'F4401001234567', 'F4401001234569']
      : [count, first, last]
    expect([barcodes.length, barcodes[0], barcodes.at(-1)]).toEqual(expected)
  })

  it.each([
    ['10000000-99999999', 'range-too-large'],
    ['1-9999999999', null],
    ['D123460-56', 'range-descending'],
    ['1'.repeat(65), 'barcode-too-long'],
  ])('%s: %s', (raw, reason) => {
    const expansion = expandBarcodes(raw)
    expect('reason' in expansion ? expansion.reason : null).toBe(reason)
  })
})

describe('905 in the wild (domain-cn 1.3)', () => {
  it('composes the call number and splits volume from book number', () => {
    const { items } = readHoldings(
      recordOf('905  $a044005$b04400515000000$c中文图书$dI565.88$e123:1(2)$f2'),
      'cnmarc',
    )
    expect(items).toEqual([
      {
        barcode: '04400515000000',
        library: '044005',
        shelf: '中文图书',
        classNumber: 'I565.88',
        bookNumber: '123',
        callNumber: 'I565.88/123:1(2)',
        volume: '1',
        copies: 2,
      },
    ])
  })

  it.each([
    ['several $b', ['905  $aA$bD1$bD2$bD3-5$dI1$e2'], ['D1', 'D2', 'D3', 'D4', 'D5']],
    ['a list in one $b', ['905  $aA$bD1;D2，D3$dI1'], ['D1', 'D2', 'D3']],
    ['the same barcode twice', ['905  $bD1$dI1', '906  $bD1$dI1'], ['D1']],
    ['985$a beside a 905 without $b', ['905  $aA$dI1$e2', '985  $aT0000001'], ['T0000001']],
    ['985 where 905 has its own', ['905  $aA$bD1$dI1', '985  $aT0000001'], ['D1']],
    ['935 only as a whole group', ['935  $bD9', '935  $aA$bD1-2$dI1'], ['D1', 'D2']],
    ['nothing', ['200  $aTitle'], []],
  ])('%s', (_name, lines, barcodes) => {
    expect(barcodesOf('cnmarc', ...lines)).toEqual(barcodes)
  })

  it('parts groups repeated in one field, and lives without $e', () => {
    const { items } = readHoldings(
      recordOf('905  $aA$bD1$dI1$e5$sI1/5$aB$bD2$dI2$v第2卷'),
      'cnmarc',
    )
    expect(
      items.map(({ library, barcode, callNumber, volume }) => [
        library,
        barcode,
        callNumber,
        volume,
      ]),
    ).toEqual([
      ['A', 'D1', 'I1/5', null],
      ['B', 'D2', 'I2', '第2卷'],
    ])
  })

  it('keeps a shelving that has no barcode, and refuses a flood with its reason', () => {
    const { items, shelvingsWithoutItems, refused } = readHoldings(
      recordOf('905  $aBNU$dF124$e26', '905  $b00001-10000$b20001-20001$b10000000-99999999'),
      'cnmarc',
    )
    expect(items).toHaveLength(RECORD_ITEMS_MAX)
    expect(shelvingsWithoutItems).toMatchObject([{ library: 'BNU', callNumber: 'F124/26' }])
    expect(refused).toEqual([
      { tag: '905', raw: '20001-20001', reason: 'items-too-many' },
      { tag: '905', raw: '10000000-99999999', reason: 'range-too-large' },
    ])
  })
})

describe('local fields of other systems', () => {
  it.each([
    [
      'marc21',
      '8520 $bMAIN$cStacks$hQA76.6$i.H857$p39074500724638',
      ['MAIN', 'QA76.6 .H857', '39074500724638'],
    ],
    ['marc21', '8527 $bSZ$hI247.5$i12$p1', ['SZ', 'I247.5/12', '1']],
    [
      'marc21',
      '949  $aBL 545 F4$wLC$i30007006033608$lDESM-CIR$mDESMARAIS',
      ['DESMARAIS', 'BL 545 F4', '30007006033608'],
    ],
    ['marc21', '952  $aCPL$oI1/2$p123', ['CPL', 'I1/2', '123']],
    ['unimarc', '995  $bBIB$f987$kR FIC', ['BIB', 'R FIC', '987']],
  ] as const)('%s %s', (profile, line, expected) => {
    const { items } = readHoldings(recordOf(line), profile)
    expect(items.map(({ library, callNumber, barcode }) => [library, callNumber, barcode])).toEqual(
      [expected],
    )
  })
})
