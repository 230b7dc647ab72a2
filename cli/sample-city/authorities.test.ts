import { expect, test } from 'vitest'
import { CalendarDate } from '../../domain/words/calendar-date.ts'
import { sampleAuthorities } from './authorities.ts'
import { sampleTitles } from './sample-titles.ts'

const kept = sampleAuthorities(CalendarDate.parse('2026-11-22'))

test('A1 each heading of a kind is kept once, and none is a variant of another', () => {
  const headings = kept.map(({ kind, headingKey }) => `${kind} ${headingKey}`)
  expect(new Set(headings).size).toBe(kept.length)
  const variants = kept.flatMap(({ variantKeys }) => variantKeys)
  expect(new Set(variants).size).toBe(variants.length)
  expect(kept.filter(({ headingKey }) => variants.includes(headingKey))).toEqual([])
})

test('A5 the city has titles of the first of them', () => {
  const authors = sampleTitles().map(({ title }) => title.author ?? '')
  for (const name of ['鲁迅', '老舍', '巴金']) {
    expect(
      authors.some((author) => author.includes(name)),
      name,
    ).toBe(true)
  }
})
