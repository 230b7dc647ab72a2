/** A storm of desks: what each of them did at its own service point while it was offline. */
import { createHash } from 'node:crypto'
import { canonicalJson } from '../../../contract/sync-protocol.ts'
import type { OperationBody, PushedOperation } from '../../../contract/sync-protocol.ts'
import { put } from '../../../domain/change.ts'
import type { Change } from '../../../domain/change.ts'
import type { Branch, Item, Reader } from '../../../domain/records.ts'
import { aBranch, aReader, aStaff, anItem, theCity, NOW, TODAY } from '../../builders/city.ts'

export interface PushSizes {
  readonly desks: number
  /** Of 500 operations: 250 loans, and the returns of the batch before. */
  readonly batches: number
}

export const BATCH = 500
const LOANS = BATCH / 2
const READERS = 1_000

export const branchOf = (desk: number): string => `branch-${desk}`

/** Items that are lent at each desk in its first batch come back in its second, and so on. */
export function* pushCity({ desks, batches }: PushSizes): Generator<Change> {
  yield* theCity()
  const branches = Array.from({ length: desks }, (_, desk) => branchOf(desk) as Branch['id'])
  yield put('staff', aStaff({ branchIds: branches }))
  for (let desk = 0; desk < desks; desk++) {
    const branchId = branchOf(desk) as Branch['id']
    yield put('branch', aBranch({ id: branchId, nameZh: `${desk} 号馆` }))
    for (let number = 0; number < READERS; number++) yield put('reader', readerOf(desk, number))
    for (let number = 0; number < batches * LOANS; number++) yield put('item', itemOf(desk, number))
  }
}

/**
 * Who comes, and with what, has nothing to do with the order in which the city was loaded. 7,919 is
 * a prime that divides none of the counts.
 */
const shuffled = (number: number, count: number): number => (number * 7_919) % count

const cardOf = (desk: number, number: number) => `04${desk}${String(number).padStart(6, '0')}`
const barcodeOf = (desk: number, number: number) => `05${desk}${String(number).padStart(8, '0')}`

const reader = aReader()
const readerOf = (desk: number, number: number): Reader => ({
  ...reader,
  id: `reader-${desk}-${number}` as Reader['id'],
  cardNumber: cardOf(desk, number),
  category: 'lidu',
  activeAt: [{ branchId: branchOf(desk) as Branch['id'], lastOn: TODAY }],
})

const item = anItem()
const itemOf = (desk: number, number: number): Item => ({
  ...item,
  id: `item-${desk}-${number}` as Item['id'],
  barcode: barcodeOf(desk, number),
  homeBranchId: branchOf(desk) as Branch['id'],
  atBranchId: branchOf(desk) as Branch['id'],
})

/** The whole queue of one desk, chained and hashed. */
export function deskQueue(desk: number, device: string, batches: number): PushedOperation[][] {
  let seq = 0
  let prevHash = '0'.repeat(64)
  const next = (kind: string, payload: unknown): PushedOperation => {
    seq += 1
    const body: OperationBody = {
      device,
      epoch: 1,
      seq,
      prevHash,
      kind,
      version: 1,
      payload,
      overrides: [],
      staff: 'staff-lin',
      branch: branchOf(desk),
      wallMs: NOW + seq * 1_000,
      monoMs: seq * 1_000,
      bootId: 'b0000000-0000-4000-8000-000000000000',
      clockOffsetMs: 12,
      isClockSuspect: false,
      factsAgeMs: 60_000,
      policyVersion: 1,
      baseCursor: 1,
    }
    prevHash = createHash('sha256').update(canonicalJson(body)).digest('hex')
    return { body: JSON.parse(canonicalJson(body)) as OperationBody, hash: prevHash }
  }
  return Array.from({ length: batches }, (_, batch) =>
    Array.from({ length: LOANS }, (_unused, index) => {
      const number = batch * LOANS + index
      const barcode = (of: number) => barcodeOf(desk, shuffled(of, batches * LOANS))
      const card = cardOf(desk, shuffled(number, READERS))
      const lent = next('loan.check-out', { barcode: barcode(number), card, dueOn: null })
      const returned = barcode(batch === 0 ? number : number - LOANS)
      return [lent, next('loan.check-in', { barcode: returned, returnedOn: null })]
    }).flat(),
  )
}
