import fc from 'fast-check'
import { expect, test } from 'vitest'

import { barcodeRun, barcodeRunLength } from './barcode-run.ts'

test('C30 the serial goes up, leading zeros and letters stay', () => {
  expect(barcodeRun('04400500000099', 3)).toEqual([
    '04400500000099',
    '04400500000100',
    '04400500000101',
  ])
  expect(barcodeRun('F4401000000001', 2)).toEqual(['F4401000000001', 'F4401000000002'])
  expect(barcodeRun('T000009', 2)).toEqual(['T000009', 'T000010'])
})

test('C30 no label of another library is made up', () => {
  expect(barcodeRun('04400599999999', 2)).toBeNull()
  expect(barcodeRunLength('04400599999999', '04400600000000')).toBeNull()
  expect(barcodeRun('04400599999999', 1)).toEqual(['04400599999999'])
})

test('what ends in no digit stands alone', () => {
  expect(barcodeRun('ABC', 1)).toEqual(['ABC'])
  expect(barcodeRun('ABC', 2)).toBeNull()
  expect(barcodeRunLength('ABC', 'ABC')).toBeNull()
})

test('labels the wrong way round, or of two lengths, are no run', () => {
  expect(barcodeRunLength('T000010', 'T000009')).toBeNull()
  expect(barcodeRunLength('T9', 'T10')).toBeNull()
})

test('C30 a run is as long as from its first to its last label, each once', () => {
  const label = fc
    .tuple(fc.constantFrom('044005', 'F44010', 'T'), fc.integer({ min: 0, max: 99_999_000 }))
    .map(([before, serial]) => before + String(serial).padStart(8, '0'))
  fc.assert(
    fc.property(label, fc.integer({ min: 1, max: 200 }), (first, count) => {
      const run = barcodeRun(first, count) ?? []
      expect(new Set(run).size).toBe(count)
      expect(barcodeRunLength(first, run.at(-1) ?? '')).toBe(count)
    }),
  )
})
