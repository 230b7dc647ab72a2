import { describe, expect, it } from 'vitest'
import { recordSchemas } from '../../domain/records.ts'
import type { RecordKind, Records } from '../../domain/records.ts'
import { CalendarDate } from '../../domain/words/calendar-date.ts'
import { normaliseIsbn } from '../../domain/words/isbn.ts'
import { sampleCity } from './city.ts'
import { generateCity, generateTitles } from './generated-city.ts'
import type { CitySize } from './generated-city.ts'

const seedOn = CalendarDate.parse('2026-11-22')
const size: CitySize = { titles: 3000, items: 4000, readers: 45, seed: 7, seedOn }
const batches = [...generateCity(size)]
const changes = batches.flat()

function rows<K extends RecordKind>(kind: K): Records[K][] {
  return changes.flatMap((change) =>
    'put' in change && change.put === kind ? [change.row as Records[K]] : [],
  )
}

describe('the generated city', () => {
  it('gives as many rows as asked, in batches of 5,000', () => {
    expect(rows('title')).toHaveLength(3000)
    expect(rows('item')).toHaveLength(4000)
    expect(rows('reader')).toHaveLength(45)
    expect(batches.slice(0, -1).every((batch) => batch.length === 5000)).toBe(true)
    expect(batches.at(-1)?.length).toBeLessThanOrEqual(5000)
  })

  it('gives rows that their schemas accept, under ids and labels of their own', () => {
    const labels = [...sampleCity(seedOn, () => ''), ...changes].flatMap((change) => {
      if (!('put' in change)) return []
      const kept = [`${change.put} ${change.row.id}`]
      if (change.put === 'item') kept.push(change.row.barcode)
      if (change.put === 'reader') kept.push(change.row.cardNumber)
      if (change.put === 'title') kept.push(...change.row.isbns)
      return kept
    })
    expect(new Set(labels).size).toBe(labels.length)
    const refused = changes.filter(
      (change) => !('put' in change && recordSchemas[change.put].safeParse(change.row).success),
    )
    expect(refused).toEqual([])
  })

  it('keeps every aggregate, also where readers are few and reach the cap', () => {
    const loansByItem = new Map(rows('loan').map((loan) => [loan.itemId, loan]))
    expect(loansByItem.size).toBe(rows('loan').length)
    expect(rows('loan')).toHaveLength(45 * 8)
    for (const item of rows('item')) {
      expect(item.openLoanId).toBe(loansByItem.get(item.id)?.id ?? null)
      expect(item.state).toBe(item.openLoanId === null ? 'on-shelf' : 'on-loan')
      loansByItem.delete(item.id)
    }
    expect(loansByItem.size).toBe(0)
    for (const reader of rows('reader')) {
      const held = rows('loan').filter((loan) => loan.readerId === reader.id)
      expect(reader.openLoansCount).toBe(held.length)
    }
  })

  it('spreads fewer loans than readers without losing one', () => {
    const few = [...generateCity({ ...size, items: 100, readers: 500 })].flat()
    const count = (kind: RecordKind) => few.filter((one) => 'put' in one && one.put === kind).length
    const counted = few.reduce(
      (sum, one) => sum + ('put' in one && one.put === 'reader' ? one.row.openLoansCount : 0),
      0,
    )
    expect(count('loan')).toBe(13)
    expect(counted).toBe(13)
  })

  it('copies language and class of the title to the item', () => {
    const titlesById = new Map(rows('title').map((title) => [title.id, title]))
    for (const item of rows('item')) {
      const title = item.titleId === null ? undefined : titlesById.get(item.titleId)
      expect(item.language).toBe(title?.language)
      expect(item.audience).toBe(title?.audience)
      expect(item.callNumber?.startsWith(`${title?.clc}/`)).toBe(true)
    }
  })

  it('refuses items without titles', () => {
    expect(() => [...generateCity({ ...size, titles: 0 })]).toThrow(RangeError)
  })
})

describe('generated titles', () => {
  const titles = [...generateTitles({ count: 20_000, seed: 3 })]

  it('are the same for the same seed and others for another', () => {
    expect([...generateTitles({ count: 50, seed: 3 })]).toEqual(titles.slice(0, 50))
    const other = [...generateTitles({ count: 50, seed: 4 })].map((title) => title.title)
    expect(other).not.toEqual(titles.slice(0, 50).map((title) => title.title))
  })

  it('are one in five English, mostly distinct, with valid ISBNs', () => {
    const english = titles.filter((title) => title.language === 'eng').length
    expect(english / titles.length).toBeGreaterThan(0.18)
    expect(english / titles.length).toBeLessThan(0.22)
    expect(new Set(titles.map((title) => title.title)).size).toBeGreaterThan(14_000)
    expect(titles.filter(({ isbns: [isbn] }) => normaliseIsbn(isbn ?? '') !== isbn)).toEqual([])
  })
})
