import { describe, expect, test } from 'vitest'
import { NOW, aLease, aSchemes, aTitle } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, rowsOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import { bookSeries } from '../words/book-number.ts'
import { SchemeId } from '../words/ids.ts'

const SCHEME = SchemeId.parse('scheme-1')
const SERIES = bookSeries(SCHEME, 'I247.5')
const block = aLease({
  id: 'block-1',
  kind: 'numbers',
  readerId: null,
  series: SERIES,
  firstNumber: 27,
  amount: 3,
  spent: 0,
})
const city = [put('title', aTitle()), put('number-schemes', aSchemes())]
const withBlock = [...city, put('lease', block)]

const inCity = { mode: 'record', isCity: true } as const

describe('blocks of a class', () => {
  const asking = { scheme: SCHEME, classNumber: 'I247.5', above: 26 }

  test('C44 follow each other, at whichever desk', () => {
    const shelf = aShelf(city)
    for (const operationId of ['desk-a.1.1', 'desk-b.1.1']) {
      performOn(shelf, 'number.request-block', asking, { ...inCity, operationId })
    }
    const blocks = rowsOf(shelf, 'lease').map(({ deviceId, series, firstNumber, amount }) => [
      deviceId,
      series,
      firstNumber,
      amount,
    ])
    expect(blocks).toEqual([
      ['desk-a', SERIES, 27, 3],
      ['desk-b', SERIES, 30, 3],
    ])
    expect(rowOf(shelf, 'number-series', SERIES)?.nextNumber).toBe(33)
  })

  test('C44 a desk only asks', () => {
    const decided = decideOn(city, 'number.request-block', asking)
    expect(said(decided)).toEqual(['note C44 lease-asked-for'])
    expect(decided.changes).toEqual([])
    const nowhere = decideOn(city, 'number.request-block', { ...asking, scheme: 'scheme-9' })
    expect(said(nowhere)).toEqual(['impossible C41 unknown-scheme'])
  })

  test('C44, Z8 given back by whoever catalogues; what else was lent out is not theirs', () => {
    const shelf = aShelf(withBlock)
    const back = performOn(shelf, 'number.return-block', { lease: 'block-1' })
    expect(back.summary).toEqual({ leaseId: 'block-1', left: 3 })
    expect(rowOf(shelf, 'lease', 'block-1')?.closedAt).toBe(NOW)
    const points = decideOn([put('lease', aLease())], 'number.return-block', { lease: 'lease-1' })
    expect(said(points)).toEqual(['impossible Z8 unknown-lease'])
  })
})
