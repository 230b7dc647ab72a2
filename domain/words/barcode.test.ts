import { describe, expect, test } from 'vitest'
import { ItemBarcode, normaliseBarcode } from './barcode.ts'
import { CardNumber } from './card-number.ts'

describe.each([
  ['ItemBarcode', ItemBarcode],
  ['CardNumber', CardNumber],
])('%s', (_name, schema) => {
  test.each([
    ['04400510000001', true],
    ['F4401000000001', true],
    ['BY200000000', true],
    ['x'.repeat(64), true],
    ['x'.repeat(65), false],
    ['', false],
    [' 0440', false],
    ['0440\u0000', false],
    ['0440\t05', false],
    ['0440\u0085', false],
    ['\udc00', false],
  ])('%j → %s', (text, accepted) => {
    expect(schema.safeParse(text).success).toBe(accepted)
  })
})

describe('normaliseBarcode', () => {
  test.each([
    ['04400510000001\r', '04400510000001'],
    ['04400510000001\t\r\n', '04400510000001'],
    ['  04400510000001 ', '04400510000001'],
    ['Ｆ４４０１００００００００１', 'F4401000000001'],
    ['全角　名', '全角　名'],
    ['a\u0000b', 'a\u0000b'],
    ['\r\n', ''],
  ])('%j → %j', (text, expected) => {
    expect(normaliseBarcode(text)).toBe(expected)
  })
})
