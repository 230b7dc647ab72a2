import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { queries } from '../../contract/queries.ts'
import { patch, put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { Item } from '../../domain/records.ts'
import { callNumberSortKey } from '../../domain/words/call-number.ts'
import { BRANCH, FEED, OTHER_BRANCH, aTitle, anItem } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { ofBarcodeSql, shelfList, shelfPlace, shelves, stretchSql } from './shelf-list.ts'
import type { ShelfChoice } from './shelf-list.ts'

const all: ShelfChoice = { is: 'all' }
const whole = { shelf: all, from: '', to: '' }

let opened: ReturnType<typeof someStores> | null = null
afterEach(() => {
  opened?.close()
  opened = null
})
function onShelves(rows: readonly (readonly [callNumber: string | null, shelf?: string | null])[]) {
  opened?.close()
  opened = someStores([
    put('title', aTitle()),
    ...rows.map(([callNumber, shelf = null], index): Change => {
      const id = `item-${String(index).padStart(6, '0')}`
      return put('item', anItem({ id, barcode: `B${index}`, callNumber, shelf }))
    }),
  ])
  return opened
}
const listed = (stores: ReturnType<typeof someStores>, ask: object = {}) =>
  queries['shelf-list'].answer
    .parse(shelfList(stores, { ...whole, offset: 0, limit: 500, ...ask }, ASKED, BRANCH))
    .rows.map(({ item }) => item.callNumber)

test('books stand as the shelf order says, and what has no call number does not stand', () => {
  const stores = onShelves([
    ['I247.5/13844'],
    ['I247.5/3104:10'],
    [null],
    ['I247.5/3104:2'],
    ['TP30/1'],
    ['TP3-61/1'],
  ])
  expect(listed(stores)).toEqual([
    'I247.5/3104:2',
    'I247.5/3104:10',
    'I247.5/13844',
    'TP3-61/1',
    'TP30/1',
  ])
})

test('from one call number to another, both within: a class with its narrower ones, a book with its volumes', () => {
  const stores = onShelves([
    ['I246/9'],
    ['I247/1'],
    ['I247.5/2'],
    ['I247.5/3:1'],
    ['I247.5/3:2'],
    ['I247.5/4'],
    ['I25/1'],
  ])
  expect(listed(stores, { from: 'I247', to: 'I247' })).toHaveLength(5)
  expect(listed(stores, { from: 'I247.5/2', to: 'I247.5/3' })).toEqual([
    'I247.5/2',
    'I247.5/3:1',
    'I247.5/3:2',
  ])
  expect(listed(stores, { from: 'I247.5/4' })).toEqual(['I247.5/4', 'I25/1'])
})

test('one shelf, those without a shelf, or the whole branch', () => {
  const stores = onShelves([['A1/1', '三楼'], ['B1/1'], ['C1/1', '一楼'], ['D1/1', '三楼']])
  expect(listed(stores, { shelf: { is: 'named', name: '三楼' } })).toEqual(['A1/1', 'D1/1'])
  expect(listed(stores, { shelf: { is: 'none' } })).toEqual(['B1/1'])
  expect(queries.shelves.answer.parse(shelves(stores, {}, ASKED, BRANCH))).toEqual({
    names: ['一楼', '三楼'],
    hasUnnamed: true,
    isCutShort: false,
  })
  expect(shelves(stores, {}, ASKED, OTHER_BRANCH).names).toEqual([])
})

test('a window of a long list, and the place of the book in hand', () => {
  const stores = onShelves(Array.from({ length: 300 }, (_, index) => [`I247.5/${300 - index}`]))
  const answer = shelfList(stores, { ...whole, offset: 250, limit: 2 }, ASKED, BRANCH)
  expect(answer.total).toBe(300)
  expect(answer.rows.map(({ item }) => item.callNumber)).toEqual(['I247.5/251', 'I247.5/252'])
  const place = (barcode: string, from = '') =>
    shelfPlace(stores, { ...whole, from, barcode }, ASKED, BRANCH)
  expect(place('B0')).toEqual({ offset: 299 })
  expect(place('B299', 'I247.5/2')).toBeNull()
  expect(place('nobody')).toBeNull()
})

test('a call number that is changed, or taken away, moves the book', () => {
  const stores = onShelves([['A1/1'], ['B1/1'], ['C1/1']])
  stores.replica.applyPage({
    entries: [
      {
        scope: FEED,
        number: 2,
        changes: [
          patch('item', 'item-000000', { callNumber: 'Z9/1' }),
          patch('item', 'item-000001', { callNumber: null }),
          patch('item', 'item-000002', { state: 'on-loan' }),
        ],
      },
    ],
    settled: [],
    redecide: () => [],
  })
  expect(listed(stores)).toEqual(['C1/1', 'Z9/1'])
})

const someCallNumber = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('', 'MW/', 'CD2008/', '少儿/'),
      fc.constantFrom('I247', 'I247.5', 'TP3', 'TP312C', 'R711-62', 'R711(711)', 'K20=42', 'D9:F8'),
      fc.constantFrom('', '/1', '/26', '/26:2', '/26(3)', '/Z763A', '/Z763AA', '/26/1994', '/3104'),
    )
    .map((parts) => parts.join('')),
  fc
    .string({ unit: 'binary', minLength: 1, maxLength: 40 })
    .filter((text) => Item.shape.callNumber.safeParse(text).success),
)

test('SQLite orders any call numbers as their keys say', () => {
  fc.assert(
    fc.property(fc.array(someCallNumber, { maxLength: 20 }), (callNumbers) => {
      const stores = onShelves(callNumbers.map((callNumber) => [callNumber]))
      const keys = listed(stores).map((callNumber) => callNumberSortKey(callNumber ?? ''))
      expect(keys).toEqual(callNumbers.map((one) => callNumberSortKey(one)).toSorted())
    }),
    { numRuns: 40 },
  )
})

test.each([
  ['the whole branch', all],
  ['one shelf', { is: 'named', name: '三楼' } as const],
  ['those without a shelf', { is: 'none' } as const],
])('of %s, no row is sorted, counted or passed over outside of the index', (_which, shelf) => {
  const { replica } = onShelves([])
  const { sql, values } = stretchSql({ shelf, from: 'I247', to: 'I247' }, BRANCH)
  const planOf = (select: string) =>
    replica.rows
      .raw(`EXPLAIN QUERY PLAN ${select}`, ...values)
      .map(({ detail }) => String(detail))
      .join('; ')
  for (const plan of [
    planOf(`SELECT count(*) FROM item WHERE ${sql}`),
    planOf(`SELECT id FROM item WHERE ${sql} ORDER BY shelfKey, id LIMIT 100 OFFSET 5000`),
  ]) {
    expect(plan).toMatch(/^SEARCH item USING COVERING INDEX item_homeBranchId_(shelf_)?shelfKey_id/)
    expect(plan).toContain('shelfKey>? AND shelfKey<?')
    expect(plan).not.toContain('TEMP B-TREE')
  }
  const [scanned] = replica.rows.raw(`EXPLAIN QUERY PLAN ${ofBarcodeSql(sql)}`, 'B1', ...values)
  expect(String(scanned?.['detail'])).toMatch(/^SEARCH item USING INDEX item_barcode/)
})
