import { expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import { aReader } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { revealReader } from './reveal-reader.ts'

test('what is covered, and whose it is for the audit', () => {
  const stores = someStores([put('reader', aReader())])
  const of = (readerId: string) =>
    queries['reveal-reader'].answer.parse(revealReader(stores, { readerId }, ASKED))
  expect([of('reader-1'), of('reader-9')]).toEqual([
    {
      reader: { id: 'reader-1' },
      name: '王小明',
      cardNumber: '0440050000017',
      phone: '13800000001',
    },
    null,
  ])
  stores.close()
})
