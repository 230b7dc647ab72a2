import { describe, expect, test } from 'vitest'
import {
  BRANCH,
  NOW,
  OTHER_BRANCH,
  aLease,
  aSchemes,
  aTitle,
  anItem,
} from '../../test/builders/city.ts'
import {
  aShelf,
  decideOn,
  performOn,
  recordOn,
  rowOf,
  rowsOf,
  said,
} from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import { bookSeries } from '../words/book-number.ts'
import { BranchId, ItemId, SchemeId, TitleId } from '../words/ids.ts'

const SCHEME = SchemeId.parse('scheme-1')
const SERIES = bookSeries(SCHEME, 'I247.5')
const title = aTitle()
const other = aTitle({ id: TitleId.parse('title-2'), title: '活着' })
const block = aLease({
  id: 'block-1',
  kind: 'numbers',
  readerId: null,
  series: SERIES,
  firstNumber: 27,
  amount: 3,
  spent: 0,
})
const city = [put('title', title), put('title', other), put('number-schemes', aSchemes())]
const withBlock = [...city, put('lease', block)]

const give = (given: object, parts: object = {}) => ({
  title: title.id,
  scheme: SCHEME,
  classNumber: 'I247.5',
  given,
  ...parts,
})
const drawn = (number: number) => ({ by: 'block', lease: 'block-1', number })
const ofCity = { by: 'city', above: 0 }
const inCity = { mode: 'record', isCity: true } as const

describe('drawn from a block of this desk', () => {
  test('C44 in order, and the block knows', () => {
    const shelf = aShelf(withBlock)
    const given = performOn(shelf, 'number.give', give(drawn(27)))
    expect(given.summary).toMatchObject({ bookNumberId: 'desk-a.1.1.r1', text: '27' })
    expect(rowOf(shelf, 'lease', 'block-1')?.spent).toBe(1)
    expect(rowOf(shelf, 'book-number', 'desk-a.1.1.r1')).toMatchObject({
      schemeId: SCHEME,
      text: '27',
      wasProvisional: false,
      branchIds: [BRANCH, OTHER_BRANCH],
    })
  })

  test.each([
    ['C44 out of turn', drawn(28), ['impossible Z10 number-taken']],
    ['C44 outside of the block', drawn(30), ['impossible Z10 number-not-leased']],
    ['C44 of no block', { ...drawn(27), lease: 'block-9' }, ['impossible Z4 no-lease']],
  ])('%s is refused', (_says, given, findings) => {
    expect(said(decideOn(withBlock, 'number.give', give(given)))).toEqual(findings)
  })

  test('C44 a block of another class is not drawn from', () => {
    const of = give(drawn(27), { classNumber: 'I267' })
    expect(said(decideOn(withBlock, 'number.give', of))).toEqual([
      'impossible Z4 lease-of-other-reader',
    ])
  })
})

describe('a title keeps its number', () => {
  test('C40 asked for twice', () => {
    const shelf = aShelf(withBlock)
    performOn(shelf, 'number.give', give(drawn(27)))
    const again = decideOn(shelf, 'number.give', give(drawn(28)), { operationId: 'desk-a.1.2' })
    expect(said(again)).toEqual(['impossible C40 title-has-book-number'])
    expect(again.findings[0]?.params).toEqual({ number: '27' })
  })

  test('C40 numbered in two rooms meanwhile: both are kept, and a person looks', () => {
    const shelf = aShelf(withBlock)
    performOn(shelf, 'number.give', give({ by: 'hand', text: '9' }), { operationId: 'desk-b.1.1' })
    const late = recordOn(shelf, 'number.give', give(drawn(27)))
    expect(late.exceptions).toMatchObject([{ kind: 'rule-broken', rules: ['C40'] }])
    expect(late.summary).toMatchObject({ text: '27' })
  })

  test('C40 provisional here, numbered there: the city gives the same one', () => {
    const shelf = aShelf(withBlock)
    performOn(shelf, 'number.give', give(drawn(27)))
    const later = performOn(shelf, 'number.give', give(ofCity), {
      ...inCity,
      operationId: 'desk-b.1.1',
    })
    expect(later.summary).toMatchObject({ text: '27' })
    expect(later.exceptions).toEqual([])
    expect(rowsOf(shelf, 'number-series')).toEqual([])
  })

  test('C40 its copies were numbered before anybody counted here', () => {
    const copy = put('item', anItem({ callNumber: 'I247.5/26:1' }))
    const shelf = aShelf([...city, copy])
    const decided = decideOn(shelf, 'number.give', give(ofCity))
    expect(said(decided)).toContain('impossible C40 title-has-book-number')
    expect(performOn(shelf, 'number.give', give(ofCity), inCity).summary).toMatchObject({
      text: '26',
    })
  })

  test('C40 in another class it has another one', () => {
    const shelf = aShelf(withBlock)
    performOn(shelf, 'number.give', give(drawn(27)))
    const elsewhere = give(ofCity, { classNumber: 'I267' })
    const decided = decideOn(shelf, 'number.give', elsewhere, { operationId: 'desk-a.1.2' })
    expect(said(decided)).toEqual(['note C42 book-number-provisional'])
  })
})

describe('without a block', () => {
  test('C42 the desk has none, and says so', () => {
    const decided = decideOn(city, 'number.give', give(ofCity))
    expect(said(decided)).toEqual(['note C42 book-number-provisional'])
    expect(decided.summary.text).toBeNull()
  })

  test('C42 the city gives the next one, behind what stands on the shelves', () => {
    const shelf = aShelf(city)
    const first = performOn(shelf, 'number.give', give({ by: 'city', above: 26 }), inCity)
    const second = performOn(shelf, 'number.give', give(ofCity, { title: other.id }), {
      ...inCity,
      clock: { now: NOW + 3_600_000, isSuspect: false },
      operationId: 'desk-b.1.1',
    })
    expect([first.summary, second.summary]).toMatchObject([{ text: '27' }, { text: '28' }])
    expect(rowOf(shelf, 'number-series', SERIES)?.nextNumber).toBe(29)
    expect(rowOf(shelf, 'book-number', 'desk-b.1.1.r1')?.wasProvisional).toBe(true)
    expect(rowOf(shelf, 'book-number', 'desk-a.1.1.r1')?.wasProvisional).toBe(false)
  })
})

describe('typed by hand', () => {
  test('C43 what another title has is refused, and named', () => {
    const shelf = aShelf(city)
    const byHand = give({ by: 'hand', text: 'Z763A' })
    performOn(shelf, 'number.give', { ...byHand, title: other.id })
    const decided = decideOn(shelf, 'number.give', byHand, { operationId: 'desk-a.1.2' })
    expect(said(decided)).toEqual([
      'impossible C43 book-number-taken',
      'alert C45 numbered-by-hand',
    ])
    const recorded = recordOn(shelf, 'number.give', byHand, { operationId: 'desk-b.1.1' })
    expect(recorded.exceptions).toMatchObject([{ kind: 'rule-broken' }])
  })

  test('C45 the city counts on behind a number that was typed', () => {
    const shelf = aShelf(city)
    performOn(shelf, 'number.give', give({ by: 'hand', text: '40' }), inCity)
    const next = performOn(shelf, 'number.give', give(ofCity, { title: other.id }), {
      ...inCity,
      operationId: 'desk-b.1.1',
    })
    expect(next.summary).toMatchObject({ text: '41' })
  })

  test('C45 where authors are looked up, that is the way', () => {
    const [scheme] = aSchemes().schemes
    if (scheme === undefined) throw new Error('no scheme')
    const schemes = aSchemes({ schemes: [{ ...scheme, numbersBy: 'author' }] })
    const records = [put('title', title), put('number-schemes', schemes)]
    const decided = decideOn(records, 'number.give', give({ by: 'hand', text: 'Z763A' }))
    expect(said(decided)).toEqual([])
  })
})

test.each([
  ['C31 a title that is not there', { title: 'title-9' }, 'impossible C31 unknown-title'],
  ['C41 a scheme that is not there', { scheme: 'scheme-9' }, 'impossible C41 unknown-scheme'],
  ['C41 a class that is none', { classNumber: 'I24.75' }, 'impossible C41 class-not-well-formed'],
])('%s', (_says, parts, finding) => {
  expect(said(decideOn(city, 'number.give', give(ofCity, parts)))).toContain(finding)
})

describe('what stands on the shelves of the scheme already', () => {
  const standing = (number: string, homeBranchId = OTHER_BRANCH, titleId = other.id) =>
    put(
      'item',
      anItem({
        id: ItemId.parse(`item-${homeBranchId}-${number}`),
        barcode: `0440059${number.replace(/\W/gu, '')}`,
        callNumber: `I247.5/${number}`,
        homeBranchId,
        titleId,
      }),
    )
  const upTo = (count: number) => Array.from({ length: count }, (_, at) => standing(String(at + 1)))
  const numberAt = (changes: Parameters<typeof aShelf>[0], given: object = ofCity) =>
    performOn(aShelf([...city, ...changes]), 'number.give', give(given), inCity).summary

  test.each([0, 1, 7, 8, 9, 100, 1000])(
    'C47 behind %i numbers of another branch the first one begins',
    (count) => {
      expect(numberAt(upTo(count))).toMatchObject({ text: String(count + 1) })
    },
  )

  test('C47 short gaps are not filled, volumes and copies count, other places and classes do not', () => {
    const gaps = upTo(40).filter((_, at) => at % 5 !== 3)
    expect(numberAt(gaps)).toMatchObject({ text: '41' })
    expect(numberAt([standing('1:2'), standing('2(3)'), standing('3.1')])).toMatchObject({
      text: '3',
    })
    const elsewhere = BranchId.parse('branch-9')
    expect(numberAt([standing('1', elsewhere)])).toMatchObject({ text: '1' })
    const withdrawn = put('item', anItem({ callNumber: 'I247.5/1', state: 'withdrawn' }))
    expect(numberAt([withdrawn])).toMatchObject({ text: '1' })
  })

  test('C47 a sequence that runs steps over a number that copies carry', () => {
    const running = put('number-series', { id: SERIES, nextNumber: 30 })
    const changes = [running, standing('30'), standing('31')]
    const shelf = aShelf([...city, ...changes])
    expect(performOn(shelf, 'number.give', give(ofCity), inCity).summary).toMatchObject({
      text: '32',
    })
    expect(rowOf(shelf, 'number-series', SERIES)?.nextNumber).toBe(33)
  })

  test('C43 typed, a number that copies of another title carry is refused, of this one is not', () => {
    const typed = give({ by: 'hand', text: '26' })
    const taken = decideOn([...city, standing('26', BRANCH)], 'number.give', typed)
    expect(said(taken)).toContain('impossible C43 book-number-taken')
    const own = decideOn([...city, standing('26:2', BRANCH, title.id)], 'number.give', typed)
    expect(said(own)).not.toContain('impossible C43 book-number-taken')
  })

  test('C43 drawn, where only the city sees the other spine: kept, and a person looks', () => {
    const shelf = aShelf([...withBlock, standing('27')])
    expect(said(decideOn(shelf, 'number.give', give(drawn(27))))).toEqual([])
    const told = recordOn(shelf, 'number.give', give(drawn(27)), inCity)
    expect(told.exceptions).toMatchObject([{ kind: 'rule-broken', rules: ['C43'] }])
  })
})
