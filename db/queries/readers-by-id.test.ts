import { afterEach, beforeEach, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import { aReader } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { readersById } from './readers-by-id.ts'

const mine = 'a'.repeat(64)
const twins = 'b'.repeat(64)
const old = 'c'.repeat(64)
let stores: ReturnType<typeof someStores>
beforeEach(() => {
  const reader = (id: string, idNumberHash: string | null, mergedIntoId: string | null = null) =>
    put('reader', aReader({ id, cardNumber: `card-${id}`, idNumberHash, mergedIntoId }))
  stores = someStores([
    reader('only', mine),
    reader('nobody', null),
    reader('twin-2', twins),
    reader('twin-1', twins),
    reader('twin-0', twins, 'twin-1'),
    reader('former', old, 'only'),
  ])
})
afterEach(() => {
  stores.close()
})

test.each([
  ['the one who has it', mine, ['only']],
  ['D3 several records, each person once', twins, ['twin-1', 'twin-2']],
  ['D13 a record that became part of another', old, ['only']],
  ['nobody', 'd'.repeat(64), []],
])('D19 %s', (_says, idNumberHash, expected) => {
  const found = queries['readers-by-id'].answer.parse(readersById(stores, { idNumberHash }, ASKED))
  expect(found.map(({ id }) => id)).toEqual(expected)
})
