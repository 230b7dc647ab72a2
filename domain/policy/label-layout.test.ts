import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultSheet, labelPages, startAfter } from './label-layout.ts'

const A4 = { widthMm: 210, heightMm: 297 }

test('C53 the shipped sheet fits its paper', () => {
  const perSheet = defaultSheet.rows * defaultSheet.columns
  const [page = []] = labelPages(
    defaultSheet,
    0,
    Array.from({ length: perSheet }, (_, at) => at),
  )
  const last = page.at(-1)
  expect(page).toHaveLength(perSheet)
  expect((last?.leftMm ?? 999) + defaultSheet.labelWidthMm).toBeLessThanOrEqual(A4.widthMm)
  expect((last?.topMm ?? 999) + defaultSheet.labelHeightMm).toBeLessThanOrEqual(A4.heightMm)
})

test('C53 by rows, from the first sticker that is left', () => {
  const sheet = { ...defaultSheet, rows: 2, columns: 3 }
  const pages = labelPages(sheet, 4, ['a', 'b', 'c'])
  expect(pages.map((page) => page.map(({ label }) => label))).toEqual([['a', 'b'], ['c']])
  expect(pages[0]?.[0]).toEqual({ label: 'a', leftMm: 46, topMm: 40.5 })
  expect(pages[1]?.[0]).toMatchObject({ leftMm: 6, topMm: 13.5 })
})

const sheets = fc.record({
  rows: fc.integer({ min: 1, max: 12 }),
  columns: fc.integer({ min: 1, max: 6 }),
})

test('C53 every label once, no two on one sticker, and the next sheet begins where this one ended', () => {
  fc.assert(
    fc.property(sheets, fc.nat(200), fc.nat(150), (shape, start, count) => {
      const sheet = { ...defaultSheet, ...shape }
      const labels = Array.from({ length: count }, (_, at) => at)
      const pages = labelPages(sheet, start, labels)
      expect(pages.flat().map(({ label }) => label)).toEqual(labels)
      for (const page of pages) {
        const places = new Set(page.map(({ leftMm, topMm }) => `${leftMm} ${topMm}`))
        expect(places.size).toBe(page.length)
      }
      const perSheet = sheet.rows * sheet.columns
      expect(startAfter(sheet, start % perSheet, count)).toBe((start + count) % perSheet)
    }),
  )
})
