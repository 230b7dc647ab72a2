import { afterEach, beforeEach, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import { aReader } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { findReaders } from './find-readers.ts'

let stores: ReturnType<typeof someStores>
beforeEach(() => {
  const reader = (id: string, cardNumber: string, name: string, phone: string | null) =>
    put('reader', aReader({ id, cardNumber, name, phone }))
  stores = someStores([
    reader('a', '0440050000017', '王小明', '13800000001'),
    reader('b', '0440050000018', '王大明', '13911112222'),
    reader('c', '138', '李四', null),
    reader('d', 'F4401', '100% cotton_wool', '0755-1'),
    reader('e', '1390', '王大明', null),
  ])
})
afterEach(() => {
  stores.close()
})

const ids = (text: string, limit = 10) =>
  queries['find-readers'].answer
    .parse(findReaders(stores, { text, limit }, ASKED))
    .map((reader) => reader.id)

test.each([
  ['part of a name', '大明', ['b', 'e']],
  ['a whole name', '李四', ['c']],
  ['a card from the left', '04400500000', ['a', 'b']],
  ['a telephone from the left', '1391', ['b']],
  ['card before telephone', '138', ['c', 'a']],
  ['card, telephone, each reader once', '139', ['e', 'b']],
  ['not from the middle of a number', '0050', []],
  ['blanks around it', ' 王小明 ', ['a']],
  ['a percent sign is itself', '%', ['d']],
  ['an underscore is itself', 'n_w', ['d']],
  ['a backslash is itself', '\\', []],
  ['a quote is itself', `'`, []],
  ['nothing', '  ', []],
])('%s', (_what, text, expected) => {
  expect(ids(text)).toEqual(expected)
})

test('no more than asked', () => {
  expect(ids('王', 2)).toHaveLength(2)
  expect(ids('138', 1)).toEqual(['c'])
})
