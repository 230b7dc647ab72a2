/** Cities for the benches: service points with items and readers, and one person at the desk. */
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { put } from '../../../domain/change.ts'
import type { Change } from '../../../domain/change.ts'
import type { Branch, Item, Reader } from '../../../domain/records.ts'
import { BRANCH, OTHER_BRANCH, TODAY } from '../../builders/city.ts'
import { aBranch, aReader, aStaff, anItem, theCity } from '../../builders/city.ts'
import { benchRow } from './bench-row.ts'

export interface BenchBranch {
  readonly id: string
  readonly items: number
  readonly readers: number
}

export const STAFF = 'lin'

/** Branches beside those of the tiny city get records of their own. */
export function* cityOf(branches: readonly BenchBranch[], verifier = 'none'): Generator<Change> {
  yield* theCity()
  const branchIds = [BRANCH, OTHER_BRANCH, ...branches.map(({ id }) => id as Branch['id'])]
  yield put('staff', aStaff({ verifier, branchIds: [...new Set(branchIds)] }))
  for (const [place, { id }] of branches.entries()) {
    if (id === BRANCH || id === OTHER_BRANCH) continue
    yield put('branch', aBranch({ id, nameZh: `${place} 号馆`, nameEn: `Branch ${place}` }))
  }
  for (const branch of branches) {
    for (let number = 0; number < branch.readers; number += 1)
      yield put('reader', readerOf(branch.id, number))
    for (let number = 0; number < branch.items; number += 1)
      yield put('item', itemOf(branch.id, number))
  }
}

/** Unique over branches: 14 characters at least, as printed labels have. */
export const barcodeOf = (branchId: string, number: number): string =>
  `${branchId}.${String(number).padStart(8, '0')}`
export const cardOf = (branchId: string, number: number): string =>
  `${branchId}-${String(number).padStart(6, '0')}`

export const itemIdOf = (branchId: string, number: number): string =>
  `${branchId}-${benchRow(number).id}`

const reader = aReader()
const readerOf = (branchId: string, number: number): Reader => ({
  ...reader,
  id: `reader-${branchId}-${number}` as Reader['id'],
  cardNumber: cardOf(branchId, number),
  activeAt: [{ branchId: branchId as Branch['id'], lastOn: TODAY }],
})

const item = anItem()
/** With ids as long as those of the rows that the peers move. */
const itemOf = (branchId: string, number: number): Item => {
  const { title } = benchRow(number)
  return {
    ...item,
    id: itemIdOf(branchId, number) as Item['id'],
    barcode: barcodeOf(branchId, number),
    callNumber: title,
    homeBranchId: branchId as Branch['id'],
    atBranchId: branchId as Branch['id'],
  }
}

/** As `--seed` of the server reads it. */
export async function writeSeed(path: string, changes: Iterable<Change>): Promise<void> {
  const lines = function* (): Generator<string> {
    for (const change of changes) yield `${JSON.stringify(change)}\n`
  }
  await pipeline(Readable.from(lines()), createWriteStream(path))
}
