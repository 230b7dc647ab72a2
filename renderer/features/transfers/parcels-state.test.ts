import { expect, test } from 'vitest'
import { signedOut } from '../../app/desk-state.ts'
import {
  emptyParcels,
  nextParcel,
  parcelAnswered,
  parcelScanned,
  parcelsCleared,
  parcelsSlice,
  sendingSet,
} from './parcels-state.ts'
import type { ParcelsState } from './parcels-state.ts'

const { reducer } = parcelsSlice
type Step = Parameters<typeof reducer>[1]
const after = (...steps: Step[]): ParcelsState => steps.reduce<ParcelsState>(reducer, emptyParcels)
const scanned = (id: string) =>
  parcelScanned({ id, barcode: `0440010000000${id}`, kind: 'item.receive', payload: {} })
const failed = (id: string) =>
  parcelAnswered({ id, answer: { receipt: null, failure: 'engine-stopped' } })

test('the newest stands first, the oldest is answered first', () => {
  const two = after(scanned('1'), scanned('2'))
  expect(two.rows.map(({ id }) => id)).toEqual(['2', '1'])
  expect(nextParcel(two)?.id).toBe('1')
  expect(nextParcel(reducer(two, failed('1')))?.id).toBe('2')
})

test('put away, what has no answer yet stays', () => {
  const state = after(scanned('1'), scanned('2'), failed('1'), parcelsCleared())
  expect(state.rows.map(({ id }) => id)).toEqual(['2'])
})

test('where it is sent outlives the crate, and no other staff', () => {
  const sending = { mode: 'send', to: 'b-2' as never, reason: 'stock' } as const
  const state = after(sendingSet(sending), scanned('1'), failed('1'), parcelsCleared())
  expect(state).toEqual({ rows: [], ...sending })
  expect(reducer(state, signedOut())).toEqual(emptyParcels)
})
