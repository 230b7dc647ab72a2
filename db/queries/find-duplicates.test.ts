import { afterEach, beforeEach, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import { aCard, aReader } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { findDuplicates } from './find-duplicates.ts'

const nobody = { card: '', name: '', bornOn: null, phone: '', idNumber: '', idNumberHash: null }
let stores: ReturnType<typeof someStores>
const ask = (parts: Partial<Parameters<typeof findDuplicates>[1]>) =>
  queries['find-duplicates'].answer.parse(findDuplicates(stores, { ...nobody, ...parts }, ASKED))
const alike = (parts: Parameters<typeof ask>[0]) =>
  ask(parts).rows.map(({ why, reader }) => `${why} ${reader.id}`)

const number = '44030119900501123X'
beforeEach(() => {
  stores = someStores([])
  const { idNumberHash } = ask({ idNumber: number })
  stores.close()
  stores = someStores([
    put('reader', aReader({ idNumberHash })),
    put('reader', aReader({ id: 'unborn', cardNumber: '2', bornOn: null, phone: null })),
    put('reader', aReader({ id: 'gone', cardNumber: '3', mergedIntoId: 'reader-1' })),
    put('card', aCard()),
  ])
})
afterEach(() => {
  stores.close()
})

test.each([
  ['nothing typed yet', {}, []],
  ['D1 the number of a card', { card: '0440050000017' }, ['same-card reader-1']],
  ['D1 the number of another card of theirs', { card: 'V0001' }, ['same-card reader-1']],
  ['D1 the number of a record merged into another', { card: '3' }, ['same-card reader-1']],
  ['D3 the identity number', { idNumber: number }, ['same-hash reader-1']],
  ['D3 read aloud, in small letters', { idNumber: '440301 19900501 123x' }, ['same-hash reader-1']],
  ['D3 another number', { idNumber: '440301199005011231' }, []],
  ['D3 half a number', { idNumber: '440301' }, []],
  [
    'D3 name and birth date; without a date only the name',
    { name: '王小明', bornOn: '1990-05-01' },
    ['same-person reader-1', 'same-name unborn'],
  ],
  ['D3 another birth date', { name: '王小明', bornOn: '1991-05-01' }, ['same-name unborn']],
  ['D3 the telephone', { phone: '13800000001' }, ['same-phone reader-1']],
])('%s', (_says, parts, expected) => {
  expect(alike(parts)).toEqual(expected)
})

test('D19 a card that was read is asked for by its hash', () => {
  const { idNumberHash } = ask({ idNumber: number })
  expect(ask({ idNumberHash })).toEqual(ask({ idNumber: number }))
})

test('I32 the number itself is in no answer', () => {
  expect(JSON.stringify(ask({ idNumber: number }))).not.toContain('19900501123')
})
