import { expect, test } from 'vitest'
import { benchRow } from './bench-row.ts'

test('a row is the same for the same index and another for another', () => {
  expect(benchRow(7)).toEqual(benchRow(7))
  expect(benchRow(7)).not.toEqual(benchRow(8))
  expect(benchRow(7, 'desk').title).not.toBe(benchRow(7).title)
})

test('rows are of the size that the measurements are about', () => {
  const bytes = Array.from({ length: 2_000 }, (_, index) =>
    Buffer.byteLength(JSON.stringify(benchRow(index))),
  )
  const mean = bytes.reduce((sum, one) => sum + one, 0) / bytes.length
  expect(mean).toBeGreaterThan(375)
  expect(mean).toBeLessThan(395)
})
