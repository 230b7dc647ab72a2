/** What a desk did while it was cut off: lendings and returns at its own service point, chained. */
import { openDeskLog } from '../../builders/desk-log.ts'
import type { PushedOperation } from '../../../contract/sync-protocol.ts'
import { barcodeOf, cardOf } from './bench-city.ts'
import type { BenchBranch } from './bench-city.ts'
import type { DeskPlace } from './light-desk.ts'

export interface LogSizes {
  readonly operations: number
  /** Desks of one service point: each lends from shelves of its own. */
  readonly desksPerBranch: number
  /** One lending in so many is of an item that all desks of the service point lend; 0 for none. */
  readonly clashEvery: number
}

export const itemsOf = ({ operations, desksPerBranch }: LogSizes): number =>
  1 + desksPerBranch * Math.ceil(operations / 2)
/** Four loans each at once, as long as nothing is returned. */
export const readersOf = (sizes: LogSizes): number => Math.ceil(itemsOf(sizes) / 4)

export const branchesFor = (desks: number, sizes: LogSizes): BenchBranch[] =>
  Array.from({ length: Math.ceil(desks / sizes.desksPerBranch) }, (_, place) => ({
    id: `b${place}`,
    items: itemsOf(sizes),
    readers: readersOf(sizes),
  }))

export const deskAt = (number: number, { desksPerBranch }: LogSizes): DeskPlace => ({
  id: `desk-${number}`,
  branchId: `b${Math.floor(number / desksPerBranch)}`,
})

/** Ten lendings, then the returns of those ten, and so on. */
export function offlineLog(number: number, sizes: LogSizes): PushedOperation[] {
  const { operations, desksPerBranch, clashEvery } = sizes
  const { id, branchId } = deskAt(number, sizes)
  const first = 1 + (number % desksPerBranch) * Math.ceil(operations / 2)
  const log = openDeskLog(id)
  const given = { branch: branchId }
  return Array.from({ length: operations }, (_, index) => {
    const round = Math.floor(index / 20)
    const place = round * 10 + (index % 10)
    const isClash = clashEvery > 0 && place % clashEvery === clashEvery - 1
    // The shared item stays with the reader; what comes back instead was never lent.
    const barcode = barcodeOf(branchId, isClash && index % 20 < 10 ? 0 : first + place)
    if (index % 20 >= 10) return log.next('loan.check-in', { barcode, returnedOn: null }, given)
    const card = cardOf(branchId, (first + place) % readersOf(sizes))
    return log.next('loan.check-out', { barcode, card, dueOn: null }, given)
  })
}
