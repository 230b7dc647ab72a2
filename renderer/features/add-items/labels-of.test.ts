import { expect, test } from 'vitest'

import { labelsWith } from './labels-of.ts'

const typed = { first: '04400530000001', count: '', last: '' }

test('C30 one scan is one label, however the scanner wrote it', () => {
  expect(labelsWith([], typed).barcodes).toEqual(['04400530000001'])
  expect(labelsWith([], { ...typed, first: ' ０４４００５３０００００１\r' }).barcodes).toEqual([
    '0440053000001',
  ])
})

test('C30 a first label with a count, or with a last label', () => {
  const three = ['04400530000001', '04400530000002', '04400530000003']
  expect(labelsWith([], { ...typed, count: '3' }).barcodes).toEqual(three)
  expect(labelsWith([], { ...typed, count: '9', last: '04400530000003' }).barcodes).toEqual(three)
})

test.each([
  [{ first: 'A\u0007B' }, 'notALabel'],
  [{ first: '' }, 'notALabel'],
  [{ last: '04400630000003' }, 'noRun'],
  [{ count: '0' }, 'noRun'],
  [{ count: '1.5' }, 'noRun'],
  [{ count: '很多' }, 'noRun'],
  [{ count: '201' }, 'tooMany'],
  [{ first: '04400599999999', count: '2' }, 'noRun'],
  [{ first: '04400510000007' }, 'onList'],
] as const)('C30 %o is refused: %s', (parts, key) => {
  const labels = labelsWith(['04400510000007'], { ...typed, ...parts })
  expect(labels.trouble?.key).toBe(key)
})
