import { afterEach, beforeEach, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import { defaultSlip } from '../../domain/policy/default-slips.ts'
import { slipKinds } from '../../domain/slip-records.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { slips } from './slips.ts'

const own = { ...defaultSlip('transit-slip'), en: 'By van to {{to}}' }
let stores: ReturnType<typeof someStores>
beforeEach(() => {
  stores = someStores([put('slip-template', own)])
})
afterEach(() => {
  stores.close()
})

test('the city\u2019s text where there is one, the shipped one where not', () => {
  const all = queries.slips.answer.parse(slips(stores, {}, ASKED))
  expect(all.map(({ id }) => id)).toEqual(slipKinds)
  expect(all.find(({ id }) => id === own.id)).toEqual(own)
  expect(all.find(({ id }) => id === 'hold-slip')).toEqual(defaultSlip('hold-slip'))
})
