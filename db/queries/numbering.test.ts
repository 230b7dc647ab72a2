import { afterEach, expect, test } from 'vitest'
import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { bookSeries } from '../../domain/words/book-number.ts'
import { BranchId, SchemeId } from '../../domain/words/ids.ts'
import { BRANCH, NOW, aLease, aSchemes, aTitle, anItem } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { classesInUse, numbering } from './numbering.ts'

const SCHEME = SchemeId.parse('scheme-1')
const series = bookSeries(SCHEME, 'I247.5')
const block = (id: string, firstNumber: number, parts: object = {}) =>
  put(
    'lease',
    aLease({
      id,
      kind: 'numbers',
      readerId: null,
      series,
      firstNumber,
      amount: 3,
      spent: 1,
      ...parts,
    }),
  )
const item = (id: string, callNumber: string, titleId = 'title-1') =>
  put('item', anItem({ id, barcode: id, callNumber, titleId }))
const number = {
  id: 'number-1',
  schemeId: SCHEME,
  classNumber: 'I247.5',
  titleId: 'title-1',
  text: '26',
  wasProvisional: false,
  branchIds: [BRANCH],
  branchId: BRANCH,
  staffId: 'staff-lin',
  askedAt: NOW - 1_000,
}
const numbered = put('book-number', number as never)
const city = [
  put('number-schemes', aSchemes()),
  put('title', aTitle()),
  put('title', aTitle({ id: 'title-2' })),
]

let stores: ReturnType<typeof someStores>
afterEach(() => stores.close())
function ask(changes: readonly Change[], parts: object = {}) {
  stores = someStores(changes)
  stores.outbox.saveIdentity({
    deviceId: 'desk-a',
    epoch: 1,
    branchId: BRANCH,
    libraryId: '044005',
    deskName: 'A',
    isSampleCity: false,
    serverUrl: 'http://city',
    serverEpoch: null,
  })
  const asked = {
    titleId: 'title-1',
    branchId: BranchId.parse(BRANCH),
    shelf: null,
    classNumber: 'I247.5',
    callNumber: '',
    ...parts,
  }
  return queries.numbering.answer.parse(numbering(stores, asked, ASKED))
}

test('C41 a place of no scheme', () => {
  expect(ask([])).toMatchObject({ scheme: null, kept: null, next: null })
})

test('C44 the next of the oldest block, and how many there are', () => {
  const blocks = [block('late', 40, { grantedAt: NOW }), block('early', 27, { grantedAt: NOW - 9 })]
  expect(ask([...city, ...blocks])).toMatchObject({
    scheme: { id: SCHEME },
    next: { lease: 'early', number: 28 },
    left: 4,
  })
})

test('C44 not of another class, not of one that is used up, nor another desk’s', () => {
  const blocks = [
    block('spent', 27, { spent: 3 }),
    block('other', 30, { deviceId: 'desk-b' }),
    block('class', 33, { series: bookSeries(SCHEME, 'I267') }),
  ]
  expect(ask([...city, ...blocks])).toMatchObject({ next: null, left: 0 })
})

test('C40 what the title has already', () => {
  expect(ask([...city, numbered]).kept).toEqual({ id: 'number-1', text: '26' })
  stores.close()
  expect(ask([...city, numbered], { classNumber: 'I267' }).kept).toBeNull()
})

test('C42 the highest number that stands on the shelves, whatever stands among them', () => {
  const shelf = ['I247.5/9', 'I247.5/26:2', 'I247.5/Z763A', 'I247.5/?', 'I247.51/99', 'I247/88']
  const items = shelf.map((callNumber, index) => item(`i${index}`, callNumber))
  expect(ask([...city, ...items]).above).toBe(26)
})

test('C43 another title under the same call number is named; its own copies are not', () => {
  const records = [...city, item('own', 'I247.5/26'), item('other', 'I247.5/26', 'title-2')]
  expect(ask(records, { callNumber: 'I247.5/026' }).clash?.id).toBe('title-2')
  stores.close()
  expect(ask([...city, item('own', 'I247.5/26')], { callNumber: 'I247.5/26' }).clash).toBeNull()
})

test('C44 classes that this room numbered lately', () => {
  const old = { ...number, id: 'old', classNumber: 'K82', askedAt: NOW - 30 * 86_400_000 }
  ask([...city, numbered, put('book-number', old as never), item('i1', 'I247.5/26')])
  expect(classesInUse(stores.replica.rows, BRANCH, NOW)).toEqual([
    { schemeId: SCHEME, classNumber: 'I247.5', above: 26 },
  ])
})

test('C40 a title whose copies stand there keeps the number that they have', () => {
  const copies = [item('old', 'I247.5/26:2'), item('gone', 'I267/9')]
  expect(ask([...city, ...copies]).kept).toEqual({ id: null, text: '26' })
  stores.close()
  expect(ask([...city, ...copies], { titleId: 'title-2' }).kept).toBeNull()
})
